/// Step 4 from the confirmation on: each unit exactly once.
///
/// A unit goes through prepare (read the cluster, compare with the list of its Space), intent
/// (saved), create, done (saved). Whatever is unclear waits until no other is under way; then one
/// more list tells about all of it.
extension Turn {
  /// How often a unit with unclear outcomes is tried before a person has to say so.
  static let maximumAttempts = 3

  /// How many times as many units are prepared as are written at once: reading the cluster and saving
  /// the intents take longer than one call of cub.
  private static let ahead = 2

  /// Begins whatever can begin now; ends the step when every unit is settled.
  mutating func advanceUnits() {
    launchReady()
    guard state.leaving == nil, state.isCreating, state.problem == nil,
      case .signedIn = state.signIn, let proposal = state.session.proposal
    else { return }
    guard makeSpaces(proposal), listSpaces() else { return }
    for place in state.firstOpenUnit..<max(state.firstOpenUnit, proposal.units.count) {
      let unit = proposal.units[place]
      if !isUnderWay(unit), needsWork(unit), !state.unlisted.contains(proposal.key(of: unit)) {
        guard unitsAhead < Turn.ahead * state.answers.parallel else { return }
        begin(
          .prepareUnit(
            unit, space: proposal.space(of: unit), context: state.session.cluster.context,
            listed: state.listed(unit)))
      }
      state.firstOpenUnit = place + 1
    }
    guard unitsUnderWay == 0 else { return }
    guard state.unlisted.isEmpty else { return listUnclear() }
    guard state.conflicts.isEmpty else { return }
    state.isCreating = false
    if state.failures.isEmpty { unitsCreated() } else { save() }
  }

  private mutating func unitsCreated() {
    guard state.session.operations.contains(where: { $0.kind == .createUnit && $0.state == .done })
    else { return fail(Failure(.other, "No unit was created, so there is nothing to deliver.")) }
    complete(.connect, then: .worker, .choosing)
    save()
    enterWorker()
  }

  private func needsWork(_ unit: UnitPlan) -> Bool {
    state.failures[unit.id] == nil && state.conflicts[unit.id] == nil && !state.isSettled(unit)
  }

  func isUnderWay(_ unit: UnitPlan) -> Bool {
    state.isAboutToWrite(unit) || isRunning { $0.unit?.id == unit.id }
  }

  var unitsUnderWay: Int {
    unitsAhead + state.running.values.count { $0.work.unit != nil && $0.work.changesConfigHub }
  }

  /// Being prepared, or prepared and waiting for a save or for another to be written.
  private var unitsAhead: Int {
    state.ready.count + state.afterSave.count { $0.unit != nil }
      + state.running.values.count { $0.work.unit != nil && !$0.work.changesConfigHub }
  }

  // MARK: The Spaces

  /// True once all of them are there; else makes those that are not, as many at once as was asked for.
  private mutating func makeSpaces(_ proposal: Proposal) -> Bool {
    let open = proposal.spaceSlugs.filter { state.operation(.createSpace, on: $0)?.state != .done }
    if open.isEmpty { return true }
    var isAnyFound = false
    for space in proposal.spaces where open.prefix(state.answers.parallel).contains(space.slug) {
      let work = Work.createSpace(space)
      guard !isRunning({ $0 == work }), !state.afterSave.contains(work) else { continue }
      guard let exists = state.exists(space.slug) else {
        begin(.listUnits(space: space.slug))
        continue
      }
      let earlier = state.operation(.createSpace, on: space.slug)
      let id = earlier?.id ?? record(.createSpace, key: space.slug)
      if exists {
        update(id) { $0.finish(.unchanged, id: nil, version: nil) }
        isAnyFound = true
        continue
      }
      update(id) {
        $0.attempt = earlier?.state == .intent ? $0.attempt + 1 : 1
        $0.state = .intent
      }
      saveThen(work)
    }
    guard isAnyFound else { return false }
    save()
    return makeSpaces(proposal)
  }

  private mutating func spaceChanged(_ space: SpacePlan, _ change: Change) {
    guard let operation = state.operation(.createSpace, on: space.slug) else { return }
    switch change {
    case .done(let id, let version, _):
      update(operation.id) { $0.finish(.created, id: id, version: version) }
      state.listings[space.slug] = SpaceListing(exists: true)
    case .exists, .unclear:
      // Whether it is there is settled by reading.
      state.listings[space.slug] = nil
      guard operation.attempt < Turn.maximumAttempts else {
        return spaceFailed(space, operation, change.reason)
      }
    case .refused(let reason): return spaceFailed(space, operation, reason)
    case .signInNeeded(let reason):
      update(operation.id) { $0.fail(reason) }
      return lostSignIn(reason)
    }
    save()
    advanceUnits()
  }

  private mutating func spaceFailed(_ space: SpacePlan, _ operation: Operation, _ reason: String) {
    update(operation.id) { $0.fail(reason) }
    state.isCreating = false
    save()
    fail(
      Failure(
        .other, "\(space.title) could not be created: \(reason.withoutStop).", keys: Turn.retryKey))
  }

  // MARK: Results

