import Wizard

/// What a state of a session can be told by, wherever it is.
package struct SharedMark: Hashable, Sendable {
  /// The same for all states of a session.
  package let lineage: String
  /// How often it had been saved.
  package let generation: Int
  /// See `OutgoingSession.digest`.
  package let digest: String
  /// Which copy of the session wrote it, as in `SyncState.copy`.
  package let copy: String?

  package init(lineage: String, generation: Int, digest: String, copy: String?) {
    self.lineage = lineage
    self.generation = generation
    self.digest = digest
    self.copy = copy
  }
}

/// How a state on this machine and the one in ConfigHub go together. Clocks are not asked.
package enum SessionComparison: String, Hashable, CaseIterable, Sendable {
  case equal
  /// The local one came from what is there.
  case upload
  /// What is there came from the local one.
  case takeOver
  /// ConfigHub's wins, and the local one is kept aside.
  case bothWentOn
  /// Two sessions, never merged.
  case anotherLineage

  /// - Parameters:
  ///   - head: ConfigHub's unit, whose content the remote state is.
  ///   - base: with what the local state went together last.
  package init(local: SharedMark, remote: SharedMark, head: SessionHead, base: SyncState?) {
    guard local.lineage == remote.lineage else {
      self = .anotherLineage
      return
    }
    if local.digest == remote.digest {
      self = .equal
      return
    }
    let hasLocalMoved = base?.digest != local.digest
    // A copy's own file has one generation after the other, so what it wrote itself, earlier, is what
    // it came from, or was put aside by it: the answer got lost.
    let isOurs =
      remote.copy != nil && remote.copy == local.copy && remote.generation <= local.generation
    let hasRemoteMoved = base?.hasSeen(head) != true && !isOurs
    self =
      switch (hasLocalMoved, hasRemoteMoved) {
      case (false, false): isOurs && base?.hasSeen(head) != true ? .upload : .equal
      case (true, false): .upload
      case (false, true): .takeOver
      case (true, true): .bothWentOn
      }
  }
}
