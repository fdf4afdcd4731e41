import Files
import Glibc
import SessionFormat
import Wizard

/// `archive/YYYY-MM-DD/`: sessions put away, by the day that was done.
enum SessionArchive {
  /// The days on which a session of this id was archived, latest first.
  static func days(of id: String, in sessions: Directory) throws -> [String] {
    try all(in: sessions).filter { $0.id == id }.map(\.day).reversed()
  }

  /// What is archived, by day.
  static func all(in sessions: Directory) throws -> [(day: String, id: String)] {
    guard let archive = try sessions.existing(.archive) else { return [] }
    return try archive.names().filter(SessionID.isDay).flatMap { day in
      // One that cannot be read takes none of the others with it; the doctor names it.
      let names = (try? archive.ownDirectory(day, .readOnly).names()) ?? []
      return Set(names.compactMap(SessionName.archivedID)).sorted().map { (day, $0) }
    }
  }

  /// What looks lost may be in a day that cannot be read.
  static func isReadable(in sessions: Directory) -> Bool {
    do {
      guard let archive = try sessions.existing(.archive) else { return true }
      for day in try archive.names() where SessionID.isDay(day) {
        _ = try archive.ownDirectory(day, .readOnly)
      }
      return true
    } catch {
      return false
    }
  }

  /// Succeeds for the last session of that day.
  static func removeIfEmpty(_ day: String, in sessions: Directory) {
    try? sessions.existing(.archive)?.removeDirectory(day)
  }

  /// `nil` if there is no such day.
  static func open(_ day: String, in sessions: Directory) throws -> Directory? {
    try sessions.existing(.archive)?.existing(day)
  }
}

extension FileStore {
  /// Moves the session to `archive/`, under the day of `now`: into one compressed file, if it is as
  /// this program wrote it, and with one of its backups. Throws if it is not there or
  /// somebody else has it; a lock that is passed is released.
  package func archive(
    _ id: String, at now: Timestamp, holding lock: SessionLock? = nil
  ) throws(StoreError) {
    try archive(id, at: now, holding: lock) { _ in true }
  }

  /// Puts a session back that was taken out of the archive, under the same day, and releases the lock.
  package func archive(
    _ id: String, backTo day: String, holding lock: SessionLock
  ) throws(StoreError) {
    guard let date = Timestamp(day: day) else { return }
    try archive(id, at: date, holding: lock)
  }

  /// Nothing is done if the condition does not hold; nobody else can have the session then.
  package func archive(
    _ id: String, at now: Timestamp, holding lock: SessionLock? = nil,
    if condition: (Directory) throws -> Bool
  ) throws(StoreError) {
    try explained("The session \(id) could not be archived") {
      try exclusively(id, lock, at: now) { sessions in
        guard try condition(sessions) else { return }
        let name = SessionName.file(id)
        guard let status = try sessions.status(of: name) else { throw Self.noSuchSession }
        let day = try sessions.ownDirectory(.archive, .writing)
          .ownDirectory(now.day, .writing)
        if try compress(id, to: day, in: sessions) { return }
        if let there = try day.status(of: name), !there.isSameFile(as: status) {
          try day.setAside(name, of: id, in: sessions.ownDirectory(.conflicts, .writing))
        }
        try sessions.move(name, to: day, as: name)
      }
    }
  }

  /// Deletes the session and its backups, wherever it is. Throws if it is not there or somebody
  /// else has it; a lock that is passed is released.
  package func delete(
    _ id: String, at now: Timestamp, holding lock: SessionLock? = nil
  ) throws(StoreError) {
    try delete(id, at: now, holding: lock) { _ in true }
  }

  /// Nothing is done if the condition does not hold; nobody else can have the session then.
  package func delete(
    _ id: String, at now: Timestamp, holding lock: SessionLock? = nil,
    if condition: (Directory) throws -> Bool
  ) throws(StoreError) {
    try explained("The session \(id) could not be deleted") {
      try exclusively(id, lock, at: now) { sessions in
        guard try condition(sessions) else { return }
        let days = try SessionArchive.days(of: id, in: sessions)
        guard try sessions.status(of: SessionName.file(id)) != nil || !days.isEmpty else {
          throw Self.noSuchSession
        }
        try remove(id, archivedOn: days, in: sessions)
      }
    }
  }

  private func remove(_ id: String, archivedOn days: [String], in sessions: Directory) throws {
    let name = SessionName.file(id)
    // The backups first: left alone, they would bring the session back.
    if let backups = try sessions.existing(.backups) {
      for backup in try backups.names() where SessionName.numbered(backup)?.id == id {
        try backups.remove(backup)
      }
      try backups.sync()
    }
    try sessions.removeIfThere(name)
    for day in days {
      if let archive = try SessionArchive.open(day, in: sessions) {
        for name in [name, name + SessionName.compressed] { try archive.removeIfThere(name) }
        try archive.sync()
      }
      SessionArchive.removeIfEmpty(day, in: sessions)
    }
    try sessions.sync()
    try Self.removeParts(of: id, in: sessions)
  }

  static let noSuchSession = Refusal("there is no such session.")

  /// Runs the body while nobody else can have the session, and cleans up after one that is gone
  /// from `sessions/`.
  private func exclusively(
    _ id: String, _ lock: SessionLock?, at now: Timestamp, _ body: (Directory) throws -> Void
  ) throws {
    guard SessionID.isValid(id) else { throw Self.noSuchSession }
    let sessions = try sessions()
    func act() throws {
      // Nobody needs the lock of a session that is not there.
      defer {
        if (try? sessions.status(of: SessionName.file(id))) == .some(nil) {
          try? sessions.removeIfThere(SessionName.lockFile(id))
        }
      }
      let wasLatest = try sessions.latestPointer() == .session(id)
      try body(sessions)
      if wasLatest, try sessions.status(of: SessionName.file(id)) == nil {
        try repoint(holding: id, in: sessions)
      }
    }
    if let lock, lock.id == id {
      try lock.state.withLock { held in
        guard held.file != nil else { throw Refusal("its lock was given up.") }
        try act()
        held.file = nil
      }
      return
    }
    switch try Self.acquire(id, in: sessions, for: me(since: now)) {
    case .success(let file):
      // Held to the end of this scope.
      try withExtendedLifetime(file) { try act() }
    case .failure(let other):
      throw other
    }
  }
}
