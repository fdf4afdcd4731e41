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
      return refuse("Something is being written to ConfigHub; esc stops it first.")
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
      return refuse("This import was taken back; N imports again, q leaves.")
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

  // MARK: Looking

  mutating func lookAtCreations() {
    abandonLooking()
    state.problem = nil
    state.signIn = nil
    let isAskedFor = state.removal?.isAskedFor ?? true
    state.removal = Removal(.looking, isAskedFor: isAskedFor || state.removal?.phase == .over)
    begin(.readSignIn)
  }

  /// As many Spaces at once as was asked for.
  mutating func listCreations() {
    guard let removal = state.removal else { return }
    let creations = Dictionary(grouping: state.session.creations, by: \.space)
    let open = creations.keys.filter { removal.listings[$0] == nil }.sorted()
    for space in open.prefix(state.answers.parallel) {
      begin(.readUnits(creations[space, default: []].map(\.slug), space: space))
    }
    if open.isEmpty { creationsListed() }
  }

  mutating func unitsRead(_ space: String, _ units: [String: ListedUnit]) {
    guard let removal = state.removal else { return }
    switch (removal.phase, removal.group) {
    case (.looking, _):
      state.removal?.listings[space] = units
      listCreations()
    case (.removing, let group?) where group.space == space:
      if group.ending == nil { remove(group, units) } else { removed(group, units) }
    case (.removing, _), (.asking, _), (.over, _): break
    }
  }

  mutating func unitsNotRead(_ space: String, _ failure: Failure) {
    if failure.kind == .signInNeeded {
      state.removal?.group = nil
      return lostSignIn(failure.message)
    }
    guard let removal = state.removal, removal.phase == .removing, let group = removal.group else {
      return fail(failure)
    }
    // What was begun stays an intent, which the next look settles.
    if let ending = group.ending {
      for key in group.keys {
        guard let id = state.operation(.deleteUnit, on: key)?.id else { continue }
        update(id) { $0.reason = "\(ending) \(failure.message)" }
      }
    }
    note(group.keys) { _ in .failed(group.ending ?? failure.message) }
    state.removal?.group = nil
    save()
    removeNext()
  }

  private mutating func creationsListed() {
    guard var removal = state.removal else { return }
    let session = state.session
    let begun = Set(session.operations.filter { $0.kind == .deleteUnit }.map(\.key))
    removal.findings = session.creations.compactMap { operation in
      let unit = removal.listings[operation.space]?[operation.slug]
      // It was begun and never made.
      if operation.state != .done, unit == nil, !begun.contains(operation.key) { return nil }
      let fate = RemovalRule(session: session.id, operation: operation).fate(of: unit)
      return Removal.Finding(operation: operation, fate: fate)
    }
    removal.listings = [:]
    state.removal = removal
    settleRemovals()
    let isOpen = removal.findings.contains { $0.fate == .removable }
    if removal.isAskedFor {
      state.removal?.phase = isOpen ? .asking : .over
      return
    }
    if state.session.isUndone {
      state.removal?.phase = .over
      state.removal?.findings = state.session.removalsRecorded
    } else {
      state.removal = nil
      resumeStep()
    }
  }

  /// What an earlier run had begun to remove, and is gone since, was removed by it.
  private mutating func settleRemovals() {
    let unsettled = state.session.operations.filter {
      $0.kind == .deleteUnit && $0.state != .done
    }
    guard !unsettled.isEmpty, let findings = state.removal?.findings else { return }
    let gone = Set(findings.filter { $0.fate == .gone }.map(\.operation.key))
      .intersection(unsettled.map(\.key))
    for operation in unsettled where operation.state == .intent && !gone.contains(operation.key) {
      giveUp(operation.subject, "It is still in ConfigHub.")
    }
    state.session.recordRemoval(of: gone)
    note(gone) { _ in .removed }
    save()
  }

  // MARK: Removing

  mutating func confirmRemoval() {
    guard state.removal?.phase == .asking else {
      return refuse("There is nothing to confirm here.")
    }
    guard !state.answers.dryRun else {
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
    let units = open.filter { $0.space == space }.prefix(max(1, state.answers.bulk))
    state.removal?.group = .init(space: space, keys: Set(units.map(\.operation.key)))
    begin(.readUnits(units.map(\.slug), space: space))
  }

  private mutating func endRemoval() { state.removal?.phase = .over }

  /// Since they were shown, somebody may have changed one, and cub removes on no condition.
  private mutating func remove(_ group: Removal.Group, _ units: [String: ListedUnit]) {
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
    // What it checked will not be there any more.
    state.session.report = nil
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
      save()
      begin(.readUnits(slugs, space: space))
    case .done: break
    }
  }

  private mutating func removed(_ group: Removal.Group, _ units: [String: ListedUnit]) {
    let ending = group.ending ?? ""
    let gone = group.keys.filter { $0.name.map { units[$0] == nil } ?? false }
    let left = group.keys.subtracting(gone)
    state.session.recordRemoval(of: gone)
    note(gone) { _ in .removed }
    for key in left { giveUp(.init(.deleteUnit, key), ending) }
    note(left) { _ in .failed(ending) }
    state.removal?.group = nil
    save()
    removeNext()
  }

  private mutating func note(
    _ keys: Set<OperationKey>, _ fate: (Operation) -> Removal.Fate
  ) {
    if keys.isEmpty { return }
    for index in state.removal?.findings.indices ?? 0..<0 {
      guard let operation = state.removal?.findings[index].operation, keys.contains(operation.key)
      else { continue }
      state.removal?.findings[index].fate = fate(operation)
    }
  }

  // MARK: Once more

  /// Begins another session with the choices of this one, which is put away for it.
  mutating func importAgain() {
    guard state.removal?.phase == .over, state.session.isUndone else {
      return refuse("There is no import to begin again here.")
    }
    guard !state.isWriting, !state.hasUnsaved else {
      return refuse("Wait until this session is saved.")
    }
    abandonReading()
    var next = WizardState(answers: state.answers.again(with: state.session), now: state.now)
    next.nextEffect = state.nextEffect
    next.start = .new
    let old = state.session.id
    state = next
    open(.new(replacing: old, deleting: false))
  }
}

extension Session {
  /// What became of its units, as it is recorded; nobody has looked.
  fileprivate var removalsRecorded: [Removal.Finding] {
    let removed = Set(operations.filter(\.isRemoval).map(\.key))
    return operations.filter { $0.kind == .createUnit }.compactMap { operation in
      if removed.contains(operation.key) { return .init(operation: operation, fate: .removed) }
      guard operation.state == .done, operation.result == .created else { return nil }
      return .init(operation: operation, fate: .stays("it was left when the import was taken back"))
    }
  }
}

extension Answers {
  /// For another import of what this session was about.
  fileprivate func again(with session: Session) -> Answers {
    var answers = Answers(
      context: session.scope.context, namespaces: session.scope.namespaces,
      allNamespaces: session.scope.allNamespaces, excluded: session.scope.excluded,
      selector: session.scope.selector, kinds: session.scope.kinds,
      includesSystem: session.scope.includesSystem, appSpace: session.proposal?.appSpace,
      hub: session.proposal?.hub, layout: session.proposal?.layout,
      unitContents: session.proposal?.unitContents, onConflict: onConflict, parallel: parallel,
      bulk: bulk, staleAfter: staleAfter)
    answers.isUnattended = isUnattended
    (answers.lastLayout, answers.lastUnitContents) = (lastLayout, lastUnitContents)
    return answers
  }
}
