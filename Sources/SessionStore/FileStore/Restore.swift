import Files
import Logs
import SessionFormat
import Wizard

/// What a restore brought back.
package struct Restored: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case archive(day: String)
    case backup(generation: Int)
    /// The logs of that many runs; records in them that could not be read are counted.
    case logs(Int, unreadable: Int)
  }

  package let origin: Origin
  package let session: Session
  /// Operations that the restored state did not know of, or not as well.
  package var operationsKept = 0
  /// What could not be read of it, as sentences.
  package var warnings: [String] = []
}

extension FileStore {
  /// What to do where a session cannot be read.
  package static func wayBack(_ id: String) -> String {
    "`map-import sessions restore \(id)` brings the session back from its newest backup."
  }

  /// What to do where a session lacks operations.
  package static func wayToOperations(_ id: String) -> String {
    "some of its operations cannot be read. `map-import sessions restore \(id) --generation N` "
      + "has them from its logs; without --generation it names what there is to go back to."
  }

  /// Makes an archived session active again, and the latest, as it was; if its file is damaged, as
  /// its newest backup is. Throws if it is not in the archive, or active.
  package func unarchive(_ id: String, at now: Timestamp) throws(StoreError) -> Restored {
    try explained("The session \(id) could not be restored") {
      try holding(id, at: now) { lock in
        let sessions = try sessions()
        guard try sessions.status(of: SessionName.file(id)) == nil else {
          throw Refusal("it is active already.")
        }
        if let restored = try takeOut(id, in: sessions) {
          if let warning = pointToLatest(id, in: sessions) { throw Refusal(warning) }
          return restored
        }
        guard try SessionSearch(sessions: sessions).newestBackup(id) != nil else {
          throw Refusal("the archive has no copy of it that can be read, and it has no backup.")
        }
        let corrupt = try sessions.ownDirectory(.corrupt, .writing)
        for day in try SessionArchive.days(of: id, in: sessions) {
          guard let archive = try SessionArchive.open(day, in: sessions) else { continue }
          let name = try archive.whichName(SessionName.file(id))
          try archive.setAside(name, of: id, in: corrupt)
          SessionArchive.removeIfEmpty(day, in: sessions)
        }
        return try restore(id, generation: nil, holding: lock, at: now)
      }
    }
  }

  /// Under the session's lock. `nil`, and nothing is done, if no archived file of it is a session.
  func takeOut(_ id: String, in sessions: Directory) throws -> Restored? {
    let name = SessionName.file(id)
    for day in try SessionArchive.days(of: id, in: sessions) {
      guard let archive = try SessionArchive.open(day, in: sessions) else { continue }
      switch SessionSearch.read(name, of: id, in: archive) {
      case .absent: continue
      case .bad(let invalid):
        if invalid.isNewer { throw Refusal("a later version of this program wrote it.") }
      case .unreadable(let error): throw error
      case .usable(let light, _):
        let (document, warnings) = try SessionSearch.complete(light, in: sessions)
        if try archive.whichName(name) == name {
          try archive.move(name, to: sessions, as: name)
        } else {
          try expand(document, from: archive, to: sessions)
        }
        SessionArchive.removeIfEmpty(day, in: sessions)
        return Restored(
          origin: .archive(day: day), session: document.session, warnings: warnings)
      }
    }
    return nil
  }

  /// Saves an earlier generation, or the newest backup that can be read, as the next one. What
  /// it replaces stays in the backups, or goes to `corrupt/` if it cannot be read.
  ///
  /// What was done to ConfigHub cannot be taken back by a file: the operations of the state that
  /// is replaced are kept.
  package func restore(
    _ id: String, generation: Int?, at now: Timestamp
  ) throws(StoreError) -> Restored {
    try explained("The session \(id) could not be restored") {
      try holding(id, at: now) { try restore(id, generation: generation, holding: $0, at: now) }
    }
  }

