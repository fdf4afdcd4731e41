import FoundationEssentials
import TestWorld
import Testing

@Suite("Sessions in ConfigHub", .waiting)
struct SyncRunTests {
  private static let whole = ["--yes", "--worker-mode", "server"]

  @Test("Told to, a run without questions keeps its session there, and says so")
  func keeps() throws {
    let machines = try TwoMachines()
    let result = try machines.run(
      Self.whole + Import.scope + ["--sync", "on"], on: machines.laptop)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(!result.stderr.contains("in ConfigHub:"), "\(result.stderr)")
    let sessions = try machines.sessions()
    #expect(sessions.count == 1)
    let unit = try #require(sessions.first?["Unit"])
    #expect(unit["Labels"]?["Status"]?.string == "complete")
    #expect(unit["Annotations"]?["Epoch"]?.string == "1")
    let status = try machines.status(on: machines.laptop)
    #expect(status["sync"]?["state"]?.string == "synced")
    #expect(status["sync"]?["unit"]?.string == unit["Slug"]?.string)
    // Its log is there, too.
    #expect(try machines.kept().count == 2)
    #expect(try machines.unitsCreatedOnce())
  }

  @Test("Not told to, it asks ConfigHub nothing about sessions")
  func off() throws {
    let machines = try TwoMachines()
    #expect(try machines.run(Self.whole + Import.scope, on: machines.laptop).status == 0)
    let calls = try String(
      contentsOfFile: machines.world.sandbox.standInState + "/calls.log", encoding: .utf8)
    #expect(calls.contains("unit") && !calls.contains(TwoMachines.space), "\(calls)")
    #expect(try machines.kept().isEmpty)
  }

