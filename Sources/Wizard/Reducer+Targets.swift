/// Steps 6 and 7: where the units are delivered, and whether all is as it was meant to be.
extension Turn {
  mutating func enterTargets() {
    if state.phase == nil { move(to: .targets, .waiting) }
    state.targets = nil
    state.waitingSince = state.now
    // A target is known by its worker's id, so that is read first.
    if state.workers == nil {
      begin(.listWorkers(space: state.appSpace))
    }
    begin(.listTargets(space: state.appSpace))
  }

  mutating func targetResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .targets(let targets)): targetsRead(targets)
    case (.setTarget(let unit, _, _), .changed(let change)): bound(unit, change)
    case (.setTarget(let unit, _, _), .failed(let failure)): bound(unit, .unclear(failure.message))
    case (.readTarget(let unit, _), .unitTarget(let id)): settleBinding(unit, id)
    case (.readTarget(let unit, _), .failed(let failure)):
      bindingFailed(unit, failure.message, isCertain: false)
    case (_, .failed(let failure)):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }

  private mutating func targetsRead(_ targets: [Target]) {
    state.targets = targets.sorted { $0.slug < $1.slug }
    guard state.step == .targets else { return }
    settleTarget(targets)
    guard let target = state.matchingTarget else { return waitForTarget() }
    if state.isOwnAndClosed(target), !state.isWorkerLetIn { return createTarget() }
    state.session.targetSlug = target.slug
    if state.phase == .waiting { move(to: .targets, .binding) }
    state.failures = [:]
    save()
    bindUnits()
  }

  private mutating func waitForTarget() {
    // No worker registers a target for releases by itself.
    if state.session.workerMode == .server || state.hubDeliversReleasesOnly, state.workers != nil {
      return createTarget()
    }
    let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
    guard waited < Turn.patience else {
      return fail(
        Failure(
          .timedOut,
          "Worker \(state.session.workerSlug ?? "") has no Kubernetes target for context "
            + "\(state.session.cluster.context) after \(waited) seconds. Check: the worker's log "
            + "(w shows that of a worker started here); that it reaches the cluster; the context it "
            + "runs with\(state.otherTargets). r waits on, s leaves the targets out."))
    }
    if state.workers == nil { begin(.listWorkers(space: state.appSpace)) }
    begin(.pause(.poll))
  }

  // MARK: Binding

  /// Binds what is not bound yet; ends the step when every unit is.
  private mutating func bindUnits() {
    guard state.leaving == nil, state.step == .targets, state.phase == .binding,
      let target = state.matchingTarget
    else { return }
    let units = state.session.proposal?.units ?? []
    for place in state.firstOpenUnit..<max(state.firstOpenUnit, units.count) {
      let unit = units[place]
      if isCreated(unit), bindingNeedsWork(unit), !isBinding(unit) {
        guard bindingsUnderWay < state.answers.parallel else { return }
        if mayBeBound(unit) {
          begin(.readTarget(unit: unit.slug, space: state.appSpace))
        } else {
          bind(unit, to: target)
        }
      }
      state.firstOpenUnit = place + 1
    }
    guard bindingsUnderWay == 0 else { return }
    guard state.failures.isEmpty else { return save() }
    deliver()
  }

  /// One unit that could not be bound, again.
  mutating func retryBinding() { bindUnits() }

  private func isCreated(_ unit: UnitPlan) -> Bool { state.operation(for: unit)?.state == .done }

  private func createdUnit(_ slug: String) -> UnitPlan? {
    state.session.proposal?.units.first { $0.slug == slug && isCreated($0) }
  }

  private func binding(_ slug: String) -> Operation? {
    let key = "\(state.appSpace)/\(slug)"
    return state.operation(.setTarget, on: key)
  }

  private func bindingNeedsWork(_ unit: UnitPlan) -> Bool {
    guard state.failures[unit.id] == nil else { return false }
    let operation = binding(unit.slug)
    return operation?.state != .done || operation?.detail != state.session.targetSlug
  }

  private func isBinding(_ unit: UnitPlan) -> Bool {
    state.afterSave.contains { $0.boundUnit == unit.slug }
      || isRunning { $0.boundUnit == unit.slug }
  }

  /// By a run that ended before it knew the outcome, or before this session.
  private func mayBeBound(_ unit: UnitPlan) -> Bool {
    guard let operation = binding(unit.slug) else {
      return state.operation(for: unit)?.result != .created
    }
    return operation.state == .intent
  }

  private var bindingsUnderWay: Int {
    state.afterSave.count { $0.boundUnit != nil }
      + state.running.values.count { $0.work.boundUnit != nil }
  }

  private mutating func bind(_ unit: UnitPlan, to target: Target) {
    let earlier = binding(unit.slug)
    let id =
      earlier?.id ?? record(.setTarget, key: "\(state.appSpace)/\(unit.slug)", detail: target.slug)
    update(id) {
      $0.attempt = earlier?.state == .intent ? $0.attempt + 1 : 1
      $0.state = .intent
      $0.detail = target.slug
    }
    saveThen(.setTarget(unit: unit.slug, target: target.slug, space: state.appSpace))
  }

  private mutating func bound(_ slug: String, _ change: Change) {
    guard let operation = binding(slug) else { return }
    switch change {
    case .done(let id, let version, _):
      update(operation.id) { $0.finish(.updated, id: id, version: version) }
      save()
      bindUnits()
    case .unclear, .exists: begin(.readTarget(unit: slug, space: state.appSpace))
    case .refused(let reason): bindingFailed(slug, reason, isCertain: true)
    case .signInNeeded(let reason):
      update(operation.id) { $0.fail(reason) }
      lostSignIn(reason)
    }
  }

  private mutating func settleBinding(_ slug: String, _ id: String?) {
    let operation = binding(slug)
    if let id, let target = state.matchingTarget, id == target.id {
      let done =
        operation?.id
        ?? record(.setTarget, key: "\(state.appSpace)/\(slug)", detail: target.slug)
      update(done) { $0.finish(operation == nil ? .unchanged : .updated, id: nil, version: nil) }
      save()
      bindUnits()
    } else if operation?.attempt ?? 0 < Turn.maximumAttempts,
      let unit = createdUnit(slug), let target = state.matchingTarget
    {
      bind(unit, to: target)
    } else {
      bindingFailed(slug, "ConfigHub gave no clear answer.", isCertain: true)
    }
  }

  private mutating func bindingFailed(_ slug: String, _ reason: String, isCertain: Bool) {
    if isCertain, let operation = binding(slug) { update(operation.id) { $0.fail(reason) } }
    if let unit = createdUnit(slug) { state.failures[unit.id] = reason }
    save()
    bindUnits()
  }

  // MARK: Verify

  mutating func enterVerify() {
    if state.step != .verify { move(to: .verify) }
    state.problem = nil
    verify()
  }

  mutating func verify() {
    if !isRunning({ $0.isVerify }) { begin(.verify(state.session)) }
  }

  mutating func verifyResult(_ outcome: Outcome) {
    switch outcome {
    case .verified(let report):
      state.session.report = report
      state.session.report?.at = state.now
      if state.step == .verify, !report.checks.contains(where: { $0.verdict == .mismatch }) {
        complete(.verify, then: .complete)
      }
      save()
    case .failed(let failure):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }
}

