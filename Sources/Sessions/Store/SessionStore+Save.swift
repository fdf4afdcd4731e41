import Glibc
import Wizard

public enum SaveResult: Hashable, Sendable {
  /// Durable. The warning is about what is only convenience: the pointer to the latest session,
  /// or the scanned workloads of a very large one.
  case saved(generation: Int, warning: String? = nil)
  case failed(SaveFailure)
}

/// Why a session was not saved. The state in memory is the better one now: keep it and save again.
public struct SaveFailure: Error, Hashable, Sendable {
  /// Which call failed on which file, why, and what to do.
  public let sentence: String
  /// The system call that failed, if one did.
  public let cause: CallError?
  /// Somebody else saved the session meanwhile; saving again will not help.
  public let isConflict: Bool
}

/// The file on disk is not the one that the state came from.
private struct Conflict: Error { let sentence: String }

extension SessionStore {
  /// Writes the session as its next generation. When this returns `saved`, the file survives a
  /// crash of the program and of the machine; before that, the old file does.
  ///
  /// `updatedAt` is written as it is. The caller puts the generation into its state.
  public func save(_ document: SessionDocument, holding lock: SessionLock) -> SaveResult {
    lock.state.withLock { held in
      do {
        return try write(document, lock, &held)
      } catch let conflict as Conflict {
        return .failed(
          SaveFailure(sentence: conflict.sentence, cause: nil, isConflict: true))
      } catch {
        let explained = StoreError("The session is not saved", error)
        return .failed(
          SaveFailure(sentence: explained.sentence, cause: explained.cause, isConflict: false))
      }
    }
  }

  private func write(
    _ document: SessionDocument, _ lock: SessionLock, _ held: inout SessionLock.State
  ) throws -> SaveResult {
    let id = lock.id
    let name = SessionName.file(id)
    guard document.session.id == id else {
      throw Refusal("the lock is for \(id), not for \(document.session.id).")
    }

    // 1, 2: the directories, checked, and the lock.
    let sessions = try sessions()
    let backups = try sessions.ownDirectory("backups", .writing)
    try confirm(lock, &held, in: sessions)

    // 3: what is replaced is what this state came from.
    let base = try generationToReplace(by: document, held.written, in: sessions)
    var next = document
    next.session.generation = base + 1
    let (bytes, sizeWarning) = try SessionCodec.encodeToFit(next)

    // 4, 5, 6: a new file, the old one kept, the new one in its place.
    let temporary = SessionName.temporary(id)
    try sessions.removeIfThere(temporary)
    do {
      let status = try sessions.write(bytes, to: temporary)
      try sessions.keep(name, in: backups, as: SessionName.file(id, base))
      try sessions.rename(temporary, to: sessions, as: name)
      held.written = (status, base + 1)
    } catch {
      try? sessions.removeIfThere(temporary)
      throw error
    }

    // 7: the names as durable as the bytes.
    try sessions.sync()
    try backups.sync()
    if !held.areParentsDurable {
      try root.syncParents()
      held.areParentsDurable = true
    }

    // 8, 9: what the session does not depend on.
    let pointerWarning = pointToLatest(id, in: sessions)
    pruneBackups(of: id, in: backups)
    return .saved(generation: base + 1, warning: sizeWarning ?? pointerWarning)
  }

  /// Takes the lock anew if its file was moved or removed: somebody else could have it then.
  private func confirm(
    _ lock: SessionLock, _ held: inout SessionLock.State, in sessions: Directory
  ) throws {
    guard let file = held.file else {
      throw Refusal("its lock was given up.")
    }
    if let named = try sessions.status(of: SessionName.lock(lock.id)),
      named.isSameFile(as: try file.status())
    {
      return
    }
    switch try Self.acquire(lock.id, in: sessions, for: lock.holder) {
    case .success(let taken):
      held.file = taken.file
      held.lease = taken.lease
    case .failure(let other):
      throw Conflict(
        sentence: "The session is not saved: its lock was removed, and meanwhile taken by "
          + "\(other.holder.sentence).")
    }
  }

