import Documents
import Glibc
import Synchronization
import Wizard

/// Who has a session's lock, as they wrote into it: for people.
public struct LockHolder: Hashable, Sendable {
  public var pid: Int?
  public var host: String?
  /// Of the machine's run, and of the process since then: together with `pid` they name one process
  /// for ever, see proc(5).
  public var bootID: String?
  public var startTime: String?
  public var since: Timestamp?
  public var program: String?

  public init(
    pid: Int? = nil, host: String? = nil, bootID: String? = nil, startTime: String? = nil,
    since: Timestamp? = nil, program: String? = nil
  ) {
    self.pid = pid
    self.host = host
    self.bootID = bootID
    self.startTime = startTime
    self.since = since
    self.program = program
  }

  /// `process 4711 on laptop since 2026-01-09 14:30`, as far as known.
  public var sentence: String {
    let who = pid.map { "process \($0)" } ?? "another process"
    return who + (host.map { " on \($0)" } ?? "") + (since.map { " since \($0.minute)" } ?? "")
  }

  init(_ bytes: [UInt8]) {
    let field = (try? JSONValue(parsing: bytes)).map(Field.init)
    pid = try? field?["pid"].integer()
    host = try? field?["host"].optionalText()
    bootID = try? field?["boot_id"].optionalText()
    startTime = try? field?["start_time"].optionalText()
    since = try? field?["since"].time()
    program = try? field?["program"].optionalText()
  }

  /// `pid`, `host`, `boot_id`, `start_time`, `since`, `program`, as far as known.
  public var json: JSONValue {
    let draft = Draft.object([
      "pid": .integer(pid), "host": .text(host), "boot_id": .text(bootID),
      "start_time": .text(startTime), "since": .text(since?.rfc3339), "program": .text(program),
    ])
    return draft.merged(over: nil)
  }
}

/// The right to write one session, held until `release()`, the value's end or the process's.
///
/// Saves through one lock happen one after the other, whatever threads they come from.
public final class SessionLock: Sendable {
  public let id: String
  /// Who we said we are, in the file.
  public let holder: LockHolder
  let state: Mutex<State>
  private let directory: Directory

  struct State {
    var file: OpenFile?
    /// The file as our last save left it, or as it was read: a save whose last step failed is on
    /// disk all the same and no conflict.
    var known: KnownFile?
    var parts = HeldParts()
    /// No temporary files of runs that were killed are left.
    var isTidy = false
    /// The names that lead to the sessions are on the disk.
    var areParentsDurable = false
  }

  init(id: String, holder: LockHolder, _ file: sending OpenFile, in directory: Directory) {
    self.id = id
    self.holder = holder
    self.directory = directory
    self.state = Mutex(State(file: file))
  }

  /// Lets others have the session. Saves through this lock fail from now on.
  public func release() {
    state.withLock { held in
      if held.file != nil, (try? directory.status(of: SessionName.file(id))) == .some(nil) {
        // Never saved: nothing is left of it.
        try? directory.removeIfThere(SessionName.lock(id))
      }
      held.file = nil
    }
  }
}

public enum LockResult: Sendable {
  case locked(SessionLock)
  case heldBy(LockHolder)
}

extension SessionStore {
  /// Begins a new session: an id made of the time, which nothing has yet, and its lock.
  public func reserve(at now: Timestamp) throws(StoreError) -> SessionLock {
    try explained("No new session could be begun") {
      let sessions = try sessions()
      let holder = me(since: now)
      for number in 1...9999 {
        let id = "import-\(now.stamp)" + (number == 1 ? "" : "-\(number)")
        if try sessions.status(of: SessionName.lock(id)) != nil { continue }
        if try Self.isTaken(id, in: sessions) { continue }
        // Another process may be at the same id: only one of the two gets the lock, and the
        // session may even have been saved and left since the look above.
        guard case .success(let file) = try Self.acquire(id, in: sessions, for: holder),
          try !Self.isTaken(id, in: sessions)
        else { continue }
        return SessionLock(id: id, holder: holder, file, in: sessions)
      }
      throw Refusal("all ids of this second are taken. Try again.")
    }
  }

  static func isTaken(_ id: String, in sessions: Directory) throws -> Bool {
    if try sessions.status(of: SessionName.file(id)) != nil { return true }
    if try !SessionArchive.days(of: id, in: sessions).isEmpty { return true }
    let backups = try sessions.existing("backups")?.names() ?? []
    return backups.contains { SessionName.numbered($0)?.id == id }
  }

  /// Takes the session's lock without waiting. Throws if it is not known whether somebody has it.
  public func lock(_ id: String, at now: Timestamp) throws(StoreError) -> LockResult {
    try explained("The session \(id) could not be locked") {
      let sessions = try sessions()
      let holder = me(since: now)
      switch try Self.acquire(id, in: sessions, for: holder) {
      case .success(let file):
        return .locked(SessionLock(id: id, holder: holder, file, in: sessions))
      case .failure(let other):
        return .heldBy(other.holder)
      }
    }
  }

  /// Who has the session's lock right now; `nil` if nobody. Changes nothing.
  public func lockHolder(_ id: String) throws(StoreError) -> LockHolder? {
    try explained("The lock of \(id) could not be read") {
      guard let sessions = try existing() else { return nil }
      return try Self.holder(of: id, in: sessions)
    }
  }

  static func holder(of id: String, in sessions: Directory) throws -> LockHolder? {
    guard try sessions.status(of: SessionName.lock(id)) != nil else { return nil }
    let file = try sessions.open(SessionName.lock(id), O_RDONLY)
    do {
      return try file.lock(shared: true) ? nil : LockHolder(try file.read(limit: holderLimit))
    } catch  where error.meansNoLocks {
      // Nobody can have it, and looking is possible all the same.
      return nil
    }
  }

  /// Names the one who has the lock.
  struct Busy: Error { let holder: LockHolder }

  static func acquire(
    _ id: String, in sessions: Directory, for holder: LockHolder
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
    _ id: String, in sessions: Directory, for holder: LockHolder
  ) throws -> Result<OpenFile, Busy> {
    let name = SessionName.lock(id)
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
        return .failure(Busy(holder: LockHolder(try file.read(limit: holderLimit))))
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

  func me(since now: Timestamp) -> LockHolder {
    LockHolder(
      pid: Int(getpid()), host: ProcessIdentity.host, bootID: ProcessIdentity.bootID,
      startTime: ProcessIdentity.startTime(of: Int(getpid())), since: now, program: program)
  }

  /// Runs the body; what it throws becomes a sentence that begins with `failed`.
  func explained<Answer>(
    _ failed: String, _ body: () throws -> Answer
  ) throws(StoreError) -> Answer {
    do {
      return try body()
    } catch {
      throw StoreError(failed, error)
    }
  }
}
