enum ConnectStep: StepRules {
  static let firstPhase: Phase? = .confirming

  static func enter(_ reducer: inout Reducer) { reducer.askConfigHub() }
  static func enterAgain(_ reducer: inout Reducer) { reducer.askConfigHub() }

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasUnits else { return false }
    reducer.recheck()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {
    reducer.forgetLists()
    _ = reducer.listSpaces()
    reducer.findEarlierUnits()
    reducer.askForWorkers()
  }

  static func poll(_ reducer: inout Reducer) {}

  static func goOn(_ reducer: inout Reducer) {
    switch reducer.state.phase {
    case .signingIn: reducer.askForSignIn()
    case .creating: reducer.goOnFromUnits()
    case .confirming: reducer.goOnLater("Choose Create to begin, or Back.")
    case .choosing, .scanning, .connecting, .waiting, .binding, nil: reducer.goOnLater()
    }
  }

  static func goBack(_ reducer: inout Reducer) {
    if reducer.state.hasWritten { return reducer.refuse(reducer.state.whatStays) }
    reducer.back()
  }

  static func retry(_ reducer: inout Reducer) {
    guard reducer.isReadyToRetry() else { return }
    if reducer.state.phase == .creating {
      reducer.retryUnits()
    } else {
      reducer.begin(.readSignIn)
    }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    guard reducer.state.phase == .creating else { return reducer.refuse(Reducer.nothingToRetry) }
    reducer.state.failures[id] = nil
    reducer.state.isCreating = true
    reducer.advanceUnits()
  }

  static func cancel(_ reducer: inout Reducer) {
    if reducer.state.phase == .creating, reducer.state.isCreating {
      reducer.stopUnits()
    } else {
      reducer.goBack()
    }
  }

  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    switch state.phase {
    case .confirming:
      guard state.canConfirm else { return .wait }
      return Autopilot.workerRefusal(state) ?? .event(.confirm)
    case .creating:
      guard !state.isCreating, Autopilot.isQuiet(state) else { return .wait }
      return state.session.unitsCreated.isEmpty
        ? .stop(.init(.failed, reason: Autopilot.failures(state) ?? "No unit was created."))
        : .event(.goOn)
    case .signingIn, .choosing, .scanning, .connecting, .waiting, .binding, nil: return .wait
    }
  }
}

extension Reducer {
  mutating func confirm() {
    guard state.step == .connect, state.phase == .confirming else {
      return refuse("There is nothing to confirm here.")
    }
    guard !state.answers.run.dryRun else {
      return refuse(
        "This is a dry run: nothing is written to ConfigHub.", Way(.leave, "leaves"))
    }
    guard state.canConfirm else {
      return refuse("Wait until ConfigHub has answered.", Way(.retry, "asks again"))
    }
    if let problem = state.proposalProblems.first { return refuse(problem.sentence) }
    guard state.undecidedCount == 0 else { return refuseUndecided() }
    move(to: .connect, .creating)
    state.isCreating = true
    state.failures = [:]
    state.conflicts = [:]
    takeDecisions()
    save()
    advanceUnits()
  }
}

extension WizardState {
  /// Everything that the confirmation shows has been answered.
  public var canConfirm: Bool {
    guard case .signedIn = signIn else { return false }
    let isAsking = running.values.contains {
      switch $0.work {
      case .read(.readSignIn), .read(.listUnits), .session(.findEarlierUnits): true
      case .session, .cluster, .read, .change, .sync, .pause, .cancel: $0.work.unit != nil
      }
    }
    return isChecked && problem == nil && !isAsking && isListed
  }
}
