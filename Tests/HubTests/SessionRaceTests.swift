import Documents
import FoundationEssentials
import Subprocess
import Testing

@testable import Hub

@Suite("Several who change one session at once")
struct SessionRaceTests {
  /// Those of so many homes that came to the same call together.
  private func homes(_ standIn: StandIn, _ count: Int, together call: String) -> [SessionHub] {
    (0..<count).map { _ in
      standIn.client(["STAND_IN_GATHER": "\(call)=\(count)"]).sessions(in: "sessions")
    }
  }

  /// Each on a thread of its own.
  private func atOnce<Value: Sendable>(
    _ homes: [SessionHub], _ body: @escaping @Sendable (SessionHub, Int) -> Value
  ) -> [Value] {
    inParallel(
      homes.enumerated().map { home in { @Sendable in body(home.element, home.offset) } },
      atMost: homes.count)
  }

  @Test("One creates it, and the others are told that it exists")
  func create() throws {
    let standIn = try StandIn(.d)
    _ = try standIn.readySessions()
    let changes = atOnce(homes(standIn, 4, together: "unit create")) { hub, _ in
      hub.createExample("s1", "{}").name
    }
    #expect(changes.sorted() == ["done", "exists", "exists", "exists"])
    #expect(try standIn.sessions().list().count == 1)
  }

  @Test("One takes the hold, by the server's comparing, and the others see who")
  func hold() throws {
    let standIn = try StandIn(.d)
    let seen = try #require(try standIn.readySessions().createExample("s1", "{}").session)
    let changes = atOnce(homes(standIn, 4, together: "api PUT")) { hub, index in
      hub.annotate(seen, ["Holder": "home \(index)", "Epoch": "2"])
    }
    #expect(changes.map(\.name).sorted() == ["done", "moved", "moved", "moved"])
    let winner = try #require(changes.firstIndex { $0.name == "done" })
    let now = try #require(try standIn.sessions().read("s1"))
    #expect(now.annotations == ["Holder": "home \(winner)", "Epoch": "2"])
    #expect(now.labels == seen.labels && now.data == Array("{}".utf8) && now.revision == 2)
    for case .moved(let other) in changes { #expect(other.annotations == now.annotations) }
  }

  @Test("Who saves on what was seen before is told what is there, and writes nothing")
  func moved() throws {
    let standIn = try StandIn(.d)
    let (laptop, desktop) = (try standIn.readySessions(), standIn.sessions())
    let seen = try #require(laptop.createExample("s1", "{}").session)
    let saved = try #require(
      desktop.save(Array("[1]".utf8), to: seen, description: "desktop").session)
    let change = laptop.save(Array("[2]".utf8), to: seen, description: "laptop")
    guard case .moved(let now) = change else {
      Issue.record("\(change)")
      return
    }
    #expect(now.digest == saved.digest && now.revision == 3)
    #expect(try laptop.history(of: "s1").count == 3)
    #expect(laptop.save(Array("[2]".utf8), to: now, description: "laptop").name == "done")
    // One of the same name that was made anew is another one.
    #expect(laptop.delete("s1").name == "done")
    #expect(laptop.createExample("s1", "{}").name == "done")
    #expect(desktop.save(Array("[3]".utf8), to: seen, description: "late").name == "moved")
    #expect(desktop.annotate(seen, ["Epoch": "9"]) == .gone)
  }

  @Test("Who is overtaken between looking and writing is told so, and both are kept")
  func overtaken() throws {
    let standIn = try StandIn(.d)
    let seen = try #require(try standIn.readySessions().createExample("s1", "{}").session)
    let changes = atOnce(homes(standIn, 2, together: "unit update")) { hub, index in
      hub.save(Array("[\(index)]".utf8), to: seen, description: "by \(index)")
    }
    #expect(changes.allSatisfy { ["done", "overtaken"].contains($0.name) })
    #expect(changes.contains { $0.name == "overtaken" }, "\(changes)")
    let history = try standIn.sessions().history(of: "s1")
    #expect(history.count == 4)
    #expect(Set(history.prefix(2).map(\.description)) == ["by 0", "by 1"])
  }

  @Test("A Version that moved by itself is read anew", arguments: ["annotate", "save"])
  func version(change: String) throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    let seen = try #require(hub.createExample("s1", "{}").session)
    let call = change == "save" ? "unit update" : "api PUT"
    try standIn.plan((match: call, kind: "exists", nth: 1))
    func write() -> SessionChange {
      change == "save"
        ? hub.save(Array("[1]".utf8), to: seen, description: "d")
        : hub.annotate(seen, ["Epoch": "2"])
    }
    #expect(write().name == "done")
    let words = call.split(separator: " ").map(String.init)
    #expect(try standIn.calls().count { $0.starts(with: words) } == 2)
    // Not for ever.
    try standIn.plan((match: call, kind: "exists", nth: nil))
    let now = try #require(try hub.look(at: "s1"))
    let last =
      change == "save"
      ? hub.save(Array("[2]".utf8), to: now, description: "d") : hub.annotate(now, ["Epoch": "3"])
    #expect(last.name == "refused conflict")
  }

  @Test("A hold is taken though labels and content went on, and taken away with the rest kept")
  func holdAlone() throws {
    let standIn = try StandIn(.d)
    let hub = try standIn.readySessions()
    let seen = try #require(hub.createExample("s1", "{}").session)
    #expect(
      hub.save(Array("[1]".utf8), to: seen, labels: ["Step": "5"], description: "d").name == "done")
    let taken = try #require(hub.annotate(seen, ["Holder": nil, "Since": "now, = \"x\""]).session)
    #expect(taken.annotations == ["Epoch": "1", "Since": "now, = \"x\""])
    #expect(taken.labels["Step"] == "5" && taken.revision == 3)
    #expect(hub.annotate(seen, ["Holder": "ben"]).name == "moved")
    #expect(hub.annotate(seen, ["Epoch": "2"]).name == "done")
  }
}
