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

  static func hub() throws -> (
    StandIn, SessionHub, RemoteSession
  ) {
    let standIn = try StandIn(.d)
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
    let (standIn, hub, _) = try Self.hub()
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
      let (standIn, hub, made) = try Self.hub()
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
    let (standIn, _, made) = try Self.hub()
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
    let (standIn, hub, made) = try Self.hub()
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
}
