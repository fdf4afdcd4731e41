import Documents
import Glibc
import Wizard

/// How long sessions are kept, and how many.
public struct Retention: Hashable, Sendable {
  /// Seconds without a change after which a session may be stale.
  public var staleAfter: Int64
  /// Seconds without a change after which a session is archived.
  public var archiveAfter: Int64
  /// More sessions than this, and the oldest are archived.
  public var sessions: Int
  /// More archived sessions than this, and the oldest are deleted.
  public var archived: Int
  /// Earlier generations kept of each session.
  public var backups: Int
  /// Seconds after which an archived session is deleted.
  public var deleteAfter: Int64
  /// Seconds without a line after which a log is removed.
  public var logsAfter: Int64
  /// More bytes of logs than this, and the oldest are removed.
  public var logBytes: Int

  public init(
    staleAfter: Int64 = Age.usualStaleAfter, archiveAfter: Int64 = 7 * 24 * 3600,
    sessions: Int = 10, archived: Int = 10, backups: Int = 10,
    deleteAfter: Int64 = 90 * 24 * 3600, logsAfter: Int64 = 90 * 24 * 3600,
    logBytes: Int = 200_000_000
  ) {
    self.staleAfter = staleAfter
    self.archiveAfter = archiveAfter
    self.sessions = sessions
    self.archived = archived
    self.backups = backups
    self.deleteAfter = deleteAfter
    self.logsAfter = logsAfter
    self.logBytes = logBytes
  }
}

/// A sentence about what could not be done with the session files, and what to do about it.
public struct StoreError: Error, Hashable, Sendable {
  public let sentence: String
  /// The system call that failed, if one did.
  public private(set) var cause: CallError?
  /// Who has the session, if that is the reason.
  public private(set) var heldBy: LockHolder?

  init(_ failed: String, _ error: any Error) {
    switch error {
    case let error as CallError:
      cause = error
      sentence =
        "\(failed): \(error.call) of \(error.file) failed: \(error.reason). \(error.advice)"
    case let error as Refusal:
      sentence = "\(failed): \(error.sentence)"
    case let error as InvalidSession:
      sentence = "\(failed): \(error.reason)."
    case let error as SessionStore.Busy:
      heldBy = error.holder
      sentence = "\(failed): \(error.holder.sentence) has it open. Leave it there first."
    case let error as StoreError:
      self = error
    default:
      sentence = "\(failed): \(error)."
    }
  }
}

/// The files of all sessions, in `~/.confighub/sessions`.
///
/// A value without state: directories are opened for every call, so that one which was moved or
/// removed meanwhile is noticed. Calls block; they are safe from any thread.
public struct SessionStore: Sendable {
  public let root: StateRoot
  public let retention: Retention
  /// Named in the lock, for people, e.g. `map-import 1.0`.
  let program: String

  /// From here on the process gets an error instead of SIGXFSZ where a file may not grow.
  public init(root: StateRoot, retention: Retention = Retention(), program: String) {
    self.root = root
    self.retention = retention
    self.program = program
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// `sessions`; `nil` if nothing was ever kept there.
  func existing() throws -> Directory? { try root.existing("sessions") }

  func sessions() throws -> Directory { try root.open("sessions", .writing) }
}

extension Directory {
  /// A directory inside `sessions`; `nil` if it is missing and may not be made.
  func existing(_ name: String) throws -> Directory? {
    try status(of: name) == nil ? nil : ownDirectory(name, .readOnly)
  }

  /// The bytes of a regular file of our own, `nil` if there is none. Throws `InvalidSession` for
  /// what is no such file, which includes one that is too large.
  ///
  /// - Parameter limit: so many bytes, and one more, are read of a longer one.
  func contents(_ name: String, atMost limit: Int = SessionCodec.sizeLimit) throws -> [UInt8]? {
    let file: OpenFile
    do {
      file = try open(name, O_RDONLY)
    } catch {
      switch error.code {
      case ENOENT: return nil
      case ELOOP: throw InvalidSession(reason: "it is a symbolic link")
      // A socket, or a device without a driver.
      case ENXIO, ENODEV: throw InvalidSession(reason: "it is not a regular file")
      default: throw error
      }
    }
    let status = try file.status()
    guard status.kind == .regular else {
      throw InvalidSession(reason: "it is not a regular file")
    }
    guard status.owner == geteuid() else {
      throw Refusal("\(path(of: name)) belongs to user \(status.owner), not to you.")
    }
    guard status.size <= SessionCodec.sizeLimit else {
      throw InvalidSession(reason: "it is larger than \(SessionCodec.sizeLimit) bytes")
    }
    return try file.read(limit: limit)
  }

  func removeIfThere(_ name: String) throws(CallError) {
    do {
      try remove(name)
    } catch {
      if error.code != ENOENT { throw error }
    }
  }
}
