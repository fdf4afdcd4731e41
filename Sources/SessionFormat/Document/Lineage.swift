/// One state of a session among all that there ever were.
package struct StateMark: Hashable, Sendable {
  /// The same for all states of a session, wherever they are.
  package let lineage: String
  package let generation: Int
  /// Of what was written; `nil` if it is not known, or wrong.
  package let digest: String?

  package init(lineage: String, generation: Int, digest: String?) {
    self.lineage = lineage
    self.generation = generation
    self.digest = digest
  }
}

/// How the state that a store has now goes together with the one that ours came from. Clocks are not
/// asked.
package enum Lineage: Hashable, Sendable {
  /// It is the one that ours came from.
  case same
  /// Somebody went on from there.
  case ahead
  /// Somebody changed it, or went back.
  case diverged
  /// It is another session.
  case foreign

  /// - Parameters:
  ///   - base: what ours came from; any state of its generation, if it has no digest.
  ///   - found: what there is now. Without a digest it is never the same.
  package static func compare(_ base: StateMark, _ found: StateMark) -> Lineage {
    if base.lineage != found.lineage { return .foreign }
    if found.generation > base.generation { return .ahead }
    guard found.generation == base.generation, let digest = found.digest,
      base.digest ?? digest == digest
    else { return .diverged }
    return .same
  }
}
