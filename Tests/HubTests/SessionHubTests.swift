import Documents
import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Hub

@Suite("Sessions in ConfigHub")
struct SessionHubTests {
  @Test("Who is signed in, and the groups that they can share with")
  func me() throws {
    let standIn = try StandIn(.d)
    let ana = standIn.sessions(of: "ana", groups: "payments,orders")
    let me = try ana.me()
    #expect(me.name == "ana@example.com" && me.displayName == "Ana Example")
    #expect(me.id.count == 36 && me.organizationID?.count == 36)
    #expect(try ana.groups().map(\.slug) == ["payments", "orders"])
    #expect(try standIn.sessions(of: "ben").groups() == [])
  }

  @Test("The Space is made once and has no target; one that releases to a target is refused")
  func space() throws {
    let standIn = try StandIn(.d)
    let hub = standIn.sessions()
    let made = hub.makeSpace(labels: ["Purpose": "import-sessions"])
    #expect(made.name == "done")
    #expect(hub.makeSpace() == made)
    let client = standIn.client()
    #expect(client.createReleaseTarget("t", worker: "w", space: "sessions").name == "done")
    #expect(client.setReleaseTarget("t", space: "sessions").name == "done")
    #expect(hub.makeSpace().name == "refused refused")
    for call in try standIn.calls() where call.starts(with: ["unit"]) {
      #expect(!call.contains { $0.hasPrefix("--target") })
    }
  }

  @Test("A session is kept, listed and read back as it was, in each of its states")
  func keep() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    #expect(try hub.list() == [])
    #expect(try hub.read("s1") == nil)
    let made = try #require(hub.createExample("s1", #"{"step":1}"#).session)
    #expect(made.slug == "s1" && made.space == "sessions" && made.revision == 2)
    #expect(made.labels == ["Type": "import-session", "Step": "1", "User": "ana@example.com"])
    #expect(made.annotations == ["Holder": "ana@laptop", "Epoch": "1"])
    #expect(made.digest == SHA256.hex(of: #"{"step":1}"#.utf8))
    #expect(made.changeDescription == "step 1/7" && made.hiddenReason == nil)
    #expect(made.permissions == [SessionPermission(.manage, .user(try hub.me().id))])
    #expect(hub.createExample("s1", "{}").name == "exists")

    let saved = try #require(
      hub.save(
        Array(#"{"step":2}"#.utf8), to: made, labels: ["Step": "2"], description: "step 2/7"
      ).session)
    #expect(saved.revision == 3 && saved.labels["Step"] == "2" && saved.labels["User"] != nil)
    let read = try #require(try hub.read("s1"))
    #expect(read.data == Array(#"{"step":2}"#.utf8) && read.annotations == made.annotations)
    #expect(try hub.list().map(\.slug) == ["s1"])
    #expect(try hub.look(at: "s1")?.digest == saved.digest)

    let history = try hub.history(of: "s1")
    #expect(history.map(\.number) == [3, 2, 1])
    #expect(history.map(\.description).prefix(2) == ["step 2/7", "step 1/7"])
    #expect(history.allSatisfy { $0.user == "user@example.com" && $0.createdAt != nil })
    #expect(try hub.data(of: "s1", history[1]) == Array(#"{"step":1}"#.utf8))
    #expect(try hub.data(of: "s1", history[2]) == [])
    #expect(try hub.history(of: "s1", atMost: 1).count == 1)

