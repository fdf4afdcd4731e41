/// Why a run ends. What number a shell sees is the program's affair.
public enum ExitReason: Hashable, Sendable {
  /// All is done, or a person has left and everything is saved.
  case done
  case failed
  /// What was given does not fit.
  case wrongUsage
  /// There is nothing to resume.
  case noSession
  case signInNeeded
  /// Another map-import has the session.
  case sessionHeld
  /// A person has interrupted it.
  case interrupted
  /// The system told it to end, with this signal.
  case signal(Int32)
}

extension Failure {
  /// Of a run that stops because of it.
  var exitReason: ExitReason {
    switch kind {
    case .signInNeeded: .signInNeeded
    case .wrongUsage: .wrongUsage
    case .held: .sessionHeld
    case .noSession: .noSession
    case .other, .cancelled, .timedOut, .unseenPlugin, .anotherCluster: .failed
    }
  }
}
