import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// The keys of the steps, from the first screen to the report.
extension PseudoTerminal {
  func scan() throws {
    try chooseContext()
    try waitFor("[x] payment-prod")
    send(.enter)
    try waitFor("12 workloads, 12 chosen")
  }

  /// Where there are several; a single one is not asked for.
  func chooseContext() throws {
    try waitFor("the contexts or the namespaces") { terminal in
      terminal.screen.contains { $0.contains("https://") || $0.contains("Which namespaces of") }
    }
    if screen.contains(where: { $0.contains("https://") }) { send(.enter) }
    try waitFor("Which namespaces of kind-atk?")
  }

  func confirm() throws {
    try waitFor("12 workloads, 12 chosen")
    send(.enter)
    try waitFor("Import as 12 units")
    send(.enter)
    try waitFor("App Space     payment-team")
  }

  func create() throws {
    try waitFor("Create")
    send(.down, .enter)
  }

  /// Takes what is suggested first: a worker that is ready, or else, of today's cub, ConfigHub's
  /// own.
  func deliver(by first: String = "Ready") throws {
    try waitFor("Which worker connects")
    try waitFor(first)
    send(.enter)
    try waitFor("Complete: 12 units imported")
  }
}

@Suite("On a terminal", .waiting)
struct WizardTests {
  @Test("The seven steps, from the first key to the verified report")
  func wholeWizard() throws {
    let world = try Import(kubectl: .real)
    let terminal = try world.start()
    try terminal.scan()
    try terminal.confirm()
    try terminal.create()
    try terminal.deliver()
    try terminal.waitFor("Everything is as it was meant to be.")
    terminal.send("q")
    try terminal.waitFor("Import complete.")
    #expect(try terminal.waitForExit().status == 0)
    #expect(!terminal.isAlternateScreen)
    #expect(terminal.cursorVisible)
    #expect(terminal.unknownSequences.isEmpty)
    #expect(try world.units() == units)
  }

  @Test("Left at step 4 and resumed with R, it goes on to the report; the demo does so, too")
  func leftAndResumed() throws {
    let world = try Import(worker: nil, kubectl: .absent, cub: .absent)
    let first = try world.start(["--demo"], environment: ["STAND_IN_DELAY_MS": "20"])
    try first.scan()
    try first.confirm()
    first.send("q")
    try first.waitFor("map-import --demo --resume")
    #expect(try first.waitForExit().status == 0)

    let second = try world.start(["--demo"], environment: ["STAND_IN_DELAY_MS": "20"])
    try second.waitFor("RESUME SESSION?")
    try second.waitFor("Step: Confirm creation (step 4 of 7)")
    second.send("R")
    try second.create()
    try second.deliver(by: "❯  ○  Server worker")
    try second.waitFor("Everything is as it was meant to be.")
    second.send("q")
    #expect(try second.waitForExit().status == 0)
    let real = world.sandbox.home + "/.confighub/sessions"
    #expect(!FileManager.default.fileExists(atPath: real), "the demo keeps its state apart")
  }

  @Test(
    "Killed while units are created, it resumes and creates each exactly once",
    arguments: ["kill-parent-before", "between-kill-parent", "kill-parent-after"])
  func killed(kind: String) throws {
    let world = try Import()
    try world.sandbox.write(
      """
      [{"match":"unit create","nth":3,"kind":"\(kind)"},
       {"match":"unit create","nth":8,"kind":"\(kind)"}]
      """, to: "faults.json")
    let faults = ["STAND_IN_FAULTS": world.sandbox.directory + "/faults.json"]
    let first = try world.start(environment: faults)
    try first.scan()
    try first.confirm()
    try first.create()
    #expect(try first.waitForExit().status == 128 + SIGKILL)

    for _ in 0..<2 {
      let status = try world.run(["--status"])
      #expect(status.stdout.contains("Connect creating units (4/7)"), "\(status.stdout)")
      let next = try world.start(["--resume"], environment: faults)
      try next.create()
      if (try? next.waitFor("Which worker connects")) != nil {
        try next.deliver()
        next.send("q")
        #expect(try next.waitForExit().status == 0)
        break
      }
      #expect(try next.waitForExit().status == 128 + SIGKILL)
    }
    #expect(try world.run(["--status"]).stdout.contains("Complete"))
    #expect(try world.units() == units)
    let fired = try String(
      contentsOfFile: world.sandbox.standInState + "/faults-fired.json", encoding: .utf8)
    let list = try JSONDecoder().decode([JSON].self, from: Data(fired.utf8))
    #expect(list.count == 2 && list.allSatisfy { $0["fired"] == .number(1) }, "\(fired)")
    let created = try world.creations().filter { $0.key.hasPrefix("unit ") }
    #expect(created.values.allSatisfy { $0 == 1 }, "\(created)")
  }

