import Files
import Glibc
import SessionFormat
import Wizard

/// An earlier generation of a session.
package struct SessionBackup: Hashable, Sendable {
  package let generation: Int
  /// In bytes.
  package let size: Int
  /// With the home directory as `~`.
  package let path: String
  /// When it was saved; `nil` if it cannot be read: then `problem` says why.
  package let savedAt: Timestamp?
  package let problem: String?
}

extension FileStore {
  /// The backups of a session, newest first. Changes nothing.
  package func backups(of id: String) throws(StoreError) -> [SessionBackup] {
    try explained("The backups of \(id) could not be listed") {
      guard SessionID.isValid(id), let sessions = try existing(),
        let backups = try sessions.existing(.backups)
      else { return [] }
      return try backups.generations(of: id).map { generation in
        let name = SessionName.file(id, generation)
        var savedAt: Timestamp?
        var problem: String?
        switch SessionSearch.look(name, of: id, in: backups, content: true) {
        case .usable(let header, .sound): savedAt = header.updatedAt
        case .usable(_, .editedByHand): problem = "its digest is wrong"
        case .usable(_, .newer(let version)): problem = "its version is \(version)"
        case .bad(let invalid): problem = invalid.reason
        case .unreadable(let error): problem = StoreError("It cannot be read", error).sentence
        case .absent: problem = "it is not there any more"
        }
        return SessionBackup(
          generation: generation, size: try backups.status(of: backups.whichName(name))?.size ?? 0,
          path: backups.path(of: try backups.whichName(name)), savedAt: savedAt, problem: problem)
      }
    }
  }

  /// What a session has done, as far as is known: of one that cannot be read, what its newest
  /// backup that can be read says.
  package func lastCounts(of entry: SessionEntry) -> SessionHeader.Counts? {
    if let header = entry.header { return header.counts }
    guard let backups = try? existing()?.existing(.backups) else { return nil }
    for generation in (try? backups.generations(of: entry.id)) ?? [] {
      let name = SessionName.file(entry.id, generation)
      if case .usable(let header, .sound) = SessionSearch.look(
        name, of: entry.id, in: backups, content: true)
      {
        return header.counts
      }
    }
    return nil
  }

  /// Everything that there is of a session: its file, archived copies, unreadable ones.
  package func entries(of id: String) throws(StoreError) -> [SessionEntry] {
    try list().filter { $0.id == id }
  }

  /// Runs the body while nobody else can have the session; throws with `heldBy` if somebody has.
  func holding<Answer>(
    _ id: String, at now: Timestamp, _ body: (SessionLock) throws -> Answer
  ) throws -> Answer {
    switch try acquire(id, at: now) {
    case .heldBy(let holder): throw Busy(owner: holder)
    case .acquired(let lock):
      defer { lock.release() }
      return try body(lock)
    }
  }
}

extension FileStore {
  /// The unfinished session of a context that was saved last; if there is none, that of the same
  /// cluster under another context, as far as the sessions know. Changes nothing.
  package func unfinished(of context: String) throws(StoreError) -> String? {
    try explained("The sessions of \(context) could not be looked for") {
      guard let directory = try existing() else { return nil }
      let sessions = try active(in: directory).compactMap(\.header)
      let uids = Set(sessions.filter { $0.cluster.context == context }.compactMap(\.cluster.uid))
      let unfinished = sessions.filter { !$0.isOver }
      let found =
        unfinished.first { $0.cluster.context == context }
        ?? unfinished.first { $0.cluster.uid.map(uids.contains) == true }
      return found?.id
    }
  }
}

extension Directory {
  /// Of the numbered copies of a session: the numbers, each once, newest first.
  func generations(of id: String) throws -> [Int] {
    Set(try names().compactMap(SessionName.numbered).filter { $0.id == id }.map(\.number))
      .sorted(by: >)
  }
}
