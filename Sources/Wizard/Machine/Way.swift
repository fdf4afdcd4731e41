/// What a person can do about what is said. Each front has a key or a word of its own for it, and
/// where nobody is there is none.
public struct Way: Hashable, Sendable {
  public enum Action: Hashable, Sendable, CaseIterable {
    case goOn, goBack, stop, leave, retry, retryOne, retryFailed, skip, undo
    case choose, chooseShown, open, viewLeftOut, editProposal, nameNamespace
    case leaveAsIs, update, rename
    case viewOmissions, sync, takeOver, resume, beginNew, delete, look, viewWorkerLog, viewCommands,
      writeReport
  }

  public let action: Action
  /// What that does, to be said after the key: `tries again`.
  public let does: String

  public init(_ action: Action, _ does: String) {
    self.action = action
    self.does = does
  }

  public static var retry: Way { Way(.retry, "tries again") }
}
