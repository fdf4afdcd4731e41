/// What is to become of units that ConfigHub has with other content, before the confirmation.
extension Reducer {
  /// Before the confirmation a decision is only remembered, or changes the proposal.
  mutating func decide(_ unit: UnitPlan, _ resolution: Resolution) {
    guard case .differs(let digest) = state.comparisons[unit.id] else {
      return refuse("ConfigHub has no other content under this name.")
    }
    let key = state.key(of: unit)
    switch resolution {
    case .rename where state.isOfThisSession(unit):
      return refuseSecondUnit()
    case .skip: state.session.decisions[key] = Decision(sort: .skip, digest: digest)
    case .update: state.session.decisions[key] = Decision(sort: .update, digest: digest)
    case .rename(let slug):
      guard rename(unit, to: slug) else { return }
      state.comparisons[unit.id] = nil
      state.firstOpenUnit = 0
      return compareUnits()
    }
    saveSoon()
  }

  mutating func resolveAll(_ sort: Resolution.Sort) {
    let units = state.session.proposal?.units.filter { unit in
      state.conflicts[unit.id] != nil || state.outlook(of: unit) == .differs(nil)
    }
    guard let units, !units.isEmpty else { return refuse("There is nothing left to decide.") }
    let earlier = units.filter { state.isOfEarlierImport($0) }
    for unit in units {
      switch sort {
      case .skip: resolve(unit.id, .skip)
      case .update: resolve(unit.id, .update)
      case .rename:
        let conflict = state.conflicts[unit.id]
        let mark =
          conflict?.existing.markedBy ?? state.markOfThisSession(on: unit)
        // What a person has not seen refused is not decided otherwise.
        if mark == nil {
          let digest = conflict?.content.digest ?? state.intendedDigests[unit.id]
          resolve(unit.id, .rename(state.freeName(like: unit, holding: digest)))
        } else {
          refuseSecondUnit()
        }
      }
    }
    if sort == .rename, earlier.count > 1, state.reply?.kind != .refused { tellOf(earlier) }
  }

  /// Before the confirmation nothing was done about it yet. A unit gets its own name back, which is
  /// compared with what ConfigHub has as before.
  mutating func undecide(where isMeant: (UnitPlan) -> Bool) {
    let units = (state.session.proposal?.units ?? []).filter {
      isMeant($0) && (state.openDecision(on: $0) != nil || state.canHaveNameBack($0))
    }
    guard !units.isEmpty else { return refuse("There is no decision here to take back.") }
    for unit in units {
      state.session.decisions[state.key(of: unit)] = nil
      guard state.canHaveNameBack(unit), let name = unit.insteadOf, rename(unit, to: name) else {
        continue
      }
      state.comparisons[unit.id] = nil
      state.firstOpenUnit = 0
    }
    compareUnits()
    saveSoon()
  }

  /// What is to be left as it is needs nothing more; what is to be replaced is listed once more,
  /// since it may have changed while somebody thought about it.
  mutating func takeDecisions() {
    for unit in state.session.proposal?.units ?? [] {
      guard case .differs(let sort?) = state.outlook(of: unit) else { continue }
      switch sort {
      case .skip: leaveAsIs(unit, isOurs: state.isOfThisSession(unit))
      case .update: needList(of: [state.key(of: unit)])
      }
    }
  }
}

extension WizardState {
  /// What a person decided about the content of that digest, else what holds for all of them.
  func decision(on unit: UnitPlan, of digest: String?) -> Decision.Sort? {
    if let decision = session.decisions[key(of: unit)], decision.digest == digest {
      return decision.sort
    }
    return switch conflictPolicy {
    case .skip: .skip
    case .update: .update
    case .ask, .rename: nil
    }
  }

  /// What a person has decided about a unit that differs, as long as it can be taken back.
  public func openDecision(on unit: UnitPlan) -> Decision.Sort? {
    guard step == .connect, phase == .confirming, case .differs(let digest) = comparisons[unit.id],
      let decision = session.decisions[key(of: unit)], decision.digest == digest
    else { return nil }
    return decision.sort
  }

  /// What a person has decided about units that differ, as long as it can be taken back.
  public var decisionCounts: DecisionCounts {
    var counts = DecisionCounts()
    guard step == .connect, phase == .confirming else { return counts }
    for unit in session.proposal?.units ?? [] {
      switch session.decisions.isEmpty ? nil : openDecision(on: unit) {
      case .skip: counts.kept += 1
      case .update: counts.replaced += 1
      case nil: if canHaveNameBack(unit) { counts.renamed += 1 }
      }
    }
    return counts
  }

  /// The unit has another name than it was to have, and nothing was begun under either: so giving it
  /// its own one back leaves nothing behind.
  public func canHaveNameBack(_ unit: UnitPlan) -> Bool {
    guard let name = unit.insteadOf, step == .connect, phase == .confirming, !hasDifferent(unit),
      conflictPolicy != .rename
    else { return false }
    return operation(for: unit) == nil && operation(for: unit.renamed(name)) == nil
  }

  /// ConfigHub has the other name as well, with other content.
  private func hasDifferent(_ unit: UnitPlan) -> Bool {
    if case .differs = comparisons[unit.id] { true } else { false }
  }

  /// The units that are renamed where all are, with the names that are free for them.
  public var namesToTake: [(unit: UnitPlan, name: String)] {
    (session.proposal?.units ?? []).filter {
      outlook(of: $0) == .differs(nil) && !isOfThisSession($0)
    }
    .map { ($0, freeName(like: $0, holding: intendedDigests[$0.id])) }
  }

  /// As given; where there is nobody to ask, ConfigHub's stays as it is.
  var conflictPolicy: ConflictPolicy {
    answers.onConflict == .ask && answers.run.isUnattended ? .skip : answers.onConflict
  }

  /// Units that differ, and nobody has said what is to become of them.
  public var undecidedCount: Int {
    if comparisons.isEmpty { return 0 }
    return (session.proposal?.units ?? []).count { outlook(of: $0) == .differs(nil) }
  }
}

/// How many units that differ were decided about, which way.
public struct DecisionCounts: Hashable, Sendable {
  public var kept = 0
  public var replaced = 0
  public var renamed = 0

  public init(kept: Int = 0, replaced: Int = 0, renamed: Int = 0) {
    (self.kept, self.replaced, self.renamed) = (kept, replaced, renamed)
  }

  public var total: Int { kept + replaced + renamed }

  /// `1 kept, 2 replaced`; only what there is.
  public var words: String {
    [(kept, "kept"), (replaced, "replaced"), (renamed, "renamed")].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}
