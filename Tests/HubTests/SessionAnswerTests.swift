import Documents
import FoundationEssentials
import TestWorld
import Testing

@testable import Hub

@Suite("Which cub keeps sessions, and what it may answer")
struct SessionAnswerTests {
  // MARK: Which cub

  @Test("An older cub is told so, and nothing is done", arguments: [StandIn.Generation.b, .c])
  func older(generation: StandIn.Generation) throws {
    let made = try SessionFaultTests.hub().2
    let standIn = try StandIn(generation)
    let hub = standIn.sessions()
    for (_, read) in SessionFaultTests.reads {
      let failure = #expect(throws: HubFailure.self) { try read(hub) }
      #expect(failure?.kind == .unsupported)
      #expect(failure?.message == "Keeping sessions in ConfigHub needs cub 0.7 or later.")
    }
    for (_, change) in SessionFaultTests.changes {
      #expect(change(hub, made) == "refused unsupported")
    }
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
    let (standIn, hub, _) = try SessionFaultTests.hub()
    defer { withExtendedLifetime(standIn) {} }
    let long = "\"" + String(repeating: "x", count: 200_000) + "\""
    #expect(hub.createExample("s3", long).name == "done")
    #expect(try hub.read("s3")?.data?.count == 200_002)
    let failure = #expect(throws: HubFailure.self) { try hub.read("s3", atMost: 1000) }
    #expect(failure?.kind == .unreadable)
  }

  @Test("Content that is not what its digest says is none")
  func digest() throws {
    let (standIn, hub, _) = try SessionFaultTests.hub()
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
    let (standIn, hub, _) = try SessionFaultTests.hub()
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
