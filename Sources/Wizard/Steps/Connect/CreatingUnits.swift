/// Step 4 from the confirmation on: each unit exactly once.
///
/// A unit goes through prepare (read the cluster, compare with the list of its Space), intent
/// (saved), create, done (saved). Whatever is unclear waits until no other is under way; then one
/// more list tells about all of it.
extension Reducer {
  /// How many times as many units are prepared as are written at once: reading the cluster and saving
  /// the intents take longer than one call of cub.
  private static let ahead = 2

  /// Begins whatever can begin now; ends the step when every unit is settled.
  mutating func advanceUnits() {
    launchReady()
    guard state.leaving == nil, state.isCreating, state.problem == nil,
      case .signedIn = state.signIn, let proposal = state.session.proposal
    else { return }
    // Past the first of them it is known that their Spaces are there.
    guard state.firstOpenUnit > 0 || makeSpaces(proposal) && listSpaces() else { return }
    let isAllBegun = pump(proposal.units) {
      !$0.isUnderWay($1) && $0.needsWork($1) && !$0.state.unlisted.contains(proposal.key(of: $1))
    } hasRoom: {
      $0.unitsAhead < Reducer.ahead * $0.state.answers.run.parallel
    } begin: {
      $0.prepare($1, of: proposal)
    }
    guard isAllBegun, unitsUnderWay == 0 else { return }
    guard state.unlisted.isEmpty else { return listUnclear() }
    guard state.conflicts.isEmpty else { return }
    state.isCreating = false
    if state.failures.isEmpty { unitsCreated() } else { save() }
  }

  /// Reads what the unit is to hold, beside what was listed under its name.
  mutating func prepare(_ unit: UnitPlan, of proposal: Proposal) {
    begin(
      .prepareUnit(
        state.session.reading(unit), space: proposal.space(of: unit),
        context: state.session.cluster.context,
        listed: state.listed(unit)))
  }

  // MARK: Keys

  mutating func goOnFromUnits() {
    if !state.isCreating {
      if state.failures.isEmpty {
        refuse("It was stopped.")
      } else {
        unitsAccepted()
      }
    } else if isForPersonToDecide {
      refuseUndecided()
    } else {
      goOnLater()
    }
  }

  /// Goes on with the units that exist, leaving out those that failed.
  private mutating func unitsAccepted() {
    guard !state.session.unitsCreated.isEmpty else {
      return refuse("No unit was created yet.", .retry)
    }
    state.failures = [:]
    complete(.connect)
  }

  mutating func retryUnits() {
    state.failures = [:]
    state.isCreating = true
    // Who knows how long ago it was listed.
    if state.conflicts.isEmpty {
      state.listings = [:]
      state.spaceIndex.rewind()
    }
    advanceUnits()
    if isForPersonToDecide { refuseUndecided() }
  }

  mutating func stopUnits() {
    state.isCreating = false
    abandon { if case .read(.prepareUnit) = $0 { true } else { false } }
    confirmDone("Stopped: what was created stays and is recorded.")
  }

  private mutating func unitsCreated() {
    guard state.session.operations.contains(where: { $0.kind == .createUnit && $0.state == .done })
    else { return fail(Failure(.other, "No unit was created, so there is nothing to deliver.")) }
    complete(.connect)
  }

  private func needsWork(_ unit: UnitPlan) -> Bool {
    state.failures[unit.id] == nil && state.conflicts[unit.id] == nil && !state.isSettled(unit)
  }

  func isUnderWay(_ unit: UnitPlan) -> Bool {
    state.isAboutToWrite(unit) || isRunning { $0.unit?.id == unit.id }
  }

  var unitsUnderWay: Int {
    unitsAhead + state.running.values.count { $0.work.change?.unit != nil }
  }

  /// Being prepared, or prepared and waiting for a save or for another to be written.
  private var unitsAhead: Int {
    state.ready.count + state.afterSave.count { $0.unit != nil }
      + state.running.values.count { $0.work.unit != nil && $0.work.change == nil }
  }

  // MARK: Results

