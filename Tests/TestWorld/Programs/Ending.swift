/// How a program came to its end.
public enum Ending: Equatable, Sendable, CustomStringConvertible {
  /// It ended by itself with this exit status.
  case exited(Int32)
  /// This signal ended it.
  case killed(signal: Int32)

  public var description: String {
    switch self {
    case .exited(let status): "ended with exit status \(status)"
    case .killed(let signal): "was ended by signal \(signal)"
    }
  }

  /// What a shell's `$?` says: the exit status, or 128 and the signal's number.
  public var status: Int32 {
    switch self {
    case .exited(let status): status
    case .killed(let signal): 128 + signal
    }
  }
}
