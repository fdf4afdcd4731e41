import FoundationEssentials
import TestWorld
import Testing

@Suite("Two users and one hub (generation D)")
struct SharedHubTests {
  private let session = Data(#"{"configHub":{"configName":"s1"},"session":{"odd":"é"}}"#.utf8)

  /// Somebody of the organization, as the environment of their calls says.
  private func caller(_ name: String, _ role: String, groups: String = "") -> [String: String] {
    [
      "STAND_IN_USER": "\(name)@example.com", "STAND_IN_ROLE": role, "STAND_IN_GROUPS": groups,
    ]
  }

  /// A hub where Ana keeps a session.
  private func hub() throws -> (StandIn, ana: [String: String]) {
    let standIn = try StandIn(["STAND_IN_GENERATION": "d"])
    let ana = caller("ana", "editor", groups: "payments")
    try standIn.cub("space create shared", ana)
    let made = try standIn.cub(
      "unit create s1 - --space shared --toolchain AppConfig/JSON --label Type=import-session "
        + "--annotation Holder=ana,Epoch=1 --change-desc first", input: session, ana)
    #expect(made.exit == 0, "\(made.error)")
    return (standIn, ana)
  }

  @Test("Who calls is told, and keeps their id; the first user is the one that was recorded")
  func me() throws {
    let (standIn, ana) = try hub()
    let first = try standIn.cub("api GET me").json
    #expect(first["UserID"]?.string == "3a89ef21-38d2-49ed-8ca1-d3580c48bf14")
    #expect(first["Username"]?.string == "user@example.com")
    let me = try standIn.cub("api GET /api/me", ana).json
    #expect(me["Username"]?.string == "ana@example.com")
    #expect(me["UserID"]?.string?.count == 36 && me["UserID"] != first["UserID"])
    #expect(try standIn.cub("api GET me", ana).json == me)
    let groups = try standIn.cub("group list -o json", ana).json.array
    #expect(groups.map { $0["Group"]?["Slug"]?.string } == ["payments"])
    #expect(try standIn.cub("group get payments -o json", ana).json == groups[0])
    #expect(try standIn.cub("group get payments").error == "Failed: group \"payments\" not found\n")
    #expect(try standIn.cub("auth status", ana).text.contains("ana@example.com"))
    #expect(
      try standIn.cub("api GET me", ["STAND_IN_GENERATION": "c"]).error.contains("unknown command"))
  }

  @Test("What one may not see is not there; View, Edit and Manage each let one do more")
  func permissions() throws {
    let (standIn, ana) = try hub()
    let ben = caller("ben", "member")
    try standIn.cub("api GET me", ben)
    func tell(_ line: String, _ who: [String: String], input: Data = Data()) throws -> String {
      let result = try standIn.cub(line, input: input, who)
      return result.exit == 0 ? "done" : result.error
    }
    #expect(try standIn.cub("unit list -o json", ben).json.array.isEmpty)
    #expect(try standIn.cub("space list -o json", ben).json.array.isEmpty)
    #expect(try tell("unit get s1 --space shared", ben).contains(" not found in "))
    #expect(try tell("space create own", ben).contains("HTTP 403"))

    let permit = "unit update s1 --patch --space shared --permission"
    #expect(try tell("\(permit) View:ben@example.com", ana) == "done")
    #expect(try standIn.cub("unit data s1 --space shared", ben).output == session)
    #expect(try standIn.cub("unit list --space shared -o json", ben).json.array.count == 1)
    let other = Data("{}".utf8)
    #expect(try tell("unit update s1 - --space shared", ben, input: other).contains("HTTP 403"))

    #expect(try tell("\(permit) Edit:ben@example.com", ana) == "done")
    #expect(try tell("unit update s1 - --space shared", ben, input: other) == "done")
    #expect(try tell("\(permit) Edit:ana@example.com", ben).contains("HTTP 403"))
    #expect(try tell("unit delete s1 --space shared", ben).contains("HTTP 403"))
    let revisions = try standIn.cub("revision list s1 --space shared -o json", ben).json.array
    #expect(
      revisions.map { $0["User"]?["Username"]?.string }
        == ["ben@example.com", "ana@example.com", "ana@example.com"])

