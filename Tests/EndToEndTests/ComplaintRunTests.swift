import TestWorld
import Testing

/// What people complain about in programs of this kind and takes the program itself to be seen; the
/// rest is in `ComplaintTests`.
@Suite("Complaints about programs of this kind, in whole runs", .waiting)
struct ComplaintRunTests {
  private func demo(
    _ world: Import, _ environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try world.start(["--demo", "--new"], environment: environment)
    try terminal.waitFor("Which namespaces of")
    return terminal
  }

  @Test("ctrl-z gives the shell its terminal, and fg brings the same screen back")
  func suspend() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    // A terminal's modes before anybody changes them: the wizard's own may have been changed by now.
    let before = try world.sandbox.startOnTerminal("/bin/sh", ["-c", "read line"]).modes()
    let terminal = try world.sandbox.startOnTerminal(
      "/bin/sh",
      PseudoTerminal.jobControl(Sandbox.product("map-import"), ["--demo"]),
      environment: world.environment)
    try terminal.waitFor("Which namespaces of")
    for time in 1...2 {
      terminal.send(.ctrl("z"))
      // What the shell has said the first time is still on its screen the second time.
      try terminal.waitFor("[suspended]") { terminal in
        terminal.screen.count { $0.contains("[suspended]") } == time
      }
      #expect(!terminal.isAlternateScreen && terminal.cursorVisible)
      #expect(try terminal.modes() == before)
      terminal.send(.enter)
      try terminal.waitFor("Which namespaces of")
      #expect(terminal.isAlternateScreen)
    }
    terminal.send("q")
    try terminal.waitFor("[ended 0]")
    #expect(try terminal.modes() == before)
  }

  @Test("A cluster that never answers is waited for in sight, and esc and q do not wait for it")
  func deadCluster() throws {
    let world = try Import(kubectl: .real, faults: [Fault(.hang, path: "/")])
    // Longer than any wait here: what waited for the cluster would be given up.
    let terminal = try world.start(["--scan-timeout", "3600"])
    try terminal.waitFor("https://")
    terminal.send(.enter)
    try terminal.waitFor("Reading the namespaces")
    terminal.send("?")
    try terminal.waitFor("On, back and out")
    terminal.send("?")
    try terminal.waitFor("Reading the namespaces")
    terminal.send(.escape)
    try terminal.waitUntilGone("Reading the namespaces")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
  }

  @Test("esc answers within a blink, and ESCDELAY is a person's own to set")
  func escapeDelay() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let quick = try demo(world)
    // On a busy machine an answer may come late now and then; one that is waited for always does.
    let end = ContinuousClock.now + patience
    while try timeOfEscape(quick) > .milliseconds(700) {
      try #require(ContinuousClock.now < end, "esc is waited for")
    }
    quick.send("q")
    #expect(try quick.waitForExit().status == 0)

    let slow = try demo(world, ["ESCDELAY": "2000"])
    #expect(try timeOfEscape(slow) > .milliseconds(1900))
    slow.send("q")
    #expect(try slow.waitForExit().status == 0)
  }

  /// How long after esc the help is closed.
  private func timeOfEscape(_ terminal: PseudoTerminal) throws -> Duration {
    terminal.send("?")
    try terminal.waitFor("On, back and out")
    let asked = ContinuousClock.now
    terminal.send(.escape)
    try terminal.waitUntilGone("On, back and out")
    return ContinuousClock.now - asked
  }

  @Test(
    "Where one end is no terminal nothing is drawn and nothing is waited for",
    arguments: ["< /dev/null", "> \"$HOME/out\"", "| cat"])
  func oneEnd(redirection: String) throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try world.sandbox.startOnTerminal(
      "/bin/sh",
      ["-c", "\(try Sandbox.product("map-import")) --demo \(redirection); echo [ended $?]"],
      environment: ["PATH": world.sandbox.bin + ":/usr/bin:/bin"])
    try terminal.waitFor("[ended ")
    #expect(terminal.screenText.contains("--plain") && terminal.screenText.contains("--yes"))
    #expect(!terminal.transcript.contains(0x1B))
    #expect(redirection.hasPrefix("|") || terminal.screenText.contains("[ended 2]"))
  }

  @Test("A window made tiny and large again shows the same screen, and one key is one key there")
  func tiny() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try demo(world)
    for (columns, rows) in [(1, 1), (2, 40), (200, 2), (59, 15)] {
      try terminal.resize(columns: columns, rows: rows)
      terminal.send(.ctrl("l"))
    }
    try terminal.waitFor("needs 60x16")
    try terminal.resize(columns: 80, rows: 24)
    try terminal.waitFor("Which namespaces of")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
  }
}
