/// The session is kept in ConfigHub, too, where a person has said so. Uploads go on beside all else;
/// here is what they change for the wizard.
extension Reducer {
  // MARK: Whether

  /// A person's answer, for all sessions of the organisation from now on.
  mutating func setSync(_ isOn: Bool) {
    guard let organization = state.organization else {
      return refuse("It is not known yet which organisation you are signed in to.")
    }
    if isOn, let obstacle = state.syncObstacle { return refuse(obstacle) }
    state.answers.run.sync.given = nil
    state.answers.run.sync.remembered[organization] = .init(
      isOn: isOn, space: state.answers.run.sync.givenSpace)
    if isOn {
      confirmDone(
        "Sessions of \(organization) are kept in ConfigHub, too, in Space \(state.syncSpace).")
      beginSync()
    } else {
      confirmDone("Sessions of \(organization) stay on this machine.")
      begin(SyncWork.end)
      state.syncStatus = nil
    }
  }

  /// Once it is known who is signed in.
  mutating func beginSync() {
    guard state.isSyncOn, state.otherHolder == nil, state.removal == nil else { return }
    if let obstacle = state.syncObstacle {
      if state.answers.run.sync.given == true, !state.warnings.contains(obstacle) {
        state.warnings.append(obstacle)
      }
      return
    }
    begin(.begin(space: state.syncSpace))
  }

  mutating func syncBegun(_ sync: SyncState) {
    // What is known of it is saved before anything of it is in ConfigHub.
    if state.session.sync?.unit != sync.unit { state.session.sync = sync }
    state.session.sync?.copy = sync.copy
    save()
  }

  // MARK: What is new

  mutating func syncNews(_ session: String, _ news: SyncNews) {
    guard session == state.session.id, state.stage == .working, state.leaving == nil else { return }
    switch news {
    case .status(let status):
      state.syncStatus = status
      if case .behind(let reason) = status, state.session.sync != nil {
        state.session.sync?.error = reason
      }
    case .noted(let sync):
      guard let own = state.session.sync, own.unit == sync.unit else { return }
      state.session.sync = sync
      saveSoon()
    case .moved:
      state.isToReconcile = true
      reconcileWhenQuiet()
    case .lost(let standing, let savedAt):
      lost(OtherHolder(standing: standing, savedAt: savedAt))
    }
  }

  /// Somebody else drives it now: nothing outside is changed any more, and what was done is kept.
  mutating func lost(_ holder: OtherHolder) {
    guard state.otherHolder != holder else { return }
    state.otherHolder = holder
    state.isCreating = false
    state.ready = []
    state.afterSave = []
    state.coveredBySave = 0
    abandonReading()
    fail(state.otherHolderFailure)
    save()
  }

  // MARK: Going on with what is there

  /// What is being written ends first, so that it is among the facts.
  mutating func reconcileWhenQuiet() {
    guard state.isToReconcile, state.leaving == nil, !state.isWriting, !state.hasUnsaved else {
      return
    }
    state.isToReconcile = false
    abandonReading()
    begin(SyncWork.reconcile)
  }

  mutating func takeOver() {
    guard state.otherHolder != nil else { return refuse("This session is driven here.") }
    guard !isRunning({ $0 == .sync(.takeOver) }) else { return refuse("It is being taken over.") }
    begin(SyncWork.takeOver)
  }

  /// All that was known of the world is read anew, as with every resume.
  mutating func reconciled(_ result: ReconciledSession) {
    abandonReading()
    var next = WizardState(answers: state.answers, now: state.now)
    next.nextEffect = state.nextEffect
    next.commandLine = state.commandLine
    next.start = .resume(sessionID: result.session.id)
    next.isWorkerStarted = state.isWorkerStarted
    next.keepsWorker = state.keepsWorker
    next.contexts = state.contexts
    next.currentContext = state.currentContext
    next.sessions = state.sessions
    next.syncConflict = result.news
    if let news = result.news { next.warnings = [news] }
    state = next
    resumed(result.session)
  }

  mutating func syncFailed(_ work: SyncWork, _ failure: Failure) {
    switch work {
    case .begin, .end: state.syncStatus = .behind(failure.message)
    case .reconcile:
      // Nothing is written on top of what nobody has seen.
      var failure = failure
      failure.ways = [.retry]
      state.isToReconcile = true
      fail(failure)
    case .takeOver: refuse(failure.message)
    case .listArrivals: arrivalsListed([])
    case .readTeamLog: refuse(failure.message)
    case .listTeam: state.teamProblem = failure.message
    case .fetch:
      state.isTakingArrival = false
      refuse(failure.message)
    }
  }
}

extension WizardState {
  /// The organisation that was signed in to.
  public var organization: String? {
    session.hub?.organization ?? session.hub?.organizationID
  }

  /// It is kept in ConfigHub, too, as this run was told or a person has answered.
  public var isSyncOn: Bool {
    !answers.run.dryRun && answers.run.sync.isOn(in: organization) == true
  }

  /// The same, before it is known who is signed in.
  var mayBeSynced: Bool {
    let sync = answers.run.sync
    return !answers.run.dryRun && sync.isOn(in: organization ?? sync.lastOrganization) == true
  }

  /// Where it is, or will be.
  public var syncSpace: String {
    session.sync?.space ?? answers.run.sync.space(in: organization)
  }

  /// A person may be asked, and was not yet.
  public var offersSync: Bool {
    guard case .signedIn = signIn, !answers.run.dryRun, !answers.run.isUnattended,
      organization != nil, syncObstacle == nil
    else { return false }
    return answers.run.sync.isOn(in: organization) == nil
  }

  /// Why it cannot be kept there; a sentence.
  public var syncObstacle: String? {
    guard case .signedIn(let identity) = knownSignIn, let version = identity.cubVersion,
      !identity.deliversReleasesOnly
    else { return nil }
    return "Keeping sessions in ConfigHub needs cub 0.7 or later; this one is \(version)."
  }

  /// Why it can only be looked at; `nil` while this copy drives it.
  public func standingSentence(in zone: Zone) -> String? {
    otherHolder?.standing.sentence(in: zone)
  }

  var otherHolderFailure: Failure {
    Failure(
      .held, standingSentence(in: .utc.marked) ?? "",
      ways: answers.run.isUnattended ? [] : [Way(.takeOver, "takes it over")])
  }

  /// The question before it is taken over: from whom, and how long ago they saved.
  public var takeOverQuestion: String {
    let who = otherHolder?.standing.holder?.words ?? "nobody"
    let age = Age(since: otherHolder?.savedAt, at: now)
    return "It is held by \(who), saved \(age.words)."
  }
}
