import FoundationEssentials
import TestWorld
import Testing

@Suite struct UnitTests {
  private let manifest = Data("kind: ConfigMap\ndata:\n  odd: \"\\u0000é\"\n".utf8)

  private func standIn(_ generation: String = "c") throws -> StandIn {
    let standIn = try StandIn(["STAND_IN_GENERATION": generation])
    try standIn.cub("space create team --label Owner=me")
    return standIn
  }

  @Test("In generation C, create answers the bare unit and `unit data` gives its bytes back")
  func generationC() throws {
    let standIn = try standIn()
    let unit = try standIn.cub(
      "unit create --space team --label app=api --label tier=web --change-desc first api - -o json",
      input: manifest
    ).json
    #expect(unit["Slug"]?.string == "api")
    #expect(unit["Labels"] == .object(["app": .string("api"), "tier": .string("web")]))
    #expect(unit["LastChangeDescription"]?.string == "first")
    #expect(unit["Version"]?.int == 1)
    #expect(unit["HeadRevisionNum"]?.int == 1)
    #expect(unit.keys.isSuperset(of: ["UnitID", "SpaceID", "DataHash", "ContentHash"]))
    #expect(unit.keys.isDisjoint(with: ["Data", "TargetID", "Annotations"]))
    #expect(try standIn.cub("unit data --space team api").output == manifest)
    #expect(try standIn.cub("unit get --space team api -o data").output == manifest)
    let envelope = try standIn.cub("unit get --space team api -o json").json
    #expect(envelope["Unit"] == unit)
    #expect(envelope["Space"]?["Slug"]?.string == "team")
    #expect(try standIn.cub("unit list --space team -o json").json == .array([envelope]))
  }

  @Test("In generation B the unit carries its content as base64, and what is absent is null")
  func generationB() throws {
    let standIn = try standIn("b")
    let unit = try standIn.cub("unit create --space team api - --json", input: manifest).json
    #expect(unit["Data"]?.string == manifest.base64EncodedString())
    #expect(unit["TargetID"] == .null)
    #expect(unit["Labels"] == .null)
    let envelope = try standIn.cub("unit get --space team api --json").json
    #expect(envelope["Target"] == .null)
    #expect(envelope["UnitStatus"] == .null)
  }

  @Test("Without a JSON flag a create is one sentence, and with --quiet nothing")
  func text() throws {
    let standIn = try standIn()
    let text = try standIn.cub("unit create --space team api -").text
    #expect(text.wholeMatch(of: /Successfully created unit api \([-0-9a-f]{36}\)\n/) != nil)
    #expect(try standIn.cub("unit create --space team web - --quiet").output.isEmpty)
  }

  @Test(
    "Slugs are rewritten as the server does it",
    arguments: [
      ("Payment.API", "Payment-API"), ("a/b:c", "a-b-c"), ("under_score", "under_score"),
    ])
  func slugs(name: String, slug: String) throws {
    let standIn = try standIn()
    let unit = try standIn.cub("unit create --space team \(name) - -o json").json
    #expect(unit["Slug"]?.string == slug)
    #expect(unit["DisplayName"]?.string == name)
    #expect(try standIn.cub("unit get --space team \(slug)").exit == 0)
  }

  @Test(
    "What even so is no slug is refused",
    arguments: ["-", ".x", String(repeating: "a", count: 129)])
  func noSlug(name: String) throws {
    let result = try standIn().run("cub", ["unit", "create", "--space", "team", "--", name, "-"])
    #expect(result.exit == 1)
    #expect(result.error.contains("HTTP 400 for req "))
  }

  @Test("A second create is a 409, and --allow-exists never changes what is there")
  func duplicate() throws {
    let standIn = try standIn()
    let first = try standIn.cub("unit create --space team api - -o json", input: manifest).json
    let again = try standIn.cub("unit create --space team api -", input: Data("other".utf8))
    #expect(again.exit == 1)
    #expect(again.error.contains("Failed: HTTP 409 for req "))
    #expect(again.error.contains("already exists"))
    let allowed = try standIn.cub(
      "unit create --space team api - --allow-exists -o json", input: Data("other".utf8))
    #expect(try allowed.json == first)
    #expect(try standIn.cub("unit data --space team api").output == manifest)
  }

