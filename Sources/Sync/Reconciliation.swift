import Wizard

/// What becomes of a session on this machine once ConfigHub's state of it was read.
package struct Reconciliation: Hashable, Sendable {
  package let comparison: SessionComparison
  /// To be saved as the next generation; `nil` where they are two sessions.
  package let session: Session?
  /// Nothing of it has to go up.
  package let isUp: Bool

  /// The local state goes to `conflicts/` before the other is saved in its place.
  package var keepsLocalAside: Bool { comparison == .bothWentOn }

  /// What was read of ConfigHub's state.
  package struct Remote {
    package var head: SessionHead
    package var mark: SharedMark
    /// Made fit for this machine, see `ArrivedSession.taken`.
    package var session: Session
    /// The slug of the Space that it is in.
    package var space: String

    package init(head: SessionHead, mark: SharedMark, session: Session, space: String) {
      self.head = head
      self.mark = mark
      self.session = session
      self.space = space
    }
  }

  /// - Parameters:
  ///   - local: as it was saved last.
  ///   - digest: of what a session on this machine says, as it would go up.
  package init<Problem>(
    local: Session, with remote: Remote, at now: Timestamp,
    digest: (Session) throws(Problem) -> String
  ) throws(Problem) {
    let mark = SharedMark(
      lineage: local.lineage, generation: local.generation, digest: try digest(local),
      copy: local.sync?.copy)
    try self.init(
      SessionComparison(local: mark, remote: remote.mark, head: remote.head, base: local.sync),
      local: local, with: remote, at: now, digest: digest)
  }

  /// As it was compared.
  init<Problem>(
    _ comparison: SessionComparison, local: Session, with remote: Remote, at now: Timestamp,
    digest: (Session) throws(Problem) -> String
  ) throws(Problem) {
    self.comparison = comparison
    let head = remote.head
    var sync =
      local.sync
      ?? SyncState(
        space: remote.space,
        unit: SessionUnit.slug(of: remote.session.id, lineage: remote.session.lineage))
    switch comparison {
    case .anotherLineage:
      session = nil
      isUp = true
    case .equal:
      sync.note(head, digest: try digest(local), generation: local.generation + 1, at: now)
      session = local.with(sync)
      isUp = true
    case .upload:
      sync.revision = head.revision
      sync.dataHash = head.dataHash
      // What went up late, of this copy itself, may be there in the place of what it said last.
      sync.digest = remote.mark.digest
      session = local.with(sync)
      isUp = false
    case .takeOver, .bothWentOn:
      var next = remote.session.continuing(local)
      let theirs = try digest(next)
      if comparison == .bothWentOn { next.join(loser: local) } else { next.joinFacts(of: local) }
      sync.note(head, digest: theirs, generation: next.generation + 1, at: now)
      next.updatedAt = now
      session = next.with(sync)
      isUp = try digest(next) == theirs
    }
  }
}

extension Session {
  /// An earlier state of it in the place of the local one, as the next: what is known of changes to
  /// ConfigHub stays, and so does what belongs to this machine.
  package func restored(over local: Session, at now: Timestamp) -> Session {
    var next = continuing(local)
    next.joinFacts(of: local)
    next.updatedAt = now
    next.sync = local.sync
    return next
  }

  fileprivate func with(_ sync: SyncState) -> Session {
    var session = self
    session.sync = sync
    return session
  }

  /// In the place of the local state, with what belongs to this machine.
  fileprivate func continuing(_ local: Session) -> Session {
    var session = self
    session.id = local.id
    session.generation = max(generation, local.generation)
    session.logFile = local.logFile
    session.logs = local.logs
    session.credentialPlugin = local.credentialPlugin
    // One that was too long to go up, and is here.
    if let scan, scan.workloads.isEmpty, scan.detected > 0,
      local.scan?.scannedAt == scan.scannedAt
    {
      session.scan = local.scan
    }
    return session
  }
}
