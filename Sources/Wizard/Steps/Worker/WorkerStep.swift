/// Step 5: what connects ConfigHub to the cluster.
extension Turn {
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
      return refuse("A worker is chosen in step 5.")
    }
    guard state.isChecked else { return refuseUnchecked() }
    guard case .signedIn = state.signIn else {
      return refuse("Sign in to ConfigHub first: enter does it here.")
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
    state.session.workerMode = mode
    connect(slug)
    startWorker(slug)
  }

  private mutating func connect(_ slug: String) {
    state.isWorkerAnswerTaken = true
    state.session.workerSlug = slug
    state.session.workerStatus = "connecting"
    move(to: .worker, .connecting)
    state.waitingSince = state.now
  }

  mutating func startWorker(_ slug: String) {
    state.isWorkerStarted = true
    let key = "\(state.appSpace)/\(slug)"
    let earlier = state.operation(.createWorker, on: key)
    let id = earlier?.id ?? record(.createWorker, key: key)
    update(id) {
      $0.attempt = earlier == nil ? 1 : $0.attempt + 1
      $0.state = .intent
    }
    switch state.session.workerMode {
    case .cluster: saveThen(.createWorker(slug: slug, space: state.appSpace, isServer: false))
    case .server: saveThen(.createWorker(slug: slug, space: state.appSpace, isServer: true))
    default: saveThen(.startWorker(slug: slug, space: state.appSpace))
    }
  }

  mutating func workerResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .workers(let workers)): workersRead(workers)
    case (.startWorker(let slug, _), .changed(let change)),
      (.createWorker(let slug, _, _), .changed(let change)):
      workerStarted(slug, change)
    case (.startWorker(let slug, _), .failed(let failure)),
      (.createWorker(let slug, _, _), .failed(let failure)):
      workerStarted(slug, .unclear(failure.message))
    case (.exportWorker, .exported(let manifest)): state.manifest = manifest
    case (.installWorker(let slug, _, _, _), .changed(let change)): workerInstalled(slug, change)
    case (.installWorker(let slug, _, _, _), .failed(let failure)):
      workerInstalled(slug, .unclear(failure.message))
    case (_, .failed(let failure)):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }

  private mutating func workerStarted(_ slug: String, _ change: Change) {
    let key = "\(state.appSpace)/\(slug)"
    let operation = state.operation(.createWorker, on: key)
    guard let id = operation?.id else { return }
    switch change {
    case .done(let remote, let version, _):
      update(id) { $0.finish(.created, id: remote, version: version) }
      begin(
        state.session.workerMode == .local
          ? .pause(.poll) : .listWorkers(space: state.appSpace))
    case .refused(let reason): workerFailed(slug, id, reason)
    case .exists(let reason) where state.session.workerMode == .local:
      workerFailed(slug, id, reason)
    // Whether it is there shows in the list.
    case .exists, .unclear: begin(.listWorkers(space: state.appSpace))
    case .signInNeeded(let reason):
      state.isWorkerStarted = false
      update(id) { $0.fail(reason) }
      return lostSignIn(reason)
    }
    save()
  }

  private mutating func workerFailed(_ slug: String, _ id: String, _ reason: String) {
    update(id) { $0.fail(reason) }
    fail(
      Failure(
        .other, "Worker \(slug) could not be started: \(reason.withoutStop).", keys: Turn.retryKey))
  }

  private mutating func workersRead(_ workers: [Worker]) {
    state.workers = workers.sorted { $0.slug < $1.slug }
    if state.step == .worker, state.phase == .choosing { return takeWorkerAnswer() }
    guard let slug = state.session.workerSlug else { return }
    let worker = workers.first { $0.slug == slug }
    if state.step == .targets, worker.map(state.isUsable) != true { return lostWorker(slug) }
    guard state.step == .worker, state.phase == .connecting else { return }
    settleWorker(slug, worker)
    guard let worker, state.isUsable(worker) else { return waitForWorker(slug, worker) }
    state.manifest = nil
    state.session.workerStatus = "ready"
    complete(.worker, then: .targets, .waiting)
    save()
    enterTargets()
  }

  /// A worker whose creation was unclear is there after all, or is not.
  private mutating func settleWorker(_ slug: String, _ worker: Worker?) {
    let key = "\(state.appSpace)/\(slug)"
    let operation = state.operation(.createWorker, on: key)
    guard let operation, operation.state == .intent, let worker,
      !isRunning(\.startsWorker), !state.afterSave.contains(where: \.startsWorker)
    else { return }
    update(operation.id) { $0.finish(.created, id: worker.id, version: nil) }
    save()
  }

  /// The worker that the targets were expected from is gone; that is step 5 again.
  private mutating func lostWorker(_ slug: String) {
    abandon { !$0.changesOutside && $0 != .pause(.autosave) && $0 != .pause(.saveRetry) }
    rewind(to: .worker, .connecting)
    connect(slug)
    state.manifest = nil
    state.notice = "Worker \(slug) is not ready any more."
    save()
    waitForWorker(slug, state.workers?.first { $0.slug == slug })
  }

  /// A worker that does not run here was read to be missing: it is made again where nobody knows
  /// whether it was, or where it was not.
  private func mayCreateAgain(_ slug: String) -> Bool {
    guard [.cluster, .server].contains(state.session.workerMode), !isRunning(\.startsWorker),
      !state.afterSave.contains(where: \.startsWorker)
    else { return false }
    let key = "\(state.appSpace)/\(slug)"
    let operation = state.operation(.createWorker, on: key)
    return switch operation?.state {
    case .intent: (operation?.attempt ?? 0) < Turn.maximumAttempts
    case .done: !state.isWorkerStarted
    case .failed, .skipped, nil: true
    }
  }

  private mutating func waitForWorker(_ slug: String, _ worker: Worker?) {
    // Chosen with another cub.
    if let sentence = state.session.workerMode.flatMap(state.deliversNothing) {
      move(to: .worker, .choosing)
      refuse(sentence)
      return save()
    }
    // A local worker ends with the run that started it, so a resumed one is started again.
    if state.session.workerMode == .local, !state.isWorkerStarted,
      worker == nil || worker?.condition == "Disconnected"
    {
      return startWorker(slug)
    }
    if worker == nil, mayCreateAgain(slug) { return startWorker(slug) }
    if worker != nil, state.session.workerMode == .cluster, !isInstalled(slug) {
      return askToInstall(slug)
    }
    let status = worker?.condition ?? "missing"
    let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
    guard waited < Turn.patience else {
      return fail(
        Failure(
          .timedOut,
          "Worker \(slug) is \(status) after \(waited) seconds. Check that it runs and can reach "
            + "ConfigHub.", keys: "r waits on, esc chooses another one."))
    }
    begin(.pause(.poll))
  }

  mutating func keepWorker(_ isKept: Bool) {
    state.keepsWorker = isKept
    refuse(
      isKept
        ? "A worker started here goes on running when the wizard ends."
        : "A worker started here ends with the wizard.")
  }

  /// The worker that we kept running has ended.
  mutating func workerEnded(_ slug: String, _ reason: String) {
    guard slug == state.session.workerSlug else { return }
    if state.step == .worker, state.phase == .connecting {
      abandon { $0 == .pause(.poll) }
      fail(
        Failure(
          .other, "Worker \(slug) ended: \(reason.withoutStop).", keys: "Press r to start it again."
        ))
    } else {
      state.notice = "Worker \(slug) ended: \(reason.withoutStop)."
    }
  }

  /// The worker goes on all the same.
  mutating func workerNotLogged(_ reason: String) {
    if !state.warnings.contains(reason) { state.warnings.append(reason) }
    state.notice = reason
  }

  /// `r` while a worker is waited for.
  mutating func retryWorker() {
    state.problem = nil
    state.waitingSince = state.now
    guard state.phase == .connecting, state.session.workerMode == .local,
      let slug = state.session.workerSlug,
      !isRunning(\.startsWorker)
    else { return enterWorker() }
    startWorker(slug)
  }

  mutating func skip() {
    state.isWorkerAnswerTaken = true
    switch state.step {
    case .worker where !state.isChecked, .targets where !state.isChecked: return refuseUnchecked()
    case .worker:
      abandon { !$0.changesOutside }
      state.session.workerMode = .skip
      state.session.workerStatus = "skipped"
      skipped(.worker)
      skipped(.targets)
      complete(.targets, then: .verify)
    case .targets:
      abandon { !$0.changesOutside }
      skipped(.targets)
      complete(.targets, then: .verify)
    default: return refuse("Only the worker and the targets can be left out.")
    }
    save()
    enterVerify()
  }

  private mutating func skipped(_ step: Step) {
    if !state.session.stepsSkipped.contains(step) { state.session.stepsSkipped.append(step) }
  }
}
