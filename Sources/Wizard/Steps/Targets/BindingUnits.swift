/// The units get their target, many of them in one call: the intents of all are saved first, and what
/// is unclear is told by one list of the Space.
extension Turn {
  /// By a run that ended before it knew the outcome, or before this session.
  mutating func needListOfBindings() {
    let keys = createdUnits.filter { unit in
      guard let operation = binding(state.key(of: unit)) else {
        return state.operation(for: unit)?.result != .created
      }
      return operation.state == .intent
    }.map { state.key(of: $0) }
    if !keys.isEmpty { needList(of: keys) }
  }

  /// Binds what is not bound yet; ends the step when every unit is.
  mutating func bindUnits() {
    guard state.leaving == nil, state.step == .targets, state.phase == .binding,
      state.matchingTarget != nil, readOwnTargets()
    else { return }
    var open: [String: [String]] = [:]
    let underWay = keysBeingBound
    let created = createdUnits
    for unit in created where bindingNeedsWork(unit) {
      let key = state.key(of: unit)
      if underWay.contains(key) || state.unlisted.contains(key) { continue }
      guard let target = state.target(of: unit) else { continue }
      let operation = binding(key)
      if let id = state.listed(unit)?.targetID, id == target.id {
        let done = operation?.id ?? record(.setTarget, key: key, detail: target.slug)
        update(done) {
          $0.detail = target.slug
          $0.finish(operation == nil ? .unchanged : .updated, id: nil, version: nil)
        }
        outdateRelease(of: state.session.proposal?.space(of: unit) ?? "")
        save()
      } else if let operation, operation.state == .intent,
        operation.attempt >= Turn.maximumAttempts
      {
        bindingFailed([key], operation.reason ?? "ConfigHub gave no clear answer.")
      } else {
        open[state.session.proposal?.space(of: unit) ?? "", default: []].append(unit.slug)
      }
    }
    for (space, slugs) in open.sorted(by: { $0.key < $1.key }) {
      if let target = state.target(of: space) { bind(slugs, in: space, to: target) }
    }
    guard keysBeingBound.isEmpty else { return }
    guard !created.contains(where: { state.unlisted.contains(state.key(of: $0)) }) else {
      return listUnclear()
    }
    guard state.failures.isEmpty else { return save() }
    deliver()
  }

  /// True once it is known what each Space that was there before releases to, which is never replaced;
  /// else reads it, of as many at once as was asked for.
  private mutating func readOwnTargets() -> Bool {
    let open = (state.session.proposal?.spaceSlugs ?? []).filter {
      $0 != state.appSpace && state.ownTargets[$0] == nil
        && state.operation(.createSpace, on: $0)?.result == .unchanged
    }
    for space in open.prefix(state.answers.parallel) { begin(.listTargets(space: space)) }
    return open.isEmpty
  }

  private mutating func bind(_ slugs: [String], in space: String, to target: Target) {
    for slug in slugs {
      let key = "\(space)/\(slug)"
      let earlier = binding(key)
      let id = earlier?.id ?? record(.setTarget, key: key, detail: target.slug)
      update(id) {
        $0.attempt = earlier?.state == .intent ? $0.attempt + 1 : 1
        $0.state = .intent
        $0.detail = target.slug
      }
    }
    let size = max(1, state.answers.bulk)
    state.afterSave += stride(from: 0, to: slugs.count, by: size).map {
      .setTargets(
        units: Array(slugs[$0..<min($0 + size, slugs.count)]), target: target.slug, space: space)
    }
    save()
  }

  mutating func bound(_ keys: [String], _ change: Change) {
    switch change {
    case .done:
      for key in keys { updateBinding(key) { $0.finish(.updated, id: nil, version: nil) } }
      for space in Set(keys.map(Operation.space(ofKey:))) { outdateRelease(of: space) }
      save()
    case .unclear(let reason), .exists(let reason):
      for key in keys { updateBinding(key) { $0.reason = reason } }
      needList(of: keys)
      save()
    case .refused(let reason): bindingFailed(keys, reason)
    case .signInNeeded(let reason):
      for key in keys { updateBinding(key) { $0.fail(reason) } }
      return lostSignIn(reason)
    }
    bindUnits()
  }

  private mutating func bindingFailed(_ keys: [String], _ reason: String) {
    for key in keys { updateBinding(key) { $0.fail(reason) } }
    let failed = Set(keys)
    for unit in createdUnits where failed.contains(state.key(of: unit)) {
      state.failures[unit.id] = reason
    }
    save()
  }

  /// A release that was published before a unit was bound does not have it.
  private mutating func outdateRelease(of space: String) {
    guard let release = state.operation(.publishRelease, on: space), release.state == .done
    else { return }
    update(release.id) { $0.fail("Units were bound since it was published.") }
  }

  private mutating func updateBinding(_ key: String, _ change: (inout Operation) -> Void) {
    if let operation = binding(key) { update(operation.id, change) }
  }

  // MARK: How far it is

  private var createdUnits: [UnitPlan] {
    (state.session.proposal?.units ?? []).filter { state.operation(for: $0)?.state == .done }
  }

  private func binding(_ key: String) -> Operation? { state.operation(.setTarget, on: key) }

  private func bindingNeedsWork(_ unit: UnitPlan) -> Bool {
    guard state.failures[unit.id] == nil else { return false }
    let operation = binding(state.key(of: unit))
    return operation?.state != .done || operation?.detail != state.target(of: unit)?.slug
  }

  private var keysBeingBound: Set<String> {
    let works = state.afterSave + state.running.values.map(\.work)
    return Set(works.flatMap { $0.boundUnits ?? [] })
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

extension Work {
  /// The keys of the units that it binds.
  var boundUnits: [String]? {
    if case .setTargets(let units, _, let space) = self {
      units.map { "\(space)/\($0)" }
    } else {
      nil
    }
  }
}
