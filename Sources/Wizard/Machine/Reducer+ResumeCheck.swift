/// The checks of a resume: nothing is written before all was found to be as it was.
extension Reducer {
  mutating func recheck() {
    state.isChecked = false
    state.signIn = nil
    state.problem = nil
    let isUnderWay = isRunning { if case .read(.recheck) = $0 { true } else { false } }
    var session = state.session
    // Only what goes there is looked for there.
    if !state.isSyncOn { session.sync = nil }
    if !isUnderWay { begin(.recheck(session)) }
  }

  mutating func resumeChecked(_ found: ResumeCheck) {
    if let problem = clusterProblem(found) { return fail(problem) }
    guard case .signedIn(let identity) = found.signIn else {
      return signedIn(found.signIn)
    }
    guard isSamePlace(identity), isDriven(as: found) else { return }
    state.isChecked = true
    forgetLists()
    if state.session.cluster.uid == nil, let now = found.cluster { state.session.cluster = now }
    tellOfIdentity()
    if let units = found.units {
      forgetMissing(besides: units)
    } else if let problem = found.unitsProblem {
      state.isChecked = false
      return fail(Failure(.other, problem))
    }
    offerOpenUnits()
    bindAgain()
    signedIn(found.signIn)
  }

  /// Whether this copy drives the session, and has seen what ConfigHub has of it.
  private mutating func isDriven(as found: ResumeCheck) -> Bool {
    guard state.isSyncOn, let head = found.head, let sync = state.session.sync else { return true }
    let standing = head.hold.standing(of: sync.copy, in: sync.epoch)
    guard standing.mayDrive else {
      lost(OtherHolder(standing: standing, savedAt: found.headSavedAt))
      return false
    }
    if head.hold.holder?.copy == sync.copy { state.session.sync?.epoch = head.hold.epoch }
    guard sync.hasSeen(head) else {
      begin(SyncWork.reconcile)
      return false
    }
    return true
  }

  /// What could not be created, and was gone on without, is for a later run to try again, which may
  /// have more luck: a person is shown it with its reasons, and a run without one tries it once.
  private mutating func offerOpenUnits() {
    let units = state.openUnits
    guard state.step > .connect, !units.isEmpty else { return }
    guard !state.answers.run.isUnattended else { return rewind(to: .connect, .confirming) }
    rewind(to: .connect, .creating)
    for unit in units {
      state.failures[unit.id] = state.operation(for: unit)?.reason ?? "It was never begun."
    }
  }

  /// What could not be bound is tried again by a later run, which may have more luck.
  private mutating func bindAgain() {
    guard state.step == .verify, !state.session.stepsSkipped.contains(.targets),
      state.session.operations.contains(where: { $0.kind == .setTarget && $0.state == .failed })
    else { return }
    rewind(to: .targets, .waiting)
  }

  mutating func refuseUnchecked() {
    refuse("Wait until it is known whether all is as it was.", Way(.retry, "looks again"))
  }

  private func clusterProblem(_ found: ResumeCheck) -> Failure? {
    guard let now = found.cluster else {
      return Failure(
        .other, found.clusterProblem ?? "The cluster could not be read.", ways: [.retry])
    }
    return problem(with: now)
  }

  /// Whether it is another cluster than the session's.
  func problem(with now: ClusterIdentity) -> Failure? {
    let before = state.session.cluster
    guard let uid = before.uid, uid != now.uid else { return nil }
    guard let uidNow = now.uid else {
      return Failure(
        .other,
        "Whether context \(before.context) still leads to the same cluster cannot be told: its "
          + "namespace kube-system could not be read.", ways: [.retry])
    }
    return Failure(
      .other,
      "Context \(before.context) now leads to another cluster (kube-system has UID \(uidNow), "
        + "the session began on \(uid)). Point the context back, or begin a new session "
        + "with --new.", ways: [.retry])
  }

  /// What was created and is gone is no longer done: it may be created again.
  private mutating func forgetMissing(besides units: Set<OperationKey>) {
    let spaces = Set(state.session.proposal?.spaceSlugs ?? [])
    let gone = state.session.operations.filter {
      $0.kind == .createUnit && $0.state == .done && spaces.contains($0.space)
        && !units.contains($0.key)
    }
    guard !gone.isEmpty else { return }
    let keys = Set(gone.map(\.key))
    for operation in state.session.operations
    where keys.contains(operation.key)
      && (operation.kind == .createUnit || operation.kind == .setTarget)
    {
      update(operation.id) { $0.fail("It was created, but ConfigHub does not have it any more.") }
    }
    tell("\(gone.count) of the units created are no longer in ConfigHub.")
    let lost = state.session.proposal?.units.filter {
      keys.contains(state.key(of: $0))
    }
    if lost?.contains(where: \.members.isEmpty) == true {
      // What they held is not known either, so the cluster is read again.
      rewind(to: .scan, .choosing)
      enterScan()
    } else if state.step > .connect {
      rewind(to: .connect, .confirming)
    }
  }
}

extension WizardState {
  /// The units that are neither in ConfigHub nor left out on purpose; none where the session was
  /// taken back, which is no reason to create the rest.
  var openUnits: [UnitPlan] {
    guard !session.operations.contains(where: { $0.kind == .deleteUnit }) else { return [] }
    return (session.proposal?.units ?? []).filter { unit in
      let settled = operation(for: unit)?.state
      return settled != .done && settled != .skipped
    }
  }
}
