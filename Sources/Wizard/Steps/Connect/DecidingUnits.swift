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
          resolve(unit.id, .rename(freeName(like: unit, holding: digest)))
        } else {
          refuseSecondUnit()
        }
      }
    }
  }

  /// Before the confirmation nothing was done about it yet. A unit with another name keeps that.
  mutating func undecide(where isMeant: (UnitPlan) -> Bool) {
    let units = state.session.proposal?.units.filter {
      isMeant($0) && state.openDecision(on: $0) != nil
    }
    guard let units, !units.isEmpty else {
      return refuse("There is no decision here to take back.")
    }
    for unit in units { state.session.decisions[state.key(of: unit)] = nil }
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

  /// How many those are.
  public var decidedCount: Int {
    if session.decisions.isEmpty { return 0 }
    return (session.proposal?.units ?? []).count { openDecision(on: $0) != nil }
  }

  /// As given; where there is nobody to ask, ConfigHub's stays as it is.
  var conflictPolicy: ConflictPolicy {
    answers.onConflict == .ask && answers.isUnattended ? .skip : answers.onConflict
  }

  /// Units that differ, and nobody has said what is to become of them.
  public var undecidedCount: Int {
    if comparisons.isEmpty { return 0 }
    return (session.proposal?.units ?? []).count { outlook(of: $0) == .differs(nil) }
  }
}
