import Wizard

/// How long sessions are kept, and how many.
package struct Retention: Hashable, Sendable {
  /// Seconds without a change after which a session may be stale.
  package var staleAfter: Int64
  /// Seconds without activity after which an unfinished session is abandoned.
  package var abandonedAfter = SessionStatus.usualAbandonedAfter
  /// Seconds without a change after which a session is archived.
  package var archiveAfter: Int64
  /// More sessions than this, and the oldest are archived.
  package var sessions: Int
  /// More archived sessions than this, and the oldest are deleted.
  package var archived: Int
  /// Earlier generations kept of each session.
  package var backups: Int
  /// Seconds after which an archived session is deleted.
  package var deleteAfter: Int64
  /// Seconds without a line after which a log is removed.
  package var logsAfter: Int64
  /// More bytes of logs than this, and the oldest are removed.
  package var logBytes: Int
  /// Choices that a session can take back, and screens that it remembers to have been on.
  package var edits = 100
  package var visits = 1000
  /// More sessions, or bytes of them and of logs, than this, and `sessions stats` warns.
  package var warnSessions = 100
  package var warnBytes = 500_000_000

  package init(
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