extension WizardState {
  /// The target that leads to the scanned cluster through the chosen worker: matched by provider,
  /// worker and context, never by its name.
  public var matchingTarget: Target? {
    guard let worker = workers?.first(where: { $0.slug == session.workerSlug }) else { return nil }
    if hubDeliversReleasesOnly { return releaseTarget(of: worker) }
    let own = (targets ?? []).filter { $0.workerID != nil && $0.workerID == worker.id }
    let candidates = own.filter { $0.providerType.lowercased() == "kubernetes" }
    return candidates.first { $0.kubeContext == session.cluster.context }
      ?? candidates.first { $0.kubeContext == nil } ?? own.first(where: \.takesReleases)
  }

  /// Today's cub: no worker registers a target, and what is delivered is a release.
  public var hubDeliversReleasesOnly: Bool {
    if case .signedIn(let identity)? = signIn { identity.deliversReleasesOnly } else { false }
  }

  /// `cub v0.8.12`, as far as it is known.
  public var cubName: String {
    guard case .signedIn(let identity)? = signIn, let version = identity.cubVersion else {
      return "this cub"
    }
    return "cub \(version)"
  }

  /// The one that the App Space releases to already, which is never replaced unasked; else ours.
  private func releaseTarget(of worker: Worker) -> Target? {
    let targets = targets ?? []
    return targets.first(where: \.isReleaseTarget)
      ?? targets.first { $0.slug == "\(worker.slug)-releases" }
  }

  /// A target of ours that was there before, and was given no permissions by being made again.
  func isOwnAndClosed(_ target: Target) -> Bool {
    guard hubDeliversReleasesOnly,
      let worker = workers?.first(where: { $0.slug == session.workerSlug }),
      target.slug == "\(worker.slug)-releases"
    else { return false }
    return !target.letsIn(worker)
  }
}

extension Work {
  /// The slug of the unit that step 6 is working on.
  var boundUnit: String? {
    switch self {
    case .setTarget(let unit, _, _), .readTarget(let unit, _): unit
    default: nil
    }
  }
}