  @Test(
    "Content comes on stdin only: a path or a URL is refused",
    arguments: ["/etc/hostname", "api.yaml", "https://example.com/x.yaml"])
  func path(argument: String) throws {
    let standIn = try standIn()
    let result = try standIn.cub("unit create --space team api \(argument)")
    #expect(result.exit == 1)
    #expect(result.error.contains("map-import stand-in: content comes on stdin"))
    #expect(try standIn.cub("unit list --space team -o json").json.array.isEmpty)
  }

  @Test("A change description has at most 512 characters")
  func changeDescription() throws {
    let standIn = try standIn()
    func create(_ slug: String, _ count: Int) throws -> StandIn.Result {
      try standIn.run(
        "cub",
        [
          "unit", "create", "--space", "team", slug, "-", "--change-desc",
          String(repeating: "é", count: count),
        ])
    }
    #expect(try create("fits", 512).exit == 0)
    let long = try create("long", 513)
    #expect(long.exit == 1)
    #expect(long.error.contains("HTTP 400"))
  }

  @Test("An update makes a new revision; a patch of labels does not")
  func update() throws {
    let standIn = try standIn()
    try standIn.cub("unit create --space team api - --label a=1", input: manifest)
    let other = Data("kind: Secretless\n".utf8)
    let updated = try standIn.cub(
      "unit update --space team api - --change-desc second -o json", input: other
    ).json
    #expect(updated["HeadRevisionNum"]?.int == 2)
    #expect(updated["Version"]?.int == 2)
    #expect(updated["LastChangeDescription"]?.string == "second")
    #expect(try standIn.cub("unit data --space team api").output == other)
    let patched = try standIn.cub("unit update --space team api --patch --label b=2 -o json").json
    #expect(patched["HeadRevisionNum"]?.int == 2)
    #expect(patched["Version"]?.int == 3)
    #expect(patched["Labels"] == .object(["a": .string("1"), "b": .string("2")]))
  }

  @Test("What is not there is a 404, and a deleted unit is not there")
  func missing() throws {
    let standIn = try standIn()
    try standIn.cub("unit create --space team api -")
    #expect(try standIn.cub("unit delete --space team api").exit == 0)
    for line in ["unit get --space team api", "unit list --space nowhere", "space get nowhere"] {
      let result = try standIn.cub(line)
      #expect(result.exit == 1)
      #expect(result.error.contains("Failed: HTTP 404 for req "), "\(line)")
    }
  }

  @Test("Eight creates at once: every unit is there once, and of one slug only one is made")
  func parallel() throws {
    let standIn = try standIn()
    let running = try (0..<8).flatMap { index in
      try [
        standIn.start("cub", ["unit", "create", "--space", "team", "unit-\(index)", "-"]),
        standIn.start("cub", ["unit", "create", "--space", "team", "same", "-"]),
      ]
    }
    let results = try running.map { try $0.finish() }
    let own = results.indices.filter { $0 % 2 == 0 }.map { results[$0] }
    let same = results.indices.filter { $0 % 2 == 1 }.map { results[$0] }
    #expect(own.allSatisfy { $0.exit == 0 })
    #expect(same.filter { $0.exit == 0 }.count == 1)
    #expect(same.filter { $0.error.contains("HTTP 409") }.count == 7)
    let listed = try standIn.cub("unit list --space team -o json").json.array
    #expect(
      listed.compactMap { $0["Unit"]?["Slug"]?.string }.sorted()
        == ["same"] + (0..<8).map { "unit-\($0)" })
    #expect(try standIn.calls().filter { $0["argv"]?[1]?.string == "create" }.count == 17)
  }
}
