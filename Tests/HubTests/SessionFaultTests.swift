import Dispatch
import Documents
import FoundationEssentials
import Subprocess
import TestWorld
import Testing

@testable import Hub

@Suite("When sessions cannot be kept")
struct SessionFaultTests {
  /// Everything that is read, with the call that can fail.
  static let reads: [(call: String, read: @Sendable (SessionHub) throws -> Void)] = [
    ("api GET", { _ = try $0.me() }), ("group list", { _ = try $0.groups() }),
    ("unit list", { _ = try $0.list() }), ("unit get", { _ = try $0.look(at: "s1") }),
    ("unit data", { _ = try $0.read("s1") }), ("revision list", { _ = try $0.history(of: "s1") }),
    ("revision data", { _ = try $0.data(of: "s1", $0.history(of: "s1")[0]) }),
    ("unit data", { _ = try $0.readLog(of: "s1") }),
  ]

  /// Everything that is changed.
  static let changes: [(call: String, change: @Sendable (SessionHub, RemoteSession) -> String)] = [
    ("space create", { hub, _ in hub.makeSpace().name }),
    ("unit create", { hub, _ in hub.createExample("s2", "{}").name }),
    ("unit update", { $0.save(Array("[1]".utf8), to: $1, description: "d").name }),
    ("unit update", { $0.restore(1, of: $1, description: "d").name }),
    ("api PUT", { $0.annotate($1, ["Epoch": "2"]).name }),
    ("unit update", { hub, _ in hub.label("s1", ["Step": "2"]).name }),
    (
      "unit update",
      { hub, _ in hub.permit("s1", giving: [SessionPermission(.view, .group("payments"))]).name }
    ),
    ("unit update", { hub, _ in hub.hide("s1").name }),
    ("unit create", { hub, _ in hub.writeLog([65], of: "s2", description: "d").name }),
    ("unit delete", { hub, _ in hub.delete("s1").name }),
  ]

  private func hub(_ generation: StandIn.Generation = .d) throws -> (
    StandIn, SessionHub, RemoteSession
  ) {
    let standIn = try StandIn(generation)
    let hub = try standIn.readySessions(groups: "payments")
    let made = try #require(hub.createExample("s1", "{}").session)
    try #require(hub.writeLog([65], of: "s1", description: "d").name == "done")
    return (standIn, hub, made)
  }

  @Test(
    "What could not be read is never taken for none",
    arguments: [
      ("refuse", HubFailure.Kind.refused), ("forbid", .forbidden), ("unauthorized", .signInNeeded),
      ("expire", .signInNeeded), ("error500-before", .unreachable), ("network", .unreachable),
      ("garbage", .unreadable), ("cut", .unreadable), ("help", .unsupported),
    ])
  func read(kind: String, failure: HubFailure.Kind) throws {
    let (standIn, hub, _) = try hub()
    for (call, read) in Self.reads {
      try standIn.plan((match: call, kind: kind, nth: nil))
      let found = #expect(throws: HubFailure.self, "\(call)") { try read(hub) }
      #expect(found?.kind == failure, "\(call): \(found?.message ?? "")")
      if failure == .signInNeeded { try standIn.signInAgain() }
    }
  }

  @Test(
    "What was perhaps changed is never called done or refused",
    arguments: [
      ("refuse", "refused refused"), ("forbid", "refused forbidden"),
      ("unauthorized", "signInNeeded"), ("expire", "signInNeeded"), ("network", "unclear"),
      ("error500-before", "unclear"), ("error500-after", "unclear"), ("lost-after", "unclear"),
      ("garbage", "unclear"), ("cut", "unclear"),
    ])
  func change(kind: String, outcome: String) throws {
    for (call, change) in Self.changes {
      let (standIn, hub, made) = try hub()
      try standIn.plan((match: call, kind: kind, nth: nil))
      // Half of a sentence still says that something was removed.
      let expected = call == "unit delete" && kind == "cut" ? nil : outcome
      let name = change(hub, made)
      #expect(expected == nil || name == expected, "\(call)")
    }
  }