  @Test(
    "Every signal saves, restores the terminal, and is the exit status",
    arguments: [SIGINT, SIGTERM, SIGHUP])
  func signals(number: Int32) throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    terminal.signal(number)
    #expect(try terminal.waitForExit().status == 128 + number)
    #expect(!terminal.isAlternateScreen)
    #expect(terminal.cursorVisible)
    #expect(try world.run(["--status"]).stdout.contains("Review workloads (2/7)"))
  }

  @Test("A terminal that is gone is noticed where no SIGHUP comes, and the session is free again")
  func goneTerminal() throws {
    let world = try Import()
    let script = try world.sandbox.write(
      "#!/bin/sh\ntrap '' HUP\nexec /usr/bin/setsid --wait \(Sandbox.product("map-import"))\n",
      to: "bin/elsewhere", mode: 0o700)
    let terminal = try world.sandbox.startOnTerminal(script, [], environment: world.environment)
    try terminal.scan()
    terminal.hangUp()
    #expect(try terminal.waitForExit().status == 128 + SIGHUP)
    #expect(try world.run(["--status"]).stdout.contains("Review workloads (2/7)"))
    let again = try world.start(["--resume"])
    try again.waitFor("payment-worker")
    again.send("q")
    #expect(try again.waitForExit().status == 0)
  }

  @Test("ctrl-c leaves at once, saved")
  func controlC() throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    terminal.send(.ctrl("c"))
    #expect(try terminal.waitForExit().status == 130)
    #expect(try world.run(["--status"]).status == 0)
  }

  @Test("Signing in hands the terminal to cub, and comes back")
  func signIn() throws {
    let world = try Import()
    let terminal = try world.start(environment: ["STAND_IN_SIGNED_OUT": "1"])
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send(.enter)
    try terminal.waitFor("Sign in to ConfigHub")
    try terminal.waitFor("cub auth login")
    terminal.send(.enter)
    try terminal.waitFor("App Space     payment-team")
    #expect(String(decoding: terminal.transcript, as: UTF8.self).contains("device login"))
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
  }

  @Test("Before 0.7 a local worker is started and its target is used; q asks before it ends")
  func localWorker() throws {
    let world = try Import(generation: "c", worker: nil)
    let terminal = try world.start()
    try terminal.scan()
    try terminal.confirm()
    try terminal.create()
    try terminal.waitFor("Start here")
    terminal.send(.up, .up, .enter)
    try terminal.waitFor("Complete: 12 units imported")
    terminal.send("q")
    try terminal.waitFor("12 units bound to it are not delivered then.")
    terminal.send(.escape)
    try terminal.waitUntilGone("LEAVE?")
    terminal.send("q", "q")
    #expect(try terminal.waitForExit().status == 0)
    let status = try world.run(["--status"])
    #expect(status.stdout.contains("Complete"))
  }

  @Test("A name that is taken already is refused, and stays to be mended")
  func collision() throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send("e", .ctrl("u"), "order-api", .enter)
    try terminal.waitFor("unit order-api has this name already")
    // It stays there to be mended.
    terminal.send("-2", .enter)
    try terminal.waitFor("order-api-2 ")
    #expect(try world.creations().isEmpty)
    terminal.send("q")
    _ = try terminal.waitForExit()
  }

  @Test("--new archives the old session, D deletes it")
  func newSession() throws {
    let world = try Import()
    let sessions = world.sandbox.home + "/.confighub/sessions"
    func start(_ arguments: [String], _ keys: [Key]) throws {
      let terminal = try world.start(arguments)
      try terminal.waitFor(keys.isEmpty ? "Which namespaces of" : "RESUME SESSION?")
      for key in keys { terminal.send(key) }
      try terminal.waitFor("Which namespaces of")
      try terminal.waitFor("saved ")
      terminal.send("q")
      #expect(try terminal.waitForExit().status == 0)
    }
    func active() throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: sessions).filter {
        $0.hasPrefix("import-") && $0.hasSuffix(".json") && $0 != "import-latest.json"
      }
    }
    try start([], [])
    let first = try active()
    try start(["--new"], [])
    #expect(try active().count == 1)
    #expect(try active() != first)
    let days = try FileManager.default.contentsOfDirectory(atPath: sessions + "/archive")
    let archived = try days.flatMap {
      try FileManager.default.contentsOfDirectory(atPath: "\(sessions)/archive/\($0)")
    }
    #expect(archived == first.map { "\($0).gz" })
    // The id is made of the second, so it may come again; the lineage does not.
    func lineage() throws -> String? {
      let data = try Data(contentsOf: URL(filePath: sessions + "/import-latest.json"))
      return try JSONDecoder().decode(JSON.self, from: data)["lineage"]?.string
    }
    let second = try lineage()
    try start([], ["D", "D"])
    #expect(try active().count == 1)
    #expect(try lineage() != second)
  }

  @Test("S shows all sessions; an archived one is restored, gone to, and its logs are read")
  func browser() throws {
    let world = try Import()
    let first = try world.start()
    try first.scan()
    first.send("q")
    #expect(try first.waitForExit().status == 0)

    let second = try world.start(["--new"])
    try second.waitFor("saved ")
    second.send("S")
    try second.waitFor("archived")
    second.send(.down, "r")
    try second.waitFor("is restored, as generation")
    second.send(.down, "r")
    try second.waitFor("12 workloads, 12 chosen")
    second.send("V")
    try second.waitFor("log 2 of 2")
    second.send("[")
    try second.waitFor("log 1 of 2")
    second.send("q", "q")
    #expect(try second.waitForExit().status == 0)

    let list = try world.run(["sessions", "list", "-o", "json"])
    let sessions = try JSONDecoder().decode([JSON].self, from: Data(list.stdout.utf8))
    #expect(sessions.count == 2)
    #expect(sessions.allSatisfy { $0["locked_by"] == .null })
    #expect(sessions.first { $0["latest"] == .bool(true) }?["step"]?.string == "review")
  }
}