    let taken = "\(permit) -Edit:ben@example.com --permission -View:ben@example.com"
    #expect(try tell(taken, ana) == "done")
    #expect(try tell("unit get s1 --space shared", ben).contains(" not found in "))
    #expect(try tell("\(permit) View:nobody@example.com", ana).contains("not found"))
  }

  @Test(
    "A group lets its members in, and only they can name it; a viewer sees all and changes nothing")
  func groups() throws {
    let (standIn, ana) = try hub()
    let (ben, eve) = (caller("ben", "none", groups: "payments"), caller("eve", "viewer"))
    let permit = "unit update s1 --patch --space shared --permission View:group:"
    #expect(try standIn.cub("\(permit)orders", ana).error == "Failed: group \"orders\" not found\n")
    let unit = try standIn.cub("\(permit)payments -o json", ana).json
    #expect(unit["Permissions"]?["View"]?["GroupIDs"]?.keys.count == 1)
    #expect(unit["Permissions"]?["View"]?["UserIDs"] == nil)
    #expect(try standIn.cub("unit get s1 --space shared", ben).exit == 0)
    #expect(try standIn.cub("unit get s1 --space shared", caller("ben", "none")).exit == 1)
    #expect(try standIn.cub("unit get s1 --space shared", eve).exit == 0)
    #expect(try standIn.cub("unit update s1 --patch --space shared --label a=b", eve).exit == 1)
    // For a unit of one's own one needs a right over the space.
    let input = Data("{}".utf8)
    let create = "unit create s2 - --space shared --toolchain AppConfig/JSON"
    #expect(try standIn.cub(create, input: input, caller("joe", "user")).error.contains("HTTP 403"))
    #expect(try standIn.cub(create, input: input, caller("joe", "editor")).exit == 0)
  }

  @Test("A unit is put with the Version that was read, or not at all; its content stays")
  func put() throws {
    let (standIn, ana) = try hub()
    let read = try standIn.cub("unit get s1 --space shared -o json", ana).json["Unit"]
    let ids = try #require(
      read.flatMap { unit in
        unit["SpaceID"]?.string.flatMap { space in unit["UnitID"]?.string.map { (space, $0) } }
      })
    let path = "space/\(ids.0)/unit/\(ids.1)"
    #expect(try standIn.cub("api GET \(path)", ana).json["Unit"] == read)
    let version = try #require(read?["Version"]?.int)
    func body(_ version: Int, holder: String) -> Data {
      Data(
        #"{"Slug":"s1","Version":\#(version),"Annotations":{"Holder":"\#(holder)"},"Labels":{"a":"b"}}"#
          .utf8)
    }
    let stale = try standIn.cub(
      "api PUT \(path) --data -", input: body(version - 2, holder: "ben"), ana)
    #expect(stale.exit == 1)
    #expect(stale.error == "Failed: PUT \(path): 409 Conflict\n")
    #expect(try stale.json["Code"]?.string == "409")
    let done = try standIn.cub("api PUT \(path) -d -", input: body(version, holder: "ben"), ana)
    #expect(try done.json["Annotations"] == .object(["Holder": .string("ben")]))
    #expect(try done.json["Version"]?.int == version + 2)
    #expect(try done.json["HeadRevisionNum"] == read?["HeadRevisionNum"])
    #expect(try standIn.cub("unit data s1 --space shared", ana).output == session)
    let again = try standIn.cub("api PUT \(path) -d -", input: body(version, holder: "eve"), ana)
    #expect(again.error.hasSuffix(": 409 Conflict\n"))
    let missing = try standIn.cub("api GET space/\(ids.1)/unit/\(ids.0)", ana)
    #expect(missing.error.hasSuffix(": 404 Not Found\n"))
    let viewer = try standIn.cub(
      "api PUT \(path) -d -", input: body(version + 2, holder: "eve"), caller("eve", "viewer"))
    #expect(viewer.error.contains("\(path): 403 Forbidden"))
  }

  @Test("Of eight that put at once, one does")
  func race() throws {
    let (standIn, ana) = try hub()
    let read = try standIn.cub("unit get s1 --space shared -o json", ana).json["Unit"]
    let path = "space/\(read?["SpaceID"]?.string ?? "")/unit/\(read?["UnitID"]?.string ?? "")"
    let body = Data(#"{"Slug":"s1","Version":\#(read?["Version"]?.int ?? 0)}"#.utf8)
    let gathered = ana.merging(["STAND_IN_GATHER": "api PUT=8"]) { $1 }
    let running = try (0..<8).map { _ in
      try standIn.start("cub", ["api", "PUT", path, "--data=-"], input: body, gathered)
    }
    let results = try running.map { try $0.finish() }
    #expect(results.filter { $0.exit == 0 }.count == 1)
    #expect(results.filter { $0.error.hasSuffix(": 409 Conflict\n") }.count == 7)
  }

  @Test("Configuration of an application is parsed, and kept byte for byte")
  func appConfig() throws {
    let (standIn, ana) = try hub()
    #expect(try standIn.cub("unit data s1 --space shared", ana).output == session)
    let broken = try standIn.cub("unit update s1 - --space shared", input: Data("{".utf8), ana)
    #expect(broken.error.contains("metadata was updated, but its config data could not be written"))
    #expect(try standIn.cub("unit data s1 --space shared", ana).output == session)
    let text = Data("---\nconfigHub:\n  configName: s1-log\n---\nline\n".utf8)
    let log = try standIn.cub(
      "unit create s1-log - --space shared --toolchain AppConfig/Text -o json", input: text, ana)
    #expect(try log.json["ToolchainType"]?.string == "AppConfig/Text")
    #expect(try log.json["ProvidedPaths"] == nil)
    #expect(try standIn.cub("unit data s1-log --space shared", ana).output == text)
    let empty = try standIn.cub("revision data s1 1 --space shared", ana)
    #expect(empty.error == "Failed: no config data for revision 1 of unit s1\n")
  }

  @Test("Lists leave out what is hidden, and take an order, a number and labels")
  func lists() throws {
    let (standIn, ana) = try hub()
    for slug in ["s2", "s3"] {
      try standIn.cub(
        "unit create \(slug) - --space shared --toolchain AppConfig/JSON --label Type=import-session",
        input: session, ana)
    }
    try standIn.cub("unit update s1 --patch --space shared --label Step=4,Status=active", ana)
    try standIn.cub("unit update s3 --patch --space shared --hidden-reason Archived", ana)
    func slugs(_ flags: String...) throws -> [String?] {
      let words = ["unit", "list", "--space", "*", "-o", "json"] + flags
      return try standIn.run("cub", words, ana).json.array.map { $0["Unit"]?["Slug"]?.string }
    }
    let isSession = "--where=Labels.Type = 'import-session'"
    #expect(try slugs(isSession) == ["s2", "s1"])
    #expect(try slugs(isSession, "--order-by=DESC:UpdatedAt") == ["s1", "s2"])
    #expect(try slugs(isSession, "--order-by=DESC:UpdatedAt", "--limit=1") == ["s1"])
    #expect(try slugs("--where=Labels.Step = '4' AND Labels.Status = 'active'") == ["s1"])
    #expect(try slugs(isSession, "--include-hidden") == ["s3", "s2", "s1"])
    #expect(try slugs(isSession, "--include-hidden=Archived").count == 3)
    #expect(try slugs(isSession, "--include-hidden=BackingUnit").count == 2)
    #expect(
      try standIn.cub("unit get s3 --space shared -o json", ana).json["Unit"]?["HiddenReason"]?
        .string == "Archived")
    try standIn.cub("unit update s3 --patch --space shared --hidden-reason - --label Type=-", ana)
    #expect(try slugs(isSession) == ["s2", "s1"])
    #expect(try slugs().count == 3)
  }

  @Test("Each signs out for themselves")
  func signIn() throws {
    let (standIn, ana) = try hub()
    let plan = try standIn.plan(#"[{"match":"api GET","kind":"expire","nth":1}]"#)
    #expect(try standIn.cub("api GET me", ana.merging(plan) { $1 }).error.contains("expired"))
    #expect(try standIn.cub("unit list", ana).exit == 1)
    #expect(try standIn.cub("unit list").exit == 0)
    try standIn.cub("auth login", ana)
    #expect(try standIn.cub("unit list", ana).exit == 0)
  }

  @Test("A fault of the API has the API's words")
  func faults() throws {
    let (standIn, ana) = try hub()
    let plan = try standIn.plan(#"[{"match":"api GET","kind":"forbid"}]"#)
    let result = try standIn.cub("api GET me", ana.merging(plan) { $1 })
    #expect(result.error == "Failed: GET me: 403 Forbidden\n")
  }
}
