/// The worker that was asked for in advance: by flags, or by an earlier run where nobody is there.
enum WorkerAnswer: Hashable {
  case choice(WorkerChoice)
  /// Why it cannot be had, and what to do instead; a sentence.
  case refusal(String)
}

extension WizardState {
  /// What a mode comes to with the workers that there are; without a mode, an existing one is meant.
  func workerAnswer(_ mode: WorkerMode?, among workers: [Worker]) -> WorkerAnswer {
    if let sentence = mode.flatMap(deliversNothing) { return .refusal(sentence) }
    let slug = answers.worker
    switch mode {
    case .skip: return .choice(.skip)
    case .local: return .choice(.local(slug: slug ?? localWorkerSlug))
    case .cluster: return .choice(.cluster(slug: slug ?? localWorkerSlug))
    case .server: return .choice(.server(slug: slug ?? localWorkerSlug))
    case .existing, nil:
      let known = workers.first { slug == nil ? $0.isReady : $0.slug == slug }
      if let known { return .choice(.existing(slug: known.slug)) }
      let what = slug.map { "no worker \($0)" } ?? "no ready worker"
      return .refusal(
        "There is \(what) in \(appSpace). Take another with --worker-mode "
          + "\(hubDeliversReleasesOnly ? "server" : "local"), or leave it out with "
          + "--worker-mode skip.")
    }
  }

  /// The worker of the flags, before anything is written; `nil` where there is none, or it is not
  /// known yet.
  var workerAnswerAhead: WorkerAnswer? {
    let mode = answers.workerMode ?? earlierWorkerMode
    switch (mode, answers.worker) {
    case (nil, nil): return nil
    case (.existing, _), (nil, _):
      // In a Space that is yet to be made there is none.
      if exists(appSpace) == false { return workerAnswer(.existing, among: []) }
    case (let mode?, _): return workerAnswer(mode, among: [])
    }
    return workers.map { workerAnswer(mode, among: $0) }
  }

  var isListingWorkers: Bool {
    running.values.contains { if case .read(.listWorkers) = $0.work { true } else { false } }
  }
}

extension Reducer {
  /// Before anything is written, where nobody is there to choose another one. It is asked while the
  /// units are listed, which tells whether there is an App Space that can have workers; only then an
  /// answer is needed.
  mutating func askForWorkers() {
    let isExisting =
      state.answers.workerMode.map { $0 == .existing } ?? (state.answers.worker != nil)
    guard state.answers.run.isUnattended, isExisting, state.workers == nil,
      state.exists(state.appSpace) != false
    else { return }
    begin(.listWorkers(space: state.appSpace))
  }

  /// A question that a flag has answered is not asked, the first time that it comes up.
  mutating func takeWorkerAnswer() {
    let answers = state.answers
    guard !state.isWorkerAnswerTaken, !answers.run.isUnattended,
      answers.workerMode != nil || answers.worker != nil
    else { return }
    state.isWorkerAnswerTaken = true
    switch state.workerAnswer(answers.workerMode, among: state.workers ?? []) {
    case .choice(let choice):
      let flag =
        answers.workerMode.map { "--worker-mode \($0.rawValue)" }
        ?? "--worker \(answers.worker ?? "")"
      tell("The worker was chosen by \(flag).")
      chooseWorker(choice)
    case .refusal(let sentence): tell(sentence)
    }
  }
}
