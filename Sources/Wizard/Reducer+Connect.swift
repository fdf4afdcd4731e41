/// Step 4 up to the confirmation, and the checks of a resume.
extension Turn {
  mutating func askForSignIn() {
    guard case .signedOut = state.signIn else {
      return refuse("You are signed in to ConfigHub already.")
    }
    begin(.signIn)
  }

  mutating func recheck() {
    state.isChecked = false
    state.signIn = nil
    state.problem = nil
    let isUnderWay = isRunning { if case .recheck = $0 { true } else { false } }
    if !isUnderWay { begin(.recheck(state.session)) }
  }

  mutating func connectResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .signIn(let signIn)): signedIn(signIn)
    case (_, .signInEnded(let succeeded)):
      if !succeeded { state.notice = "`cub auth login` did not sign you in." }
      if state.isChecked { begin(.readSignIn) } else { recheck() }
    case (.signIn, .failed(let failure)) where failure.kind == .cancelled:
      state.notice = "`cub auth login` was stopped; enter begins it again."
    case (_, .rechecked(let recheck)): rechecked(recheck)
    case (_, .space(let exists)):
      state.spaceExists = exists
      if state.isCreating { advanceUnits() }
    case (_, .failed(let failure)):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }

  private mutating func signedIn(_ signIn: SignInState) {
    state.signIn = signIn
    guard case .signedIn(let identity) = signIn else {
      if state.step == .connect { move(to: .connect, .signingIn) }
      return save()
    }
    guard isSamePlace(identity) else { return }
    state.session.hub = identity
    state.problem = nil
    switch state.step {
    case .connect where state.isCreating:
      // The sign-in ran out while units were being created; the confirmation still holds.
      move(to: .connect, .creating)
      state.failures = [:]
      save()
      begin(.readSpace(slug: state.appSpace))
    case .connect:
      move(to: .connect, .confirming)
      save()
      begin(.readSpace(slug: state.appSpace))
    case .worker: enterWorker()
    case .targets: enterTargets()
    case .verify: enterVerify()
    default: break
    }
  }

  /// Units made in one organisation are not to be continued in another.
  private mutating func isSamePlace(_ identity: HubIdentity) -> Bool {
    guard state.hasWritten, let before = state.session.hub, !before.isSamePlace(as: identity)
    else { return true }
    fail(
      Failure(
        .other,
        "This session created units in \(before.placeName), but cub is signed in to "
          + "\(identity.placeName). Sign in there again with `cub auth login`, then press r; or "
          + "begin a new session with --new."))
    return false
  }

  /// ConfigHub stopped believing us; the step is kept and goes on after the sign-in.
  mutating func lostSignIn(_ reason: String) {
    state.signIn = .signedOut(reason: reason)
    if state.step == .connect { move(to: .connect, .signingIn) }
    save()
  }

  // MARK: After a resume

  private mutating func rechecked(_ found: Recheck) {
    if let problem = clusterProblem(found) { return fail(problem) }
    guard case .signedIn(let identity) = found.signIn else {
      state.signIn = found.signIn
      if state.step == .connect { move(to: .connect, .signingIn) }
      return
    }
    guard isSamePlace(identity) else { return }
    state.isChecked = true
    state.spaceExists = nil
    if state.session.cluster.uid == nil, let now = found.cluster { state.session.cluster = now }
    if let units = found.units {
      forgetMissing(besides: units)
    } else if let problem = found.unitsProblem {
      state.isChecked = false
      return fail(Failure(.other, problem))
    }
    signedIn(found.signIn)
  }

  private func clusterProblem(_ found: Recheck) -> Failure? {
    let before = state.session.cluster
    guard let now = found.cluster else {
      return Failure(.other, found.clusterProblem ?? "The cluster could not be read.")
    }
    guard let uid = before.uid, let uidNow = now.uid, uid != uidNow else { return nil }
    return Failure(
      .other,
      "Context \(before.context) now leads to another cluster (kube-system has UID \(uidNow), "
        + "the session began on \(uid)). Point the context back and press r, or begin a new "
        + "session with --new.")
  }

  /// What was created and is gone is no longer done: it may be created again.
  private mutating func forgetMissing(besides units: Set<String>) {
    let gone = state.session.operations.filter {
      $0.kind == .createUnit && $0.state == .done && $0.key.hasPrefix(state.appSpace + "/")
        && !units.contains(String($0.key.dropFirst(state.appSpace.count + 1)))
    }
    guard !gone.isEmpty else { return }
    for operation in gone {
      update(operation.id) {
        $0.state = .failed
        $0.reason = "It was created, but ConfigHub does not have it any more."
      }
    }
    state.notice = "\(gone.count) of the units created are no longer in ConfigHub."
    if state.step > .connect {
      state.session.stepsCompleted = Step.seven.filter { $0 < .connect }
      move(to: .connect, .confirming)
    }
  }

  // MARK: The confirmation

  mutating func confirm() {
    guard state.step == .connect, state.phase == .confirming else {
      return refuse("There is nothing to confirm here.")
    }
    guard !state.answers.dryRun else {
      return refuse("This is a dry run: nothing is written to ConfigHub.")
    }
    guard state.isChecked, state.problem == nil, case .signedIn = state.signIn,
      state.spaceExists != nil
    else { return refuse("Wait until ConfigHub has answered; r asks again.") }
    move(to: .connect, .creating)
    state.isCreating = true
    state.failures = [:]
    save()
    advanceUnits()
  }
}

extension HubIdentity {
  /// For a sentence: the organisation and the server, as far as they are known.
  public var placeName: String {
    let place = organization ?? organizationID ?? "an unnamed organisation"
    return server.map { "\(place) at \($0)" } ?? place
  }
}
