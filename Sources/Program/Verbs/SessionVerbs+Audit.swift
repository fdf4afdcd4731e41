import Documents
import Files
import Logs

extension SessionVerbs {
  /// Adds a line to the audit log; that it cannot is said and stops nothing.
  func audit(_ action: AuditLog.Action, _ subject: String, _ result: String) {
    if let failure = AuditLog(root: store.root).write(action, subject, result, at: now) {
      complain(failure)
    }
  }

  /// A verb that was to change a session and could not leaves a line, too.
  func auditFailure(_ refusal: Refusal) {
    let action: AuditLog.Action
    switch command.verb {
    case .archive: action = .archive
    case .restore: action = .restore
    case .delete: action = .delete
    case .undo: action = .undo
    case .name: action = .name
    case .share: action = .share
    case .unshare: action = .unshare
    case .handoff: action = .handoff
    case .take: action = .take
    default: return
    }
    // With wrong usage and an id that is not there nothing was tried.
    guard [1, 4, 5].contains(refusal.code), let id = command.arguments.first else { return }
    audit(action, id, "failed: \(refusal.sentence)")
  }

  func audit(about id: String?) throws {
    let lines = try AuditLog(root: store.root).lines(about: id)
    print(
      .array(lines.map(JSONValue.string)),
      lines.isEmpty ? ["The audit log tells of nothing."] : lines)
  }
}
