import Dispatch
import Files
import FoundationEssentials
import Logs
import Screens
import SessionFormat
import SessionStore
import Synchronization
import Wizard

/// The session of this run: its lock, its file and its log. One thing at a time, in order.
final class SessionKeeper: Sendable {
  let world: World
  let store: FileStore
  private let queue = DispatchQueue(label: "sessions")
  private let held = Mutex<Held?>(nil)
  private let housekeeping = Mutex(Housekeeping())

  /// The session that this run has open.
  private struct Held {
    var lock: SessionLock
    /// As it was read or saved last, with the keys that are not ours.
    var document: SessionDocument
    var log: RunLog
    /// What the log was told of it.
    var records = LogRecords()
    /// What the last save was warned of, which need not be said after every other save again.
    var warning: String?
    /// What this one is begun in place of, until it is saved.
    var replaced: Replaced?
    /// It is opened to be undone.
    var undoing: Undoing?
  }

  /// A session that is opened to be undone stays what it was: archived, or not the latest one.
  private struct Undoing {
    /// It was taken out of the archive of that day.
    var archivedOn: String?
  }

  /// A session that is put away as soon as there is another one.
  private struct Replaced {
    var lock: SessionLock
    var isDeleted: Bool
  }

  /// What was done beside the session itself.
  private struct Housekeeping {
    /// For the log of this run, which is begun later.
    var lines: [String] = []
    /// To be said when the run ends.
    var problems: [String] = []
  }

  init(world: World, root: StateRoot) {
    self.world = world
    self.store = FileStore(
      root: root, retention: world.options.retention, program: "map-import \(MapImport.version)")
  }

  var currentID: String? { held.withLock { $0?.lock.id } }

  func perform(_ work: SessionWork, _ done: @escaping @Sendable (Outcome) -> Void) {
    queue.async { [self] in
      do throws(Failure) {
        done(try outcome(of: work))
      } catch {
        done(.failed(error))
      }
    }
  }

  private func outcome(of work: SessionWork) throws(Failure) -> Outcome {
    switch work {
    case .load(let id, let context): return try load(id, of: context)
    case .open(.resume(let id)): return try resume(id)
    case .open(.undo(let id)): return try resume(id, isUndone: true)
    case .open(.look(let id)): return try look(id)
    case .open(.resumeBackup(let id)): return try resumeBackup(id)
    case .open(.new(let replaced, let isDeleting)):
      return .opened(try begin(replacing: replaced, deleting: isDeleting))
    case .save(let session): return try save(session)
    case .list: return .sessions(try keptSessions())
    case .restore(let id, let generation):
      return .sessionRestored(try restore(id, generation))
    }
  }

  // MARK: Opening

