/// From the choice of a worker until it is ready.
extension Reducer {
  mutating func workersRead(_ workers: [Worker]) {
    state.workers = workers.sorted { $0.slug < $1.slug }
    state.workersReadAt = state.now
    if state.step == .worker, state.phase == .choosing {
      guard takeUpWorker() else { return takeWorkerAnswer() }
      save()
    }
    guard let slug = state.session.workerSlug else { return }
    let worker = workers.first { $0.slug == slug }
    if state.step == .targets, worker.map(state.isUsable) != true { return lostWorker(slug) }
    guard state.step == .worker, state.phase == .connecting else { return }
    settleWorker(slug, worker)
    guard let worker, state.isUsable(worker) else { return waitForWorker(slug, worker) }
    state.manifest = nil
    state.session.workerStatus = "ready"
    complete(.worker)
  }

  /// A worker whose creation was unclear is there after all, or is not.
  private mutating func settleWorker(_ slug: String, _ worker: Worker?) {
    guard let worker, !isUnderWay(\.startsWorker) else { return }
    settleIntent(state.workerSubject(slug), id: worker.id)
  }

  /// The worker that the targets were expected from is gone; that is this step again.
  private mutating func lostWorker(_ slug: String) {
    abandonLooking()
    rewind(to: .worker, .connecting)
    connect(slug)
    state.manifest = nil
    tell("Worker \(slug) is not ready any more.")
    save()
    waitForWorker(slug, state.workers?.first { $0.slug == slug })
  }

  /// A worker that does not run here was read to be missing: it is made again where nobody knows
  /// whether it was, or where it was not.
  private func mayCreateAgain(_ slug: String) -> Bool {
    guard [.cluster, .server].contains(state.session.workerMode), !isUnderWay(\.startsWorker)
    else { return false }
    let operation = state.operation(state.workerSubject(slug))
    return switch operation?.state {
    // What an earlier run has tried out, this one tries once more.
    case .intent: operation?.isTriedOut == false || !state.isWorkerStarted
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
    // Of one that was never made there is nothing to wait for.
    if worker == nil, state.session.workerMode != .existing, !isUnderWay(\.startsWorker),
      let creation = state.operation(state.workerSubject(slug)), creation.isTriedOut
    {
      return workerFailed(slug, creation.reasonOfGivingUp)
    }
    if worker != nil, state.session.workerMode == .cluster, !isInstalled(slug) {
      return askToInstall(slug)
    }
    let status = worker?.condition ?? "missing"
    let waited = state.waitingSince.map { state.now.seconds(since: $0) } ?? 0
    guard waited < Reducer.patience else {
      return fail(
        Failure(
          .timedOut,
          "Worker \(slug) is \(status) after \(waited) seconds. Check that it runs and can reach "
            + "ConfigHub.",
          ways: [Way(.retry, "waits on"), Way(.stop, "chooses another one")]))
    }
    begin(Pause.poll)
  }

  /// `r` while a worker is waited for.
  mutating func retryWorker() {
    state.problem = nil
    state.waitingSince = state.now
    guard state.phase == .connecting, let slug = state.session.workerSlug,
      !isRunning({ $0.change?.startsWorker == true }),
      state.session.workerMode == .local || isMissing(slug)
    else { return enterWorker() }
    startWorker(slug)
  }

  /// It does not run here, was to be made, and was not.
  private func isMissing(_ slug: String) -> Bool {
    guard [.cluster, .server].contains(state.session.workerMode), state.isChecked,
      let workers = state.workers, !workers.contains(where: { $0.slug == slug })
    else { return false }
    return state.operation(state.workerSubject(slug))?.state != .done
  }
}
