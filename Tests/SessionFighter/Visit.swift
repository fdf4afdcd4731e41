import Files
import Logs
import SessionFormat
import SessionStore
import Wizard

/// What a run of the wizard does to the session files, from the first look to the last removal.
struct Visit {
  private let world: World
  private let asked = "import-2026-01-09-143022"

  init(_ world: World) { self.world = world }

  func everything() throws {
    let store = world.store
    attempt("status") { _ = try store.status(at: world.now).text }
    attempt("list") { _ = try store.list() }
    attempt("holder") { _ = try store.holder(of: asked) }
    attempt("dry run") { _ = try store.expire(at: world.now, dryRun: true) }
    for isRepairing in [false, true] {
      for id in [nil, asked] {
        attempt("load \(id ?? "latest")") {
          let result =
            try isRepairing ? store.readAndRepair(id, at: world.now) : store.read(id)
          result.warnings.forEach { acknowledge("  \($0)") }
          for log in result.found?.document.session.allLogs ?? [] {
            acknowledge("  log \(try RunLog.contents(of: log, in: world.root)?.count ?? -1)")
          }
        }
      }
    }
    attempt("save") { try save(try world.lock(asked)) }
    attempt("new") { try save(try store.begin(at: world.now)) }
    attempt("take the backup") {
      if let lock = try world.lock(asked) { _ = try store.takeBackup(holding: lock) }
    }
    attempt("expire") { _ = try store.expire(at: world.now, dryRun: false) }
    attempt("archive") { try store.archive(asked, at: world.now) }
    attempt("delete") { try store.delete(asked, at: world.now) }
  }

  private func save(_ lock: SessionLock?) throws {
    guard let lock else { return acknowledge("  held") }
    let session = Session(
      id: lock.id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: world.now)
    let found = try world.store.resume(holding: lock).found?.document
    acknowledge(
      "  \(lock.save(found ?? SessionDocument(session: session)))")
  }

  private func attempt(_ what: String, _ body: () throws -> Void) {
    acknowledge(what)
    do { try body() } catch { acknowledge("  refused: \(error)") }
  }
}

extension Session {
  fileprivate var allLogs: [String] { logs + [logFile].compactMap { $0 } }
}