  /// The generation of the file on disk. If that is not the one this state came from, the state
  /// goes to `conflicts/` and a `Conflict` is thrown. What cannot be read is moved to `corrupt/`.
  private func generationToReplace(
    by document: SessionDocument, _ written: (status: FileStatus, generation: Int)?,
    in sessions: Directory
  ) throws -> Int {
    let session = document.session
    let name = SessionName.file(session.id)
    guard let status = try sessions.status(of: name) else {
      return max(session.generation, written?.generation ?? 0)
    }
    if let written, written.status == status { return written.generation }

    do {
      guard let bytes = try sessions.contents(name) else { return session.generation }
      let (found, standing) = try SessionCodec.decode(bytes, named: session.id)
      if case .newer = standing {
        throw InvalidSession(reason: "a later version of this program wrote it", isNewer: true)
      }
      let onDisk = found.session
      if onDisk.lineage == session.lineage && onDisk.generation == session.generation {
        return session.generation
      }
      let copy = try keepConflict(document, in: sessions)
      throw Conflict(
        sentence: "The session is not saved: another map-import saved it meanwhile (as generation "
          + "\(onDisk.generation), this one came from \(session.generation)). "
          + "This state is kept in \(copy).")
    } catch let invalid as InvalidSession {
      if invalid.isNewer {
        let copy = try keepConflict(document, in: sessions)
        throw Conflict(
          sentence: "The session is not saved: \(invalid.reason). This state is kept in \(copy).")
      }
      try sessions.setAside(
        name, of: session.id, in: sessions.ownDirectory("corrupt", .writing))
      return session.generation
    }
  }

  /// Writes the losing state of a conflict to `conflicts/`; returns where, for a person.
  private func keepConflict(
    _ document: SessionDocument, in sessions: Directory
  ) throws -> String {
    let conflicts = try sessions.ownDirectory("conflicts", .writing)
    let id = document.session.id
    let temporary = SessionName.temporary(id)
    try conflicts.removeIfThere(temporary)
    try conflicts.write(try SessionCodec.encodeToFit(document).bytes, to: temporary)
    return try conflicts.setAside(temporary, of: id, in: conflicts)
  }

  private func pruneBackups(of id: String, in backups: Directory) {
    guard let names = try? backups.names() else { return }
    let generations = names.compactMap(SessionName.numbered).filter { $0.id == id }
      .map(\.number).sorted(by: >)
    for generation in generations.dropFirst(retention.backups) {
      try? backups.remove(SessionName.file(id, generation))
    }
  }

  /// A last copy where anything can be written, when `save` cannot: in a directory of our own,
  /// mode 0700. Returns the absolute path, `nil` if that is not possible either.
  public func saveElsewhere(_ document: SessionDocument) -> String? {
    guard let bytes = try? SessionCodec.encodeToFit(document).bytes else { return nil }
    for path in root.temporaryDirectories {
      let name = SessionName.file(document.session.id)
      let temporary = SessionName.temporary(document.session.id)
      do {
        let directory = try Directory.open(absolute: path, shownAs: path)
          .ownDirectory("map-import-\(geteuid())", .writing)
        try directory.removeIfThere(temporary)
        try directory.write(bytes, to: temporary)
        try directory.rename(temporary, to: directory, as: name)
        try directory.sync()
        return directory.path(of: name)
      } catch {
        continue
      }
    }
    return nil
  }
}

extension Directory {
  /// Writes a new file, mode 0600 whatever the umask, and makes its bytes durable (not yet its
  /// name). Nothing is left behind on failure.
  @discardableResult
  func write(_ bytes: [UInt8], to name: String) throws(CallError) -> FileStatus {
    let file = try open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    do throws(CallError) {
      try file.setMode(0o600)
      try file.write(bytes)
      try file.sync()
      let status = try file.status()
      try file.close()
      return status
    } catch {
      try? remove(name)
      throw error
    }
  }

  /// Gives a file, if it is there, a second name in `backups`, or a copy where the file system
  /// has no hard links.
  func keep(_ name: String, in backups: Directory, as backup: String) throws {
    do throws(CallError) {
      try link(name, to: backups, as: backup)
    } catch {
      switch error.code {
      case ENOENT:
        return
      case EEXIST:
        // From a save that was interrupted, or of an earlier life of this generation.
        let (old, new) = (try backups.status(of: backup), try status(of: name))
        if let old, let new, old.isSameFile(as: new) { return }
        try backups.remove(backup)
        try link(name, to: backups, as: backup)
      case EPERM, EMLINK, EOPNOTSUPP, EXDEV:
        guard let bytes = try contents(name) else { return }
        try backups.removeIfThere(backup)
        try backups.write(bytes, to: backup)
      default:
        throw error
      }
    }
  }
}
