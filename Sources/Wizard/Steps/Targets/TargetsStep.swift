enum TargetsStep: StepRules {
  static let firstPhase: Phase? = .waiting

  static func enter(_ reducer: inout Reducer) {
    if !reducer.leavesTargetsOutAgain() { reducer.enterTargets() }
  }

  static func enterAgain(_ reducer: inout Reducer) { reducer.enterTargets() }

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasUnits else { return false }
    reducer.recheck()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) { reducer.enterTargets() }

  static func poll(_ reducer: inout Reducer) {
    reducer.begin(.listTargets(space: reducer.state.appSpace))
  }

  static func goOn(_ reducer: inout Reducer) {
    if reducer.state.phase == .binding, reducer.state.hasFailures { return reducer.deliver() }
    if reducer.isCheckedToGoOn() { reducer.goOnLater() }
  }

  static func goBack(_ reducer: inout Reducer) { reducer.back() }

  static func retry(_ reducer: inout Reducer) {
    guard reducer.isReadyToRetry() else { return }
    reducer.state.failures = [:]
    reducer.enterTargets()
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    guard reducer.state.phase == .binding else { return reducer.refuse(Reducer.nothingToRetry) }
    reducer.state.failures[id] = nil
    reducer.bindUnits()
  }

  static func cancel(_ reducer: inout Reducer) { reducer.goBack() }

  static func skip(_ reducer: inout Reducer) {
    guard reducer.state.isChecked else { return reducer.refuseUnchecked() }
    // What is being written ends first; nothing more is begun.
    guard reducer.state.changesUnderWay == 0 else {
      reducer.state.isLeavingTargetsOut = true
      return reducer.tell("The rest is left out as soon as what is being written has ended.")
    }
    reducer.state.isLeavingTargetsOut = false
    reducer.abandonReading()
    reducer.skipped(.targets)
    reducer.complete(.targets)
  }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard state.phase == .binding, Autopilot.isQuiet(state) else { return .wait }
    // A release of what has no target would deliver nothing.
    if state.hasFailures,
      !state.session.operations.contains(where: { $0.kind == .setTarget && $0.state == .done })
    {
      return .stop(.init(.failed, reason: Autopilot.failures(state)))
    }
    return .event(.goOn)
  }
}

/// Where the units are delivered.
extension Reducer {
  /// True if nothing more is to be bound or released, as a person has asked.
  mutating func leavesTargetsOut() -> Bool {
    guard state.isLeavingTargetsOut else { return false }
    if state.changesUnderWay == 0 {
      state.reply = nil
      TargetsStep.skip(&self)
    }
    return true
  }

  mutating func enterTargets() {
    state.isLeavingTargetsOut = false
    if state.phase == nil { move(to: .targets, .waiting) }
    (state.targets, state.ownTargets) = (nil, [:])
    state.spaceIndex.rewindTargets()
    state.waitingSince = state.now
    needListOfBindings()
    // A target is known by its worker's id, so that is read first.
    if state.workers == nil {
      begin(.listWorkers(space: state.appSpace))
    }
    begin(.listTargets(space: state.appSpace))
  }

  mutating func targetsRead(_ targets: [Target], of space: String) {
    guard space != state.appSpace else { return targetsRead(targets) }
    state.ownTargets[space] = .some(targets.first(where: \.isReleaseTarget))
    state.spaceIndex.rewindReleases()
    bindUnits()
  }

  private mutating func targetsRead(_ targets: [Target]) {
    state.targets = targets.sorted { $0.slug < $1.slug }
    state.spaceIndex.rewindReleases()
    guard state.step == .targets else { return }
    settleTarget(targets)
    if leavesTargetsOut() { return }
    guard let target = state.matchingTarget else { return waitForTarget() }
    if state.isOwnAndClosed(target), !state.isWorkerLetIn { return createTarget() }
    state.session.targetSlug = target.slug
    if state.phase == .waiting { move(to: .targets, .binding) }
    state.failures = [:]
    state.pace = Pace(since: state.now, before: state.session.boundCount)
    save()
    bindUnits()
  }

  private mutating func waitForTarget() {
    // No worker registers a target for releases by itself.
    if state.session.workerMode == .server || state.hubDeliversReleasesOnly, state.workers != nil {
      return createTarget()
    }
    let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
    guard waited < Reducer.patience else {
      return fail(
        Failure(
          .timedOut,
          "Worker \(state.session.workerSlug ?? "") has no Kubernetes target for context "
            + "\(state.session.cluster.context) after \(waited) seconds. Check: the "
            + "worker's log; that it reaches the cluster; the context it runs with\(state.otherTargets).",
          ways: [
            Way(.viewWorkerLog, "shows the log of a worker started here"), Way(.retry, "waits on"),
            Way(.skip, "leaves the targets out"),
          ]))
    }
    if state.workers == nil { begin(.listWorkers(space: state.appSpace)) }
    begin(Pause.poll)
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
