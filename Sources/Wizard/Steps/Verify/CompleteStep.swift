enum CompleteStep: StepRules {
  static let firstPhase: Phase? = nil

  static func enter(_ reducer: inout Reducer) {}
  static func enterAgain(_ reducer: inout Reducer) {}

  static func resume(_ reducer: inout Reducer) -> Bool {
    if !reducer.state.openUnits.isEmpty {
      reducer.recheck()
    } else {
      // Which cub is there tells what is left to do.
      reducer.begin(.readSignIn)
    }
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {}
  static func poll(_ reducer: inout Reducer) {}
  static func goOn(_ reducer: inout Reducer) { reducer.leave() }

  static func goBack(_ reducer: inout Reducer) {
    reducer.refuse("The import is complete; a new one begins with --new.")
  }

  static func retry(_ reducer: inout Reducer) {
    guard reducer.state.isChecked else { return reducer.recheck() }
    reducer.verify()
    // Which cub is there tells what is left to do.
    if reducer.state.signIn == nil { reducer.begin(.readSignIn) }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) { reducer.goBack() }
  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard Autopilot.isQuiet(state) else { return .wait }
    let failures = Autopilot.failures(state)
    return .stop(.init(failures == nil ? .done : .failed, reason: failures))
  }
}