  private func restore(
    _ id: String, generation: Int?, holding lock: SessionLock, at now: Timestamp
  ) throws -> Restored {
    let sessions = try sessions()
    let backups = try sessions.existing(.backups)
    let search = SessionSearch(sessions: sessions)
    let found: SessionSearch.Backup?
    if let generation, let backups {
      found = try backup(generation, of: id, in: backups)
    } else {
      found = try search.newestBackup(id)
    }
    guard let found else {
      throw Refusal(
        generation.map { "it has no backup of generation \($0)." }
          ?? "it has no backup that can be read.")
    }
    var (next, warnings) = try SessionSearch.complete(found.document, in: sessions)
    // No backup is ever written over: the new generation comes after all of them.
    next.session.generation = try backups.flatMap { try $0.generations(of: id).first } ?? 0
    let known = Set(next.session.operations)
    switch SessionSearch.read(SessionName.file(id), of: id, in: sessions) {
    case .usable(_, .newer(let version)):
      throw Refusal("a later version (\(version)) of this program wrote it.")
    case .usable(let light, _):
      let (current, lost) = try SessionSearch.complete(light, in: sessions)
      warnings += lost
      next.session.join(current.session.operations, isLater: true)
      next.session.generation = current.session.generation
      // How else would the log of that time be found?
      next.session.logs = current.session.logs
      next.session.logFile = current.session.logFile
    case .unreadable(let error): throw error
    case .absent, .bad: break
    }
    try joinKnown(into: &next.session, ofOwn: id, in: sessions)
    next.session.updatedAt = now
    next.session.generation = try lock.saveOrThrow(next)
    return Restored(
      origin: .backup(generation: found.generation), session: next.session,
      operationsKept: next.session.operations.count { !known.contains($0) }, warnings: warnings)
  }

  private func backup(
    _ generation: Int, of id: String, in backups: Directory
  ) throws -> SessionSearch.Backup? {
    switch SessionSearch.read(SessionName.file(id, generation), of: id, in: backups) {
    case .absent: return nil
    case .usable(let document, .sound):
      return SessionSearch.Backup(generation: generation, document: document)
    case .usable: throw Refusal("the backup of generation \(generation) was changed by hand.")
    case .bad(let invalid): throw invalid
    case .unreadable(let error): throw error
    }
  }

  /// Makes a session of what the logs of its runs tell, for one whose file and backups are lost.
  /// It stands before the confirmation, so that resuming it reads everything again.
  package func rebuild(_ id: String, at now: Timestamp) throws(StoreError) -> Restored {
    try explained("The session \(id) could not be rebuilt") {
      guard SessionID.isValid(id) else { throw Refusal("that is not the id of a session.") }
      return try holding(id, at: now) { lock in
        let sessions = try sessions()
        try refuseIfReadable(id, in: sessions)
        let told = try LogHistory(of: id, in: root)
        guard !told.operations.isEmpty || told.choice != nil else {
          throw Refusal(
            told.logs.isEmpty
              ? "no log in \(root.shownPath)/logs names it."
              : "its logs tell of nothing that was done to ConfigHub.")
        }
        var session = told.session(id, now)
        // Backups that cannot be read keep their names.
        session.generation =
          try sessions.existing(.backups).flatMap { try $0.generations(of: id).first } ?? 0
        session.generation = try lock.saveOrThrow(SessionDocument(session: session))
        return Restored(
          origin: .logs(told.logs.count, unreadable: told.unreadable), session: session,
          warnings: told.warnings)
      }
    }
  }

  private func refuseIfReadable(_ id: String, in sessions: Directory) throws {
    switch SessionSearch.read(SessionName.file(id), of: id, in: sessions) {
    case .usable: throw Refusal("its file is there and can be read.")
    case .unreadable(let error): throw error
    case .absent, .bad: break
    }
    if try SessionSearch(sessions: sessions).newestBackup(id) != nil {
      throw Refusal("it has a backup that can be read. Restore it without --from-log.")
    }
    for day in try SessionArchive.days(of: id, in: sessions) {
      guard let archive = try SessionArchive.open(day, in: sessions),
        case .usable = SessionSearch.read(SessionName.file(id), of: id, in: archive)
      else { continue }
      throw Refusal("it is in the archive and can be read. Restore it without --from-log.")
    }
  }
}

extension LogHistory {
  fileprivate func session(_ id: String, _ now: Timestamp) -> Session {
    let createdAt = choice?.createdAt ?? now
    var session = Session(
      id: id, lineage: choice?.lineage ?? Session.lineage(of: id, createdAt: createdAt),
      createdAt: createdAt)
    session.updatedAt = now
    session.operations = OperationList(operations)
    session.logs = logs
    session.logFile = logs.last
    if let choice {
      session.cluster = choice.cluster
      session.hub = choice.hub
      session.begunBy = choice.begunBy
      session.scope = choice.scope
      session.selected = choice.selected
      session.proposal = choice.proposal
      session.scan = ScanResult(
        namespaces: Set(choice.selected.map(\.key.namespace)).sorted(),
        detected: choice.selected.count,
        owners: Dictionary(grouping: choice.selected, by: \.owner).mapValues(\.count))
      session.stepsCompleted = Step.seven.filter { $0 < .connect }
      session.position = Position(.connect, .confirming)
    }
    session.history = [Session.Visit(position: session.position, at: now)]
    return session
  }
}
