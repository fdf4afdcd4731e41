import TestWorld
import Testing

@Suite("How many keys an import takes", .waiting)
struct FewKeysRunTests {
  /// Counts what is pressed.
  private struct Hand {
    let terminal: PseudoTerminal
    private(set) var keys = 0

    init(_ terminal: PseudoTerminal) { self.terminal = terminal }

    mutating func press(_ key: TestWorld.Key, after text: String) throws {
      try terminal.waitFor(text)
      terminal.send(key)
      keys += 1
    }
  }

  /// From the first screen to the confirmation, by enter alone.
  private func confirmation(_ world: Import) throws -> Hand {
    let terminal = try world.start(["--demo"], environment: ["STAND_IN_DELAY_MS": "20"])
    var hand = Hand(terminal)
    try hand.press(.enter, after: "[x] payment-prod")
    try hand.press(.enter, after: "12 workloads, 12 chosen")
    try hand.press(.enter, after: "Import as 12 units")
    return hand
  }

  @Test("Five to the finished import, with the key of the button")
  func five() throws {
    let world = try Import(worker: nil, kubectl: .absent, cub: .absent)
    var hand = try confirmation(world)
    try hand.press("c", after: "[ Create ]  c")
    try hand.press(.enter, after: "❯  ○  Server worker")
    try hand.terminal.waitFor("Complete: 12 units imported")
    #expect(hand.keys == 5)
    try hand.press("q", after: "q leave")
    #expect(try hand.terminal.waitForExit().status == 0)
    #expect(hand.keys == 6, "and the way out")
  }

  @Test("Six for a newcomer, who presses enter and goes down to the button that says Create")
  func newcomer() throws {
    let world = try Import(worker: nil, kubectl: .absent, cub: .absent)
    var hand = try confirmation(world)
    try hand.press(.down, after: "[ Create ]")
    try hand.press(.enter, after: "enter create")
    try hand.press(.enter, after: "❯  ○  Server worker")
    try hand.terminal.waitFor("Complete: 12 units imported")
    #expect(hand.keys == 6)
  }

  @Test("Enter alone leads back from the confirmation, and writes nothing")
  func enterAlone() throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    try terminal.confirm()
    try terminal.waitFor("[ Create ]")
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    #expect(try world.creations().isEmpty)
    terminal.send(.ctrl("c"))
    _ = try terminal.waitForExit()
  }

  @Test("Nothing is asked that a flag has answered: -n, --worker-mode and --app-space")
  func flags() throws {
    let world = try Import()
    let terminal = try world.start(
      ["--context", "kind-atk", "--worker-mode", "skip"] + Import.scope)
    var hand = Hand(terminal)
    try hand.press(.enter, after: "12 workloads, 12 chosen")
    try hand.press(.enter, after: "App Space: payment-team")
    try hand.press("c", after: "[ Create ]  c")
    try terminal.waitFor("Complete: 12 units imported")
    #expect(hand.keys == 3)
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
  }
}
