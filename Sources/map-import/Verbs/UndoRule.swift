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
      operation.state == .intent
      ? operation.result == nil && isMarked(remote) : operation.result == .created
    guard isMade else { return "it was there before this session" }
    if let id = operation.remoteID, let now = remote.id, id != now {
      return "it is another unit of this name"
    }
    guard let mark = remote.mark, mark.session == session.id else {
      return "it has no mark of this session"
    }
    guard let digest = operation.digest, remote.digest == digest else {
      return "its content was changed since, or cannot be read"
    }
    let changes = session.operations.filter { $0.key == operation.key && $0.state == .done }
    let known = changes.map(\.remoteVersion)
    if !known.contains(nil), let last = known.compactMap({ $0 }).max(), let now = remote.version,
      now != last
    {
      return "it was changed since: version \(now), this session left \(last)"
    }
    return nil
  }

  private func isMarked(_ remote: RemoteUnit) -> Bool {
    remote.mark?.session == session.id && remote.mark?.operation == operation.id
  }
}
