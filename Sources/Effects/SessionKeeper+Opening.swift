import FoundationEssentials
import Files
import Logs
import SessionFormat
import SessionStore
import Wizard

/// Finding a session, taking its lock, and beginning one.
extension SessionKeeper {
  /// - Parameter context: whose unfinished session comes before the latest one of another cluster.
  func load(_ id: String?, of context: String?) throws(Failure) -> Outcome {
    let now = world.clock()
    let (tidied, problems) = tidyUp(at: now)
    var result = try explained { () throws(StoreError) in
      try store.readAndRepair(id, isWhole: false, at: now)
    }
    let isOfContext = try context.map { context throws(Failure) in
      try prefer(context, over: &result)
    }
    result.warnings = problems + result.warnings
    guard var found = result.found else {
      if let id, result.warnings.count > problems.count { throw Self.damaged(id, result.warnings) }
      return .loaded(nil, warnings: result.warnings, tidied: tidied)
    }
    let id = found.header.id
    let holder = try explained { () throws(StoreError) in try store.holder(of: id) }
    let obstacle: FoundSession.Obstacle? =
      if case .newer(let version) = found.trust {
        .newer(version)
      } else {
        holder.map { .held($0.sentence(in: store.zone)) }
      }
    let header = found.header
    if obstacle != nil {
      // It cannot be opened, so all that can be looked at is what is read now.
      let whole = try explained { () throws(StoreError) in try store.read(id).found }
      if let whole, whole.header.generation == header.generation { found = whole }
    }
    return .loaded(
      FoundSession(
        session: found.document.session, header: header,
        age: Age(
          since: header.updatedAt, at: now,
          staleAfter: store.retention.staleAfter),
        obstacle: obstacle,
        isEditedByHand: found.trust == .editedByHand,
        isOfContextGiven: isOfContext ?? false),
      warnings: result.warnings, tidied: tidied)
  }

  func resume(_ id: String, isUndone: Bool = false) throws(Failure) -> Outcome {
    let lock = try taken(id, at: world.clock())
    let result = try explained { () throws(StoreError) in try store.resume(holding: lock) }
    let document = try Self.usable(result, id)
    let session = hold(
      lock, document, undoing: isUndone ? Undoing(archivedOn: result.archivedOn) : nil)
    if isUndone { log("sessions undo") }
    return Self.opened(session, document, result.warnings)
  }

  /// Changes nothing, and does not keep others from the session.
  func look(_ id: String) throws(Failure) -> Outcome {
    let result = try explained { () throws(StoreError) in try store.readToLook(id) }
    let document = try Self.usable(result, id)
    return Self.opened(document.session, document, result.warnings)
  }

  private static func opened(
    _ session: Session, _ document: SessionDocument, _ warnings: [String] = []
  ) -> Outcome {
    .opened(
      session, warnings: warnings,
      obstacleToRemoval: document.lacksOperations
        ? "Session \(session.id) is not undone: \(FileStore.wayToOperations(session.id))" : nil)
  }

  private static func usable(
    _ result: LoadResult, _ id: String
  ) throws(Failure) -> SessionDocument {
    guard let found = result.found else {
      throw result.warnings.isEmpty
        ? Failure(.noSession, "There is no session \(id).") : damaged(id, result.warnings)
    }
    if case .newer(let version) = found.trust {
      throw Failure(
        .other,
        "Session \(id) was written by a later version (\(version)) of map-import and is left as it "
          + "is. Use that version, or begin a new session with --new.")
    }
    return found.document
  }

  private static func damaged(_ id: String, _ warnings: [String]) -> Failure {
    Failure(.other, (warnings + [FileStore.wayBack(id)]).joined(separator: " "))
  }

  func resumeBackup(_ id: String) throws(Failure) -> Outcome {
    let lock = try taken(id, at: world.clock())
    let found = try explained { () throws(StoreError) in try store.takeBackup(holding: lock) }
    guard let found, let document = found.found?.document else {
      throw Failure(.other, "Session \(id) has no backup that can be read; nothing was changed.")
    }
    return Self.opened(hold(lock, document), document, found.warnings)
  }

  func begin(replacing old: String?, deleting: Bool) throws(Failure) -> Session {
    let now = world.clock()
    let own = held.withLock { $0?.lock }
    let replaced = try old.map { (old) throws(Failure) in
      if let own, own.id == old { return Replaced(lock: own, isDeleted: deleting) }
      return Replaced(lock: try taken(old, at: now), isDeleted: deleting)
    }
    let lock = try explained { () throws(StoreError) in try store.begin(at: now) }
    let session = Session(
      id: lock.id, lineage: UUID().uuidString.lowercased(), createdAt: now)
    return hold(lock, SessionDocument(session: session), replacing: replaced)
  }

  /// Puts away what a session was begun in place of, once that is saved; a sentence if it cannot.
  func putAway(_ replaced: Replaced) -> String? {
    let (id, now) = (replaced.lock.id, world.clock())
    let action: AuditLog.Action = replaced.isDeleted ? .delete : .archive
    defer { replaced.lock.release() }
    do throws(StoreError) {
      if replaced.isDeleted {
        try store.delete(id, at: now, holding: replaced.lock)
      } else {
        try store.archive(id, at: now, holding: replaced.lock)
      }
      audit(action, id, "done: a new session was begun in its place")
      return nil
    } catch {
      audit(action, id, "failed: \(error.sentence)")
      return error.sentence
    }
  }

  private func taken(_ id: String, at now: Timestamp) throws(Failure) -> SessionLock {
    switch try explained({ () throws(StoreError) in try store.acquire(id, at: now) }) {
    case .acquired(let lock): return lock
    case .heldBy(let holder):
      throw Failure(
        .held,
        "Session \(id) is open in another map-import: \(holder.sentence(in: store.zone)). Leave it there, or "
          + "look at it with --status.")
    }
  }

  /// Keeps the lock and begins this run's log.
  func hold(
    _ lock: SessionLock, _ document: SessionDocument, replacing replaced: Replaced? = nil,
    undoing: Undoing? = nil
  ) -> Session {
    let clock = world.clock
    let log = RunLog(root: store.root, sessionID: lock.id) { clock() }
    var document = document
    if let path = log.displayPath {
      document.session.logFile = path
      document.session.logs.append(path)
    }
    let told = housekeeping.withLock { housekeeping in
      defer { housekeeping.lines = [] }
      return housekeeping.lines
    }
    for line in told { log.write(line) }
    let previous = held.withLock { held in
      defer {
        held = Held(
          lock: lock, document: document, log: log, replaced: replaced, undoing: undoing)
      }
      return held
    }
    previous?.log.write("left for session \(lock.id)")
    if let previous, previous.lock !== replaced?.lock { letGo(previous) }
    return document.session
  }

  /// Answers with a sentence if what was archived cannot be archived again.
  @discardableResult
  func letGo(_ held: Held) -> String? {
    defer {
      held.lock.release()
      held.replaced?.lock.release()
    }
    guard let day = held.undoing?.archivedOn else { return nil }
    do throws(StoreError) {
      try store.archive(held.lock.id, backTo: day, holding: held.lock)
      return nil
    } catch {
      return error.sentence
    }
  }
}