  @Test(
    "A session made and not written is unfinished, and is finished by saving",
    arguments: ["between-kill", "between-lost", "between-500"])
  func unfinished(kind: String) throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    try standIn.plan((match: "unit create", kind: kind, nth: nil))
    #expect(hub.createExample("s1", "{}").name == "unclear")
    try standIn.plan()
    let found = try #require(try hub.read("s1"))
    #expect(found.isUnfinished && found.data == [] && found.labels["User"] != nil)
    #expect(hub.createExample("s1", "{}").name == "exists")
    #expect(hub.save(Array("{}".utf8), to: found, description: "d").name == "done")
    #expect(try hub.read("s1")?.data == Array("{}".utf8))
  }

  @Test("Who only may look reads all and changes nothing, in the server's words")
  func viewer() throws {
    let (standIn, _, made) = try hub()
    let viewer = standIn.sessions(of: "eve", role: "viewer", groups: "payments")
    #expect(try viewer.list().map(\.slug) == ["s1"])
    #expect(try viewer.read("s1")?.data == Array("{}".utf8))
    for (call, change) in Self.changes {
      #expect(change(viewer, made) == "refused forbidden", "\(call)")
    }
    guard case .refused(let failure) = viewer.annotate(made, ["Epoch": "2"]) else { return }
    #expect(failure.message.contains("403 Forbidden: permission denied"), "\(failure.message)")
  }

  // MARK: Time

  @Test("A call that hangs is given up at the limit of the work, and the next one is not begun")
  func slow() throws {
    let (standIn, hub, made) = try hub()
    try standIn.plan(
      (match: "unit list", kind: "hang-before", nth: nil),
      (match: "api PUT", kind: "hang-before", nth: nil))
    let brief = hub.within(seconds: 0.5)
    let failure = #expect(throws: HubFailure.self) { try brief.list() }
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("within 1 s") == true, "\(failure?.message ?? "")")
    let count = try standIn.calls().count
    #expect(throws: HubFailure.self) { try brief.look(at: "s1") }
    #expect(brief.save([123, 125, 10], to: made, description: "d").name == "refused timedOut")
    #expect(brief.createExample("s9", "{}").name == "refused timedOut")
    #expect(try standIn.calls().count == count)
    #expect(try hub.look(at: "s1") == hub.look(at: "s1"))
  }

  @Test("A change that is called off while it hangs is unclear")
  func cancelled() throws {
    let standIn = try StandIn(.d)
    let ready = try standIn.readySessions()
    try standIn.plan((match: "unit create", kind: "hang-after", nth: nil))
    let cancellation = Cancellation()
    let hub = standIn.client().sessions(in: "sessions", cancellation: cancellation)
    DispatchQueue.global().async {
      try? standIn.awaitCall(["unit", "create"])
      cancellation.cancel()
    }
    #expect(hub.createExample("s1", "{}").name == "unclear")
    #expect(try ready.read("s1")?.data == Array("{}".utf8))
    let failure = #expect(throws: HubFailure.self) { try hub.list() }
    #expect(failure?.kind == .cancelled)
    #expect(hub.hide("s1").name == "refused cancelled")
  }

  // MARK: Which cub

  @Test("An older cub is told so, and nothing is done", arguments: [StandIn.Generation.b, .c])
  func older(generation: StandIn.Generation) throws {
    let made = try hub().2
    let standIn = try StandIn(generation)
    let hub = standIn.sessions()
    for (_, read) in Self.reads {
      let failure = #expect(throws: HubFailure.self) { try read(hub) }
      #expect(failure?.kind == .unsupported)
      #expect(failure?.message == "Keeping sessions in ConfigHub needs cub 0.7 or later.")
    }
    for (_, change) in Self.changes { #expect(change(hub, made) == "refused unsupported") }
    #expect(try standIn.calls().allSatisfy { ["version", "api"].contains($0.first) })
  }

  @Test("One that says its version is told which it is, without asking the server")
  func version() throws {
    let program = try Script(
      "[ $1 = version ] || exit 9\nprintf 'Client Version:\\n  Version:    v0.6.5\\n'")
    let failure = #expect(throws: HubFailure.self) {
      try HubClient(cub: program.path).sessions(in: "s").list()
    }
    #expect(
      failure?.message
        == "Keeping sessions in ConfigHub needs cub 0.7 or later; this one is v0.6.5.")
  }

  // MARK: Answers

  private func cub(_ answer: String) throws -> Script {
    try Script(
      """
      if [ "$1" = version ]; then printf 'Client Version:\\n  Version:    v0.8.12\\n'; exit; fi
      \(answer)
      """)
  }

  private static let id = "1662495a-37f6-484c-950f-26be7c8914d8"

  @Test(
    "An answer that lacks something, or has something else in its place, is none",
    arguments: [
      #"{}"#, #"{"UnitID":"\#(id)"}"#,
      #"{"UnitID":"\#(id)","SpaceID":"\#(id)","HeadRevisionNum":2,"DataHash":"abc"}"#,
      #"{"UnitID":"\#(id)","SpaceID":"\#(id)","DataHash":"DIGEST"}"#,
      #"{"UnitID":"\#(id)","SpaceID":"\#(id)","HeadRevisionNum":0,"DataHash":"DIGEST"}"#,
      #"{"UnitID":"../../../../../../../../space/others/x","SpaceID":"\#(id)","HeadRevisionNum":2,"DataHash":"DIGEST"}"#,
    ])
  func strict(unit: String) throws {
    let digest = String(repeating: "a", count: 64)
    let fields = unit.replacing("DIGEST", with: digest).replacing("}", with: #","Slug":"s1"}"#)
      .replacing("{,", with: "{")
    let program = try cub(
      "case $2 in list) echo '[{\"Unit\":\(fields)}]' ;; *) echo '{\"Unit\":\(fields)}' ;; esac")
    let hub = HubClient(cub: program.path).sessions(in: "s")
    for read: () throws -> Void in [{ _ = try hub.list() }, { _ = try hub.look(at: "s1") }] {
      let failure = #expect(throws: HubFailure.self) { try read() }
      #expect(failure?.kind == .unreadable)
    }
    #expect(hub.createExample("s1", "{}").name == "unclear")
  }

  @Test("An endless answer is cut off, and content that is larger than may be read is none")
  func huge() throws {
    let program = try cub("yes '{\"UserID\": \"x\"}'")
    let endless = HubClient(cub: program.path).sessions(in: "s")
    for read: () throws -> Void in [
      { _ = try endless.me() }, { _ = try endless.list() }, { _ = try endless.look(at: "s1") },
      { _ = try endless.history(of: "s1") },
    ] {
      let failure = #expect(throws: HubFailure.self) { try read() }
      #expect(failure?.kind == .unreadable, "\(failure?.message ?? "")")
    }
    let (standIn, hub, _) = try hub()
    defer { withExtendedLifetime(standIn) {} }
    let long = "\"" + String(repeating: "x", count: 200_000) + "\""
    #expect(hub.createExample("s3", long).name == "done")
    #expect(try hub.read("s3")?.data?.count == 200_002)
    let failure = #expect(throws: HubFailure.self) { try hub.read("s3", atMost: 1000) }
    #expect(failure?.kind == .unreadable)
  }

  @Test("Content that is not what its digest says is none")
  func digest() throws {
    let (standIn, hub, _) = try hub()
    let store = standIn.state + "/content"
    for file in try FileManager.default.contentsOfDirectory(atPath: store) {
      try Data("[other]".utf8).write(to: URL(filePath: "\(store)/\(file)"))
    }
    let failure = #expect(throws: HubFailure.self) { try hub.read("s1") }
    #expect(failure?.kind == .unreadable)
    let history = try hub.history(of: "s1")
    #expect(throws: HubFailure.self) { try hub.data(of: "s1", history[0]) }
  }

  // MARK: Secrets

  @Test("Content goes by stdin alone: no part of it is on a command line, or in a sentence")
  func canary() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    let data = "{\"password\":\"\(StandIn.secret)\"}"
    let made = try #require(hub.createExample("s1", data).session)
    var said: [Any] = [made]
    said.append(hub.writeLog(Array(data.utf8), of: "s1", description: "d"))
    said.append(hub.save(Array("[\(data)]".utf8), to: made, description: "d"))
    let now = try #require(try hub.look(at: "s1"))
    said.append(hub.annotate(now, ["Holder": "ben on desktop-7"]))
    for kind in ["refuse", "between-422", "error500-after", "lost-after", "cut", "garbage"] {
      try standIn.plan(
        (match: "unit", kind: kind, nth: nil), (match: "api", kind: kind, nth: nil))
      said.append(hub.createExample("s2", data))
      said.append(hub.save(Array("[\(data)]".utf8), to: now, description: "d"))
      said.append(Result { try hub.read("s1")?.labels as Any })
    }
    #expect(try standIn.calls().count > 20)
    for call in try standIn.calls() {
      for word in [StandIn.secret, "password", "desktop-7"] {
        #expect(!call.contains { $0.contains(word) }, "\(call)")
      }
    }
    var text = ""
    for value in said { dump(value, to: &text) }
    #expect(text.contains("desktop-7") && !text.contains(StandIn.secret))
    try standIn.plan()
    #expect(try hub.read("s1")?.data?.isEmpty == false)
  }

  @Test("What cub would take for something else never reaches it")
  func badNames() throws {
    let (standIn, hub, _) = try hub()
    let count = try standIn.calls().count
    #expect(hub.createExample("--space", "{}").name == "refused refused")
    #expect(hub.createExample("a/b", "{}").name == "refused refused")
    #expect(hub.createExample("s5", "").name == "refused refused")
    for value in ["a,b", "a=b", "\"a", "a\nb", "", "-"] {
      let change = hub.create(
        "s5", labels: [:], annotations: ["Holder": value], description: "d", data: [123, 125])
      #expect(change.name == "refused refused", "\(value)")
    }
    #expect(hub.hide("s1", reason: "a b").name == "refused refused")
    #expect(throws: HubFailure.self) { try hub.read("-") }
    #expect(standIn.client().sessions(in: "*").makeSpace().name == "refused refused")
    #expect(try standIn.calls().dropFirst(count).allSatisfy { $0 == ["version"] })
  }
}
