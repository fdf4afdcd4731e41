/// Who is signed in, and what is there, up to the confirmation.
extension Reducer {
  /// Who is signed in, and is the App Space there? After a resume: is everything as it was?
  mutating func askConfigHub() {
    state.signIn = nil
    forgetLists()
    guard state.isChecked else { return recheck() }
    guard let identity = state.signInAhead else { return begin(.readSignIn) }
    state.signInAhead = nil
    signedIn(.signedIn(identity))
  }

  /// While the cluster is read; where a person chooses, it would be old before it is needed.
  mutating func askForSignInAhead() {
    state.signInAhead = nil
    if state.answers.run.isUnattended || state.mayBeSynced { begin(.readSignIn) }
  }

  /// Nobody waits for the answer: only a yes is of use. That is so before it is needed, and where all
  /// is done and nobody is there to sign in. A removal waits for it at every step.
  var isSignInOptional: Bool {
    state.removal == nil
      && (state.step < .connect || (state.step == .complete && state.answers.run.isUnattended))
  }

  mutating func signedInAhead(_ signIn: SignInState) {
    guard case .signedIn(let identity) = signIn else { return }
    if state.step < .connect {
      state.signInAhead = identity
    } else if state.session.hub?.isSamePlace(as: identity) != false {
      state.signIn = signIn
    }
    // So that what was scanned and chosen goes up, too, and what did not in the run before.
    guard state.mayBeSynced, state.answers.run.sync.isOn(in: identity.organization) == true,
      isSamePlace(identity)
    else { return }
    state.session.hub = identity
    save()
    beginSync()
  }

  mutating func askForSignIn() {
    switch state.signIn {
    case .signedIn: return refuse("You are signed in to ConfigHub already.")
    // The wrong organisation is a problem that another sign-in can solve.
    case nil where state.step < .connect || state.problem == nil:
      return refuse("There is no need to sign in to ConfigHub here.")
    case .signedOut, nil: break
    }
    guard !isRunning({ $0 == .read(.signIn) }) else { return refuse("Signing in is under way.") }
    state.problem = nil
    abandon { $0 == .read(.readSignIn) }
    begin(.signIn)
  }

  mutating func signInEnded(_ succeeded: Bool) {
    if !succeeded { tell("`cub auth login` did not sign you in.") }
    if state.isChecked || state.removal != nil { begin(.readSignIn) } else { recheck() }
  }

  /// A space that is gone is no longer done: without it no unit could be created again.
  mutating func forgetSpace(_ space: String) {
    guard let operation = state.operation(.createSpace, on: .init(space: space)),
      operation.state == .done
    else { return }
    update(operation.id) { $0.fail("ConfigHub does not have it any more.") }
    state.spaceIndex.rewind()
    save()
  }

  mutating func signedIn(_ signIn: SignInState) {
    guard case .signedIn(let identity) = signIn else {
      state.signIn = signIn
      if state.step == .connect, state.removal == nil { move(to: .connect, .signingIn) }
      return save()
    }
    guard isSamePlace(identity) else { return }
    if state.session.begunBy == nil {
      state.session.begunBy = state.session.hub?.user ?? identity.user
    }
    state.signIn = signIn
    state.session.hub = identity
    state.problem = nil
    tellOfOtherUser()
    tellOfVersions(identity)
    if state.isCreating { state.failures = [:] }
    // Where the sign-in ran out while units were being created, the confirmation still holds; and
    // those that failed are shown until somebody says what is to become of them.
    if state.step == .connect, state.removal == nil {
      move(to: .connect, state.isCreating || state.hasFailures ? .creating : .confirming)
    }
    save()
    beginSync()
    state.rules.signedIn(&self)
  }

  /// Said once in a run: nobody goes on with another's session unknowingly.
  private mutating func tellOfOtherUser() {
    guard let sentence = state.session.otherUser, !state.warnings.contains(sentence) else { return }
    state.warnings.append(sentence)
    if !state.answers.run.isUnattended { tell(sentence) }
  }

  /// Said once in a run; nothing stops because of it.
  private mutating func tellOfVersions(_ identity: HubIdentity) {
    guard let warning = identity.versionWarning, !state.warnings.contains(warning) else { return }
    state.warnings.append(warning)
    if !state.answers.run.isUnattended { tell(warning) }
  }

  /// Units made in one organisation are not to be continued in another.
  mutating func isSamePlace(_ identity: HubIdentity) -> Bool {
    guard state.hasWritten, let before = state.session.hub, !before.isSamePlace(as: identity)
    else { return true }
    state.signIn = nil
    fail(
      Failure(
        .other,
        "This session created units in \(before.whereNot(identity)) Sign in there again "
          + "with `cub auth login`, or begin a new session with --new.", ways: [.retry]))
    return false
  }

  /// ConfigHub stopped believing us; the step is kept and goes on after the sign-in.
  mutating func lostSignIn(_ reason: String) {
    state.signIn = .signedOut(reason: reason)
    if state.step == .connect, state.removal == nil { move(to: .connect, .signingIn) }
    save()
  }
}

extension HubIdentity {
  /// For a sentence: the organisation and the server, as far as they are known.
  public var placeName: String {
    let place = organization ?? organizationID ?? "an unnamed organisation"
    return server.map { "\(place) at \($0)" } ?? place
  }

  /// The rest of a sentence about what was made here, while cub is signed in elsewhere. Two
  /// organisations may have one name; then their ids tell them apart.
  public func whereNot(_ other: HubIdentity) -> String {
    guard placeName == other.placeName, let id = organizationID, let otherID = other.organizationID
    else { return "\(placeName), but cub is signed in to \(other.placeName)." }
    return "\(placeName), the organisation with ID \(id), but cub is signed in to another "
      + "organisation of that name, with ID \(otherID)."
  }
}

extension Session {
  /// Who began it, and who was signed in last, where those are two.
  private var twoUsers: (begunBy: String, now: String)? {
    guard let begunBy, let user = hub?.user, begunBy != user else { return nil }
    return (begunBy, user)
  }

  /// The same for a report.
  public var usersLine: String? {
    guard let (begunBy, user) = twoUsers else { return nil }
    return "Begun as \(begunBy), last signed in as \(user)."
  }

  /// What to say to somebody who goes on with a session that another began; `nil` if nobody does.
  public var otherUser: String? {
    guard let (begunBy, user) = twoUsers else { return nil }
    let stays =
      switch createdCount {
      case 0: "What it creates is created as \(user)."
      case 1: "Its unit stays as it is; the rest is done as \(user)."
      default: "Its \(createdCount) units stay as they are; the rest is done as \(user)."
      }
    return "This session was begun as \(begunBy); you are signed in as \(user). \(stays)"
  }
}
