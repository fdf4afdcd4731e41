import SessionFormat
import TerminalText
import Wizard

/// What there is to know of a session before it is decided whether it goes.
struct ExpiryCandidate {
  package let id: String
  let seen: ExpiryAction.Seen
  /// The day it was archived on.
  let day: String?
  /// When it was saved last; when it was begun, if it cannot be read.
  let changed: Timestamp
  package let isLatest: Bool
  let isReadable: Bool
  let isOver: Bool
  let holder: SessionHolder?
  let lockProblem: String?
  let unsettled: Int
  /// Units of which it is the record.
  private(set) var units: Int
  /// Units of it that were removed again.
  let removed: Int
  private let lineage: String?
  let logs: Set<String>
  let worker: String?

  /// - Parameter counts: those of its newest backup, if it cannot be read itself.
  init(_ entry: SessionEntry, counts: SessionHeader.Counts?) {
    let header = entry.header
    id = entry.id
    isLatest = entry.isLatest
    holder = entry.lockedBy
    lockProblem = entry.lockProblem
    isReadable = header != nil
    isOver = header?.isOver ?? false
    changed = header?.updatedAt ?? SessionID.began(entry.id) ?? Timestamp(seconds: 0)
    unsettled = counts?.unsettled ?? 0
    units = counts?.made ?? 0
    removed = counts?.facts.removed ?? 0
    lineage = header?.lineage
    logs = Set(((header?.logs ?? []) + [header?.logFile].compactMap { $0 }).map(Self.baseName))
    worker = header?.workerSlug
    switch entry.place {
    case .archived(let day):
      self.day = day
      seen = .archived(day: day)
    case .active, .corrupt:
      day = nil
      seen = .active(generation: header?.generation)
    }
  }

  /// What a session made before it was copied is on record in the one it is a copy of, which alone
  /// can undo it.
  func sparing(_ others: [ExpiryCandidate]) -> ExpiryCandidate {
    guard SessionID.isNumbered(id), let lineage else { return self }
    let original = others.filter { $0.id != id && $0.lineage == lineage }
    var copy = self
    copy.units = max(0, units - (original.map { $0.units + $0.removed }.max() ?? 0))
    return copy
  }

  /// Nobody has it open, as far as is known.
  var isFree: Bool { holder == nil && lockProblem == nil }

  private static func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? ""
  }
}

/// Decides what is archived and what is deleted; looks at nothing itself.
struct ExpiryPlan {
  package let retention: Retention
  let now: Timestamp
  /// Sessions with a change of unknown outcome, and those that cannot be read, go as well.
  let isForced: Bool
  /// `nil` if the clock is trusted.
  let clock: ClockDoubt?
  private(set) var actions: [ExpiryAction] = []

  init(retention: Retention, now: Timestamp, isForced: Bool, clock: ClockDoubt?) {
    self.retention = retention
    self.now = now
    self.isForced = isForced
    self.clock = clock
  }

  private func mayGo(_ session: ExpiryCandidate) -> Bool {
    session.isFree && (isForced || session.isReadable && session.unsettled == 0)
  }

  // MARK: By the limits

  /// - Parameters: both newest first.
  mutating func keepLimits(active: [ExpiryCandidate], archived: [ExpiryCandidate]) {
    let counted = active.filter { isForced || $0.isReadable }
    let latest = counted.first(where: \.isLatest)?.id ?? counted.first?.id
    var kept = counted.count
    for session in counted.reversed() where session.id != latest && mayGo(session) {
      let age = Age(since: session.changed, at: now)
      let reason: String
      if let seconds = age.seconds, seconds > retention.archiveAfter {
        reason = "not changed for \(age.span ?? "")"
      } else if kept > retention.sessions {
        reason = "more than \(retention.sessions) sessions"
      } else {
        continue
      }
      actions.append(ExpiryAction(.archive, session, reason))
      kept -= 1
    }
    thinArchive(going: actions.map(\.id), active, archived)
  }