    let restored = try #require(
      hub.restore(2, of: saved, description: "restored revision 2").session)
    #expect(restored.revision == 4 && restored.digest == made.digest)
    #expect(hub.restore(2, of: saved, description: "again").name == "moved")
  }

  @Test(
    "Sessions are listed by label, of the Space or of the organization, archived ones on demand")
  func lists() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    let other = standIn.sessions(in: "other")
    #expect(other.makeSpace().name == "done")
    for slug in ["s1", "s2"] { #expect(hub.createExample(slug, "{}").name == "done") }
    #expect(other.createExample("s3", "{}", user: "ben@example.com").name == "done")
    #expect(hub.writeLog([65], of: "s1", description: "at the end").name == "done")
    #expect(try hub.list().map(\.slug) == ["s2", "s1"])
    #expect(try Set(hub.list(.organization).map(\.slug)) == ["s1", "s2", "s3"])
    #expect(
      try hub.list(.organization, labels: ["User": "ben@example.com"]).map(\.space) == ["other"])
    #expect(hub.hide("s1").session?.hiddenReason == "Archived")
    #expect(try hub.list().map(\.slug) == ["s2"])
    #expect(try hub.list(hidden: true).count == 2)
    #expect(try hub.look(at: "s1") != nil)
    #expect(hub.hide("s1", reason: nil).session.map { $0.hiddenReason == nil } == true)
    // What changed last comes first.
    #expect(try hub.list().map(\.slug) == ["s1", "s2"])
    #expect(throws: HubFailure.self) { try hub.list(labels: ["User": "o'neil"]) }
  }

  @Test("Labels are changed without a revision, and taken away")
  func labels() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    #expect(hub.createExample("s1", "{}").name == "done")
    let changed = try #require(hub.label("s1", ["Step": "4", "User": nil]).session)
    #expect(changed.labels == ["Type": "import-session", "Step": "4"])
    #expect(changed.revision == 2)
    #expect(hub.label("s1", ["Step": "a,b"]).name == "refused refused")
  }

  @Test("A session is shared with a user and a group, handed over, and closed to them again")
  func sharing() throws {
    let standIn = try StandIn(.d)
    let ana = try standIn.readySessions(of: "ana", role: "editor", groups: "payments")
    let ben = standIn.sessions(of: "ben", role: "member")
    let eve = standIn.sessions(of: "eve", role: "member", groups: "payments")
    let made = try #require(ana.createExample("s1", "{}").session)
    let bensID = try ben.me().id
    #expect(try ben.look(at: "s1") == nil && ben.list(.organization) == [] && ben.list() == [])
    #expect(ben.hide("s1") == .gone && ben.save([1], to: made, description: "d") == .gone)
    let shared: Set<SessionPermission> = [
      SessionPermission(.view, .user("ben@example.com")),
      SessionPermission(.view, .group("payments")),
    ]
    let permissions = try #require(ana.permit("s1", giving: shared).session?.permissions)
    #expect(permissions.contains(SessionPermission(.view, .user(bensID))))
    #expect(
      permissions.contains { if case .group = $0.subject { $0.action == .view } else { false } })
    #expect(try ben.read("s1")?.data == Array("{}".utf8))
    #expect(try eve.list(.organization).map(\.slug) == ["s1"])
    #expect(ben.save([123, 125, 10], to: made, description: "mine").name == "refused forbidden")
    let edit = SessionPermission(.edit, .user(bensID))
    #expect(ben.permit("s1", giving: [edit]).name == "refused forbidden")
    #expect(ana.permit("s1", giving: [edit]).name == "done")
    #expect(ben.save([123, 125, 10], to: made, description: "mine").name == "done")
    #expect(try ana.history(of: "s1").first?.user == "ben@example.com")
    #expect(ana.permit("s1", taking: shared.union([edit])).name == "done")
    #expect(try ben.look(at: "s1") == nil)
    #expect(try eve.look(at: "s1") == nil)
    for name in ["a:b", "-x", "a,b", "", "a b"] {
      let odd: Set = [SessionPermission(.view, .user(name))]
      #expect(ana.permit("s1", giving: odd).name == "refused refused")
    }
    #expect(
      ana.permit("s1", giving: [SessionPermission(.view, .user("who@example.com"))]).name
        == "unclear")
  }

  @Test("A log is written, replaced and read back; it is no session")
  func log() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    #expect(hub.createExample("s1", "{}").name == "done")
    #expect(try hub.readLog(of: "s1") == nil)
    let first = Array("one\n---\ntwo \u{1B}[0m\n".utf8)
    #expect(
      hub.writeLog(first, of: "s1", labels: ["User": "ana"], description: "error").name == "done")
    #expect(try hub.readLog(of: "s1") == first)
    let log = hub.writeLog(Array("three".utf8), of: "s1", description: "end")
    #expect(log.session?.labels["Type"] == "import-session-log" && log.session?.revision == 3)
    #expect(try hub.readLog(of: "s1") == Array("three".utf8))
    #expect(try hub.list().map(\.slug) == ["s1"])
    #expect(hub.writeLog([], of: "s1", description: "empty").name == "done")
    #expect(try hub.readLog(of: "s1") == [])
  }

  @Test("A session goes with its log, and once only")
  func delete() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    let made = try #require(hub.createExample("s1", "{}").session)
    #expect(hub.writeLog([65], of: "s1", description: "end").name == "done")
    #expect(hub.delete("s1").name == "done")
    #expect(try hub.list() == [] && hub.readLog(of: "s1") == nil)
    #expect(hub.delete("s1").name == "done")
    #expect(hub.save([123, 125, 10], to: made, description: "late") == .gone)
    #expect(hub.annotate(made, ["Holder": "ben"]) == .gone)
    #expect(hub.label("s1", ["Step": "2"]) == .gone)
    #expect(hub.restore(2, of: made, description: "late") == .gone)
    #expect(try hub.read("s1") == nil && hub.look(at: "s1") == nil)
  }
}

extension StandIn {
  /// Sessions as somebody of the organization reaches them, each from a home of their own.
  func sessions(
    of user: String? = nil, role: String = "admin", groups: String = "",
    in space: String = "sessions",
    timeout: Double = 60
  ) -> SessionHub {
    var settings = ["STAND_IN_ROLE": role, "STAND_IN_GROUPS": groups]
    settings["STAND_IN_USER"] = user.map { "\($0)@example.com" }
    return client(timeout: timeout, settings).sessions(in: space)
  }

  /// The same, with the Space made.
  func readySessions(
    of user: String? = nil, role: String = "admin", groups: String = ""
  ) throws -> SessionHub {
    let sessions = sessions(of: user, role: role, groups: groups)
    try #require(sessions.makeSpace().name == "done")
    return sessions
  }
}

extension SessionHub {
  func createExample(
    _ slug: String, _ data: String, user: String = "ana@example.com"
  ) -> SessionChange {
    create(
      slug, labels: ["Step": "1", "User": user],
      annotations: ["Holder": "ana@laptop", "Epoch": "1"], description: "step 1/7",
      data: Array(data.utf8))
  }
}

extension SessionChange {
  /// The case without what it carries.
  var name: String {
    switch self {
    case .done: "done"
    case .overtaken: "overtaken"
    case .moved: "moved"
    case .exists: "exists"
    case .gone: "gone"
    case .refused(let failure): "refused \(failure.kind)"
    case .unclear: "unclear"
    case .signInNeeded: "signInNeeded"
    }
  }

  /// What was left behind by a change that was made.
  var session: RemoteSession? {
    switch self {
    case .done(let session), .overtaken(let session): session
    default: nil
    }
  }
}
