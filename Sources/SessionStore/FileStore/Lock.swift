import Documents
import Files
import Glibc
import SessionFormat
import Synchronization
import Wizard

/// The right to write one session, held until `release()`, the value's end or the process's.
///
/// Saves through one lock happen one after the other, whatever threads they come from.
package final class SessionLock: SessionHandle {
  package let id: String
  /// Who we said we are, in the file.
  package let holder: SessionHolder
  let state: Mutex<State>
  private let store: FileStore
  private let directory: Directory

  struct State {
    var file: OpenFile?
    /// The file as our last save left it, or as it was read: a save whose last step failed is on
    /// disk all the same and no conflict.
    var known: KnownFile?
    /// The last generation that there ever was, as far as is known; `nil` before that was looked for.
    var last: Int?
    var parts = HeldParts()
    /// No temporary files of runs that were killed are left.
    var isTidy = false
    /// The names that lead to the sessions are on the disk.
    var areParentsDurable = false
  }

  init(
    id: String, holder: SessionHolder, _ file: sending OpenFile, in directory: Directory,
    of store: FileStore
  ) {
    self.store = store
    self.id = id
    self.holder = holder
    self.directory = directory
    self.state = Mutex(State(file: file))
  }

  package func save(_ document: SessionDocument, isLatest: Bool) -> SaveResult {
    store.save(document, holding: self, isLatest: isLatest)
  }

  /// The same for a state that came from elsewhere.
  ///
  /// - Parameter puttingAside: what is there goes to `conflicts`, too, which the warning names.
  package func save(
    _ document: SessionDocument, isLatest: Bool, puttingAside: Bool
  ) -> SaveResult {
    store.save(document, holding: self, isLatest: isLatest, puttingAside: puttingAside)
  }

  /// Lets others have the session. Saves through this lock fail from now on.
  package func release() {
    state.withLock { held in
      if held.file != nil, (try? directory.status(of: SessionName.file(id))) == .some(nil) {
        // Never saved: nothing is left of it.
        try? directory.removeIfThere(SessionName.lockFile(id))
      }
      held.file = nil
    }
  }
}

extension FileStore {
  /// Begins a new session: an id made of the time, which nothing has yet, and its lock.
  package func begin(at now: Timestamp) throws(StoreError) -> SessionLock {
    try explained("No new session could be begun") {
      let sessions = try sessions()
      let holder = me(since: now)
      for number in 1...9999 {
        let id = "import-\(now.stamp)" + (number == 1 ? "" : "-\(number)")
        if try sessions.status(of: SessionName.lockFile(id)) != nil { continue }
        if try Self.isTaken(id, in: sessions) { continue }
        // Another process may be at the same id: only one of the two gets the lock, and the
        // session may even have been saved and left since the look above.
        guard case .success(let file) = try Self.acquire(id, in: sessions, for: holder),
          try !Self.isTaken(id, in: sessions)
        else { continue }
        return SessionLock(id: id, holder: holder, file, in: sessions, of: self)
      }
      throw Refusal("all ids of this second are taken. Try again.")
    }
  }

  static func isTaken(_ id: String, in sessions: Directory) throws -> Bool {
    if try sessions.status(of: SessionName.file(id)) != nil { return true }
    if try !SessionArchive.days(of: id, in: sessions).isEmpty { return true }
    let backups = try sessions.existing(.backups)?.names() ?? []
    return backups.contains { SessionName.numbered($0)?.id == id }
  }

  /// Takes the session's lock without waiting. Throws if it is not known whether somebody has it.
  package func acquire(
    _ id: String, at now: Timestamp
  ) throws(StoreError) -> Acquisition<SessionLock> {
    try explained("The session \(id) could not be locked") {
      let sessions = try sessions()
      let holder = me(since: now)
      switch try Self.acquire(id, in: sessions, for: holder) {
      case .success(let file):
        return .acquired(SessionLock(id: id, holder: holder, file, in: sessions, of: self))
      case .failure(let other):
        return .heldBy(other.owner)
      }
    }
  }

  /// Who has the session's lock right now; `nil` if nobody. Changes nothing.
  package func holder(of id: String) throws(StoreError) -> SessionHolder? {
    try explained("The lock of \(id) could not be read") {
      guard let sessions = try existing() else { return nil }
      return try Self.holder(of: id, in: sessions)
    }
  }

  static func holder(of id: String, in sessions: Directory) throws -> SessionHolder? {
    guard try sessions.status(of: SessionName.lockFile(id)) != nil else { return nil }
    let file = try sessions.open(SessionName.lockFile(id), O_RDONLY)
    do {
      return try file.lock(shared: true) ? nil : SessionHolder(try file.read(limit: holderLimit))
    } catch  where error.meansNoLocks {
      // Nobody can have it, and looking is possible all the same.
      return nil
    }
  }

  /// Names the one who has the lock.
  struct Busy: Problem {
    let owner: SessionHolder

    var explanation: String { "\(owner.sentence) has it open. Leave it there first." }
    var holder: String? { owner.sentence }
  }

  static func acquire(
    _ id: String, in sessions: Directory, for holder: SessionHolder
  ) throws -> Result<OpenFile, Busy> {
    do {
      return try acquireFlock(id, in: sessions, for: holder)
    } catch let error as CallError where error.meansNoLocks {
      throw Refusal(
        "the file system of \(sessions.path) cannot lock files (flock: \(error.reason)), so two "
          + "programs could write one session at the same time. Set HOME to a directory on a file "
          + "system that can, as that of a local disk.")
    }
  }

  private static func acquireFlock(
    _ id: String, in sessions: Directory, for holder: SessionHolder
  ) throws -> Result<OpenFile, Busy> {
    let name = SessionName.lockFile(id)
    for patience in (0..<10).reversed() {
      let file = try sessions.open(name, O_RDWR | O_CREAT, mode: 0o600)
      let status = try file.status()
      guard status.kind == .regular, status.owner == geteuid() else {
        throw Refusal("\(file.path) is not a file of yours. Move it away and try again.")
      }
      try file.setMode(0o600)
      guard try file.lock() else {
        // It may be somebody who only looks, as `holder(of:in:)` does.
        if patience > 0 {
          usleep(20_000)
          continue
        }
        return .failure(Busy(owner: SessionHolder(try file.read(limit: holderLimit))))
      }
      // Whoever had it may have removed the file meanwhile: then this lock keeps nobody out.
      if let named = try sessions.status(of: name), named.isSameFile(as: status) {
        try file.truncate()
        try file.write(holder.json.serialized(pretty: false) + [UInt8(ascii: "\n")])
        return .success(file)
      }
    }
    throw CallError("flock", sessions.path(of: name), EAGAIN)
  }

  static let holderLimit = 4096

  func me(since now: Timestamp) -> SessionHolder {
    SessionHolder(
      pid: Int(getpid()), host: ProcessIdentity.host, bootID: ProcessIdentity.bootID,
      startTime: ProcessIdentity.startTime(of: Int(getpid())), since: now, program: program)
  }
}
