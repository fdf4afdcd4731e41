import Glibc
import TestWorld
import Testing

@Suite("The mouse on a terminal", .waiting)
struct MouseRunTests {
  private static let xterm: Set<Int> = [1000, 1006]

  private func start(
    _ world: Import, _ arguments: [String] = [], environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try world.start(["--demo", "--new"] + arguments, environment: environment)
    try terminal.waitFor("Which namespaces of")
    try terminal.waitFor("payment-prod")
    try terminal.waitFor("saved ")
    return terminal
  }

  private func turnOn(_ terminal: PseudoTerminal) throws {
    #expect(terminal.terminal.mouseModes == [], "it is off at first")
    terminal.send("M")
    try terminal.waitFor("The mouse moves")
    try terminal.waitFor("reports of the mouse") { $0.mouseModes == Self.xterm }
  }

  /// The row on the screen, from 1, that a text is in.
  private func row(of text: String, _ terminal: PseudoTerminal) throws -> Int {
    try #require(terminal.screen.firstIndex { $0.contains(text) }) + 1
  }

  @Test("Clicks and the wheel move the cursor and press keys; it is off again at the end")
  func clicks() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try start(world)
    try turnOn(terminal)
    let row = try row(of: "payment-prod", terminal)
    terminal.send(.text("\u{1B}[<0;12;\(row)M\u{1B}[<0;12;\(row)m"))
    try terminal.waitFor("the cursor on the row") { $0.screen[row - 1].hasPrefix(" ❯") }
    terminal.send(.text("\u{1B}[<0;12;\(row)M\u{1B}[<0;12;\(row)m"))
    try terminal.waitFor("2 chosen")
    terminal.send(.text("\u{1B}[<64;12;\(row)M"))
    try terminal.waitFor("the cursor elsewhere") { !$0.screen[row - 1].hasPrefix(" ❯") }
    terminal.send(.text("\u{1B}[<0;3;24M\u{1B}[<0;3;24m"))
    try terminal.waitFor("On, back and out")
    // It closes the help, and then leaves.
    terminal.send(.text("\u{1B}[<0;10;24M\u{1B}[<0;10;24m"))
    try terminal.waitUntilGone("On, back and out")
    terminal.send(.text("\u{1B}[<0;10;24M\u{1B}[<0;10;24m"))
    #expect(try terminal.waitForExit().status == 0)
    #expect(terminal.terminal.mouseModes == [])
    #expect(terminal.unknownSequences == [])
  }

  @Test("The older way to report a click is understood, too")
  func olderReports() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try start(world, environment: ["TERM": "screen-256color"])
    terminal.send("M")
    try terminal.waitFor("reports of the mouse") { $0.mouseModes == [1000] }
    let row = try row(of: "payment-prod", terminal)
    let place = "\u{2C}" + String(Character(Unicode.Scalar(UInt8(32 + row))))
    terminal.send(.text("\u{1B}[M \(place)\u{1B}[M#\(place)"))
    try terminal.waitFor("the cursor on the row") { $0.screen[row - 1].hasPrefix(" ❯") }
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(terminal.terminal.mouseModes == [])
  }

  @Test(
    "No way out leaves it on, or loses the session",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGABRT, SIGSEGV, SIGTRAP, SIGQUIT])
  func waysOut(signal: Int32) throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try start(world)
    try terminal.waitFor("saved ")
    try turnOn(terminal)
    terminal.signal(signal)
    _ = try terminal.waitForExit()
    let status = try world.run(["--demo", "--status"])
    #expect(status.status == 0 && status.stdout.contains("import-"), "\(status)")
    #expect(terminal.terminal.mouseModes == [])
    #expect(!terminal.isAlternateScreen && terminal.cursorVisible)
  }

  @Test("The shell has it while the wizard is suspended")
  func suspended() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try world.sandbox.startOnTerminal(
      "/bin/sh",
      PseudoTerminal.jobControl(Sandbox.product("map-import"), ["--demo"]),
      environment: world.environment)
    try terminal.waitFor("Which namespaces of")
    try turnOn(terminal)
    terminal.send(.ctrl("z"))
    try terminal.waitFor("[suspended]")
    #expect(terminal.terminal.mouseModes == [])
    terminal.send(.enter)
    try terminal.waitFor("Which namespaces of")
    try terminal.waitFor("reports of the mouse") { $0.mouseModes == Self.xterm }
    terminal.send("q")
    try terminal.waitFor("[ended 0]")
    #expect(terminal.terminal.mouseModes == [])
  }

  @Test("It is remembered, and --no-mouse wins over what is remembered")
  func remembered() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let first = try start(world)
    try turnOn(first)
    first.send("q")
    #expect(try first.waitForExit().status == 0)

    let flagged = try start(world, ["--no-mouse"])
    #expect(flagged.terminal.mouseModes == [])
    flagged.send("M")
    try flagged.waitFor("--no-mouse leaves the mouse to the terminal")
    flagged.send("q")
    #expect(try flagged.waitForExit().status == 0)

    let second = try start(world)
    #expect(second.terminal.mouseModes == Self.xterm)
    second.send("M")
    try second.waitFor("The mouse is left to the terminal.")
    #expect(second.terminal.mouseModes == [])
    second.send("q")
    #expect(try second.waitForExit().status == 0)
  }

  @Test("A terminal without a mouse says so, and gets no sequence for one")
  func noMouse() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try start(world, environment: ["TERM": "vt100"])
    terminal.send("M")
    try terminal.waitFor("This terminal does not say what its mouse does.")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(!String(decoding: terminal.transcript, as: UTF8.self).contains("1000"))
  }
}
