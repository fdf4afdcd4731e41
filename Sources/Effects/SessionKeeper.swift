import Dispatch
import Files
import FoundationEssentials
import Logs
import SessionFormat
import SessionStore
import Synchronization
import Wizard

/// The session of this run: its lock, its file and its log. One thing at a time, in order.
package final class SessionKeeper: Sendable {
  let world: World
  let store: FileStore
  let queue = DispatchQueue(label: "sessions")
  let held = Mutex<Held?>(nil)
  let housekeeping = Mutex(Housekeeping())
  let listening = Mutex(Listening())

  /// A function that is itself what a mutex holds is wrapped once more by every access.
  struct Listening {
    var saved: (@Sendable (SavedSession) -> Void)?
  }

  /// The session that this run has open.
  struct Held {
    var lock: SessionLock
    /// As it was read or saved last, with the keys that are not ours.
    var document: SessionDocument
    var log: RunLog
    /// What the log was told of it.
    var records = LogRecords()
    /// What the last save was warned of, which need not be said after every other save again.
    var warning: String?
    /// Where this run left a last copy, which the next one replaces.
    var copy: String?
    /// What this one is begun in place of, until it is saved.
    var replaced: Replaced?
    /// It is opened to be undone.
    var undoing: Undoing?
  }

  /// A session that is opened to be undone stays what it was: archived, or not the latest one.
  struct Undoing {
    /// It was taken out of the archive of that day.
    var archivedOn: String?
  }

  /// A session that is put away as soon as there is another one.
  struct Replaced {
    var lock: SessionLock
    var isDeleted: Bool
  }

  /// What was done beside the session itself.
  struct Housekeeping {
    /// For the log of this run, which is begun later.
    var lines: [String] = []
    /// To be said when the run ends.
    package var problems: [String] = []
  }

  /// - Parameter program: its name and version, for whoever finds a session held.
  package init(world: World, root: StateRoot, program: String) {
    self.world = world
    store = FileStore(
      root: root, retention: world.settings.retention, program: program,
      zone: world.settings.zone.marked)
  }

  var currentID: String? { held.withLock { $0?.lock.id } }

  /// What tells the session from all others; empty where there is none.
  var current: (id: String, lineage: String) {
    held.withLock { held in
      held.map { ($0.lock.id, $0.document.session.lineage) } ?? ("", "")
    }
  }

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
    case .findEarlierUnits(let session): return .earlierUnits(try earlierUnits(of: session))
    case .restore(let id, let generation):
      return .sessionRestored(try restore(id, generation))
    case .name(let id, let name): return .sessionRestored(try rename(id, name))
    }
  }

  /// Keeps the limits; answers with what was done and what was not possible, as sentences.
  func tidyUp(at now: Timestamp) -> (tidied: [String], problems: [String]) {
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
  package var problems: [String] { housekeeping.withLock { $0.problems } }

  func explained<Value>(
    _ body: () throws(StoreError) -> Value
  ) throws(Failure) -> Value {
    do {
      return try body()
    } catch {
      throw Failure(error.heldBy == nil ? .other : .held, error.sentence)
    }
  }

  // MARK: Logs

  func log(_ line: String) { held.withLock { $0?.log }?.write(line) }
  func logSection(_ name: String) { held.withLock { $0?.log }?.section(name) }

  /// A log that a session names, found by its base name alone; its last bytes, if it is longer.
  package func readLog(_ path: String, last limit: Int = 1 << 20) throws(Failure) -> LogText {
    let bytes = try explained { () throws(StoreError) in
      try RunLog.contents(of: path, in: store.root, limit: limit)
    }
    guard let bytes else { throw Failure(.other, "The log \(path) is not there any more.") }
    return LogText(name: path, bytes)
  }

  /// What the latest worker of that name has written; `nil` if none was started here.
  package func readWorkerLog(_ slug: String) throws(Failure) -> LogText? {
    let found = try explained { () throws(StoreError) in
      try WorkerLog.contents(of: slug, in: store.root)
    }
    return found.map { LogText(name: $0, $1) }
  }

  // MARK: Status

  /// - Parameter context: of whose cluster the session is, where none is named.
  package func status(_ id: String?, of context: String?) throws(Failure) -> StatusReport {
    try explained { () throws(StoreError) in
      try store.status(id, of: context, at: world.clock())
    }
  }
}

extension LogText {
  fileprivate init(name: String, _ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    self.init(name: name, lines: lines.map(String.init))
  }
}
