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
    if state.isDryRunPlanned { return workerRefusal(state) ?? .stop(.init(code: 0)) }
    if let problem = state.problem {
      let code: Int32 =
        switch problem.kind {
        case .signInNeeded: 4
        case .wrongUsage: 2
        default: 1
        }
      return .stop(.init(code: code, reason: problem.message))
    }
    if case .failed(let reason) = state.saving { return .stop(.init(code: 1, reason: reason)) }
    if case .signedOut(let reason) = state.signIn {
      return .stop(.init(code: 4, reason: reason))
    }
    switch (state.step, state.phase) {
    case (.scan, .choosing): return chooseScope(state)
    case (.review, _): return review(state)
    case (.select, _): return select(state)
    case (.connect, .confirming):
      guard state.canConfirm else { return .wait }
      return workerRefusal(state) ?? .event(.confirm)
    case (.connect, .creating): return created(state)
    case (.worker, .choosing): return chooseWorker(state)
    case (.worker, .connecting) where state.manifest != nil: return .stop(installation)
    case (.targets, .binding): return isQuiet(state) ? .event(.goOn) : .wait
    case (.verify, _): return verified(state)
    case (.complete, _): return complete(state)
    default: return .wait
    }
  }

  private static func isQuiet(_ state: WizardState) -> Bool { state.running.isEmpty }

  private static func chooseScope(_ state: WizardState) -> Answer {
    if state.session.scope.context.isEmpty {
      guard state.contexts != nil else { return .wait }
      guard let context = state.answers.context ?? state.currentContext else {
        return .stop(
          .init(code: 1, reason: "The kubeconfig has no current context; name one with --context."))
      }
      return .event(.chooseContext(context))
    }
    guard state.namespaces != nil, isQuiet(state) else { return .wait }
    let scope = state.session.scope
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return .stop(missingScope)
    }
    return .event(.goOn)
  }

  static var missingScope: WizardState.Leaving {
    .init(code: 2, reason: "Name the namespaces with -n, or take all of them with -A.")
  }

  private static func review(_ state: WizardState) -> Answer {
    guard state.session.selectedCount == 0, state.answers.plan == nil else { return .event(.goOn) }
    let names = state.session.scan?.namespaces.joined(separator: ", ") ?? ""
    return .stop(.init(code: 1, reason: "There is nothing to import in \(names)."))
  }

  private static func select(_ state: WizardState) -> Answer {
    if let problem = state.proposalProblems.first {
      return .stop(.init(code: 1, reason: problem.sentence))
    }
    return .event(.goOn)
  }

  private static func created(_ state: WizardState) -> Answer {
    guard !state.isCreating, isQuiet(state) else { return .wait }
    return state.session.unitsCreated.isEmpty
      ? .stop(.init(code: 1, reason: failures(state) ?? "No unit was created."))
      : .event(.goOn)
  }

  /// Said before anything is written.
  private static func workerRefusal(_ state: WizardState) -> Answer? {
    switch state.workerAnswerAhead {
    case .refusal(let sentence): .stop(.init(code: 2, reason: sentence))
    case .choice(.cluster): .stop(installation)
    case .choice: nil
    case nil: state.isListingWorkers ? .wait : nil
    }
  }

  private static func chooseWorker(_ state: WizardState) -> Answer {
    guard let workers = state.workers else { return .wait }
    let mode = state.answers.workerMode ?? state.earlierWorkerMode
    switch state.workerAnswer(mode, among: workers) {
    case .choice(.cluster): return .stop(installation)
    case .choice(let choice): return .event(.chooseWorker(choice))
    case .refusal where mode == nil && state.answers.worker == nil:
      return .event(.chooseWorker(.skip))
    case .refusal(let sentence): return .stop(.init(code: 1, reason: sentence))
    }
  }

  /// What makes somebody the cluster's administrator is for a person to read first.
  private static var installation: WizardState.Leaving {
    .init(
      code: 1,
      reason: "A worker in the cluster becomes its administrator, so that is confirmed on a "
        + "terminal: run map-import --resume there, or choose another --worker-mode.")
  }

  private static func verified(_ state: WizardState) -> Answer {
    guard isQuiet(state), let report = state.session.report else { return .wait }
    let wrong = report.checks.filter { $0.verdict == .mismatch }
    guard let first = wrong.first else { return .wait }
    return .stop(
      .init(code: 1, reason: "\(wrong.count) not as intended: \(first.subject): \(first.detail)"))
  }

  private static func complete(_ state: WizardState) -> Answer {
    guard isQuiet(state) else { return .wait }
    return .stop(.init(code: failures(state) == nil ? 0 : 1, reason: failures(state)))
  }

  /// The units that could not be created or bound, as one sentence.
  private static func failures(_ state: WizardState) -> String? {
    let failed = state.session.operations.filter { $0.state == .failed || $0.state == .intent }
    guard let first = failed.first else { return nil }
    let others = failed.count > 1 ? " (and \(failed.count - 1) more)" : ""
    return "\(first.key) failed: \((first.reason ?? "no reason was given").withoutStop)\(others)."
  }
}

extension WizardState {
  /// A dry run knows what it would do, or why ConfigHub cannot tell.
  fileprivate var isDryRunPlanned: Bool {
    guard answers.dryRun, step == .connect else { return false }
    if problem != nil { return true }
    if case .signedOut = signIn { return true }
    return canConfirm
  }

  /// The worker that an earlier run made is taken again by one that is not told otherwise.
  fileprivate var earlierWorkerMode: WorkerMode? {
    guard answers.worker == nil else { return nil }
    return session.workerMode == .local || session.workerMode == .server ? session.workerMode : nil
  }

  /// The name of a local worker, unless a person chooses another one.
  public var localWorkerSlug: String { session.workerSlug ?? "\(appSpace)-worker" }
}
