import Glibc
import SessionStore
import Wizard

/// The verbs that are not the wizard's own way through a session. They let go of the lock first, as
/// another program would find it.
extension Script {
  private mutating func last() throws -> Session {
    release()
    guard let session = document?.session else { throw Failure("nothing was open") }
    return session
  }

  mutating func archive() throws {
    let id = try last().id
    acknowledge("leaving \(id)")
    try world.store.archive(id, at: world.now)
    acknowledge("archived \(id)")
  }

  mutating func unarchive() throws {
    let id = try last().id
    _ = try world.store.unarchive(id, at: world.now)
    acknowledge("unarchived \(id)")
  }

  mutating func delete() throws {
    let id = try last().id
    acknowledge("deleting \(id)")
    try world.store.delete(id, at: world.now)
    acknowledge("deleted \(id)")
  }

  mutating func expire() throws {
    try carryOut(all: false) { world, _ in
      try world.store.expire(at: world.now, dryRun: false)
    }
  }

  /// Everything is deleted.
  mutating func carryOut() throws {
    try carryOut(all: true) { world, plan in
      world.store.carryOut(plan, at: world.now)
    }
  }

  private mutating func carryOut(
    all: Bool, _ body: (World, [ExpiryAction]) throws -> [ExpiryAction]
  ) throws {
    _ = try last()
    let plan = try world.store.planExpiry(at: world.now, all: all)
    for action in plan {
      acknowledge("\(action.kind == .delete ? "deleting" : "leaving") \(action.id)")
    }
    let actions = try body(world, plan)
    guard !actions.isEmpty else { throw Failure("nothing to expire") }
    for action in actions {
      guard action.outcome == .done else { throw Failure("\(action.outcome)") }
      if action.kind == .delete { acknowledge("deleted \(action.id)") }
    }
  }

  /// That generation, or without a number the newest backup, in the place of a bad file.
  mutating func restore(_ generation: Int?) throws {
    let session = try last()
    let source = generation ?? session.generation - 1
    let next = generation == nil ? session.generation : session.generation + 1
    acknowledge("content \(next) \(session.id) \(source)")
    let restored = try world.store.restore(session.id, generation: generation, at: world.now)
    acknowledge("saved \(restored.session.generation)")
  }

  mutating func rebuild() throws {
    let id = try last().id
    acknowledge("content 1 nothing")
    let rebuilt = try world.store.rebuild(id, at: world.now)
    acknowledge("saved \(rebuilt.session.generation)")
  }

  mutating func repair() throws {
    release()
    for repair in try world.store.read().repairs {
      acknowledge("\(try world.store.repair(repair, at: world.now))")
    }
  }

  mutating func takeBackup() throws {
    guard let lock, let backup = try world.store.takeBackup(holding: lock)?.found else {
      throw Failure("no backup of an open session")
    }
    document = backup.document
  }

  /// The doctor puts the backup before in the place of a damaged file.
  mutating func examine() throws {
    let session = try last()
    acknowledge("content \(session.generation) \(session.id) \(session.generation - 1)")
    let findings = try world.store.examine(repairing: true, at: world.now)
    guard !findings.isEmpty, findings.allSatisfy(\.isRepaired) else {
      throw Failure("\(findings)")
    }
    acknowledge("saved \(session.generation)")
  }

  mutating func importSession() throws {
    let session = try last()
    guard let bytes = try world.store.export(session.id, at: world.now) else {
      throw Failure("no export")
    }
    acknowledge("began \(session.id)-2")
    acknowledge("content \(session.generation + 1) \(session.id) \(session.generation)")
    let imported = try world.store.importSession(bytes, at: world.now)
    guard imported.id == "\(session.id)-2" else { throw Failure("imported \(imported.id)") }
    acknowledge("saved \(session.generation + 1)")
  }

  /// It gets a name, and is otherwise as it was.
  mutating func rename() throws {
    let session = try last()
    acknowledge("content \(session.generation + 1) \(session.id) \(session.generation)")
    try world.store.rename(session.id, to: "a name", at: world.now)
    acknowledge("saved \(session.generation + 1)")
  }

  mutating func saveElsewhere() throws {
    guard var document else { throw Failure("nothing is open") }
    try makeDurableDirectory("tmp")
    document.session.workerSlug = "a last copy"
    guard let path = world.store.saveElsewhere(document),
      path.hasPrefix("\(world.home)/tmp/map-import-\(geteuid())/")
    else { throw Failure("not there") }
    copy = path
    acknowledge("kept a last copy")
  }

  /// The one file that was put aside.
  mutating func takeConflict() throws {
    let session = try last()
    guard let file = try world.store.conflicts().first else { throw Failure("nothing put aside") }
    acknowledge(
      "content \(session.generation + 1) \(session.id) \(file.header?.generation ?? 0)")
    let taken = try world.store.takeConflict(file, at: world.now)
    acknowledge("saved \(taken.session.generation)")
  }

  /// The last copy that `saveElsewhere` has left.
  mutating func takeCopy() throws {
    let session = try last()
    guard let copy else { throw Failure("no last copy") }
    let bytes = try File(String(copy.dropFirst(world.home.count + 1)), in: world.home).contents()
    acknowledge("content \(session.generation + 1) a last copy")
    let taken = try world.store.takeCopy(bytes, at: world.now)
    acknowledge("saved \(taken.session.generation)")
  }

  mutating func clearConflict() throws {
    _ = try last()
    acknowledge("not kept")
    let files = try world.store.conflicts()
    guard let file = files.first, files.count == 1, try world.store.clearConflict(file) else {
      throw Failure("not cleared")
    }
  }

  /// Every verb that only looks.
  func look() {
    acknowledge("looking")
    let store = world.store
    let id = document?.session.id ?? "import-2026-01-09-143022"
    _ = try? store.read()
    _ = try? store.read(id)
    _ = try? store.readToLook(id)
    for entry in (try? store.list()) ?? [] {
      _ = store.glance(entry)
      _ = store.lastCounts(of: entry)
    }
    _ = try? store.entries(of: id)
    _ = try? store.backups(of: id)
    _ = try? store.stats(at: world.now, recent: 3600)
    _ = try? store.unfinished(of: "kind-atk")
    _ = try? store.conflicts()
    _ = try? store.status(at: world.now)
    _ = try? store.holder(of: id)
    _ = try? store.export(id, at: world.now)
    _ = try? store.examine(repairing: false, at: world.now)
    _ = try? store.planExpiry(at: world.now)
    acknowledge("looked")
  }
}
