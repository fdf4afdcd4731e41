import SessionFormat
import Wizard

/// Where a store keeps a session.
package enum SessionPlace: Hashable, Sendable {
  case active
  /// Under that day.
  case archived(day: String)
  /// What could not be read and was moved away.
  case corrupt
}

/// One session that is kept, for a list.
package struct SessionEntry: Sendable {
  package let id: String
  package let place: SessionPlace
  /// With the home directory as `~`.
  package let path: String
  /// `nil` if it cannot be read; then `problem` says why.
  package let header: SessionHeader?
  package let trust: Trust?
  package let problem: String?
  package let isLatest: Bool
  package let lockedBy: SessionHolder?
  /// Why it is not known whether somebody has it open, as a sentence.
  package var lockProblem: String?

  /// When somebody was at work in it last: it was saved, or its log was written to.
  package var lastActivityAt: Timestamp?

  /// - Parameter limit: seconds without activity after which it is abandoned.
  package func status(at now: Timestamp, abandonedAfter limit: Int64) -> SessionStatus {
    switch (place, header) {
    case (.corrupt, _), (_, nil): .damaged
    case (.archived, _): .archived
    case (.active, let header?):
      // Whoever has it open has not left it.
      header.status(
        idle: Age(
          since: lockedBy == nil ? lastActivityAt : nil, at: now, staleAfter: limit))
    }
  }
}
