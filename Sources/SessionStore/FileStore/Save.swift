import Files
import Glibc
import SessionFormat
import Wizard

/// The file on disk is not the one that the state came from.
struct Conflict: Error { let sentence: String }

extension FileStore {
  func save(
    _ document: SessionDocument, holding lock: SessionLock, isLatest: Bool,
    puttingAside: Bool = false
  ) -> SaveResult {
    lock.state.withLock { held in
      do {
        for _ in 0..<Self.patience {
          if let result = try write(document, lock, &held, isLatest, puttingAside) {
            return result
          }
        }
        throw Refusal("its file is changed by somebody else again and again.")
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

  /// How often a save begins anew because the file changed while it was under way.
  private static let patience = 5

  /// `nil` if somebody changed the file meanwhile: then nothing was done.
  private func write(
    _ document: SessionDocument, _ lock: SessionLock, _ held: inout SessionLock.State,
    _ isLatest: Bool, _ puttingAside: Bool
  ) throws -> SaveResult? {
    let id = lock.id
    let name = SessionName.file(id)
    guard document.session.id == id else {
      throw Refusal("the lock is for \(id), not for \(document.session.id).")
    }

    // 1, 2: the directories, checked, and the lock.
    let sessions = try sessions()
    let backups = try sessions.ownDirectory(.backups, .writing)
    try confirm(lock, &held, in: sessions)

    // 3: what is replaced is what this state came from.
    let basis = try basis(of: document, held.known, in: sessions)
    // No generation is ever written over, by whatever hand an earlier one came into its place.
    let last = max(
      basis.generation, try held.last ?? lastGeneration(of: document.session, in: sessions).number)
    held.last = last
    var next = document
    next.session.generation = last + 1

    // 4, 5, 6: what the file names, a new file, the old one kept, the new one in its place.
    let temporary = TemporaryName.make(for: id)
    if !held.isTidy {
      let scans = try sessions.existing(.scans)
      for directory in [sessions, backups, scans] {
        if let directory { removeTemporaries(of: id, in: directory) }
      }
      held.isTidy = true
    }
    let (bytes, parts, sizeWarning) = try writePartsToFit(of: next, &held.parts, in: sessions)
    try sessions.removeIfThere(temporary)
    var foreignWarning: String?
    var loser: String?
    do {
      let status = try sessions.write(bytes, to: temporary)
      let isFree = try backups.status(of: SessionName.file(id, basis.generation)) == nil
      let backup = SessionName.file(id, isFree ? basis.generation : last)
      if let foreign = basis.foreign {
        foreignWarning = try foreign.keep(name, of: id, in: sessions)
      } else {
        try sessions.keep(name, in: backups, as: backup)
        // Now already, so that there are two durable generations at every moment.
        try backups.sync()
      }
      if puttingAside, basis.foreign == nil, basis.status != nil {
        loser = try sessions.keepAside(
          name, of: id, in: sessions.ownDirectory(.conflicts, .writing))
      }
      guard try sessions.status(of: name)?.content == basis.status?.content else {
        if basis.foreign == nil { try backups.removeIfThere(backup) }
        try sessions.removeIfThere(temporary)
        return nil
      }
      try sessions.replace(name, by: temporary)
      held.known = KnownFile(
        status: status, generation: last + 1, digest: Integrity.claimed(by: bytes))
      // The new name is a change, too.
      if let named = try? sessions.status(of: name), named.isSameFile(as: status) {
        held.known?.status = named
      }
    } catch {
      try? sessions.removeIfThere(temporary)
      throw error
    }

    // 7: the names as durable as the bytes.
    try sessions.sync()
    if !held.areParentsDurable {
      try root.syncParents()
      held.areParentsDurable = true
    }

    // 8, 9: what the session does not depend on.
    let pointerWarning = isLatest ? pointToLatest(id, in: sessions) : nil
    pruneBackups(of: id, in: backups)
    try? Self.pruneParts(of: id, named: parts, &held.parts, in: sessions)
    let warnings = [foreignWarning, loser, sizeWarning, pointerWarning].compactMap { $0 }
    return .saved(
      generation: last + 1,
      warning: warnings.isEmpty ? nil : warnings.joined(separator: " "))
  }

  /// As `writeParts`, but of a session that is too large only the counts of the scan are kept. Then
  /// there is a warning.
  private func writePartsToFit(
    of document: SessionDocument, _ held: inout HeldParts, in sessions: Directory
  ) throws -> (bytes: [UInt8], parts: Set<String>, warning: String?) {
    do {
      let (bytes, parts) = try Self.writeParts(of: document, &held, in: sessions)
      return (bytes, parts, nil)
    } catch let invalid as InvalidSession {
      guard let smaller = SessionCodec.withoutWorkloads(document) else { throw invalid }
      let (bytes, parts) = try Self.writeParts(of: smaller, &held, in: sessions)
      return (bytes, parts, SessionCodec.tooLarge)
    }
  }

  /// Takes the lock anew if its file was moved or removed: somebody else could have it then.
  private func confirm(
    _ lock: SessionLock, _ held: inout SessionLock.State, in sessions: Directory
  ) throws {
    guard let file = held.file else {
      throw Refusal("its lock was given up.")
    }
    if let named = try sessions.status(of: SessionName.lockFile(lock.id)),
      named.isSameFile(as: try file.status())
    {
      return
    }
    switch try Self.acquire(lock.id, in: sessions, for: lock.holder) {
    case .success(let file):
      held.file = file
    case .failure(let other):
      throw Conflict(
        sentence: "The session is not saved: its lock was removed, and meanwhile taken by "
          + "\(other.owner.sentence).")
    }
  }

  /// Writes the losing state of a conflict to `conflicts/`; returns where, for a person.
  func keepConflict(
    _ document: SessionDocument, in sessions: Directory
  ) throws -> String {
    let conflicts = try sessions.ownDirectory(.conflicts, .writing)
    let id = document.session.id
    let temporary = TemporaryName.make(for: id)
    try conflicts.removeIfThere(temporary)
    try conflicts.write(try SessionCodec.encodeToFit(document).bytes, to: temporary)
    return try conflicts.setAside(temporary, of: id, in: conflicts)
  }

  /// What a run that was killed has left; its lock is ours now.
  private func removeTemporaries(of id: String, in directory: Directory) {
    for name in (try? directory.names()) ?? [] where SessionName.temporaryID(name) == id {
      try? directory.removeIfThere(name)
    }
  }

  private func pruneBackups(of id: String, in backups: Directory) {
    guard let names = try? backups.names() else { return }
    let own = names.filter { SessionName.numbered($0)?.id == id }
      .sorted { (SessionName.numbered($0)?.number ?? 0) > (SessionName.numbered($1)?.number ?? 0) }
    for name in own.dropFirst(retention.backups) { try? backups.remove(name) }
  }
}

extension Directory {
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
      case _ where error.meansNoLinks:
        _ = try copy(name, to: backups, as: backup)
      default:
        throw error
      }
    }
  }
}
