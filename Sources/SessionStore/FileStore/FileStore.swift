import Documents
import Files
import Glibc
import SessionFormat
import Wizard

/// The files of all sessions, in `~/.confighub/sessions`.
///
/// A value without state: directories are opened for every call, so that one which was moved or
/// removed meanwhile is noticed. Calls block; they are safe from any thread.
package struct FileStore: SessionStore {
  package let root: StateRoot
  package let retention: Retention
  /// Named in the lock, for people, e.g. `map-import 1.0`.
  package let program: String
  /// That of the times in sentences; files have UTC.
  package let zone: Zone

  /// From here on the process gets an error instead of SIGXFSZ where a file may not grow.
  package init(
    root: StateRoot, retention: Retention = Retention(), program: String,
    zone: Zone = .utc.marked
  ) {
    self.zone = zone
    self.root = root
    self.retention = retention
    self.program = program
    _ = signal(SIGXFSZ, SIG_IGN)
  }

  /// `sessions`; `nil` if nothing was ever kept there.
  func existing() throws -> Directory? { try root.existing(.sessions) }

  func sessions() throws -> Directory { try root.open(.sessions, .writing) }
}

extension Directory {
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
}

extension InvalidSession: Problem {
  package var explanation: String { "\(reason)." }
}
