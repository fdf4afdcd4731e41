import FoundationEssentials
import TestWorld
import Testing

@Suite("Sessions in ConfigHub", .waiting)
struct SyncRunTests {
  private static let whole = ["--yes", "--worker-mode", "existing", "--worker", "dev"]

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
    #expect(try machines.kept().isEmpty)
    let calls =
      (try? String(
        contentsOfFile: machines.world.sandbox.standInState + "/calls.log", encoding: .utf8)) ?? ""
    #expect(!calls.contains(TwoMachines.space + "\",\"-"), "\(calls)")
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
    ("Number of the context", ""), ("Numbers to choose, enter to scan", "/prod"),
    ("2 of ", "all"), ("[x] payment-prod", ""),
    ("12 workloads", ""), ("12 units", "edit 1 payment-team"),
    ("enter to go on", ""), ("Create all this, yes or no?", "yes"),
    ("Number of the worker", "1"), ("enter or q to leave", ""),
  ]

  @Test(
    "Begun on the laptop and left at any step, it is gone on with on the desktop",
    arguments: [2, 4, 5, 7, 8, 9])
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
}
