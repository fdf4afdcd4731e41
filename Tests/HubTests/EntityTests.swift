import Documents
import Testing
import Wizard

@testable import Hub

@Suite("What is taken from cub's JSON")
struct EntityTests {
  static func json(_ text: String) throws -> JSONValue { try JSONValue(parsing: Array(text.utf8)) }

  @Test(
    "A list comes as envelopes, bare, wrapped, or as null",
    arguments: [
      (#"[{"Unit":{"Slug":"api","UnitID":"u1"},"Target":null},{"Unit":{"Slug":"db"}}]"#, 2),
      (#"[{"Slug":"api","UnitID":"u1"},{"Slug":"db"}]"#, 2),
      (#"{"items":[{"Unit":{"Slug":"api"}}]}"#, 1), (#"{"units":[{"Slug":"api"}]}"#, 1),
      (#"[null,{"Unit":null,"Space":{"Slug":"apps"}},{"Slug":"api"}]"#, 1), ("[]", 0),
      ("null", 0),
    ])
  func lists(text: String, count: Int) throws {
    let list = try #require(Entity.unit.list(in: EntityTests.json(text)))
    #expect(list.map(\.slug) == ["api", "db"].prefix(count).map { $0 })
  }

  @Test(
    "What is no list is never taken for an empty one",
    arguments: [
      "{}", #""units""#, "3", #"{"Code":"500","Message":"no"}"#, #"[{"Unit":{}}]"#, #"[{}]"#,
      #"["api"]"#, #"[{"Slug":""}]"#, #"{"items":null}"#,
    ])
  func noLists(text: String) throws {
    #expect(try Entity.unit.list(in: EntityTests.json(text)) == nil)
  }

  @Test("A unit's fields are read from an envelope, its target from the envelope too")
  func unit() throws {
    let value = try EntityTests.json(
      """
      {"Unit":{"Slug":"api","UnitID":"u1","Version":7,"Labels":{"app":"api","odd":3},
        "TargetID":"00000000-0000-0000-0000-000000000000"},
       "Target":{"Slug":"dev","TargetID":"t1"},"Space":{"Slug":"apps"}}
      """)
    let unit = RemoteUnit(try #require(Entity.unit.fields(in: value)))
    #expect(
      unit
        == RemoteUnit(slug: "api", id: "u1", version: 7, labels: ["app": "api"], targetID: "t1"))
  }

  @Test("A unit without a target has none, whether it is null, missing or zero")
  func noTarget() throws {
    for text in [
      #"{"Slug":"api","TargetID":null}"#, #"{"Slug":"api"}"#, #"{"Slug":"api","TargetID":""}"#,
      #"{"Unit":{"Slug":"api","TargetID":"00000000-0000-0000-0000-000000000000"},"Target":null}"#,
      #"{"Unit":{"Slug":"api"},"Target":{"TargetID":"00000000-0000-0000-0000-000000000000"}}"#,
    ] {
      let fields = try #require(Entity.unit.fields(in: EntityTests.json(text)))
      #expect(RemoteUnit(fields).targetID == nil, "\(text)")
    }
  }

  @Test("Who and where comes from the context, with anything missing or null")
  func identity() throws {
    let whole = try EntityTests.json(
      """
      {"name":"x","coordinate":{"serverURL":"https://hub.confighub.com","organizationID":"org_1",
        "user":"me@example.com"},"settings":{"defaultSpace":"s"},
       "metadata":{"tokenFile":"t","organizationName":"Acme"}}
      """)
    #expect(
      HubIdentity(whole)
        == HubIdentity(
          server: "https://hub.confighub.com", organization: "Acme", organizationID: "org_1",
          user: "me@example.com"))
    let partial = try EntityTests.json(#"{"coordinate":{"user":null,"serverURL":""}}"#)
    #expect(HubIdentity(partial) == HubIdentity())
    #expect(HubIdentity(JSONValue.null) == HubIdentity())
  }
}
