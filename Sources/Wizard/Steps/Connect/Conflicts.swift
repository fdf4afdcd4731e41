extension WizardState.Conflict {
  /// What stands on its row.
  public var words: String {
    existing.markedBy == nil
      ? "exists with other content" : "ours, with other content; perhaps a trigger changed it"
  }
}

/// Units of names that ConfigHub has with other content, found out only after the confirmation.
extension Reducer {
  mutating func conflict(_ unit: UnitPlan, _ conflict: WizardState.Conflict) {
    state.conflicts[unit.id] = conflict
    // What was decided holds for what was shown then.
    switch state.decision(on: unit, of: conflict.existing.digest) {
    case .skip: resolve(unit.id, .skip)
    case .update: resolve(unit.id, .update)
    case nil where state.conflictPolicy == .rename:
      resolve(unit.id, .rename(freeName(like: unit)))
    case nil: break
    }
  }

  /// Nothing goes on before conflicts are settled.
  var isForPersonToDecide: Bool { unitsUnderWay == 0 && !state.conflicts.isEmpty }

  mutating func refuseUndecided() {
    let count = max(state.conflicts.count, state.undecidedCount)
    refuse(
      "\(count == 1 ? "A unit waits" : "\(count) units wait") for a "
        + "decision: on its row K leaves ConfigHub's as it is, U replaces it, e gives another name."
    )
  }

  /// One that neither the proposal nor the unit's Space has.
  func freeName(like unit: UnitPlan) -> String {
    let space = state.session.proposal?.space(of: unit) ?? ""
    let listed = state.listings[space]?.units.keys.map { UnitPlan.folded($0) } ?? []
    let taken = (state.session.proposal?.units ?? []).slugs(inSpaceOf: unit).union(listed)
    let free = (2...).lazy.map { "\(unit.slug)-\($0)" }
      .first { !taken.contains(UnitPlan.folded($0)) }
    return free ?? unit.slug
  }

  mutating func resolve(_ id: WorkloadKey, _ resolution: Resolution) {
    let unit = state.session.proposal?.units.first { $0.id == id }
    if let unit, state.step == .connect, state.phase == .confirming {
      return decide(unit, resolution)
    }
    guard let unit, let conflict = state.conflicts[id] else {
      return refuse("There is no conflict to settle here.")
    }
    state.firstOpenUnit = 0
    switch resolution {
    case .skip: leaveAsIs(unit, isOurs: conflict.existing.markedBy != nil)
    case .update:
      state.session.decisions[state.key(of: unit)] = Decision(
        sort: .update, digest: conflict.existing.digest)
      intend(unit, conflict.content, as: .updated) {
        .updateUnit(unit, space: $0, operation: $1, content: conflict.content)
      }
    case .rename(let slug): guard rename(unit, to: slug) else { return }
    }
    state.conflicts[id] = nil
    advanceUnits()
  }

  mutating func leaveAsIs(_ unit: UnitPlan, isOurs: Bool) {
    update(state.operation(for: unit)?.id ?? record(state.subject(of: unit))) {
      $0.state = .skipped
      $0.reason =
        isOurs
        ? "It has our mark and other content; a trigger of the organisation may have changed it. It "
          + "was left as it is."
        : "ConfigHub has a unit of this name with other content; it was left as it is."
    }
    save()
  }

  /// `false` if that name cannot be used, which is then said.
  mutating func rename(_ unit: UnitPlan, to name: String) -> Bool {
    let units = state.session.proposal?.units ?? []
    guard let index = units.firstIndex(where: { $0.id == unit.id }) else { return false }
    let renamed = unit.renamed(name)
    guard renamed.hasValidName else {
      refuse("\"\(name)\" cannot be used: \(Naming.slugRule).")
      return false
    }
    guard renamed.name != unit.name,
      state.session.proposal?.unit(named: renamed.name, besides: unit.id) == nil
    else {
      refuse("\"\(renamed.name)\" is the name of a unit already; choose another one.")
      return false
    }
    // What was begun under the old name, if anything, is somebody else's unit.
    if let operation = state.operation(for: unit) {
      update(operation.id) {
        $0.state = .skipped
        $0.reason = "Renamed to \(renamed.name): ConfigHub has another unit of this name."
      }
    }
    state.session.proposal?.units[index] = renamed
    save()
    return true
  }
}
