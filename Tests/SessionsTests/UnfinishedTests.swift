import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("The unfinished session of a context")
struct UnfinishedTests {
  @Test("is the one saved last, else that of the same cluster under another name")
  func unfinished() throws {
    let home = try TemporaryHome()
    let store = try home.store()
    #expect(try store.unfinished(of: "kind-atk") == nil)
    func make(
      _ day: Int, _ context: String, uid: String?, isComplete: Bool = false, isUndone: Bool = false
    ) throws {
      let moment = try Sample.time("2026-01-\(day)T00:00:00Z")
      var session = Sample.session("import-2026-01-\(day)-000000", updated: moment)
      session.cluster = ClusterIdentity(context: context, uid: uid)
      if isComplete { session.position = Position(.complete) }
      if isUndone {
        session.operations.append(
          Wizard.Operation(id: "op-9999", kind: .deleteUnit, key: "a/b"))
        session.recordRemoval(of: "a/b")
      }
      guard case .acquired(let lock) = try store.acquire(session.id, at: moment) else { return }
      let result = lock.save(SessionDocument(session: session))
      #expect(result == .saved(generation: 1))
      lock.release()
    }
    try make(10, "kind-atk", uid: "a")
    try make(11, "kind-atk", uid: "a")
    try make(12, "kind-atk", uid: "a", isComplete: true)
    try make(13, "admin@atk", uid: "a")
    // There is nothing to go on with.
    try make(17, "kind-atk", uid: "a", isUndone: true)
    try make(14, "prod", uid: "b", isComplete: true)
    try make(15, "other", uid: nil)
    #expect(try store.unfinished(of: "kind-atk") == "import-2026-01-11-000000")
    #expect(try store.unfinished(of: "admin@atk") == "import-2026-01-13-000000")
    try make(16, "alias", uid: "a", isComplete: true)
    #expect(try store.unfinished(of: "alias") == "import-2026-01-13-000000")
    for context in ["prod", "unknown"] { #expect(try store.unfinished(of: context) == nil) }
  }
}
