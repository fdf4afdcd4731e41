import TestWorld
import Testing

@Suite("The traps of cub, over a whole import")
struct TrapTests {
  /// The command lines of an import on a terminal that begins signed out.
  private func calls(_ generation: String) throws -> [[String]] {
    let world = try Import(generation: generation)
    let terminal = try world.start(environment: ["STAND_IN_SIGNED_OUT": "1"])
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send(.enter)
    try terminal.waitFor("Sign in to ConfigHub")
    terminal.send(.enter)
    try terminal.waitFor("App Space     payment-team", timeout: .seconds(20))
    try terminal.create()
    try terminal.deliver()
    try terminal.waitFor("Everything is as it was meant to be.")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.units() == units)
    return try world.calls()
  }

  @Test(
    "From signing in to verified, with the flags of each generation; nothing of cub's is changed",
    arguments: ["b", "c"])
  func wholeImport(generation: String) throws {
    let calls = try calls(generation)
    #expect(calls.contains { $0.prefix(2) == ["auth", "login"] })
    // A person's own context, and what newer ones have lost, are left alone.
    for words in [
      ["context", "set"], ["context", "use"], ["unit", "apply"], ["unit", "import"],
      ["unit", "delete"], ["space", "delete"], ["worker", "install"], ["auth", "get-token"],
    ] {
      #expect(!calls.contains { $0.starts(with: words) }, "\(words)")
    }
    #expect(!calls.contains { $0.contains("--version") })
    for call in calls where ["unit", "worker", "target"].contains(call.first) {
      #expect(call.contains("--space=payment-team") || call.contains("--space"), "\(call)")
    }
    // A slug could name a file or a URL, so content never comes but through stdin.
    for call in calls where call.starts(with: ["unit", "create"]) {
      #expect(call.last == "-", "\(call)")
    }
    // `-o json` first; where that is not known, it is asked once and `--json` from then on.
    let old = calls.filter { $0.contains("--json") }
    let new = calls.filter { $0.contains("-o") }
    if generation == "c" {
      #expect(old.count <= 1, "only the test's own question")
    } else {
      #expect(!old.isEmpty && new.count <= 4, "\(new)")
    }
    for call in calls {
      let description = call.first { $0.hasPrefix("--change-desc=") } ?? ""
      #expect(description.count <= 512 + "--change-desc=".count)
    }
  }
}
