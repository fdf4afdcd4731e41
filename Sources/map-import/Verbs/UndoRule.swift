import Hub
import Wizard

/// Whether a unit is still exactly what a session made of it.
struct UndoRule {
  let session: Session
  let operation: Operation

  /// `nil` if it may be removed.
  func reasonToKeep(_ remote: RemoteUnit?) -> String? {
    guard let remote else { return "it is gone already" }
    // Where the run ended before it knew, the mark tells whose it is.
    let isMade =
      operation.state == .done
      ? operation.result == .created : operation.result == nil && isMarked(remote)
    guard isMade else {
      return operation.result == .updated && operation.state == .done
        ? "it was there before this session, which replaced what it held"
        : "it was there before this session"
    }
    if let id = operation.remoteID, let now = remote.id, id != now {
      return "it is another unit of this name"
    }
    guard let mark = remote.mark else { return "it has no mark of this session" }
    guard mark.session == session.id else {
      return "it carries the mark of session \(mark.session)"
        + (isCopy(of: mark) ? ", of which this one is a copy: undo that one" : "")
    }
    // Its content alone tells: ConfigHub moves the version of a unit by itself.
    if isUnfinished(remote) { return nil }
    guard let digest = operation.digest, remote.digest == digest else {
      return "its content was changed since, or cannot be read"
    }
    return nil
  }

  /// A session that is imported where its id is taken gets another, of the same time; its operations
  /// stay as they were.
  private func isCopy(of mark: UnitMark) -> Bool {
    let time = "import-YYYY-MM-DD-HHMMSS".count
    return mark.operation == operation.id && mark.session.prefix(time) == session.id.prefix(time)
  }

  /// This session made it, and its content was never written.
  private func isUnfinished(_ remote: RemoteUnit) -> Bool {
    operation.state != .done && remote.isEmpty
  }

  private func isMarked(_ remote: RemoteUnit) -> Bool {
    remote.mark?.session == session.id && remote.mark?.operation == operation.id
  }
}
