enum VerifyStep: StepRules {
  static let firstPhase: Phase? = nil

  static func enter(_ reducer: inout Reducer) { reducer.enterVerify() }
  static func enterAgain(_ reducer: inout Reducer) { reducer.enterVerify() }

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasUnits else { return false }
    reducer.recheck()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) { reducer.enterVerify() }
  static func poll(_ reducer: inout Reducer) {}

  static func goOn(_ reducer: inout Reducer) {
    guard reducer.isCheckedToGoOn() else { return }
    guard reducer.state.session.report != nil, !reducer.isVerifying else {
      return reducer.goOnLater()
    }
    reducer.complete(.verify)
  }

  /// To the last step in which something is chosen.
  static func goBack(_ reducer: inout Reducer) { reducer.back(to: .worker) }

  static func retry(_ reducer: inout Reducer) {
    if reducer.isReadyToRetry() { reducer.enterVerify() }
  }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) { reducer.goBack() }
  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard Autopilot.isQuiet(state), let report = state.session.report else { return .wait }
    let wrong = report.checks.filter { $0.verdict == .mismatch }
    if wrong.isEmpty { return .wait }
    var named = wrong.prefix(2).map { "\($0.subject): \($0.detail)" }
    if wrong.count > 2 { named.append("and \(wrong.count - 2) more") }
    return .stop(
      .init(
        .failed, reason: "\(wrong.count) not as intended: \(named.joined(separator: "; "))"))
  }
}

/// Whether all is as it was meant to be.
extension Reducer {
  mutating func enterVerify() {
    if state.step != .verify { move(to: .verify) }
    state.problem = nil
    verify()
  }

  var isVerifying: Bool { isRunning { if case .read(.verify) = $0 { true } else { false } } }

  mutating func verify() {
    if !isVerifying { begin(.verify(state.session)) }
  }

  mutating func verified(_ report: Report) {
    state.session.report = report
    state.session.report?.at = state.now
    if state.step == .verify, !report.checks.contains(where: { $0.verdict == .mismatch }) {
      complete(.verify)
    } else {
      save()
    }
  }
}