  @Test("With an older cub it says that it needs another one, and imports all the same")
  func olderCub() throws {
    let machines = try TwoMachines(generation: "c")
    let result = try machines.run(
      ["--yes"] + Import.scope + ["--sync", "on"], on: machines.laptop)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("needs cub 0.7 or later"), "\(result.stderr)")
  }

  /// The answers to a whole import, each after the question that it answers.
  private static let script: [(question: String, answer: String)] = [
    ("Numbers to choose, enter to scan", ""),
    ("12 workloads", ""), ("12 units", "edit 1 payment-team"),
    ("enter to go on", ""), ("Create all this, yes or no?", "yes"),
    ("Number of the worker", "1"), ("enter or q to leave", ""),
  ]

  @Test(
    "Begun on the laptop and left at any step, it is gone on with on the desktop",
    arguments: [1, 2, 4, 5])
  func goesOnElsewhere(answers: Int) throws {
    let machines = try TwoMachines()
    let laptop = try machines.start(["--sync", "on"], on: machines.laptop)
    for (question, answer) in Self.script.prefix(answers) {
      try laptop.waitFor(question)
      laptop.send(.text(answer), .enter)
    }
    try laptop.waitFor(Self.script[answers].question)
    laptop.send(.text("q"), .enter)
    #expect(try laptop.waitForExit().status == 0)
    #expect(try machines.sessions().count == 1)

    let desk = try machines.start(["--sync", "on"], on: machines.desk)
    try desk.waitFor("Number of the session")
    desk.send(.text("1"), .enter)
    var seen = answers
    while seen < Self.script.count {
      try desk.waitFor(Self.script[seen].question)
      desk.send(.text(Self.script[seen].answer), .enter)
      seen += 1
    }
    #expect(try desk.waitForExit().status == 0)
    #expect(try machines.unitsCreatedOnce())
    let sessions = try machines.sessions()
    #expect(sessions.count == 1)
    #expect(sessions.first?["Unit"]?["Labels"]?["Status"]?.string == "complete")
    #expect(sessions.first?["Unit"]?["Annotations"]?["Epoch"]?.string == "2")

    // The laptop has lost it, and says by whom.
    let again = try machines.start(["--sync", "on"], on: machines.laptop)
    try again.waitFor("resume, new, delete")
    again.send(.text("resume"), .enter)
    try again.waitFor("took it over")
    again.send(.text("q"), .enter)
    #expect(try again.waitForExit().status == 0)
  }

  @Test(
    "Killed at any point on either machine, it goes on on the other one, each unit once",
    arguments: [
      #"{"match":"unit create","key":"order-web","kind":"kill-parent-before"}"#,
      #"{"match":"unit create","key":"payment-api","kind":"kill-parent-after"}"#,
      #"{"match":"unit create","key":"order-api","kind":"between-kill-parent"}"#,
      #"{"match":"unit update","nth":1,"kind":"kill-parent-before"}"#,
      #"{"match":"unit update","nth":1,"kind":"kill-parent-after"}"#,
      #"{"match":"unit update","nth":1,"kind":"between-kill-parent"}"#,
      #"{"match":"worker list","nth":1,"kind":"kill-parent-before"}"#,
    ])
  func killed(fault: String) throws {
    let machines = try TwoMachines()
    let file = try machines.world.sandbox.write("[\(fault)]", to: "faults-killing.json")
    let first = try machines.run(
      Self.whole + Import.scope + ["--sync", "on"], on: machines.laptop,
      environment: ["STAND_IN_FAULTS": file])
    #expect(first.ending == .killed(signal: 9), "\(first.stderr)")
    // Where it was killed before anything was up, or after the last upload, there is only the laptop to
    // go on with.
    var home = machines.laptop
    let kept = try machines.sessions()
    if kept.contains(where: { $0["Unit"]?["Labels"]?["Status"]?.string == "active" }) {
      home = machines.desk
      let desk = try machines.start(["--sync", "on"], on: home)
      try desk.waitFor("Number of the session")
      desk.send(.text("1"), .enter)
      try desk.waitFor("Step ")
      desk.send(.text("q"), .enter)
      #expect(try desk.waitForExit().status == 0)
    }
    let last = try machines.run(Self.whole + ["--resume", "--sync", "on"], on: home)
    #expect(last.status == 0, "\(last.stderr)")
    #expect(try machines.world.units() == units)
    let counts = try machines.world.creations().filter { entry in
      units.contains { entry.key == "unit \($0)" }
    }
    #expect(counts.values.allSatisfy { $0 == 1 }, "\(counts)")
    #expect(try machines.sessions().count == 1)
  }

  @Test(
    "What keeps it from ConfigHub is said, the import is not kept from anything, and it goes up later",
    arguments: ["forbid", "network", "garbage", "error500-before"])
  func obstacles(kind: String) throws {
    let machines = try TwoMachines()
    let fault = #"{"match":"space create","key":"import-sessions","kind":"\#(kind)"}"#
    let file = try machines.world.sandbox.write("[\(fault)]", to: "faults-of-sessions.json")
    let result = try machines.run(
      Self.whole + Import.scope + ["--sync", "on"], on: machines.laptop,
      environment: ["STAND_IN_FAULTS": file])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("Not all of the session is in ConfigHub: "), "\(result.stderr)")
    #expect(try machines.unitsCreatedOnce())
    var status = try machines.status(on: machines.laptop)
    #expect(status["sync"]?["state"]?.string == "behind", "\(status)")
    #expect(status["sync"]?["error"]?.string != nil)
    let again = try machines.run(
      Self.whole + ["--resume", "--sync", "on"], on: machines.laptop)
    #expect(again.status == 0, "\(again.stderr)")
    status = try machines.status(on: machines.laptop)
    #expect(status["sync"]?["state"]?.string == "synced", "\(status)")
  }

  @Test("A ConfigHub that hangs about sessions costs two seconds at the end, and nothing before")
  func hangs() throws {
    let machines = try TwoMachines()
    let fault = #"{"match":"space create","key":"import-sessions","kind":"hang-before"}"#
    let file = try machines.world.sandbox.write("[\(fault)]", to: "faults-that-hang.json")
    let result = try machines.run(
      Self.whole + Import.scope + ["--sync", "on"], on: machines.laptop,
      environment: ["STAND_IN_FAULTS": file])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("did not answer before the run ended"), "\(result.stderr)")
    #expect(try machines.unitsCreatedOnce())
  }

  @Test("Taken over while the first one runs: that stops, and says by whom")
  func takenOver() throws {
    let machines = try TwoMachines()
    let laptop = try machines.start(["--sync", "on"], on: machines.laptop)
    for (question, answer) in Self.script.prefix(4) {
      try laptop.waitFor(question)
      laptop.send(.text(answer), .enter)
    }
    try laptop.waitFor("Create all this, yes or no?")
    // Uploads are some seconds apart.
    try #require(
      eventually {
        (try? machines.sessions())?.first?["Unit"]?["Labels"]?["Step"]?.string == "connect"
      })
    let desk = try machines.start(["--sync", "on"], on: machines.desk)
    try desk.waitFor("Number of the session")
    desk.send(.text("1"), .enter)
    try desk.waitFor("Step ")
    laptop.send(.text("yes"), .enter)
    try laptop.waitFor("took it over")
    laptop.send(.text("q"), .enter)
    _ = try laptop.waitForExit()
    desk.send(.text("q"), .enter)
    #expect(try desk.waitForExit().status == 0)
    let last = try machines.run(Self.whole + ["--resume", "--sync", "on"], on: machines.desk)
    #expect(last.status == 0, "\(last.stderr)")
    #expect(try machines.world.units() == units)
    let counts = try machines.world.creations().filter { entry in
      units.contains { entry.key == "unit \($0)" }
    }
    #expect(counts.values.allSatisfy { $0 == 1 }, "\(counts)")
  }

  @Test("No secret of a manifest, nor one that cub complains with, is in anything that goes up")
  func canaries() throws {
    let world = try CanaryWorld()
    try world.plant("cub", where: "*'unit create'*order-web*", "complains")
    try world.run(["--yes", "--sync", "on"] + Import.scope)
    #expect(world.hasFired())
    world.clear("cub")
    try world.plant("kubectl", where: "*/deployments*", "complains")
    try world.run(["--yes", "--new", "--sync", "on"] + Import.scope)
    #expect(world.hasFired())
    let kept = try world.sandbox.run(
      "cub", ["unit", "list", "--space", TwoMachines.space, "-o", "json"],
      environment: world.world.environment)
    #expect(kept.stdout.contains("import-session"))
    // Of ConfigHub, too.
    world.check("what went up")
  }
}
