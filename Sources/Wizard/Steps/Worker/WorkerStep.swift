enum WorkerStep: StepRules {
  static let firstPhase: Phase? = .choosing

  /// Those that were listed before the confirmation are not listed again at once; whether the worker
  /// is ready is read once more at the end.
  static func enter(_ reducer: inout Reducer) {
    let state = reducer.state
    let age = state.workersReadAt.map { state.now.seconds(since: $0) }
    let isFresh = state.workers != nil && age.map { $0 <= freshness } == true
    if !state.answers.run.isUnattended || !state.isChecked || !isFresh { reducer.enterWorker() }
  }

  /// Seconds.
  private static let freshness: Int64 = 60

  static func enterAgain(_ reducer: inout Reducer) {
    reducer.state.isWorkerAnswerTaken = true
    reducer.enterWorker()
  }

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasUnits else { return false }
    reducer.recheck()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) { reducer.enterWorker() }

  static func poll(_ reducer: inout Reducer) {
    guard reducer.state.phase == .connecting else { return }
    reducer.begin(.listWorkers(space: reducer.state.appSpace))
  }

  static func goOn(_ reducer: inout Reducer) {
    guard reducer.isCheckedToGoOn() else { return }
    if reducer.state.phase == .choosing {
      reducer.goOnLater("Choose a worker, or go on without one with s.")
    } else {
      reducer.goOnLater()
    }
  }

  static func goBack(_ reducer: inout Reducer) {
    if reducer.state.phase == .connecting { return reducer.cancel() }
    reducer.refuse(reducer.state.whatStays)
  }

  static func retry(_ reducer: inout Reducer) {
    if reducer.isReadyToRetry() { reducer.retryWorker() }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) {
    guard reducer.state.phase == .connecting else { return reducer.goBack() }
    reducer.abandonReading()
    reducer.move(to: .worker, .choosing)
    reducer.save()
    reducer.enterWorker()
  }

  /// Without a worker there are no targets either.
  static func skip(_ reducer: inout Reducer) {
    guard reducer.state.isChecked else { return reducer.refuseUnchecked() }
    reducer.abandonReading()
    reducer.state.session.workerMode = .skip
    reducer.state.session.workerStatus = "skipped"
    reducer.skipped(.worker)
    reducer.skipped(.targets)
    reducer.complete(.targets)
  }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    if state.phase == .choosing { return Autopilot.chooseWorker(state) }
    return state.manifest == nil ? .wait : .stop(Autopilot.installation(state))
  }
}

/// What connects ConfigHub to the cluster.
extension Reducer {
  /// Longer than this, the wait for a worker or a target says what to check. Seconds.
  static let patience: Int64 = 120

  mutating func enterWorker() {
    state.workers = nil
    state.manifest = nil
    // The check leads back to here.
    guard state.isChecked else { return recheck() }
    begin(.listWorkers(space: state.appSpace))
    if state.phase == .connecting {
      // Whoever leaves this one wants another.
      state.isWorkerAnswerTaken = true
      state.waitingSince = state.now
    }
  }

  mutating func chooseWorker(_ choice: WorkerChoice) {
    guard state.step == .worker, state.phase == .choosing else {
      return refuse("A worker is chosen in step \(Step.worker.number).")
    }
    guard state.isChecked else { return refuseUnchecked() }
    guard case .signedIn = state.signIn else {
      return refuse("Sign in to ConfigHub first.", Way(.goOn, "does it here"))
    }
    if let sentence = choice.mode.flatMap(state.deliversNothing) { return refuse(sentence) }
    switch choice {
    case .skip: skip()
    case .existing(let slug):
      state.session.workerMode = .existing
      connect(slug)
      save()
      workersRead(state.workers ?? [])
    case .local(let slug): create(slug, .local)
    case .cluster(let slug): create(slug, .cluster)
    case .server(let slug): create(slug, .server)
    }
  }

  private mutating func create(_ slug: String, _ mode: WorkerMode) {
    guard Naming.isValidSlug(slug) else {
      return refuse("\"\(slug)\" cannot be a worker's name: \(Naming.slugRule).")
    }
    if let sentence = state.hardlyDelivers(mode) {
      if state.answers.run.isUnattended { state.warnings.append(sentence) } else { tell(sentence) }
    }
    state.session.workerMode = mode
    connect(slug)
    startWorker(slug)
  }

  mutating func connect(_ slug: String) {
    state.isWorkerAnswerTaken = true
    state.session.workerSlug = slug
    state.session.workerStatus = "connecting"
    move(to: .worker, .connecting)
    state.waitingSince = state.now
  }

  /// As often as it is asked for: what runs already is not made twice.
  mutating func startWorker(_ slug: String) {
    (state.isWorkerStarted, state.hasWorkerEnded) = (true, false)
    _ = intend(state.workerSubject(slug), isCapped: false)
    let space = state.appSpace
    switch state.session.workerMode {
    case .cluster: saveThen(.createWorker(slug: slug, space: space, isServer: false))
    case .server: saveThen(.createWorker(slug: slug, space: space, isServer: true))
    case .local, .existing, .skip, nil: saveThen(.startWorker(slug: slug, space: space))
    }
  }

  mutating func workerStarted(_ slug: String, _ change: HubChange, _ made: Change) {
    var made = made
    // One that is there is not ours to run.
    if case .exists(let reason) = made, state.session.workerMode == .local {
      made = .refused(reason)
    }
    if case .signInNeeded = made { state.isWorkerStarted = false }
    switch settle(change, made) {
    case .done:
      if state.session.workerMode == .local {
        begin(Pause.poll)
      } else {
        begin(.listWorkers(space: state.appSpace))
      }
    case .failed(let reason): workerFailed(slug, reason)
    // Whether it is there shows in the list.
    case .unclear: begin(.listWorkers(space: state.appSpace))
    case .signedOut: return
    }
    save()
  }

  mutating func workerFailed(_ slug: String, _ reason: String) {
    let isHere = state.session.workerMode == .local
    fail(
      Failure(
        .other,
        reason.hasPrefix("Could not ")
          ? reason
          : "Worker \(slug) could not be \(isHere ? "started" : "created"): \(reason.withoutStop).",
        ways: [.retry, Way(.stop, "chooses another one")]))
  }

  mutating func keepWorker(_ isKept: Bool) {
    state.keepsWorker = isKept
    // Whoever was asked about it has answered.
    if state.isAskedToLeave { return leaveWhenQuiet() }
    confirmDone(
      isKept
        ? "A worker started here goes on running when the wizard ends."
        : "A worker started here ends with the wizard.")
  }

  /// The worker that we kept running has ended.
  mutating func workerEnded(_ slug: String, _ reason: String) {
    guard slug == state.session.workerSlug else { return }
    state.hasWorkerEnded = true
    if state.step == .worker, state.phase == .connecting {
      abandon { $0 == .pause(.poll) }
      fail(
        Failure(
          .other, "Worker \(slug) ended: \(reason.withoutStop).",
          ways: [Way(.retry, "starts it again")]))
    } else {
      tell("Worker \(slug) ended: \(reason.withoutStop).")
    }
  }

  /// The worker goes on all the same.
  mutating func workerNotLogged(_ reason: String) {
    if !state.warnings.contains(reason) { state.warnings.append(reason) }
    tell(reason)
  }

  mutating func skipped(_ step: Step) {
    if !state.session.stepsSkipped.contains(step) { state.session.stepsSkipped.append(step) }
  }
}
