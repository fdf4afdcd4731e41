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
      resolve(
        unit.id, whereRenamed(unit, conflict.existing.markedBy, conflict.content.digest))
    case nil: break
    }
  }

  /// Nothing goes on before conflicts are settled.
  var isForPersonToDecide: Bool { unitsUnderWay == 0 && !state.conflicts.isEmpty }

  mutating func refuseUndecided() {
    let count = max(state.conflicts.count, state.undecidedCount)
    let first = (state.session.proposal?.units ?? []).first {
      state.conflicts[$0.id] != nil || state.outlook(of: $0) == .differs(nil)
    }
    // The page, or the question, says what can be decided.
    refuse(
      count == 1
        ? "Unit \(first?.name ?? "") waits for a decision on its row."
        : "\(count) units wait for a decision on their rows, \(first?.name ?? "") the first.")
  }

  // MARK: Another name

  /// What comes of `rename` where nobody is asked. A unit that this session made is not renamed: its
  /// objects would be in two units.
  func whereRenamed(_ unit: UnitPlan, _ mark: String?, _ digest: String) -> Resolution {
    mark == nil ? .rename(state.freeName(like: unit, holding: digest)) : .skip
  }

  mutating func refuseSecondUnit() {
    refuse(
      "This session made the unit, so under another name its objects would be in two units.",
      Way(.leaveAsIs, "leaves it as it is"), Way(.update, "replaces what it holds"))
  }

  mutating func resolve(_ id: WorkloadKey, _ resolution: Resolution) {
    let unit = state.session.proposal?.units.first { $0.id == id }
    if let unit, state.step == .connect, state.phase == .confirming {
      return decide(unit, resolution)
    }
    if let unit, case .rename(let slug) = resolution, state.mayTakeAnotherName(unit) {
      guard rename(unit, to: slug) else { return }
      state.failures[id] = nil
      state.takenNames.remove(id)
      state.firstOpenUnit = 0
      state.isCreating = true
      return advanceUnits()
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
    case .rename where conflict.existing.markedBy != nil: return refuseSecondUnit()
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
    var renamed = unit.renamed(name)
    let first = unit.insteadOf ?? unit.name
    renamed.insteadOf = renamed.name == first ? nil : first
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
    if renamed.insteadOf != nil { tellOfEarlierImport(unit, renamed.name) }
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

  /// It may have been of another cluster, which nothing of it tells.
  private mutating func tellOfEarlierImport(_ unit: UnitPlan, _ name: String) {
    guard state.isOfEarlierImport(unit) else { return }
    let isOnlyPlanned = state.answers.run.dryRun
    let sentence =
      "Unit \(unit.name) was made by an earlier import: if that was of the same workload, its objects "
      + "\(isOnlyPlanned ? "would be" : "are to be") in \(name), too; deliver only one of the two."
    // A person may take the decision back; whoever is asked nothing is told at the end.
    guard state.answers.run.isUnattended else { return tell(sentence) }
    if !state.warnings.contains(sentence) { state.warnings.append(sentence) }
  }

  /// The same of several that were renamed at once, as they were named before.
  mutating func tellOf(_ earlier: [UnitPlan]) {
    let names = (state.session.proposal?.units ?? []).filter { unit in
      earlier.contains { $0.id == unit.id }
    }.map(\.name).joined(separator: ", ")
    tell(
      "\(earlier.count) of these were made by an earlier import: if that was of the same workloads, "
        + "their objects are to be in \(names), too; deliver only one of each two.")
  }
}

extension WizardState {
  public var mayRenameSome: Bool {
    !takenNames.isEmpty && session.proposal?.units.contains(where: mayTakeAnotherName) == true
  }

  /// ConfigHub said that its name is taken, and shows nothing of that name: it is somebody else's.
  public func mayTakeAnotherName(_ unit: UnitPlan) -> Bool {
    step == .connect && phase == .creating && takenNames.contains(unit.id)
      && failures[unit.id] != nil && conflicts[unit.id] == nil
  }

  func isOfEarlierImport(_ unit: UnitPlan) -> Bool {
    listed(unit)?.isOfEarlierImport(than: session.id) == true
  }

  /// One that neither the proposal nor the unit's Space has; or the one under which an earlier import
  /// has put the same content there, so that there is no second unit for it.
  ///
  /// - Parameter digest: of what the unit is to hold.
  func freeName(like unit: UnitPlan, holding digest: String?) -> String {
    let space = session.proposal?.space(of: unit) ?? ""
    let units = listings[space]?.units ?? [:]
    let listed = Set(units.keys.map { UnitPlan.folded($0) })
    let proposed = (session.proposal?.units ?? []).slugs(inSpaceOf: unit)
    // One of so many numbers is free.
    let names = (2...listed.count + proposed.count + 2).lazy.map { "\(unit.slug)-\($0)" }
      .filter { !proposed.contains(UnitPlan.folded($0)) }
    let same = names.first { digest != nil && units[$0]?.digest == digest }
    return same ?? names.first { !listed.contains(UnitPlan.folded($0)) } ?? unit.slug
  }
}
