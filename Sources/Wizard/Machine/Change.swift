/// What became of a change to ConfigHub.
public enum Change: Hashable, Sendable {
  case done(id: String?, version: Int?, slug: String?)
  /// Certainly not done.
  case refused(String)
  /// Something of that name is there already.
  case exists(String)
  /// Nobody can tell; to be settled by reading.
  case unclear(String)
  case signInNeeded(String)
}

extension Change {
  /// Why it was not done, or may not have been; empty if it was.
  public var reason: String {
    switch self {
    case .done: ""
    case .refused(let reason), .exists(let reason), .unclear(let reason),
      .signInNeeded(let reason):
      reason
    }
  }
}