  mutating func prepared(
    _ unit: UnitPlan, _ content: UnitContent, _ existing: ExistingUnit?
  ) {
    if let other = state.madeAnew(content.sources) {
      return notPrepared(
        unit,
        Failure(
          .other,
          "\(other.kind) \(other.name) is not the object that was reviewed: it was deleted and "
            + "made anew. Scan the cluster again."))
    }
    if state.phase == .confirming { return compared(unit, content.digest, existing) }
    let earlier = state.operation(for: unit)
    switch existing {
    case nil:
      intend(unit, content) {
        .createUnit(unit, space: $0, operation: $1, content: content)
      }
    case .some(let found) where found.isSame:
      // Only what was intended before can have been done; and the mark alone does not tell what was
      // there before it.
      let isOurs = earlier != nil && found.markedBy == earlier?.id
      recordFound(
        state.subject(of: unit), as: isOurs ? earlier?.result ?? .created : .unchanged,
        id: found.id, version: found.version
      ) {
        $0.digest = content.digest
        $0.source = content.sources
      }
      save()
    case .some(let found) where found.holdsIntent(of: earlier):
      // What is recorded of it stays what was written.
      recordFound(
        state.subject(of: unit), as: earlier?.result ?? .created, id: found.id,
        version: found.version)
      save()
    case .some(let found) where found.isUnfinished:
      intend(unit, content) {
        .updateUnit(unit, space: $0, operation: $1, content: content)
      }
    case .some(let found): conflict(unit, .init(existing: found, content: content))
    }
    advanceUnits()
  }

  /// Nothing is known about what ConfigHub has, so an intent stays an intent.
  mutating func notPrepared(_ unit: UnitPlan, _ failure: Failure) {
    if failure.kind == .signInNeeded { return lostSignIn(failure.message) }
    if failure.kind == .anotherCluster { return lostCluster(failure) }
    if state.phase == .confirming {
      state.comparisons[unit.id] = .failed(failure.message)
      return compareUnits()
    }
    state.failures[unit.id] = failure.message
    if failure.kind != .cancelled, state.operation(for: unit) == nil {
      // For the report, and for whoever resumes.
      update(record(state.subject(of: unit))) { $0.fail(failure.message) }
      save()
    }
    advanceUnits()
  }

  /// No unit is written any more before it is known again which cluster this is.
  mutating func lostCluster(_ failure: Failure) {
    state.isCreating = false
    state.isChecked = false
    abandon { if case .read(.prepareUnit) = $0 { true } else { false } }
    save()
    fail(Failure(failure.kind, failure.message, ways: [.retry]))
  }

  /// Records the intent to create or update a unit, and does it once that is saved.
  mutating func intend(
    _ unit: UnitPlan, _ content: UnitContent, as result: Operation.Result = .created,
    _ change: (String, Operation) -> HubChange
  ) {
    let intended = intend(state.subject(of: unit)) {
      $0.result = result == .updated ? .updated : nil
      $0.digest = content.digest
      $0.source = content.sources
    }
    if let intended { return saveThen(change(intended.space, intended)) }
    let earlier = state.operation(for: unit)
    let reason = (earlier?.reason ?? "No clear answer").withoutStop
    unitFailed(unit, "\(reason) (tried \(earlier?.attempt ?? 0) times).")
  }

  mutating func unitChanged(
    _ unit: UnitPlan, _ change: HubChange, _ made: Change, as result: Operation.Result
  ) {
    if case .done(_, _, let slug?) = made, slug != unit.slug {
      return unitFailed(unit, "ConfigHub named it \(slug) instead; rename or remove it there.")
    }
    if case .exists = made {
      state.takenNames.insert(unit.id)
    } else {
      state.takenNames.remove(unit.id)
    }
    switch settle(change, made, as: result) {
    case .done: break
    case .failed(let reason): return unitFailed(unit, reason)
    case .unclear: needList(of: change.subjects.map(\.key))
    case .signedOut: return
    }
    save()
    advanceUnits()
  }

  private mutating func unitFailed(_ unit: UnitPlan, _ reason: String) {
    state.failures[unit.id] = reason
    giveUp(state.subject(of: unit), reason)
    save()
    advanceUnits()
  }
}

extension WizardState {
  /// An object that has another uid than when it was scanned.
  fileprivate func madeAnew(_ sources: [Operation.Source]) -> ObjectReference? {
    sources.first { source in
      guard let uid = source.uid, let key = source.object.workloadKey,
        let scanned = workload(key)?.uid
      else { return false }
      return scanned != uid
    }?.object
  }
}
