import Files
import SessionFormat
import Wizard

extension FileStore {
  /// Finds the latest session, or that of an id, through its backups if need be. Changes nothing.
  ///
  /// - Parameter isWhole: false for whoever only looks: the parts of it that are in other files are
  ///   not read then.
  package func read(_ id: String?, isWhole: Bool) throws(StoreError) -> LoadResult {
    try explained("The sessions could not be read") {
      guard let sessions = try existing() else { return LoadResult() }
      var search = SessionSearch(sessions: sessions, isWhole: isWhole)
      let found = try id.map { try search.named($0) } ?? search.latest()
      return LoadResult(found: found, warnings: search.warnings, repairs: search.repairs)
    }
  }

  /// For somebody who does not want what was edited by hand: that file goes to `conflicts/` and
  /// the newest good backup takes its place. `nil` if there is no such backup: then nothing
  /// changes.
  package func takeBackup(holding lock: SessionLock) throws(StoreError) -> LoadResult? {
    try explained("The backup of \(lock.id) could not be taken") {
      let sessions = try sessions()
      var search = SessionSearch(sessions: sessions)
      guard let backup = try search.newestBackup(lock.id) else { return nil }
      let found = try search.found(backup, in: lock.id)
      let conflicts = try sessions.ownDirectory(.conflicts, .writing)
      try sessions.setAside(SessionName.file(lock.id), of: lock.id, in: conflicts)
      try search.restore(lock.id, generation: backup.generation)
      try lock.remember(found, in: sessions)
      var result = LoadResult(found: found)
      let last = try joinLater(into: &result, in: sessions)
      lock.state.withLock { $0.last = last }
      return result
    }
  }
}

/// One pass over the session files.
struct SessionSearch {
  let sessions: Directory
  /// The parts that are in other files are read, too.
  let isWhole: Bool
  package var warnings: [String] = []
  package var repairs: [Repair] = []

  init(sessions: Directory, isWhole: Bool = true) {
    self.sessions = sessions
    self.isWhole = isWhole
  }

  /// Without what is in other files.
  struct Backup {
    package let generation: Int
    package let document: SessionDocument
  }

  enum Reading {
    case absent
    case usable(SessionDocument, Trust)
    /// The file is no session.
    case bad(InvalidSession)
    /// The file cannot be read or is not ours: it may be perfectly good.
    case unreadable(any Error)
  }

  mutating func latest() throws -> LoadedSession? {
    var tried: String?
    switch try sessions.latestPointer() {
    case .session(let id):
      if let found = try active(id, .latest) { return found }
      tried = id
      if warnings.isEmpty {
        warnings.append(
          "\(sessions.path(of: SessionName.pointerFile)) points to \(id), which is not there.")
      }
    case .unusable(let reason):
      warnings.append(reason)
    case .missing:
      break
    }
    for id in try idsByAge() where id != tried {
      guard let found = try active(id, .otherSession) else { continue }
      if tried != nil { warnings.append("The session \(id) was taken instead.") }
      return found
    }
    return nil
  }

  mutating func named(_ id: String) throws -> LoadedSession? {
    guard SessionID.isValid(id) else { return nil }
    return try active(id, .named) ?? archived(id)
  }

  private mutating func active(
    _ id: String, _ origin: LoadedSession.Origin
  ) throws -> LoadedSession? {
    let name = SessionName.file(id)
    let path = sessions.path(of: name)
    // Before the file is read: if it still is this one later, then it is what was read.
    let status = try sessions.status(of: name)
    switch reading(name, of: id, in: sessions) {
    case .usable(let document, let trust):
      let backup =
        trust == .editedByHand
        ? try newestBackup(id).map { try found($0, in: id).document } : nil
      return LoadedSession(
        document: document, trust: trust, origin: origin, path: path, backup: backup,
        status: status)
    case .bad(let invalid):
      warnings.append("\(path) cannot be used: \(invalid.reason).")
      if invalid.isNewer { return nil }
      repairs.append(Repair(id: id, path: path, status: status))
    case .unreadable(let error):
      warnings.append(StoreError("\(path) cannot be read", error).sentence)
    case .absent:
      if try SessionArchive.days(of: id, in: sessions).isEmpty == false { return nil }
    }
    guard let backup = try newestBackup(id) else { return nil }
    warnings.append(
      "Its backup of \(backup.document.session.updatedAt.minute(in: .utc.marked)) (generation "
        + "\(backup.generation)) was taken instead: what was done after that is not in it.")
    if status == nil { repairs.append(Repair(id: id, path: path, status: nil)) }
    return try found(backup, in: id)
  }

