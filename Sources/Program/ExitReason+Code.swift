import Wizard

extension ExitReason {
  /// What a shell sees; see EXIT STATUS in the manual.
  var code: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .wrongUsage: 2
    case .noSession: 3
    case .signInNeeded: 4
    case .sessionHeld: 5
    case .interrupted: 130
    case .signal(let number): 128 + number
    }
  }
}
