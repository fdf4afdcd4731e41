/// Answers for the step while an import is taken back, and afterwards.
enum RemovalRules: StepRules {
  static let firstPhase: Phase? = nil

  static func enter(_ reducer: inout Reducer) {}
  static func enterAgain(_ reducer: inout Reducer) {}

  static func resume(_ reducer: inout Reducer) -> Bool {
    if reducer.state.removal?.phase == .looking { reducer.begin(.readSignIn) }
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {
    switch reducer.state.removal?.phase {
    case .looking: reducer.listCreations()
    case .removing: reducer.removeNext()
    case .asking, .over, nil: break
    }
  }

  static func poll(_ reducer: inout Reducer) {}

  static func goOn(_ reducer: inout Reducer) {
    switch reducer.state.removal?.phase {
    case .asking: reducer.refuse("Choose Remove or Back.")
    case .over where reducer.state.session.isUndone: reducer.leaveNow(.init(.done))
    case .over: reducer.closeRemoval()
    case .looking, .removing, nil: reducer.goOnLater()
    }
  }

  static func goBack(_ reducer: inout Reducer) {
    switch reducer.state.removal?.phase {
    case .removing: reducer.refuse("Units are being removed.", Way(.stop, "stops that"))
    case .looking, .asking, .over, nil: reducer.closeRemoval()
    }
  }

  static func retry(_ reducer: inout Reducer) {
    if reducer.state.removal?.phase != .removing { reducer.lookAtCreations() }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) {
    if reducer.state.removal?.phase == .removing {
      reducer.stopRemoval()
    } else {
      reducer.closeRemoval()
    }
  }

  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  /// Only who asks for it, and for no questions, has units removed.
  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard let removal = state.removal, Autopilot.isQuiet(state) else { return .wait }
    switch removal.phase {
    case .looking, .removing: return .wait
    case .asking where state.answers.run.dryRun: return .stop(.init(.done))
    case .asking: return .event(.confirm)
    case .over:
      if removal.isAskedFor {
        return .stop(.init(removal.findings.contains(where: \.isFailed) ? .failed : .done))
      }
      return .stop(
        .init(
          .failed,
          reason:
            "The import of session \(state.session.id) was taken back; import again with --new."
        ))
    }
  }
}