  private mutating func archived(_ id: String) throws -> LoadedSession? {
    for day in try SessionArchive.days(of: id, in: sessions) {
      guard let directory = try SessionArchive.open(day, in: sessions) else { continue }
      let path = directory.path(of: try directory.whichName(SessionName.file(id)))
      switch reading(SessionName.file(id), of: id, in: directory) {
      case .usable(let document, let trust):
        return LoadedSession(
          document: document, trust: trust, origin: .archive(day: day), path: path,
          backup: nil)
      case .bad(let invalid):
        warnings.append("\(path) cannot be used: \(invalid.reason).")
      case .unreadable(let error):
        warnings.append(StoreError("\(path) cannot be read", error).sentence)
      case .absent:
        break
      }
    }
    return nil
  }

  /// As `read`, and whole if that is asked for. What is missing then is a warning.
  private mutating func reading(
    _ name: String, of id: String, in directory: Directory
  ) -> Reading {
    let reading = Self.read(name, of: id, in: directory)
    guard isWhole, case .usable(let light, let trust) = reading else { return reading }
    do throws(InvalidSession) {
      let (document, warnings) = try Self.complete(light, in: sessions)
      self.warnings += warnings
      return .usable(document, trust)
    } catch {
      return .bad(error)
    }
  }

  /// Without the parts that are in other files. A compressed file may be in its place.
  static func read(_ name: String, of id: String, in directory: Directory) -> Reading {
    do {
      guard let bytes = try directory.sessionBytes(name) else { return .absent }
      let (document, trust) = try SessionCodec.decode(bytes, named: id)
      return .usable(document, trust)
    } catch let invalid as InvalidSession {
      return .bad(invalid)
    } catch {
      return .unreadable(error)
    }
  }

  /// All sessions that are there, or of which a backup alone is, newest first.
  private func idsByAge() throws -> [String] {
    let backups = try sessions.existing(.backups)?.names().compactMap(SessionName.numbered) ?? []
    let archived = (try? SessionArchive.all(in: sessions).map(\.id)) ?? []
    let lost = Set(backups.map(\.id)).subtracting(archived)
    let ids = (SessionArchive.isReadable(in: sessions) ? lost : [])
      .union(try sessions.names().compactMap(SessionName.id))
    let aged = try ids.map { id in
      switch Self.look(SessionName.file(id), of: id, in: sessions) {
      case .usable(let header, _): (id, header.updatedAt)
      case .bad, .unreadable, .absent:
        (id, try newestBackup(id)?.document.session.updatedAt ?? Timestamp(seconds: .min))
      }
    }
    return aged.sorted { ($0.1, $0.0) > ($1.1, $1.0) }.map(\.0)
  }

  func newestBackup(_ id: String) throws -> Backup? {
    guard let backups = try sessions.existing(.backups) else { return nil }
    for generation in try backups.generations(of: id) {
      let name = SessionName.file(id, generation)
      if case .usable(let document, .sound) = Self.read(name, of: id, in: backups) {
        return Backup(generation: generation, document: document)
      }
    }
    return nil
  }

  mutating func found(_ backup: Backup, in id: String) throws(InvalidSession) -> LoadedSession {
    var document = backup.document
    if isWhole {
      let (whole, warnings) = try Self.complete(document, in: sessions)
      self.warnings += warnings
      document = whole
    }
    return LoadedSession(
      document: document, trust: .sound,
      origin: .backup(generation: backup.generation),
      path: sessions.path(of: "backups/\(SessionName.file(id, backup.generation))"), backup: nil)
  }

  /// Puts a copy of the backup in the place of the session's file, which is not there. No second
  /// name of the backup: who edits the session by hand may edit the file in place.
  func restore(_ id: String, generation: Int) throws {
    let (name, backup) = (SessionName.file(id), SessionName.file(id, generation))
    guard let backups = try sessions.existing(.backups),
      let bytes = try backups.sessionBytes(backup)
    else { throw Refusal("its backup of generation \(generation) is not there any more.") }
    let temporary = TemporaryName.make(for: id)
    try sessions.removeIfThere(temporary)
    try sessions.write(bytes, to: temporary)
    try sessions.replace(name, by: temporary)
    try sessions.sync()
  }
}
