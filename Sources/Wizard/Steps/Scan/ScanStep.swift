enum ScanStep: StepRules {
  static let firstPhase: Phase? = .choosing

  static func enter(_ reducer: inout Reducer) { reducer.enterScan() }
  static func enterAgain(_ reducer: inout Reducer) { reducer.enterScan() }

  static func resume(_ reducer: inout Reducer) -> Bool {
    reducer.enterScan()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {}
  static func poll(_ reducer: inout Reducer) {}

  static func goOn(_ reducer: inout Reducer) {
    if reducer.state.phase == .choosing { reducer.scanChosen() } else { reducer.goOnLater() }
  }

  static func goBack(_ reducer: inout Reducer) {
    if reducer.state.phase == .scanning {
      reducer.leaveScan()
    } else if !reducer.state.session.scope.context.isEmpty {
      reducer.leaveContext()
    } else {
      reducer.refuse("This is the first step.")
    }
  }

  static func retry(_ reducer: inout Reducer) {
    let context = reducer.state.session.scope.context
    guard reducer.state.phase == .choosing else { return reducer.refuse(Reducer.nothingToRetry) }
    if reducer.state.contexts != nil, !context.isEmpty {
      reducer.begin(.listNamespaces(context: context))
    } else {
      reducer.enterScan()
    }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) {
    if reducer.state.phase == .scanning { reducer.stopScan() } else { reducer.goBack() }
  }

  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard state.phase == .choosing else { return .wait }
    if state.session.scope.context.isEmpty {
      guard state.contexts != nil else { return .wait }
      guard let context = state.answers.context ?? state.currentContext else {
        return .stop(
          .init(.failed, reason: "The kubeconfig has no current context; name one with --context."))
      }
      return .event(.chooseContext(context))
    }
    guard state.namespaces != nil, Autopilot.isQuiet(state) else { return .wait }
    let scope = state.session.scope
    guard scope.allNamespaces || !scope.namespaces.isEmpty else {
      return .stop(Autopilot.missingScope)
    }
    return .event(.goOn)
  }
}

extension Reducer {
  mutating func enterScan() {
    if state.phase != .choosing { move(to: .scan, .choosing) }
    readContexts()
  }
}
