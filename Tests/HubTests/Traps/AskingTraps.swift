import Documents
import Testing
import Wizard

@testable import Hub

/// One test for each trap in how cub has to be asked.
@Suite("Traps of cub: asking")
struct AskingTraps {
  /// The command lines of every call there is, made once, of a cub that has what they are about.
  private func commandLines(_ generation: StandIn.Generation = .c) throws -> [[String]] {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    for call in everyCall { _ = call.make(hub) }
    return try standIn.calls()
  }

  @Test("An old cub knows no -o: asked with it once, and with --json for the rest of the run")
  func outputFlag() throws {
    let standIn = try StandIn(.b)
    let hub = standIn.client()
    try hub.prepareSpace()
    _ = try hub.units(space: "apps")
    _ = try hub.targets(space: "apps")
    let calls = try standIn.calls()
    #expect(calls.filter { $0.contains("-o") }.count == 1)
    #expect(calls.filter { $0.contains("--json") }.count == 3)
    #expect(calls.first?.contains("-o") == true)
  }

  @Test("A newer cub calls --json deprecated: it is never asked with it")
  func deprecatedFlag() throws {
    #expect(try !commandLines(.c).contains { $0.contains("--json") })
  }

  @Test("Commands that print text for people know no -o and no --json")
  func textOnly() throws {
    let calls = try commandLines(.c)
    for words in [["auth", "status"], ["unit", "data"], ["worker", "install"]] {
      let found = calls.filter { $0.starts(with: words) }
      #expect(!found.isEmpty || words == ["unit", "data"], "\(words)")
      #expect(!found.contains { $0.contains("-o") || $0.contains("--json") }, "\(words)")
    }
  }

  @Test(
    "Without --space a newer cub takes the whole organisation, an older one whatever was used last",
    arguments: StandIn.Generation.allCases)
  func spaceFlag(generation: StandIn.Generation) throws {
    let calls = try commandLines(generation)
    #expect(calls.count > everyCall.count)
    for call in calls where ["unit", "worker", "target"].contains(call.first) {
      #expect(call.contains("--space=apps"), "\(call)")
    }
  }

  @Test("Commands of spaces take the space as an argument and know no --space")
  func spaceArgument() throws {
    for call in try commandLines() where ["space", "release"].contains(call.first) {
      #expect(!call.contains { $0.hasPrefix("--space") }, "\(call)")
    }
  }

  @Test(
    "`context set` would change the person's own context: contexts are only ever read",
    arguments: StandIn.Generation.allCases)
  func context(generation: StandIn.Generation) throws {
    let calls = try commandLines(generation)
    let contexts = calls.filter { $0.first == "context" }
    #expect(!contexts.isEmpty && contexts.allSatisfy { $0[1] == "get" }, "\(contexts)")
    #expect(!calls.contains { $0.contains { $0.hasPrefix("--context") } })
  }

  @Test(
    "A content argument may be a path or a URL, so content comes through stdin whatever it says",
    arguments: StandIn.Generation.allCases, ["/etc/passwd", "https://example.com/x.yaml", "-"])
  func standardInput(generation: StandIn.Generation, content: String) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI(content).name == "done")
    #expect(try hub.unit("api", space: "apps")?.content == Array(content.utf8))
    for call in try standIn.calls() where call.starts(with: ["unit", "create"]) {
      #expect(call.suffix(2) == ["api", "-"])
      #expect(!call.contains { $0.contains(content) && content != "-" })
    }
  }

  @Test("A change description of more than 512 characters is refused by the server, so it is cut")
  func changeDescription() throws {
    let mark = UnitMark(session: "s", operation: "o", digest: String(repeating: "d", count: 600))
    #expect(mark.changeDescription.count == 512)
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    let outcome = hub.createUnit(
      "api", space: "apps", labels: [:], mark: mark, content: Array("kind: A".utf8))
    #expect(outcome.name == "done")
    let create = try #require(try standIn.calls().first { $0.starts(with: ["unit", "create"]) })
    let flag = try #require(create.first { $0.hasPrefix("--change-desc=") })
    #expect(flag.count == "--change-desc=".count + 512)
  }

  @Test("--label is split at commas and at =: what it would split is not handed to it")
  func labels() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    for value in ["a,b=c", "a=b", "\"a", "a\nb"] {
      #expect(
        hub.createSpace(SpacePlan(slug: "apps", labels: ["app": value])).name == "refused refused")
    }
    #expect(try standIn.calls().isEmpty)
  }

  @Test("`unit create --allow-exists` would call somebody else's unit created: never asked for")
  func allowExists() throws {
    for call in try commandLines() where ["unit", "space"].contains(call.first) {
      #expect(!call.contains("--allow-exists"), "\(call)")
    }
  }

  @Test("`worker install` without --export makes a unit; the secret only comes when asked for")
  func export() throws {
    let installs = try commandLines().filter { $0.starts(with: ["worker", "install"]) }
    #expect(!installs.isEmpty && installs.allSatisfy { $0.contains("--export") })
    #expect(!installs.contains { $0.contains("--include-secret") })
  }

  @Test("What newer cubs have lost, `--version` and the person's token are never asked for")
  func neverAsked() throws {
    for call in try commandLines(.b) + commandLines(.c) {
      let words = call.prefix(2).joined(separator: " ")
      #expect(
        ![
          "unit apply", "unit import", "unit refresh", "unit destroy", "unit livedata",
          "unit livestate", "unit approve", "gitops discover", "gitops import", "auth get-token",
          "worker get-secret", "worker get-envs",
        ].contains(words), "\(call)")
      #expect(!call.contains("--version"))
    }
  }

  @Test("A flag that this cub does not know is left out, and the change is made once")
  func unknownFlag() throws {
    let program = try Script(
      """
      for argument; do case "$argument" in
        --change-desc=*) echo "Failed: unknown flag: --change-desc" >&2; exit 1 ;;
      esac; done
      echo '{"Slug":"api","UnitID":"u1"}'
      """)
    let hub = HubClient(cub: program.path)
    #expect(hub.createAPI() == .done(RemoteEntity(id: "u1", slug: "api")))
  }

  @Test("With CONFIGHUB_DEBUG cub prints its requests, token included: it is taken away")
  func debug() throws {
    let program = try Script(#"echo "[{\"Slug\":\"x${CONFIGHUB_DEBUG}${KEPT}\"}]""#)
    let hub = HubClient(
      cub: program.path, environment: ["CONFIGHUB_DEBUG": "1", "KEPT": "-kept"])
    #expect(try hub.units(space: "apps").map(\.slug) == ["x-kept"])
    #expect(hub.loginCommand.environment?["CONFIGHUB_DEBUG"] == nil)
    #expect(hub.loginCommand.environment?["KEPT"] == "-kept")
  }

  @Test("`auth login` talks with the person for as long as that takes: no time limit, no flags")
  func login() {
    let command = HubClient(cub: "/nonexistent/cub", timeout: 1).loginCommand
    #expect(command.arguments == ["auth", "login"])
    #expect(command.timeout == nil)
  }
}
