/// Step 5: what connects ConfigHub to the cluster.
extension Turn {
  /// Longer than this, the wait for a worker or a target says what to check. Seconds.
  static let patience: Int64 = 120

  mutating func enterWorker() {
    state.workers = nil
    begin(.listWorkers(space: state.appSpace))
    if state.phase == .connecting { state.waitingSince = state.now }
  }

  mutating func chooseWorker(_ choice: WorkerChoice) {
    guard state.step == .worker, state.phase == .choosing else {
      return refuse("A worker is chosen in step 5.")
    }
    switch choice {
    case .skip: skip()
    case .existing(let slug):
      state.session.workerMode = .existing
      connect(slug)
      save()
      workersRead(state.workers ?? [])
    case .local(let slug):
      guard Naming.isValidSlug(slug) else {
        return refuse("\"\(slug)\" cannot be a worker's name: \(WizardState.slugRule)")
      }
      state.session.workerMode = .local
      connect(slug)
      startWorker(slug)
    }
  }

  private mutating func connect(_ slug: String) {
    state.session.workerSlug = slug
    state.session.workerStatus = "connecting"
    move(to: .worker, .connecting)
    state.waitingSince = state.now
  }

  private mutating func startWorker(_ slug: String) {
    state.isWorkerStarted = true
    let key = "\(state.appSpace)/\(slug)"
    let earlier = state.session.operations.last { $0.kind == .createWorker && $0.key == key }
    let id = earlier?.id ?? record(.createWorker, key: key)
    update(id) {
      $0.attempt = earlier == nil ? 1 : $0.attempt + 1
      $0.state = .intent
    }
    saveThen(.startWorker(slug: slug, space: state.appSpace))
  }

  mutating func workerResult(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .workers(let workers)): workersRead(workers)
    case (.startWorker(let slug, _), .changed(let change)): workerStarted(slug, change)
    case (.startWorker(let slug, _), .failed(let failure)):
      workerStarted(slug, .unclear(failure.message))
    case (_, .failed(let failure)):
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    default: break
    }
  }

  private mutating func workerStarted(_ slug: String, _ change: Change) {
    let key = "\(state.appSpace)/\(slug)"
    guard let id = state.session.operations.last(where: { $0.key == key })?.id else { return }
    switch change {
    case .done(let remote, let version, _):
      update(id) { $0.finish(.created, id: remote, version: version) }
      begin(.pause(.poll))
    case .refused(let reason), .exists(let reason):
      update(id) { $0.fail(reason) }
      fail(Failure(.other, "Worker \(slug) could not be started: \(reason). Press r to try again."))
    // Whether it is there shows in the list.
    case .unclear: begin(.listWorkers(space: state.appSpace))
    case .signInNeeded(let reason):
      update(id) { $0.fail(reason) }
      return lostSignIn(reason)
    }
    save()
  }

  private mutating func workersRead(_ workers: [Worker]) {
    state.workers = workers.sorted { $0.slug < $1.slug }
    guard let slug = state.session.workerSlug else { return }
    let worker = workers.first { $0.slug == slug }
    if state.step == .targets, worker?.isReady != true { return lostWorker(slug) }
    guard state.step == .worker, state.phase == .connecting else { return }
    settleWorker(slug, worker)
    guard let worker, worker.isReady else { return waitForWorker(slug, worker) }
    state.session.workerStatus = "ready"
    complete(.worker, then: .targets, .waiting)
    save()
    enterTargets()
  }

  /// A worker whose creation was unclear is there after all, or is not.
  private mutating func settleWorker(_ slug: String, _ worker: Worker?) {
    let key = "\(state.appSpace)/\(slug)"
    let operation = state.session.operations.last { $0.kind == .createWorker && $0.key == key }
    guard let operation, operation.state == .intent, let worker,
      !isRunning({ if case .startWorker = $0 { true } else { false } }),
      !state.afterSave.contains(where: { if case .startWorker = $0 { true } else { false } })
    else { return }
    update(operation.id) { $0.finish(.created, id: worker.id, version: nil) }
    save()
  }

  /// The worker that the targets were expected from is gone; that is step 5 again.
  private mutating func lostWorker(_ slug: String) {
    abandon { !$0.changesOutside && $0 != .pause(.autosave) && $0 != .pause(.saveRetry) }
    state.session.stepsCompleted = Step.seven.filter { $0 < .worker }
    connect(slug)
    state.notice = "Worker \(slug) is not ready any more."
    save()
    waitForWorker(slug, state.workers?.first { $0.slug == slug })
  }

  private mutating func waitForWorker(_ slug: String, _ worker: Worker?) {
    // A local worker ends with the run that started it, so a resumed one is started again.
    if state.session.workerMode == .local, !state.isWorkerStarted,
      worker == nil || worker?.condition == "Disconnected"
    {
      return startWorker(slug)
    }
    let status = worker?.condition ?? "missing"
    let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
    guard waited < Turn.patience else {
      return fail(
        Failure(
          .timedOut,
          "Worker \(slug) is \(status) after \(waited) seconds. Check that it runs and can reach "
            + "ConfigHub; r waits on, esc chooses another one."))
    }
    begin(.pause(.poll))
  }

  /// The worker that we kept running has ended.
  mutating func workerEnded(_ slug: String, _ reason: String) {
    guard slug == state.session.workerSlug else { return }
    if state.step == .worker, state.phase == .connecting {
      abandon { $0 == .pause(.poll) }
      fail(Failure(.other, "Worker \(slug) ended: \(reason). Press r to start it again."))
    } else {
      state.notice = "Worker \(slug) ended: \(reason)."
    }
  }

  /// `r` while a worker is waited for.
  mutating func retryWorker() {
    state.problem = nil
    state.waitingSince = state.now
    guard state.phase == .connecting, state.session.workerMode == .local,
      let slug = state.session.workerSlug,
      !isRunning({ if case .startWorker = $0 { true } else { false } })
    else { return enterWorker() }
    startWorker(slug)
  }

  mutating func skip() {
    switch state.step {
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