  mutating func unitResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (.createSpace(let space), .changed(let change)): spaceChanged(space, change)
    case (.createSpace(let space), .failed(let failure)):
      spaceChanged(space, .unclear(failure.message))
    case (.prepareUnit(let unit, _, _, _), _) where state.phase == .confirming:
      compared(unit, outcome)
    case (.prepareUnit(let unit, _, _, _), .prepared(let content, let existing)):
      prepared(unit, content, existing)
    case (.prepareUnit(let unit, _, _, _), .failed(let failure)):
      if failure.kind == .signInNeeded { return lostSignIn(failure.message) }
      // Nothing is known about what ConfigHub has, so an intent stays an intent.
      state.failures[unit.id] = failure.message
      advanceUnits()
    case (.createUnit(let unit, _, let operation, _), .changed(let change)):
      unitChanged(unit, operation, change, as: .created)
    case (.updateUnit(let unit, _, let operation, _), .changed(let change)):
      // Writing the content of a unit that we made is the end of making it.
      unitChanged(unit, operation, change, as: operation.result ?? .created)
    case (.createUnit(let unit, _, let operation, _), .failed(let failure)),
      (.updateUnit(let unit, _, let operation, _), .failed(let failure)):
      unitChanged(unit, operation, .unclear(failure.message), as: .created)
    default: break
    }
  }

  private mutating func prepared(
    _ unit: UnitPlan, _ content: UnitContent, _ existing: ExistingUnit?
  ) {
    let earlier = state.operation(for: unit)
    switch existing {
    case nil:
      intend(unit, content) {
        .createUnit(unit, space: $0, operation: $1, content: content)
      }
    case .some(let found) where found.isSame:
      let id = earlier?.id ?? record(.createUnit, key: state.key(of: unit))
      // Only what was intended before can have been done; and the mark alone does not tell what was
      // there before it.
      let isOurs = earlier != nil && found.markedBy == id
      let result = isOurs ? earlier?.result ?? .created : .unchanged
      update(id) {
        $0.digest = content.digest
        $0.source = content.sources
        $0.finish(result, id: found.id, version: found.version)
      }
      save()
    case .some(let found) where found.isUnfinished(earlier):
      intend(unit, content) {
        .updateUnit(unit, space: $0, operation: $1, content: content)
      }
    case .some(let found): conflict(unit, .init(existing: found, content: content))
    }
    advanceUnits()
  }

  /// Records the intent to create or update a unit, and does it once that is saved.
  mutating func intend(
    _ unit: UnitPlan, _ content: UnitContent, as result: Operation.Result = .created,
    _ work: (String, Operation) -> Work
  ) {
    let earlier = state.operation(for: unit)
    let attempt = earlier?.state == .intent ? (earlier?.attempt ?? 0) + 1 : 1
    guard attempt <= Turn.maximumAttempts else {
      return giveUp(
        unit, "\((earlier?.reason ?? "No clear answer").withoutStop) (tried \(attempt - 1) times).")
    }
    let id = earlier?.id ?? record(.createUnit, key: state.key(of: unit))
    update(id) {
      $0.state = .intent
      $0.attempt = attempt
      $0.result = result == .updated ? .updated : nil
      $0.digest = content.digest
      $0.source = content.sources
    }
    guard let operation = state.operation(for: unit) else { return }
    saveThen(work(operation.space, operation))
  }

  private mutating func unitChanged(
    _ unit: UnitPlan, _ operation: Operation, _ change: Change, as result: Operation.Result
  ) {
    switch change {
    case .done(let id, let version, let slug):
      if let slug, slug != unit.slug {
        giveUp(unit, "ConfigHub named it \(slug) instead; rename or remove it there.")
      } else {
        update(operation.id) { $0.finish(result, id: id, version: version) }
      }
    case .refused(let reason): giveUp(unit, reason)
    case .exists(let reason), .unclear(let reason):
      update(operation.id) { $0.reason = reason }
      needList(of: [operation.key])
    case .signInNeeded(let reason):
      update(operation.id) { $0.fail(reason) }
      return lostSignIn(reason)
    }
    save()
    advanceUnits()
  }

  private mutating func giveUp(_ unit: UnitPlan, _ reason: String) {
    state.failures[unit.id] = reason
    if let operation = state.operation(for: unit), operation.state != .done {
      update(operation.id) { $0.fail(reason) }
    }
    save()
    advanceUnits()
  }
}

extension Work {
  /// The unit that step 4 is working on.
  var unit: UnitPlan? {
    switch self {
    case .prepareUnit(let unit, _, _, _), .createUnit(let unit, _, _, _),
      .updateUnit(let unit, _, _, _):
      unit
    default: nil
    }
  }
}

extension Change {
  /// Why it was not done, or may not have been; empty if it was.
  public var reason: String {
    switch self {
    case .done: ""
    case .refused(let reason), .exists(let reason), .unclear(let reason),
      .signInNeeded(let reason):
      reason
    }
  }
}

extension Event {
  /// True for what opens no unit that was settled or under way; anything else may, so that all of
  /// them are looked at again.
  var opensNoUnit: Bool {
    switch self {
    case .tick, .progress, .waiting, .found, .finished(_, .saved), .finished(_, .prepared),
      .finished(_, .changed(.done)), .finished(_, .paused):
      true
    default: false
    }
  }
}
