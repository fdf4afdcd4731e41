/// What a session is, in one word: the same in a list, in its own report, in counts and in JSON.
public enum SessionStatus: String, CaseIterable, Sendable {
  /// There is something to go on with.
  case active
  case complete
  /// Its import was taken back.
  case undone
  case archived
  /// It cannot be read, wherever it is.
  case damaged
}

extension SessionHeader {
  /// Of a session that is not archived. One that was taken back is that, however far it had come.
  public var status: SessionStatus {
    if isUndone { return .undone }
    return isComplete ? .complete : .active
  }
}
