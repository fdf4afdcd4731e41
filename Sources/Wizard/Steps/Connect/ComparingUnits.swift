/// The plan before the confirmation: one list of the App Space tells which of the units exist, and
/// those are compared with what would be written.
extension Reducer {
  /// In the background, so that the App Space can be chosen from those that there are; whoever is not
  /// signed in types its name.
  mutating func askForSpaces() {
    if state.spaces == nil, !state.answers.run.isUnattended { begin(.listSpaces) }
  }

  /// True once each Space was listed; else lists those that were not, as many at once as was asked for.
  mutating func listSpaces() -> Bool {
    guard let proposal = state.session.proposal else { return true }
    let listings = state.listings
    let open = state.spaceIndex.open(
      from: \.firstUnlisted, of: proposal, atMost: state.answers.run.parallel
    ) { listings[$0] == nil }
    for space in open { begin(.listUnits(space: space)) }
    return open.isEmpty
  }

  /// Lists the Spaces of the units about which only that can tell.
  mutating func listUnclear() {
    let spaces = Set(state.unlisted.map(\.space)).sorted()
    for space in spaces.prefix(state.answers.run.parallel) { begin(.listUnits(space: space)) }
  }

  /// What was listed before says nothing any more.
  mutating func forgetLists() {
    state.listings = [:]
    state.spaceIndex.rewind()
    (state.comparisons, state.intendedDigests) = ([:], [:])
  }

  mutating func unitsListed(_ space: String, _ units: [String: ListedUnit]?) {
    state.listings[space] = SpaceListing(exists: units != nil, units: units ?? [:])
    state.unlisted = state.unlisted.filter { $0.space != space }
    if units == nil { forgetSpace(space) }
    switch state.step {
    case .connect where state.phase == .confirming:
      if listSpaces() {
        askForWorkers()
        compareUnits()
        warnOfSecondUnits()
      }
    case .connect: advanceUnits()
    case .targets: bindUnits()
    case .scan, .review, .select, .worker, .verify, .complete: break
    }
  }

  /// Of what only the list could have told nothing is known, so an intent stays an intent.
  mutating func listFailed(_ space: String, _ failure: Failure) {
    if failure.kind == .signInNeeded { return lostSignIn(failure.message) }
    let unclear = state.unlisted.filter { $0.space == space }
    guard state.isCreating || state.phase == .binding, !unclear.isEmpty else {
      return fail(failure)
    }
    for unit in state.session.proposal?.units ?? [] where unclear.contains(state.key(of: unit)) {
      state.failures[unit.id] = failure.message
    }
    state.unlisted.subtract(unclear)
    save()
    if state.isCreating { advanceUnits() } else { bindUnits() }
  }

  /// What ended unclearly is told by a list that begins after it, not by one under way.
  mutating func needList(of keys: some Collection<OperationKey>) {
    let spaces = Set(keys.map(\.space))
    abandon { if case .read(.listUnits(let space)) = $0 { spaces.contains(space) } else { false } }
    state.unlisted.formUnion(keys)
  }

  /// Compares what exists, as much at once as was asked for.
  mutating func compareUnits() {
    guard state.leaving == nil, state.step == .connect, state.phase == .confirming,
      let proposal = state.session.proposal
    else { return }
    pump(proposal.units) {
      $0.state.listed($1) != nil && $0.state.comparisons[$1.id] == nil
        && !$0.state.isSettled($1) && !$0.isUnderWay($1)
    } hasRoom: {
      $0.unitsUnderWay < $0.state.answers.run.parallel
    } begin: {
      $0.prepare($1, of: proposal)
    }
  }

  mutating func compared(_ unit: UnitPlan, _ digest: String, _ existing: ExistingUnit?) {
    switch existing {
    case nil:
      let space = state.session.proposal?.space(of: unit) ?? ""
      state.listings[space]?.units[unit.slug] = nil
    case let found? where found.isSame || found.holdsIntent(of: state.operation(for: unit)):
      state.comparisons[unit.id] = .unchanged
    case let found? where found.isUnfinished:
      state.comparisons[unit.id] = .unfinished
    case let found?:
      state.comparisons[unit.id] = .differs(digest: found.digest)
      state.intendedDigests[unit.id] = digest
      if state.conflictPolicy == .rename, state.outlook(of: unit) == .differs(nil) {
        decide(unit, whereRenamed(unit, found.markedBy, digest))
      }
    }
    compareUnits()
  }
}

extension WizardState {
  /// Created, found as intended, or left as it is on purpose.
  func isSettled(_ unit: UnitPlan) -> Bool {
    switch operation(for: unit)?.state {
    case .done, .skipped: true
    case nil, .intent, .failed: false
    }
  }

  /// ConfigHub has it, and this session made it.
  func isOfThisSession(_ unit: UnitPlan) -> Bool {
    markOfThisSession(on: unit) != nil
  }

  /// The operation by which this session made what ConfigHub has.
  func markOfThisSession(on unit: UnitPlan) -> String? {
    listed(unit)?.operation(ofSession: session.id, lineage: session.lineage)
  }

  /// What the confirmation does with a unit.
  public func outlook(of unit: UnitPlan) -> Outlook {
    if isSettled(unit) { return .settled }
    guard listed(unit) != nil else { return .create }
    return switch comparisons[unit.id] {
    case nil: .comparing
    case .unchanged: .unchanged
    case .unfinished: .unfinished
    case .differs(let digest): .differs(decision(on: unit, of: digest))
    case .failed(let reason): .notCompared(reason)
    }
  }

  /// What exists is being compared with what is to be written.
  public var isComparing: Bool {
    phase == .confirming && running.values.contains { $0.work.unit != nil }
  }

  /// How many units the confirmation is about, by what it does with them.
  public var plan: UnitCounts {
    UnitCounts((session.proposal?.units ?? []).map { outlook(of: $0) })
  }

  /// A unit of our name holds other content, and is not settled.
  public func differs(_ id: WorkloadKey) -> Bool {
    if conflicts[id] != nil { return true }
    if step == .connect, phase == .confirming, case .differs = comparisons[id] { return true }
    return false
  }
}

extension ExistingUnit {
  /// We made it with that operation, and it holds what that was to write, whatever the cluster has by
  /// now.
  func holdsIntent(of operation: Operation?) -> Bool {
    guard let operation, let digest else { return false }
    return markedBy == operation.id && digest == operation.digest && operation.state != .done
  }

  /// This session made it, here or on another machine that ended before its content was written, and
  /// whose operation need not be known here.
  var isUnfinished: Bool { isEmpty && markedBy != nil }
}
