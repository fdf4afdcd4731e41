/// The units get their target, many of them in one call: the intents of all are saved first, and what
/// is unclear is told by one list of the Space.
extension Reducer {
  /// By a run that ended before it knew the outcome, or before this session.
  mutating func needListOfBindings() {
    let keys = createdUnits.filter { unit in
      guard let operation = state.binding(of: unit) else {
        return state.operation(for: unit)?.result != .created
      }
      return operation.state == .intent
    }.map { state.key(of: $0) }
    if !keys.isEmpty { needList(of: keys) }
  }

  /// Binds what is not bound yet; ends the step when every unit is.
  mutating func bindUnits() {
    guard state.leaving == nil, state.step == .targets, state.phase == .binding,
      state.matchingTarget != nil, !leavesTargetsOut(), readOwnTargets()
    else { return }
    var open: [String: [String]] = [:]
    let underWay = keysBeingBound
    var room = state.answers.run.parallel * max(1, state.answers.run.bulk) - underWay.count
    let isAllBegun = pump(state.session.proposal?.units ?? []) {
      let key = $0.state.key(of: $1)
      return $0.bindingNeedsWork($1) && !underWay.contains(key) && !$0.state.unlisted.contains(key)
    } hasRoom: { _ in
      room > 0
    } begin: {
      if $0.isBoundAlready($1) { return }
      room -= 1
      open[$0.state.session.proposal?.space(of: $1) ?? "", default: []].append($1.slug)
    }
    for (space, slugs) in open.sorted(by: { $0.key < $1.key }) {
      if let target = state.target(of: space) { bind(slugs, in: space, to: target) }
    }
    guard isAllBegun, keysBeingBound.isEmpty else { return }
    guard !createdUnits.contains(where: { state.unlisted.contains(state.key(of: $0)) }) else {
      return listUnclear()
    }
    guard state.failures.isEmpty else { return save() }
    deliver()
  }

  /// True, and recorded, for a unit that has its target, as the list told.
  private mutating func isBoundAlready(_ unit: UnitPlan) -> Bool {
    guard let target = state.target(of: unit), let id = state.listed(unit)?.targetID,
      id == target.id
    else { return false }
    let isOurs = state.binding(of: unit) != nil
    recordFound(.init(.setTarget, state.key(of: unit)), as: isOurs ? .updated : .unchanged) {
      $0.detail = target.slug
    }
    outdateRelease(of: state.session.proposal?.space(of: unit) ?? "")
    save()
    return true
  }

  /// True once it is known what each Space that was there before releases to, which is never replaced;
  /// else reads it, of as many at once as was asked for.
  private mutating func readOwnTargets() -> Bool {
    guard let proposal = state.session.proposal else { return true }
    var index = state.spaceIndex
    defer { state.spaceIndex = index }
    let open = index.open(
      from: \.firstUnreadTarget, of: proposal, atMost: state.answers.run.parallel
    ) {
      $0 != state.appSpace && state.ownTargets[$0] == nil
        && state.operation(.ofSpace($0))?.result == .unchanged
    }
    for space in open { begin(.listTargets(space: space)) }
    return open.isEmpty
  }

  private mutating func bind(_ slugs: [String], in space: String, to target: Target) {
    var (intended, triedOut): ([String], [Operation.Subject]) = ([], [])
    for slug in slugs {
      let subject = Operation.Subject(.setTarget, .init(space: space, name: slug))
      if intend(subject, { $0.detail = target.slug }) != nil {
        intended.append(slug)
      } else {
        triedOut.append(subject)
      }
    }
    for subject in triedOut {
      bindingFailed([subject], state.operation(subject)?.reasonOfGivingUp ?? "")
    }
    if intended.isEmpty { return }
    let size = max(1, state.answers.run.bulk)
    saveThen(
      stride(from: 0, to: intended.count, by: size).map {
        .setTargets(
          units: Array(intended[$0..<min($0 + size, intended.count)]), target: target.slug,
          space: space)
      })
  }

  mutating func bound(_ change: HubChange, _ made: Change) {
    var made = made
    // The units have ids of their own.
    if case .done = made { made = .done(id: nil, version: nil, slug: nil) }
    switch settle(change, made, as: .updated) {
    case .done:
      for space in Set(change.subjects.map(\.key.space)) { outdateRelease(of: space) }
      save()
    case .unclear:
      needList(of: change.subjects.map(\.key))
      save()
    case .failed(let reason): bindingFailed(change.subjects, reason)
    case .signedOut: return
    }
    bindUnits()
  }

  private mutating func bindingFailed(_ subjects: [Operation.Subject], _ reason: String) {
    for subject in subjects { giveUp(subject, reason) }
    let failed = Set(subjects.map(\.key))
    for unit in createdUnits where failed.contains(state.key(of: unit)) {
      state.failures[unit.id] = reason
    }
    save()
  }

  /// A release that was published before a unit was bound does not have it.
  private mutating func outdateRelease(of space: String) {
    guard let release = state.operation(.publishRelease, on: .init(space: space)),
      release.state == .done
    else { return }
    update(release.id) { $0.fail("Units were bound since it was published.") }
    state.spaceIndex.rewindReleases()
  }

  // MARK: How far it is

  private var createdUnits: [UnitPlan] {
    (state.session.proposal?.units ?? []).filter { state.operation(for: $0)?.state == .done }
  }

  private func bindingNeedsWork(_ unit: UnitPlan) -> Bool {
    guard state.operation(for: unit)?.state == .done, state.failures[unit.id] == nil,
      let target = state.target(of: unit)
    else { return false }
    let operation = state.binding(of: unit)
    return operation?.state != .done || operation?.detail != target.slug
  }

  private var keysBeingBound: Set<OperationKey> {
    let changes = state.afterSave + state.running.values.compactMap(\.work.change)
    return Set(changes.flatMap(\.subjects).filter { $0.kind == .setTarget }.map(\.key))
  }
}

extension WizardState {
  /// The operation that gives a unit its target, if one was begun.
  public func binding(of unit: UnitPlan) -> Operation? {
    operation(.setTarget, on: key(of: unit))
  }

  /// What the units of a Space are bound to, as it is named from there.
  func target(of space: String) -> Target? {
    guard var target = matchingTarget, space != appSpace else { return matchingTarget }
    if let own = ownTargets[space] ?? nil { return own }
    if !target.slug.contains("/") { target.slug = "\(appSpace)/\(target.slug)" }
    return target
  }

  func target(of unit: UnitPlan) -> Target? {
    session.proposal.flatMap { target(of: $0.space(of: unit)) }
  }
}
