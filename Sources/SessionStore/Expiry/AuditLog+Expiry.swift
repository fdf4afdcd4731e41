import Logs
import Wizard

extension AuditLog {
  /// A line for what was done, or could not be: right after it.
  ///
  /// - Returns: why the line is missing, as a sentence; `nil` if it is there, or none is needed.
  package func write(_ action: ExpiryAction, at now: Timestamp) -> String? {
    switch action.outcome {
    case .planned, .kept: nil
    case .done: write(action, "done: \(action.reason)\(action.loss(isGone: true))", at: now)
    case .failed(let sentence): write(action, "failed: \(sentence)", at: now)
    }
  }

  /// One for all that was kept because the clock may be wrong: a later plan goes by its date.
  package func writeDoubt(_ actions: [ExpiryAction], at now: Timestamp) -> String? {
    guard let doubted = actions.first(where: \.isDoubted), case .kept(let reason) = doubted.outcome
    else { return nil }
    return write(doubted, "kept: \(reason)", at: now)
  }

  private func write(_ action: ExpiryAction, _ result: String, at now: Timestamp) -> String? {
    let kind: Action =
      switch action.kind {
      case .archive: .archive
      case .delete: .delete
      case .removeLog: .removeLog
      }
    return write(kind, action.id, result, at: now)
  }
}
