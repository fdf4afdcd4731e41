import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("What a wrong word on the command line leaves behind", .waiting)
struct UsageErrorTests {
  private func sessions(_ world: Import) throws -> [String] {
    let directory = world.sandbox.home + "/.confighub/sessions"
    let latest = try? FileManager.default.destinationOfSymbolicLink(
      atPath: directory + "/import-latest.json")
    let files = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
    return files.filter { $0.hasSuffix(".json") }.sorted() + ["latest: \(latest ?? "none")"]
  }

  @Test(
    "Without questions: no session, and the latest one stays it",
    arguments: [
      (["--yes"], 2), (["--yes", "--new"], 2), (["--yes", "-A", "-n", "order-prod"], 2),
      (["--yes", "-n", "nope"], 1), (["--yes", "--context", "nope", "-A"], 1),
      (["--yes", "--new", "--context", "nope", "-A"], 1), (["--yes", "-A", "--plan", "PLAN"], 2),
      (["--yes", "--new", "-n", "nope"], 1), (["--yes", "--new", "-A", "--plan", "PLAN"], 2),
    ])
  func yes(arguments: [String], status: Int) throws {
    let world = try Import()
    try world.sandbox.write(
      #"{"hub":"h","app_space":"team","units":[{"slug":"a","labels":{},"members":[{"#
        + #""api_version":"v1","kind":"Service","namespace":"nope","name":"nope"}]}]}"#,
      to: "home/plan.json")
    let words = arguments.map { $0 == "PLAN" ? world.sandbox.home + "/plan.json" : $0 }
    for isFirst in [true, false] {
      let before = try sessions(world)
      let result = try world.run(words)
      #expect(result.status == Int32(status), "\(result.stderr)")
      #expect(!result.stderr.isEmpty)
      #expect(try sessions(world) == before)
      if isFirst { _ = try world.run(["--yes"] + Import.scope) }
    }
    #expect(try world.run(["--status"]).stdout.contains("Complete — 12 units imported"))
    let audit = world.sandbox.home + "/.confighub/logs/audit.log"
    let lines = try? String(contentsOfFile: audit, encoding: .utf8)
    #expect(lines?.contains("in its place") != true)
  }

  @Test("--new puts the session before away once the new one is kept")
  func new() throws {
    let world = try Import()
    _ = try world.run(["--yes"] + Import.scope)
    let before = try sessions(world)
    let result = try world.run(["--yes", "--new"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try sessions(world).last != before.last)
    let list = try world.run(["sessions", "list"])
    #expect(list.stdout.contains("archived"), "\(list.stdout)")
  }

  @Test("What a session cannot take any more is refused, and imported nowhere")
  func tooLate() throws {
    let world = try Import()
    let first = try world.runToWorker(["-n", "payment-prod", "--app-space", "payment-team"])
    #expect(first.status == 1, "\(first.stderr)")
    let (units, before) = (try world.creations(), try sessions(world))
    for start in [[], ["--resume"]] {
      let result = try world.run(
        ["--yes", "--app-space", "other-team", "-n", "order-prod"] + start)
      #expect(result.status == 2 && result.stdout.isEmpty, "\(result.stdout)")
      for word in [
        "payment-prod", "payment-team", "-n order-prod", "--app-space other-team", "--new",
      ] {
        #expect(result.stderr.contains(word), "\(word) in \(result.stderr)")
      }
      #expect(try world.creations() == units && sessions(world) == before)
    }
  }

  @Test("--status --demo needs no sample cluster, starts nothing and makes nothing")
  func statusOfDemo() throws {
    let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let program = sandbox.directory + "/alone"
    // By another process: a file that this one has open for writing, a child of another test has, too.
    _ = try sandbox.run(Sandbox.find("cp"), [Sandbox.product("map-import"), program])
    let before = try FileManager.default.subpathsOfDirectory(atPath: sandbox.home)
    let result = try sandbox.run(program, ["--status", "--demo"])
    #expect(result.status == 3)
    #expect(result.stdout == "No previous session found.\n")
    #expect(try FileManager.default.subpathsOfDirectory(atPath: sandbox.home) == before)
    let run = try sandbox.run(program, ["--demo", "--yes", "-A"])
    #expect(run.status == 1 && run.stderr.contains("cannot be run"), "\(run.stderr)")
  }

  @Test("What is written for a person to edit ends in one newline")
  func newline() throws {
    let world = try Import()
    let plan = world.sandbox.home + "/plan.json"
    _ = try world.run(["--dry-run", "--yes", "-A", "--plan-out", plan])
    let terminal = try world.start()
    try terminal.waitFor("Which namespaces of")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    for path in [plan, world.sandbox.home + "/.confighub/map-import/preferences.json"] {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.hasSuffix("}\n") && !text.hasSuffix("\n\n"), "\(path)")
    }
  }

  @Test("The scope given is still there after leaving on the first screen")
  func scope() throws {
    let world = try Import()
    let terminal = try world.start(["-n", "payment-prod"])
    try terminal.waitFor("Which namespaces of")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    let again = try world.run(["--resume", "--yes"])
    #expect(again.status == 0 && again.stdout.contains("workloads in payment-prod ("))
  }

  @Test(
    "--context finds the unfinished session of that cluster, though another one is the latest",
    arguments: [[], ["--resume"]])
  func context(start: [String]) throws {
    let world = try Import()
    let (old, latest) = ("import-2026-01-09-143022", "import-2026-01-10-090000")
    // Else the older one is archived at the start.
    let kept = ["MAP_IMPORT_ARCHIVE_DAYS": "10000"]
    let directory = "home/.confighub/sessions/"
    try world.sandbox.write(seedSession, to: "\(directory)\(old).json")
    try world.sandbox.write(
      seedSession.replacing(old, with: latest).replacing("kind-atk", with: "gone")
        .replacing("2026-01-09T14:45", with: "2026-01-10T09:45"), to: "\(directory)\(latest).json")
    try FileManager.default.createSymbolicLink(
      atPath: world.sandbox.directory + "/\(directory)import-latest.json",
      withDestinationPath: "\(latest).json")
    let said =
      "This is session \(old), the newest unfinished one of kind-atk; "
      + "the latest session is \(latest)."
    let given = try world.run(start + ["--plain", "--context", "kind-atk"], environment: kept)
    #expect((given.stdout + given.stderr).contains(said), "\(given.stdout)\(given.stderr)")
    #expect(!given.stdout.contains("another cluster"))
    if start.isEmpty {
      #expect(given.stdout.contains("Cluster: kind-atk"), "\(given.stdout)")
      let asNow = try world.run(["--plain"], environment: kept)
      #expect(asNow.stdout.contains("Cluster: gone"), "\(asNow.stdout)")
    }
  }
}
