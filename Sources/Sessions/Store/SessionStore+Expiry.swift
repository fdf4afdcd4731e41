import Wizard

/// One thing that keeping the limits of `Retention` asks for.
public struct ExpiryAction: Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case archive, delete }

  public let kind: Kind
  public let id: String
  /// For a person, e.g. `not changed for 8 days`.
  public let reason: String
  /// Why it was not possible; `nil` if it was done, or only listed.
  public internal(set) var failure: String?
}

extension SessionStore {
  /// Archives what is too old or too many, and deletes what was archived too long ago. Spared
  /// are the latest session, those that somebody has open, those with an operation whose outcome
  /// is not known, and what cannot be read.
  public func expire(at now: Timestamp, dryRun: Bool) throws(StoreError) -> [ExpiryAction] {
    let planned = try explained("The old sessions could not be looked through") {
      guard let sessions = try open(.readOnly) else { return [ExpiryAction]() }
      return expiry(
        active: try active(in: sessions), archived: try archived(in: sessions), at: now)
    }
    if dryRun { return planned }
    return planned.map { action in
      var action = action
      do throws(StoreError) {
        switch action.kind {
        case .archive: try archive(action.id, at: now)
        case .delete: try deleteArchived(action.id, at: now)
        }
      } catch {
        action.failure = error.sentence
      }
      return action
    }
  }

  private func expiry(
    active: [SessionEntry], archived: [SessionEntry], at now: Timestamp
  ) -> [ExpiryAction] {
    let active = active.filter { $0.header != nil }
    let latest = active.first(where: \.isLatest)?.id ?? active.first?.id
    var actions: [ExpiryAction] = []
    var kept = active.count
    for candidate in active.reversed() where candidate.id != latest && candidate.isSettled {
      let age = Age(since: candidate.header?.updatedAt, at: now)
      let reason: String
      if let seconds = age.seconds, seconds > retention.archiveAfter {
        reason = "not changed for \(age.span ?? "")"
      } else if kept > retention.sessions {
        reason = "more than \(retention.sessions) sessions"
      } else {
        continue
      }
      actions.append(ExpiryAction(kind: .archive, id: candidate.id, reason: reason))
      kept -= 1
    }

    let goingThere = Set(actions.map(\.id))
    let put = active.filter { goingThere.contains($0.id) } + archived
    var tooMany = put.count - retention.archived
    for candidate in put.reversed() where tooMany > 0 && candidate.isSettled {
      actions.append(
        ExpiryAction(
          kind: .delete, id: candidate.id,
          reason: "more than \(retention.archived) archived sessions"))
      tooMany -= 1
    }
    return actions
  }
}

extension SessionEntry {
  /// Readable, nobody's at the moment, and without an operation of unknown outcome.
  fileprivate var isSettled: Bool {
    guard let header, lockedBy == nil, standing != nil else { return false }
    return !header.hasUnsettled
  }
}
