/// Takes an import back: as every change, a removal is saved as an intent before and with its outcome
/// after, and a list of the Space tells what became of it.
extension Reducer {
  /// A person, or `sessions undo`, asks for it.
  mutating func undoImport() {
    switch state.removal?.phase {
    case .looking, .asking, .removing: return refuse("The import is being taken back already.")
    case .over, nil: break
    }
    if let obstacle = state.obstacleToRemoval { return refuse(obstacle) }
    guard state.session.proposal != nil, !state.session.operations.isEmpty else {
      return refuse("Session \(state.session.id) has created nothing.")
    }
    guard state.changesUnderWay == 0 else {
      return refuse("Something is being written to ConfigHub.", Way(.stop, "stops it"))
    }
    lookAtCreations()
  }

  /// A session that was opened goes on where an earlier run left its removal.
  mutating func resumeRemoval() {
    if state.hasOpenRemovals {
      state.removal = Removal(.looking, isAskedFor: false)
    } else if state.session.isUndone {
      state.removal = Removal(.over, isAskedFor: false)
      state.removal?.findings = state.session.removalsRecorded
    }
  }

  /// Back to the step, where nothing was removed.
  mutating func closeRemoval() {
    guard !state.session.isUndone else {
      return refuse("This import was taken back: import again, or leave.")
    }
    guard !state.hasOpenRemovals else {
      return refuse("What became of units under removal is not known yet: look again first.")
    }
    abandonLooking()
    state.removal = nil
    state.problem = nil
    if state.isChecked { state.step.rules.enterAgain(&self) } else { recheck() }
  }

  /// Nothing more is begun; what is under way ends.
  mutating func stopRemoval() {
    state.removal?.isStopping = true
    guard state.changesUnderWay == 0, state.removal?.group?.ending == nil else {
      return tell("Stopping after the units that are being removed.")
    }
    abandonLooking()
    state.removal?.group = nil
    endRemoval()
  }

  mutating func confirmRemoval() {
    guard state.removal?.phase == .asking else {
      return refuse("There is nothing to confirm here.")
    }
    guard !state.answers.run.dryRun else {
      return refuse("This is a dry run: nothing is removed.")
    }
    state.removal?.phase = .removing
    state.removal?.isConfirmed = true
    removeNext()
  }

  /// One call at a time: what its Space holds is read before it and after it.
  mutating func removeNext() {
    guard state.leaving == nil, let removal = state.removal, removal.phase == .removing,
      removal.group == nil
    else { return }
    let open = removal.findings.filter { $0.fate == .removable }
    guard !removal.isStopping, let space = open.map(\.space).min() else { return endRemoval() }
    let units = open.filter { $0.space == space }.prefix(max(1, state.answers.run.bulk))
    state.removal?.group = .init(space: space, keys: Set(units.map(\.operation.key)))
    begin(.readUnits(units.map(\.slug), space: space))
  }

  private mutating func endRemoval() { state.removal?.phase = .over }

  /// Since they were shown, somebody may have changed one, and cub removes on no condition.
  mutating func remove(_ group: Removal.Group, _ units: [String: ListedUnit]) {
    let session = state.session.id
    note(group.keys) {
      RemovalRule(session: session, operation: $0).fate(of: units[$0.slug])
    }
    var slugs: [String] = []
    for finding in state.removal?.findings ?? []
    where group.keys.contains(finding.operation.key) && finding.fate == .removable {
      let subject = Operation.Subject(.deleteUnit, finding.operation.key)
      if intend(subject, { $0.reason = nil }) == nil {
        let reason = state.operation(subject)?.reasonOfGivingUp ?? ""
        note([subject.key]) { _ in .failed(reason) }
      } else {
        slugs.append(finding.slug)
      }
    }
    guard !slugs.isEmpty else {
      state.removal?.group = nil
      return removeNext()
    }
    state.removal?.group?.keys = Set(slugs.map { OperationKey(space: group.space, name: $0) })
    saveThen(.deleteUnits(slugs, space: group.space))
  }

  /// Whatever ConfigHub said, what it has now tells.
  mutating func unitsDeleted(_ slugs: [String], _ change: HubChange, _ made: Change) {
    var made = made
    if case .done = made { made = .unclear("ConfigHub still has it.") }
    switch settle(change, made) {
    case .signedOut:
      // Nothing was done, so that it goes on with them after the sign-in.
      state.removal?.group = nil
    case .failed(let reason), .unclear(let reason):
      guard let space = state.removal?.group?.space else { return }
      state.removal?.group?.ending = reason
      if case .refused = made { state.removal?.group?.isRefused = true }
      save()
      begin(.readUnits(slugs, space: space))
    case .done: break
    }
  }

  mutating func removed(_ group: Removal.Group, _ units: [String: ListedUnit]) {
    let ending = group.ending ?? ""
    var gone = group.keys.filter { $0.name.map { units[$0] == nil } ?? false }
    // Of several, some may have been removed. But where not one is shown, whoever may not remove them
    // may not see them either.
    if group.isRefused, gone == group.keys { gone = [] }
    let left = group.keys.subtracting(gone)
    state.session.recordRemoval(of: gone)
    note(gone) { _ in .removed }
    for key in left { giveUp(.init(.deleteUnit, key), ending) }
    note(left) { _ in .failed(ending) }
    state.removal?.group = nil
    save()
    removeNext()
  }

  /// Says what becomes of these units.
  mutating func note(
    _ keys: Set<OperationKey>, _ fate: (Operation) -> Removal.Fate
  ) {
    if keys.isEmpty { return }
    for index in state.removal?.findings.indices ?? 0..<0 {
      guard let operation = state.removal?.findings[index].operation, keys.contains(operation.key)
      else { continue }
      state.removal?.findings[index].fate = fate(operation)
    }
  }
}
