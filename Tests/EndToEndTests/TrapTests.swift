import FoundationEssentials
import TestWorld
import Testing

/// One test for each trap of cub that only shows over a whole import: from signing in to verified,
/// on a terminal, once with each generation. The traps of single calls are in `HubTests/Traps`.
@Suite("Traps of cub: a whole import", .waiting)
struct TrapTests {
  static let generations = ["b", "c", "d"]

  /// What an import left behind.
  private struct Trace {
    var calls: [[String]]
    var units: [String]
    /// The files that are cub's and cub-scout's own, as they were afterwards.
    var foreignFiles: [String: String]
  }

  /// Next to ours, in the same directories.
  private static let foreignFiles = [
    ".confighub/config.yaml": "currentContext: default\n",
    ".confighub/tokens/default.json": #"{"accessToken":"canary"}"#,
    ".confighub/session.json": #"{"accessToken":"canary"}"#,
    ".confighub/context.json": #"{"space":"somewhere-else"}"#,
    ".confighub/sessions/hub-snapshot.json": #"{"version":"1.0"}"#,
    ".confighub/sessions/localcluster-snapshot.json": #"{"version":"1.0"}"#,
  ]

  /// One import for all tests of a generation.
  private static let traces: [String: Result<Trace, any Error>] = .init(
    uniqueKeysWithValues: generations.map { generation in
      (generation, Result { try imported(generation) })
    })

  private static func imported(_ generation: String) throws -> Trace {
    let world = try Import(generation: generation, kubectl: .real)
    for (path, text) in foreignFiles { try world.sandbox.write(text, to: "home/" + path) }
    let terminal = try world.start(environment: ["STAND_IN_SIGNED_OUT": "1"])
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send(.enter)
    try terminal.waitFor("Sign in to ConfigHub")
    terminal.send(.enter)
    try terminal.waitFor("App Space     payment-team")
    try terminal.create()
    try terminal.deliver()
    try terminal.waitFor("Everything is as it was meant to be.")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    // The test's own question is no call of the import.
    let calls = try world.calls()
    _ = try world.run(["sessions", "prune", "--yes"])
    return Trace(
      calls: calls, units: try world.units(),
      foreignFiles: foreignFiles.keys.reduce(into: [:]) {
        $0[$1] = try? String(contentsOfFile: "\(world.sandbox.home)/\($1)", encoding: .utf8)
      })
  }

  private func trace(_ generation: String) throws -> Trace {
    try #require(Self.traces[generation]).get()
  }

  @Test("It is finished, and `auth login` had the terminal", arguments: generations)
  func finished(generation: String) throws {
    let trace = try trace(generation)
    #expect(trace.units == units)
    #expect(trace.calls.contains { $0.prefix(2) == ["auth", "login"] })
  }

  @Test("A person's own context is left alone: no `context set`, no `--context`, no `use`")
  func context() throws {
    for generation in Self.generations {
      for call in try trace(generation).calls {
        #expect(call.first != "context" || call[1] == "get", "\(call)")
        #expect(!call.contains { $0.hasPrefix("--context=") }, "\(call)")
      }
    }
  }

  @Test("cub's own files, and cub-scout's beside ours, are as they were", arguments: generations)
  func foreignFiles(generation: String) throws {
    #expect(try trace(generation).foreignFiles == Self.foreignFiles)
  }

  @Test("Nothing that newer ones have lost, nor what removes or prints secrets, is called")
  func lostCommands() throws {
    for generation in Self.generations {
      let calls = try trace(generation).calls
      for words in [
        ["unit", "apply"], ["unit", "import"], ["unit", "delete"], ["space", "delete"],
        ["worker", "install"], ["auth", "get-token"],
      ] {
        #expect(!calls.contains { $0.starts(with: words) }, "\(words)")
      }
      #expect(!calls.contains { $0.contains("--version") })
    }
  }

  @Test("--space on every call of units, workers and targets", arguments: generations)
  func spaceFlag(generation: String) throws {
    for call in try trace(generation).calls
    where ["unit", "worker", "target"].contains(call.first) {
      #expect(call.contains("--space=payment-team"), "\(call)")
    }
  }

  @Test("Content comes through stdin", arguments: generations)
  func content(generation: String) throws {
    let creations = try trace(generation).calls.filter { $0.starts(with: ["unit", "create"]) }
    #expect(creations.count >= units.count && creations.allSatisfy { $0.last == "-" })
  }

  @Test("Generation C is asked with -o json alone")
  func newFlag() throws {
    let calls = try trace("c").calls
    #expect(calls.contains { $0.contains("-o") } && !calls.contains { $0.contains("--json") })
  }

  @Test("Generation B is asked with -o by what runs at once, and with --json from then on")
  func oldFlag() throws {
    let calls = try trace("b").calls
    let new = calls.filter { $0.contains("-o") }
    #expect(calls.contains { $0.contains("--json") } && (1...4).contains(new.count), "\(new)")
  }

  @Test("Every unit carries its operation's description, at most 512 characters of it")
  func changeDescription() throws {
    for generation in Self.generations {
      for call in try trace(generation).calls where call.starts(with: ["unit", "create"]) {
        let description = call.first { $0.hasPrefix("--change-desc=map-import import-") }
        #expect((1...512 + "--change-desc=".count).contains(description?.count ?? 0), "\(call)")
      }
    }
  }
}
