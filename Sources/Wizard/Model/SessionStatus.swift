/// What a session is, in one word: the same in a list, in its own report, in counts and in JSON.
public enum SessionStatus: String, CaseIterable, Sendable {
  /// There is something to go on with.
  case active
  case complete
  /// The same as active, but nobody has worked in it for long.
  case abandoned
  /// Its import was taken back.
  case undone
  case archived
  /// It cannot be read, wherever it is.
  case damaged

  public static let usualAbandonedAfter: Int64 = 24 * 3600
}

extension SessionHeader {
  /// Of a session that is not archived. One that was taken back is that, however far it had come.
  ///
  /// - Parameter idle: how long nobody has worked in it; its limit says when it is abandoned. What is
  ///   not known, or dated in the future, does not make it so.
  public func status(idle: Age) -> SessionStatus {
    if isUndone { return .undone }
    if isComplete { return .complete }
    return idle.seconds.map { $0 > idle.staleAfter } == true ? .abandoned : .active
  }
}
