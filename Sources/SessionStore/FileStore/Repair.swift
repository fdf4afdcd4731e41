import Files
import Wizard

/// A session whose file cannot be used, or is not there though a backup of it is.
package struct Repair: Hashable, Sendable {
  /// The session.
  package let id: String
  /// Its file, with the home directory as `~`.
  package let path: String
  /// The file as it was when it was read; `nil`: there was none.
  let status: FileStatus?
}

package enum RepairResult: Hashable, Sendable {
  case repaired
  /// The file is not the one that was read: read again.
  case changed
  /// Somebody has the session open, and their next save writes the file anew.
  case heldBy(SessionHolder)
}

extension FileStore {
  /// Moves what cannot be used to `corrupt/` and puts the newest backup in its place, if there is
  /// one. Under the session's lock, and only if the file still is the one that was read.
  package func repair(_ repair: Repair, at now: Timestamp) throws(StoreError) -> RepairResult {
    try explained("\(repair.path) could not be repaired") {
      switch try acquire(repair.id, at: now) {
      case .heldBy(let holder): return .heldBy(holder)
      case .acquired(let lock):
        defer { lock.release() }
        return try self.repair(repair, in: sessions()) ? .repaired : .changed
      }
    }
  }

  /// Under the session's lock. False if the file is not the one that was read.
  private func repair(_ repair: Repair, in sessions: Directory) throws -> Bool {
    let name = SessionName.file(repair.id)
    guard try sessions.status(of: name) == repair.status else { return false }
    if repair.status != nil {
      try sessions.setAside(name, of: repair.id, in: sessions.ownDirectory(.corrupt, .writing))
    }
    let search = SessionSearch(sessions: sessions)
    if let backup = try search.newestBackup(repair.id) {
      try search.restore(repair.id, generation: backup.generation)
    }
    return true
  }

  /// `load`, and then `repair` for what should be. What could not be repaired is a warning.
  package func readAndRepair(
    _ id: String? = nil, isWhole: Bool = true, at now: Timestamp
  ) throws(StoreError) -> LoadResult {
    let result = repaired(try read(id, isWhole: isWhole), by: { try repair($0, at: now) })
    if let result { return result }
    return try read(id, isWhole: isWhole)
  }

  /// Reads the session to go on with it, under its lock, and repairs what should be. An archived one
  /// is taken out of the archive.
  ///
  /// Of a change by somebody else from now on, the next save knows that it is none of ours.
  package func resume(holding lock: SessionLock) throws(StoreError) -> LoadResult {
    let looked = repaired(
      try read(lock.id), by: { try repair($0, in: sessions()) ? .repaired : .changed })
    var result: LoadResult
    if let looked { result = looked } else { result = try read(lock.id) }
    if let day = result.found?.archivedOn {
      try explained("The session \(lock.id) could not be taken out of the archive") {
        _ = try takeOut(lock.id, in: sessions())
      }
      result.found = try read(lock.id).found
      result.archivedOn = day
    }
    try explained("The session \(lock.id) could not be opened") {
      let sessions = try sessions()
      try lock.remember(result.found, in: sessions)
      let last = try joinLater(into: &result, in: sessions)
      lock.state.withLock { $0.last = last }
    }
    return result
  }

  /// `nil` if a file changed since it was read.
  private func repaired(
    _ result: LoadResult, by repair: (Repair) throws -> RepairResult
  ) -> LoadResult? {
    var result = result
    for damage in result.repairs {
      do {
        if try repair(damage) == .changed { return nil }
      } catch {
        result.warnings.append(
          StoreError("\(damage.path) could not be repaired", error).sentence)
      }
    }
    return result
  }
}

extension LoadedSession {
  /// The day, if it is in the archive and of a version that this program can go on with.
  fileprivate var archivedOn: String? {
    guard case .archive(let day) = origin else { return nil }
    if case .newer = trust { return nil }
    return day
  }
}
