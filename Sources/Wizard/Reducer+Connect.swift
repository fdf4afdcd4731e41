/// Step 4 up to the confirmation.
extension Turn {
  /// Who is signed in, and is the App Space there? After a resume: is everything as it was?
  mutating func askConfigHub() {
    state.signIn = nil
    state.spaceExists = nil
    if state.isChecked { begin(.readSignIn) } else { recheck() }
  }

  mutating func askForSignIn() {
    switch state.signIn {
    case .signedIn: return refuse("You are signed in to ConfigHub already.")
    // The wrong organisation is a problem that another sign-in can solve.
    case nil where state.step < .connect || state.problem == nil:
      return refuse("There is no need to sign in to ConfigHub here.")
    case .signedOut, nil: break
    }
    guard !isRunning({ $0 == .signIn }) else { return refuse("Signing in is under way.") }
    state.problem = nil
    abandon { $0 == .readSignIn }
    begin(.signIn)
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
      if !exists { forgetSpace() }
      if state.isCreating { advanceUnits() }
    case (_, .failed(let failure)):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }

  /// A space that is gone is no longer done: without it no unit could be created again.
  private mutating func forgetSpace() {
    guard let operation = state.operation(.createSpace, on: state.appSpace),
      operation.state == .done
    else { return }
    update(operation.id) { $0.fail("ConfigHub does not have it any more.") }
    save()
  }

  mutating func signedIn(_ signIn: SignInState) {
    guard case .signedIn(let identity) = signIn else {
      state.signIn = signIn
      if state.step == .connect { move(to: .connect, .signingIn) }
      return save()
    }
    guard isSamePlace(identity) else { return }
    state.signIn = signIn
    state.session.hub = identity
    state.problem = nil
    if state.isCreating { state.failures = [:] }
    // Where the sign-in ran out while units were being created, the confirmation still holds; and
    // those that failed are shown until somebody says what is to become of them.
    if state.step == .connect {
      move(to: .connect, state.isCreating || state.hasFailures ? .creating : .confirming)
    }
    save()
    switch state.step {
    case .connect: begin(.readSpace(slug: state.appSpace))
    case .worker: enterWorker()
    case .targets: enterTargets()
    case .verify: enterVerify()
    default: break
    }
  }

  /// Units made in one organisation are not to be continued in another.
  mutating func isSamePlace(_ identity: HubIdentity) -> Bool {
    guard state.hasWritten, let before = state.session.hub, !before.isSamePlace(as: identity)
    else { return true }
    state.signIn = nil
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

  // MARK: The confirmation

  mutating func confirm() {
    guard state.step == .connect, state.phase == .confirming else {
      return refuse("There is nothing to confirm here.")
    }
    guard !state.answers.dryRun else {
      return refuse("This is a dry run: nothing is written to ConfigHub.")
    }
    guard state.canConfirm else {
      return refuse("Wait until ConfigHub has answered; r asks again.")
    }
    if let problem = state.proposalProblems.first { return refuse(problem.sentence) }
    move(to: .connect, .creating)
    state.isCreating = true
    state.failures = [:]
    state.conflicts = [:]
    save()
    advanceUnits()
  }
}

extension WizardState {
  /// Everything that the confirmation shows has been answered.
  public var canConfirm: Bool {
    guard case .signedIn = signIn else { return false }
    return isChecked && problem == nil && spaceExists != nil
      && !running.values.contains { $0.work == .readSignIn || $0.work.isAboutSpace }
  }
}

extension HubIdentity {
  /// For a sentence: the organisation and the server, as far as they are known.
  public var placeName: String {
    let place = organization ?? organizationID ?? "an unnamed organisation"
    return server.map { "\(place) at \($0)" } ?? place
  }
}
