/// Steps 6 and 7: where the units are delivered, and whether all is as it was meant to be.
extension Turn {
  mutating func enterTargets() {
    if state.phase == nil { move(to: .targets, .waiting) }
    (state.targets, state.ownTargets) = (nil, [:])
    state.waitingSince = state.now
    needListOfBindings()
    // A target is known by its worker's id, so that is read first.
    if state.workers == nil {
      begin(.listWorkers(space: state.appSpace))
    }
    begin(.listTargets(space: state.appSpace))
  }

  mutating func targetResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (.listTargets(let space), .targets(let targets)) where space != state.appSpace:
      state.ownTargets[space] = .some(targets.first(where: \.isReleaseTarget))
      bindUnits()
    case (_, .targets(let targets)): targetsRead(targets)
    case (.setTargets, .changed(let change)): bound(work.boundUnits ?? [], change)
    case (.setTargets, .failed(let failure)):
      bound(work.boundUnits ?? [], .unclear(failure.message))
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
            + "\(state.session.cluster.context) after \(waited) seconds. Check: the "
            + "worker's log; that it reaches the cluster; the context it runs with\(state.otherTargets).",
          keys: "w shows the log of a worker started here; r waits on, s leaves the targets out."))
    }
    if state.workers == nil { begin(.listWorkers(space: state.appSpace)) }
    begin(.pause(.poll))
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

  /// A cub before 0.5: a worker applies the units, and there are no releases.
  public var hubAppliesUnits: Bool {
    if case .signedIn(let identity)? = signIn { identity.appliesUnits } else { false }
  }

  /// From 0.5 on no worker applies anything: what is delivered is a release.
  public var hubReleases: Bool {
    if case .signedIn(let identity)? = signIn { !identity.appliesUnits } else { false }
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
