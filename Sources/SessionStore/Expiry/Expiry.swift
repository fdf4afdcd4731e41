import Files
import Glibc
import Logs
import Wizard

extension FileStore {
  /// Archives what is too old or too many, deletes what was archived too long ago or is too much
  /// there, and removes old logs. Spared are the latest session, those that somebody has open,
  /// those with an operation whose outcome is not known, and what cannot be read.
  ///
  /// - Parameter tell: as of `carryOut`.
  package func expire(
    at now: Timestamp, dryRun: Bool, telling tell: (ExpiryAction) -> Void = { _ in }
  ) throws(StoreError) -> [ExpiryAction] {
    let planned = try planExpiry(at: now)
    return dryRun ? planned : carryOut(planned, at: now, telling: tell)
  }

  /// What `carryOut` is to do. Changes nothing.
  ///
  /// - Parameters:
  ///   - all: delete every session instead of keeping the limits.
  ///   - forced: also those with an operation of unknown outcome and those that cannot be read.
  package func planExpiry(
    at now: Timestamp, all: Bool = false, forced: Bool = false
  ) throws(StoreError) -> [ExpiryAction] {
    try explained("The old sessions could not be looked through") {
      let sessions = try existing()
      func candidates(_ entries: [SessionEntry]?) -> [ExpiryCandidate] {
        (entries ?? []).map { ExpiryCandidate($0, counts: lastCounts(of: $0)) }
      }
      let kept = (candidates(try sessions.map(active)), candidates(try sessions.map(archived)))
      let active = kept.0.map { $0.sparing(kept.0 + kept.1) }
      let archived = kept.1.map { $0.sparing(kept.0 + kept.1) }
      let cleanup = try LogCleanup(in: root.existing(.logs), retention: retention, at: now)
      // Of a run there is a log, and of a `prune` a line in the audit log.
      let others = cleanup.dates + ((try? AuditLog(root: root).dates()) ?? [])
      let clock = ClockDoubt(
        sessions: (active + archived).flatMap(Self.traces), others: others, at: now)
      var plan = ExpiryPlan(
        retention: retention, now: now, isForced: forced, clock: forced ? nil : clock)
      if all {
        plan.takeAll(active: active, archived: archived)
        return plan.actions
      }
      plan.keepLimits(active: active, archived: archived)
      return plan.actions + cleanup.actions(sparing: active + archived, clock: plan.clock)
    }
  }

  private static func traces(_ session: ExpiryCandidate) -> [ClockDoubt.Trace] {
    let archived = session.day.flatMap(Timestamp.init(day:))
    return [session.changed, archived].compactMap { $0 }
      .map { ClockDoubt.Trace(name: "session \(session.id)", at: $0) }
  }

  /// Does what was planned and is still as it was: every session is looked at again while its
  /// lock is held.
  ///
  /// - Parameter tell: is told each as soon as it is done, or could not be: the run may be killed
  ///   before the next.
  package func carryOut(
    _ planned: [ExpiryAction], at now: Timestamp, telling tell: (ExpiryAction) -> Void = { _ in }
  ) -> [ExpiryAction] {
    planned.map { action in
      guard action.outcome == .planned else { return action }
      var action = action
      var kept: String?
      do throws(StoreError) {
        let isAsItWas = { (sessions: Directory) in
          kept = try reasonToKeep(action, in: sessions)
          return kept == nil
        }
        switch action.kind {
        case .archive: try archive(action.id, at: now, if: isAsItWas)
        case .delete: try delete(action.id, at: now, if: isAsItWas)
        case .removeLog: kept = try removeLog(action)
        }
        action.outcome = kept.map { .kept($0) } ?? .done
      } catch {
        action.outcome =
          error.heldBy.map { .kept("\($0) has it open") } ?? .failed(error.sentence)
      }
      if !action.isKept { tell(action) }
      return action
    }
  }

  /// What has happened since the plan was made; `nil` if nothing.
  private func reasonToKeep(_ action: ExpiryAction, in sessions: Directory) throws -> String? {
    let name = SessionName.file(action.id)
    switch action.seen {
    case .active(let generation):
      if action.kind == .archive, try sessions.latestPointer() == .session(action.id) {
        return "it is the latest now"
      }
      switch SessionSearch.look(name, of: action.id, in: sessions) {
      case .absent: return "it is not there any more"
      case .bad, .unreadable: return generation == nil ? nil : "it cannot be read any more"
      case .usable(let header, _):
        if header.counts.unsettled > action.unsettled {
          return "it has a change of unknown outcome now"
        }
        return header.generation == generation ? nil : "it was saved meanwhile"
      }
    case .archived(let day):
      if try sessions.status(of: name) != nil { return "it is active now" }
      let newest = try SessionArchive.days(of: action.id, in: sessions).first
      guard let newest else { return "it is not there any more" }
      if newest != day { return "it was archived again meanwhile" }
      guard !action.isForced, let archive = try SessionArchive.open(day, in: sessions) else {
        return nil
      }
      // The plan went by the header alone.
      switch SessionSearch.look(name, of: action.id, in: archive, content: true) {
      case .usable, .absent: return nil
      case .bad, .unreadable: return "it cannot be read; --force deletes it all the same"
      }
    case .log: return nil
    }
  }

  private func removeLog(_ action: ExpiryAction) throws(StoreError) -> String? {
    try explained("The log \(action.id) could not be removed") {
      guard case .log(let status) = action.seen, let logs = try root.existing(.logs),
        let now = try logs.status(of: action.id)
      else { return "it is not there any more" }
      guard now == status else { return "it was written to meanwhile" }
      try logs.removeIfThere(action.id)
      return nil
    }
  }
}
