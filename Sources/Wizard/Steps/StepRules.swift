/// What a step has to say to everything that any step is asked. Nothing here has a default, so that a
/// new step does not compile before it has an answer to each.
protocol StepRules {
  /// The phase that it begins with; `nil` for a step without phases.
  static var firstPhase: Phase? { get }

  /// The step before it was finished.
  static func enter(_ reducer: inout Reducer)
  /// Somebody came back to it from a later step.
  static func enterAgain(_ reducer: inout Reducer)
  /// A session that was left in it was opened; false if the file lacks what the step builds on.
  static func resume(_ reducer: inout Reducer) -> Bool
  /// Somebody has signed in to ConfigHub while it is the current step.
  static func signedIn(_ reducer: inout Reducer)
  /// The pause between two looks is over.
  static func poll(_ reducer: inout Reducer)

  static func goOn(_ reducer: inout Reducer)
  static func goBack(_ reducer: inout Reducer)
  static func retry(_ reducer: inout Reducer)
  /// Try one unit again that failed.
  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer)
  static func cancel(_ reducer: inout Reducer)
  static func skip(_ reducer: inout Reducer)

  /// What is answered where nobody is there to ask, and nothing stands in the way.
  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer
}

extension Step {
  var rules: any StepRules.Type {
    switch self {
    case .scan: ScanStep.self
    case .review: ReviewStep.self
    case .select: SelectStep.self
    case .connect: ConnectStep.self
    case .worker: WorkerStep.self
    case .targets: TargetsStep.self
    case .verify: VerifyStep.self
    case .complete: CompleteStep.self
    }
  }
}