  private mutating func thinArchive(
    going: [String], _ active: [ExpiryCandidate], _ archived: [ExpiryCandidate]
  ) {
    let going = Set(going)
    var known = Set(active.map(\.id))
    var put = active.filter { going.contains($0.id) }
    // Of one that was archived several times, the last time counts.
    for session in archived.sorted(by: { ($0.day ?? "") > ($1.day ?? "") })
    where known.insert(session.id).inserted {
      put.append(session)
    }
    var tooMany = put.count { !isNewlyOld($0) } - retention.archived
    func delete(_ session: ExpiryCandidate, _ reason: String, _ doubt: String?) {
      let day = session.day ?? now.day
      var action = ExpiryAction(
        .delete, session, reason, seen: .archived(day: day),
        outcome: doubt.map { .kept($0) } ?? .planned)
      action.isForced = isForced
      action.isDoubted = doubt != nil
      actions.append(action)
      if !isNewlyOld(session) { tooMany -= 1 }
    }
    // Oldest first.
    put.sort { ($0.changed, $0.id) < ($1.changed, $1.id) }
    var rest: [ExpiryCandidate] = []
    for session in put where mayGo(session) {
      if let days = days(of: session, at: now), isTooLong(days) {
        let doubt = clock?.reason(limit: retention.deleteAfter) {
          self.days(of: session, at: $0).map(isTooLong) ?? false
        }
        delete(session, "archived \(days) days ago", doubt)
      } else if !isNewlyOld(session) {
        rest.append(session)
      }
    }
    // What is the record of units in ConfigHub goes last.
    let doubt = clock?.reason(limit: retention.deleteAfter)
    for session in rest.filter({ $0.units == 0 }) + rest.filter({ $0.units > 0 })
    where tooMany > 0 {
      delete(session, "more than \(retention.archived) archived sessions", doubt)
    }
  }

  /// For how many days it is archived.
  private func days(of session: ExpiryCandidate, at time: Timestamp) -> Int64? {
    session.day.flatMap(Timestamp.init(day:)).map { time.seconds(since: $0) / 86_400 }
  }

  /// It may have been archived at the end of that day.
  private func isTooLong(_ days: Int64) -> Bool { (days - 1) * 86_400 >= retention.deleteAfter }

  /// It was archived for its age, and so short a time ago that it may have been the clock that
  /// jumped: then it is not one too many yet.
  private func isNewlyOld(_ session: ExpiryCandidate) -> Bool {
    guard clock != nil else { return false }
    let archived = session.day.flatMap(Timestamp.init(day:)).map { $0.seconds + 86_400 }
    let end = archived ?? now.seconds
    return end - session.changed.seconds > retention.archiveAfter
      && now.seconds - end < ClockDoubt.settled
  }

  // MARK: Everything

  mutating func takeAll(active: [ExpiryCandidate], archived: [ExpiryCandidate]) {
    var known: Set<String> = []
    for session in active + archived where known.insert(session.id).inserted {
      let copies = (active + archived).filter { $0.id == session.id }
      var action = ExpiryAction(.delete, session, "all were asked for")
      action.unsettled = copies.map(\.unsettled).max() ?? 0
      action.isForced = isForced
      if let problem = session.lockProblem {
        action.outcome = .failed("\(session.id) stays. \(problem)")
      } else if let holder = session.holder {
        action.outcome = .kept("\(holder.sentence) has it open")
      } else if !isForced, !session.isReadable {
        action.outcome = .kept("it cannot be read; --force deletes it all the same")
      } else if !isForced, action.unsettled > 0 {
        action.outcome = .kept(
          "it has \(plural(action.unsettled, "change")) of unknown outcome, "
            + "which `map-import --resume \(session.id)` settles; --force deletes it all the same")
      }
      actions.append(action)
    }
  }
}
