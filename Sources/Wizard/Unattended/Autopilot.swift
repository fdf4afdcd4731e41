/// Answers the wizard's questions when nobody is there to ask: it takes the proposal as it is and
/// sends the same events as a person would.
public enum Autopilot {
  public enum Answer: Hashable, Sendable {
    case event(Event)
    /// Something is under way.
    case wait
    /// It cannot go on, or is done.
    case stop(WizardState.Leaving)
  }

  public static func answer(_ state: WizardState) -> Answer {
    guard case .working = state.stage else { return .wait }
    if state.isDryRunPlanned { return workerRefusal(state) ?? .stop(.init(.done)) }
    if let problem = state.problem {
      return .stop(.init(problem.exitReason, reason: problem.message))
    }
    if case .failed(let reason) = state.saving { return .stop(.init(.failed, reason: reason)) }
    if case .signedOut(let reason) = state.signIn {
      return .stop(.init(.signInNeeded, reason: reason))
    }
    return state.rules.unattendedAnswer(state)
  }

  static func isQuiet(_ state: WizardState) -> Bool { state.running.isEmpty }

  static var missingScope: WizardState.Leaving {
    .init(.wrongUsage, reason: "Name the namespaces with -n, or take all of them with -A.")
  }

  /// Said before anything is written.
  static func workerRefusal(_ state: WizardState) -> Answer? {
    switch state.workerAnswerAhead {
    case .refusal(let sentence):
      .stop(.init(.wrongUsage, reason: sentence + state.whenceWorker))
    case .choice(.cluster): .stop(installation(state))
    case .choice: nil
    case nil: state.isListingWorkers ? .wait : nil
    }
  }

  static func chooseWorker(_ state: WizardState) -> Answer {
    guard let workers = state.workers else { return .wait }
    let mode = state.answers.workerMode ?? state.earlierWorkerMode
    switch state.workerAnswer(mode, among: workers) {
    case .choice(.cluster): return .stop(installation(state))
    case .choice(let choice): return .event(.chooseWorker(choice))
    case .refusal where mode == nil && state.answers.worker == nil:
      return .event(.chooseWorker(.skip))
    case .refusal(let sentence): return .stop(.init(.failed, reason: sentence))
    }
  }

  /// What makes somebody the cluster's administrator is for a person to read first.
  static func installation(_ state: WizardState) -> WizardState.Leaving {
    let command = state.answers.run.wayBack.resuming(state.session).joined(separator: " ")
    return .init(
      .failed,
      reason: "A worker in the cluster becomes its administrator, so that is confirmed on a "
        + "terminal: run `\(command)` there, or choose another --worker-mode.")
  }

  /// What could not be done and is still wanted, as one sentence.
  static func failures(_ state: WizardState) -> String? {
    let failed = state.standingFailures
    guard let first = failed.first else {
      return state.openUnits.first.map { "Unit \(state.key(of: $0)) was not created." }
    }
    let others = failed.count > 1 ? " (and \(failed.count - 1) more)" : ""
    return "\(first.key) failed: \((first.reason ?? "no reason was given").withoutStop)\(others)."
  }
}

extension WizardState {
  /// A dry run knows what it would do, or why ConfigHub cannot tell.
  fileprivate var isDryRunPlanned: Bool {
    guard answers.run.dryRun, removal == nil, step == .connect else { return false }
    if problem != nil { return true }
    if case .signedOut = signIn { return true }
    return canConfirm
  }

  /// Whose choice of a worker it was, if it was not this run's.
  fileprivate var whenceWorker: String {
    guard answers.workerMode == nil, answers.worker == nil, let mode = earlierWorkerMode else {
      return ""
    }
    return " Session \(session.id) was given --worker-mode \(mode.rawValue) in an earlier run."
  }

  /// The worker that an earlier run made is taken again by one that is not told otherwise.
  var earlierWorkerMode: WorkerMode? {
    guard answers.worker == nil else { return nil }
    return session.workerMode == .local || session.workerMode == .server ? session.workerMode : nil
  }

  /// The name of a local worker, unless a person chooses another one.
  public var localWorkerSlug: String { session.workerSlug ?? "\(appSpace)-worker" }
}