  /// - Parameter context: whose unfinished session comes before the latest one of another cluster.
  private func load(_ id: String?, of context: String?) throws(Failure) -> Outcome {
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
    let hindrance: FoundSession.Hindrance? =
      if case .newer(let version) = found.trust {
        .newer(version)
      } else {
        holder.map { .held($0.sentence) }
      }
    let header = found.header
    if hindrance != nil {
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
        hindrance: hindrance,
        isEditedByHand: found.trust == .editedByHand,
        isOfContextGiven: isOfContext ?? false),
      warnings: result.warnings, tidied: tidied)
  }

  /// Keeps the limits; answers with what was done and what was not possible, as sentences.
  private func tidyUp(at now: Timestamp) -> (tidied: [String], problems: [String]) {
    do throws(StoreError) {
      let audit = AuditLog(root: store.root)
      var unwritten: String?
      let actions = try store.expire(at: now, dryRun: false) { action in
        unwritten = audit.write(action, at: now) ?? unwritten
      }
      unwritten = audit.writeDoubt(actions, at: now) ?? unwritten
      housekeeping.withLock { $0.lines += actions.map(\.line) }
      return (actions.told, actions.problems + [unwritten].compactMap { $0 })
    } catch {
      housekeeping.withLock { $0.lines.append(error.sentence) }
      return ([], [error.sentence])
    }
  }

  /// Adds a line to the audit log; that it could not is said when the run ends.
  func audit(_ action: AuditLog.Action, _ id: String, _ result: String) {
    guard
      let failure = AuditLog(root: store.root).write(action, id, result, at: world.clock())
    else { return }
    housekeeping.withLock { $0.problems.append(failure) }
    log(failure)
  }

  /// What could not be written beside the session, as sentences.
  var problems: [String] { housekeeping.withLock { $0.problems } }

  private func resume(_ id: String, isUndone: Bool = false) throws(Failure) -> Outcome {
    let lock = try taken(id, at: world.clock())
    let result = try explained { () throws(StoreError) in try store.resume(holding: lock) }
    let document = try Self.usable(result, id)
    let session = hold(
      lock, document, undoing: isUndone ? Undoing(archivedOn: result.archivedOn) : nil)
    if isUndone { log("sessions undo") }
    return Self.opened(session, document, result.warnings)
  }

  /// Changes nothing, and does not keep others from the session.
  private func look(_ id: String) throws(Failure) -> Outcome {
    let result = try explained { () throws(StoreError) in try store.read(id) }
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
    Failure(.other, (warnings + [SessionVerbs.wayBack(id)]).joined(separator: " "))
  }

  private func resumeBackup(_ id: String) throws(Failure) -> Outcome {
    let lock = try taken(id, at: world.clock())
    let found = try explained { () throws(StoreError) in try store.takeBackup(holding: lock) }
    guard let found else {
      throw Failure(.other, "Session \(id) has no backup that can be read; nothing was changed.")
    }
    return Self.opened(hold(lock, found.document), found.document)
  }

  private func begin(replacing old: String?, deleting: Bool) throws(Failure) -> Session {
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
  private func putAway(_ replaced: Replaced) -> String? {
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
        "Session \(id) is open in another map-import: \(holder.sentence). Leave it there, or "
          + "look at it with --status.")
    }
  }

  func explained<Value>(
    _ body: () throws(StoreError) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch {
      throw Failure(error.heldBy == nil ? .other : .held, error.sentence)
    }
  }

  /// Keeps the lock and begins this run's log.
  private func hold(
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
  private func letGo(_ held: Held) -> String? {
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

  // MARK: Saving

  private func save(_ session: Session) throws(Failure) -> Outcome {
    guard var current = held.withLock({ $0 }) else {
      throw Failure(.other, "No session is open.")
    }
    let saved = current.document.session
    current.document.session = session
    switch current.lock.save(current.document, isLatest: current.undoing == nil) {
    case .saved(let generation, var warning):
      if let replaced = current.replaced {
        warning = [warning, putAway(replaced)].compactMap(\.self).joined(separator: " ")
        if warning?.isEmpty == true { warning = nil }
      }
      current.log.write(
        "saved generation \(generation), \(session.position.text)"
          + (warning.map { ": \($0)" } ?? ""))
      // Not while it is held: the screen's thread writes to the log, too, and would wait.
      current.records.write(session, to: current.log)
      auditRemovals(in: session, since: saved)
      held.withLock {
        $0?.document = current.document
        $0?.records = current.records
        $0?.warning = warning
        $0?.replaced = nil
      }
      return .saved(
        generation: generation, warning: warning == current.warning ? nil : warning)
    case .failed(let failure) where failure.isConflict:
      current.log.write(failure.sentence)
      throw Failure(.held, failure.sentence)
    case .failed(let failure):
      current.log.write(failure.sentence)
      let copy = store.saveElsewhere(current.document).map { " A copy is in \($0)." } ?? ""
      throw Failure(.other, failure.sentence + copy)
    }
  }

  /// A last copy for a session that its own directory would not take; answers with the path.
  func saveElsewhere(_ session: Session) -> String? {
    queue.sync {
      held.withLock { $0 }.flatMap {
        var document = $0.document
        document.session = session
        return store.saveElsewhere(document)
      }
    }
  }

  /// Lets go of the lock, after everything that was asked for is done; answers with what went wrong,
  /// as a sentence.
  func close() -> String? {
    queue.sync {
      let last = held.withLock { held in
        defer { held = nil }
        return held
      }
      last?.log.write("left")
      return last.flatMap { letGo($0) }
    }
  }

  // MARK: Logs

  func log(_ line: String) { held.withLock { $0?.log }?.write(line) }
  func logSection(_ name: String) { held.withLock { $0?.log }?.section(name) }

  /// A log that a session names, found by its base name alone.
  func readLog(_ path: String) throws(Failure) -> ViewState.LogText {
    let bytes = try explained { () throws(StoreError) in
      try RunLog.contents(of: path, in: store.root)
    }
    guard let bytes else { throw Failure(.other, "The log \(path) is not there any more.") }
    return ViewState.LogText(name: path, bytes)
  }

  /// What the latest worker of that name has written; `nil` if none was started here.
  func readWorkerLog(_ slug: String) throws(Failure) -> ViewState.LogText? {
    let found = try explained { () throws(StoreError) in
      try WorkerLog.contents(of: slug, in: store.root)
    }
    return found.map { ViewState.LogText(name: $0, $1) }
  }

  // MARK: Status

  /// - Parameter context: of whose cluster the session is, where none is named.
  func status(_ id: String?, of context: String?) throws(Failure) -> StatusReport {
    try explained { () throws(StoreError) in
      try store.status(id, of: context, at: world.clock())
    }
  }
}

extension ViewState.LogText {
  fileprivate init(name: String, _ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    self.init(name: name, lines: lines.map(String.init))
  }
}
