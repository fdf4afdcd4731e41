/// The units get their target, many of them in one call: the intents of all are saved first, and what
/// is unclear is told by one list of the App Space.
extension Turn {
  /// By a run that ended before it knew the outcome, or before this session.
  mutating func needListOfBindings() {
    let slugs = createdUnits.filter { unit in
      guard let operation = binding(unit.slug) else {
        return state.operation(for: unit)?.result != .created
      }
      return operation.state == .intent
    }.map(\.slug)
    if !slugs.isEmpty { needList(of: slugs) }
  }

  /// Binds what is not bound yet; ends the step when every unit is.
  mutating func bindUnits() {
    guard state.leaving == nil, state.step == .targets, state.phase == .binding,
      let target = state.matchingTarget
    else { return }
    var open: [String] = []
    let underWay = slugsBeingBound
    let created = createdUnits
    for unit in created where bindingNeedsWork(unit) && !underWay.contains(unit.slug) {
      if state.unlisted.contains(unit.slug) { continue }
      let operation = binding(unit.slug)
      if let id = state.listed?[unit.slug]?.targetID, id == target.id {
        let done =
          operation?.id
          ?? record(.setTarget, key: "\(state.appSpace)/\(unit.slug)", detail: target.slug)
        update(done) {
          $0.detail = target.slug
          $0.finish(operation == nil ? .unchanged : .updated, id: nil, version: nil)
        }
        save()
      } else if let operation, operation.state == .intent,
        operation.attempt >= Turn.maximumAttempts
      {
        bindingFailed([unit.slug], operation.reason ?? "ConfigHub gave no clear answer.")
      } else {
        open.append(unit.slug)
      }
    }
    bind(open, to: target)
    guard slugsBeingBound.isEmpty else { return }
    guard !created.contains(where: { state.unlisted.contains($0.slug) }) else {
      return listUnits()
    }
    guard state.failures.isEmpty else { return save() }
    deliver()
  }

  private mutating func bind(_ slugs: [String], to target: Target) {
    guard !slugs.isEmpty else { return }
    for slug in slugs {
      let earlier = binding(slug)
      let id =
        earlier?.id ?? record(.setTarget, key: "\(state.appSpace)/\(slug)", detail: target.slug)
      update(id) {
        $0.attempt = earlier?.state == .intent ? $0.attempt + 1 : 1
        $0.state = .intent
        $0.detail = target.slug
      }
    }
    let size = max(1, state.answers.bulk)
    state.afterSave += stride(from: 0, to: slugs.count, by: size).map {
      .setTargets(
        units: Array(slugs[$0..<min($0 + size, slugs.count)]), target: target.slug,
        space: state.appSpace)
    }
    save()
  }

  mutating func bound(_ slugs: [String], _ change: Change) {
    switch change {
    case .done:
      for slug in slugs { updateBinding(slug) { $0.finish(.updated, id: nil, version: nil) } }
      save()
    case .unclear(let reason), .exists(let reason):
      for slug in slugs { updateBinding(slug) { $0.reason = reason } }
      needList(of: slugs)
      save()
    case .refused(let reason): bindingFailed(slugs, reason)
    case .signInNeeded(let reason):
      for slug in slugs { updateBinding(slug) { $0.fail(reason) } }
      return lostSignIn(reason)
    }
    bindUnits()
  }

  private mutating func bindingFailed(_ slugs: [String], _ reason: String) {
    for slug in slugs { updateBinding(slug) { $0.fail(reason) } }
    let failed = Set(slugs)
    for unit in createdUnits where failed.contains(unit.slug) { state.failures[unit.id] = reason }
    save()
  }

  private mutating func updateBinding(_ slug: String, _ change: (inout Operation) -> Void) {
    if let operation = binding(slug) { update(operation.id, change) }
  }

  // MARK: How far it is

  private var createdUnits: [UnitPlan] {
    (state.session.proposal?.units ?? []).filter { state.operation(for: $0)?.state == .done }
  }

  private func binding(_ slug: String) -> Operation? {
    state.operation(.setTarget, on: "\(state.appSpace)/\(slug)")
  }

  private func bindingNeedsWork(_ unit: UnitPlan) -> Bool {
    guard state.failures[unit.id] == nil else { return false }
    let operation = binding(unit.slug)
    return operation?.state != .done || operation?.detail != state.session.targetSlug
  }

  private var slugsBeingBound: Set<String> {
    let works = state.afterSave + state.running.values.map(\.work)
    return Set(works.flatMap { $0.boundUnits ?? [] })
  }
}

extension Work {
  /// The slugs of the units that it binds.
  var boundUnits: [String]? {
    if case .setTargets(let units, _, _) = self { units } else { nil }
  }
}
