import FoundationEssentials
import TestWorld
import Testing

private let (ana, ben) = (SharedHub.ana, SharedHub.ben)

@Suite("What comes down from ConfigHub is nobody's to believe", .waiting)
struct UntrustedTeamTests {
  private func put(_ content: String, _ unit: String, _ hub: SharedHub) throws {
    let result = try tryToPut(content, unit, hub)
    try #require(result.status == 0, "\(result.stderr)")
  }

  private func tryToPut(
    _ content: String, _ unit: String, _ hub: SharedHub
  ) throws -> ProgramResult {
    try hub.cub(
      ana, ["unit", "update", "--space", "import-sessions", unit, "-"], input: content)
  }

  @Test("What is no session is refused with a sentence, and nothing is changed here or there")
  func damaged() throws {
    let hub = try SharedHub()
    let (_, unit) = try hub.beginShared(ana)
    let good = try hub.cub(ana, ["unit", "data", "--space", "import-sessions", unit]).stdout
    let id = String(unit.dropLast(9))
    let contents = [
      "{}", "not JSON", String(good.prefix(good.count / 2)), "null",
      good.replacing("MapImportSession", with: "Other"),
      good.replacing(id, with: "import-2020-01-01-000000"),
      good.replacing("\"session_id\": \"\(id)\"", with: "\"session_id\": \"../../\(id)\""),
      good.replacing("\"lineage\": \"", with: "\"lineage\": \"0"),
      good.replacing("\"generation\": ", with: "\"generation\": 99999999999"),
      good.replacing("\"step\": \"worker_choosing\"", with: "\"step\": \"\\u001b]0;x\\u0007\""),
      String(repeating: "[", count: 100_000),
    ]
    var refused: [Int] = []
    for (number, content) in contents.enumerated() {
      try #require(content != good, "\(number)")
      let result = try tryToPut(content, unit, hub)
      // What is no JSON it does not keep at all.
      if result.stderr.contains("cannot be parsed") {
        refused.append(number)
        continue
      }
      try #require(result.status == 0, "\(number): \(result.stderr)")
      for words in ["show \(unit) --team", "take \(unit) --yes"] {
        let result = try hub.sessions(ben, words)
        #expect(result.status == 1, "\(number) \(words): \(result.stdout)\(result.stderr)")
        #expect(result.stderr.contains("cannot be used: "), "\(number): \(result.stderr)")
        #expect(!(result.stdout + result.stderr).contains("\u{1B}"))
      }
      #expect(try hub.files(ben).isEmpty, "\(number)")
    }
    #expect(refused == [1, 2, 10])
    let holder = try hub.json(hub.sessions(ana, "list --team -o json"))[0]?["holder"]
    #expect(holder?["epoch"]?.int == 1 && holder?["user"] == .string("ana@example.com"))
    // Its own holder keeps what is here, and can write over it.
    let sync = try hub.sessions(ana, "sync \(id)")
    #expect(sync.status == 1 && sync.stderr.contains("cannot be used"), "\(sync.stderr)")
    #expect(try hub.sessions(ana, "sync \(id) --force").status == 0)
    #expect(try hub.sessions(ben, "take \(unit) --yes").status == 0)
  }

  @Test("It chooses no path, program, context or server of this machine")
  func choosesNothing() throws {
    let hub = try SharedHub()
    let (id, unit) = try hub.beginShared(ana)
    var content = try hub.cub(ana, ["unit", "data", "--space", "import-sessions", unit]).stdout
    let uid = try #require(
      content.split(separator: "\"cluster_uid\": \"").last?.split(separator: "\"").first)
    content = content.replacing("kind-atk", with: "evil-context")
      .replacing(
        "\"session_id\":",
        with: "\"log_file\": \"/etc/passwd\", \"logs\": [\"../../x.log\"], \"session_id\":"
      )
      .replacing(
        "\"cluster_uid\":",
        with: "\"credential_plugin\": \"/tmp/evil\", \"cluster_uid\":")
    try put(content, unit, hub)
    let taken = try hub.json(hub.sessions(ben, "take \(unit) --yes --context kind-atk -o json"))
    #expect(taken["session_id"] == .string(id))
    let text = try hub.files(ben).values.map { String(decoding: $0, as: UTF8.self) }.joined()
    for word in ["evil", "/etc/passwd", "x.log"] { #expect(!text.contains(word), "\(word)") }
    #expect(text.contains("\"context\": \"kind-atk\""))
    #expect(text.contains(uid))

    #expect(try hub.sessions(ben, "delete \(id) --yes").status == 0)
    try put(content.replacing(uid, with: "another-cluster"), unit, hub)
    let other = try hub.sessions(ben, "take \(unit) --yes --context kind-atk")
    #expect(other.status == 1 && other.stderr.contains("another cluster"), "\(other.stderr)")
    let nowhere = try hub.sessions(ben, "take \(unit) --yes --context evil-context")
    #expect(nowhere.status == 2 && nowhere.stderr.contains("evil-context"), "\(nowhere.stderr)")
    #expect(try hub.files(ben).keys.filter { $0.hasPrefix(id) } == [])
  }

  @Test("Names with control characters are shown harmless, and what no label should be is left out")
  func labels() throws {
    let hub = try SharedHub()
    let (_, unit) = try hub.beginShared(ana)
    let path = hub.world.sandbox.standInState + "/state.json"
    var state = try String(contentsOfFile: path, encoding: .utf8)
    state = state.replacing(
      "\"Cluster\" : \"kind-atk\"", with: "\"Cluster\" : \"\\u001b[2Jx\\n\\ty\""
    )
    .replacing("\"Step\" : \"worker\"", with: "\"Step\" : \"nine\"")
    .replacing("\"Epoch\" : \"1\"", with: "\"Epoch\" : \"-1\"")
    try state.write(toFile: path, atomically: true, encoding: .utf8)
    let text = try hub.sessions(ana, "list --team").stdout
    #expect(text.contains("x^J^Iy") && !text.contains("\u{1B}"), "\(text)")
    #expect(text.split(separator: "\n").count == 1)
    let row = try hub.json(hub.sessions(ana, "list --team -o json"))[0]
    #expect(row?["step"] == .null && row?["holder"] == .null)
    let taken = try hub.sessions(ben, "take \(unit) --yes")
    #expect(taken.status == 1 && taken.stderr.contains("Epoch"), "\(taken.stderr)")
    #expect(try hub.files(ben).isEmpty)
  }

  @Test("No secret of a log, a label or an error goes up")
  func canaries() throws {
    let hub = try SharedHub()
    let id = try hub.begin(ana)
    try hub.log(ana, Canary.text)
    #expect(try hub.sessions(ana, "name \(id) password=\(Canary.secret)").status == 0)
    let synced = try hub.sessions(ana, "sync \(id)")
    #expect(synced.status == 0, "\(synced.stderr)")
    #expect(try hub.sessions(ana, "share \(id) --with user:ben@example.com").status == 0)
    #expect(try hub.sessions(ana, "handoff \(id) --to ben@example.com").status == 0)
    let kept = try hub.hubText()
    #expect(kept.contains("import-session-log"))
    #expect(!kept.contains(Canary.secret))
  }
}
