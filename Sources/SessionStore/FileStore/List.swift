import Files
import SessionFormat
import Wizard

extension FileStore {
  /// All session files: the active ones newest first, then the archived, then the corrupt ones.
  /// Changes nothing.
  package func list() throws(StoreError) -> [SessionEntry] {
    try explained("The sessions could not be listed") {
      guard let sessions = try existing() else { return [] }
      let found = try active(in: sessions) + archived(in: sessions) + corrupt(in: sessions)
      return found.map { entry in
        var entry = entry
        entry.lastActivityAt = entry.header.map(lastActivity)
        return entry
      }
    }
  }

  func active(in sessions: Directory) throws -> [SessionEntry] {
    let pointer = try sessions.latestPointer()
    let found = try sessions.names().compactMap(SessionName.id).map { id in
      let holder = Result { try Self.holder(of: id, in: sessions) }
      var entry = Self.summary(
        SessionName.file(id), of: id, in: sessions, place: .active,
        isLatest: pointer == .session(id), lockedBy: (try? holder.get()) ?? nil)
      if case .failure(let error) = holder { entry.lockProblem = Self.lockProblem(error) }
      return entry
    }
    return found.sorted(by: Self.isNewer)
  }

  func archived(in sessions: Directory) throws -> [SessionEntry] {
    let found = try SessionArchive.all(in: sessions).compactMap { day, id in
      try SessionArchive.open(day, in: sessions).map {
        Self.summary(SessionName.file(id), of: id, in: $0, place: .archived(day: day))
      }
    }
    return found.sorted(by: Self.isNewer)
  }

  private func corrupt(in sessions: Directory) throws -> [SessionEntry] {
    guard let corrupt = try sessions.existing(.corrupt) else { return [] }
    return try corrupt.names().compactMap { name in
      SessionName.numbered(name).map {
        Self.summary(name, of: $0.id, in: corrupt, place: .corrupt)
      }
    }
  }

  /// The active session that was saved last; one that cannot be read counts as the oldest.
  static func newest(in sessions: Directory) throws -> String? {
    try sessions.names().compactMap(SessionName.id)
      .map { summary(SessionName.file($0), of: $0, in: sessions, place: .active) }
      .min(by: isNewer)?.id
  }

  private static func isNewer(_ a: SessionEntry, _ b: SessionEntry) -> Bool {
    let never = Timestamp(seconds: .min)
    return (a.header?.updatedAt ?? never, a.id) > (b.header?.updatedAt ?? never, b.id)
  }

  static func lockProblem(_ error: any Error) -> String {
    StoreError("Whether somebody has it open is not known", error).sentence
  }

  static func summary(
    _ name: String, of id: String, in directory: Directory, place: SessionPlace,
    isLatest: Bool = false, lockedBy: SessionHolder? = nil
  ) -> SessionEntry {
    var found: (header: SessionHeader, trust: Trust)?
    var problem: String?
    switch SessionSearch.look(name, of: id, in: directory) {
    case .usable(let header, let trust): found = (header, trust)
    case .bad(let invalid): problem = invalid.reason
    case .unreadable(let error): problem = StoreError("It cannot be read", error).sentence
    case .absent: problem = "it is not there"
    }
    return SessionEntry(
      id: id, place: place, path: directory.path(of: (try? directory.whichName(name)) ?? name),
      header: found?.header,
      trust: found?.trust, problem: problem, isLatest: isLatest, lockedBy: lockedBy)
  }
}
