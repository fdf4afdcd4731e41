import Documents
import Logs
import SessionStore
import TerminalText
import Wizard

extension SessionVerbs {
  /// 1 if something could not be done.
  func prune() throws -> Int32 {
    let isDry = options.answers.run.dryRun
    let planned = try store.planExpiry(at: now, all: command.isAll, forced: command.isForced)
    guard try isDry || isPruneConfirmed(planned) else {
      report(planned, isDry: true, "Nothing was deleted.")
      return 0
    }
    let actions = isDry ? planned : carryOut(planned)
    report(actions, isDry: isDry, actions.isEmpty ? "Nothing to archive or delete." : nil)
    return actions.contains { $0.failure != nil } ? 1 : 0
  }

  /// What goes beyond the limits is shown first, and asked about.
  private func isPruneConfirmed(_ planned: [ExpiryAction]) throws -> Bool {
    let deleted = planned.filter { $0.kind == .delete && $0.outcome == .planned }
    guard command.isAll || command.isForced, !deleted.isEmpty, !options.yes else { return true }
    for action in deleted { complain(action.line) }
    try checkTerminal(for: "prune")
    return isConfirmed("Delete \(plural(deleted.count, "session")) for good? [y/N] ")
  }

  private func report(_ actions: [ExpiryAction], isDry: Bool, _ conclusion: String?) {
    print(
      .object(["dry_run": .bool(isDry), "actions": .array(actions.map(json))]),
      actions.map(\.line) + [conclusion].compactMap { $0 })
  }

  private func json(_ action: ExpiryAction) -> JSONValue {
    var kept: String?
    if case .kept(let reason) = action.outcome { kept = reason }
    let isLog = action.kind == .removeLog
    return .object([
      "action": .string(action.kind.rawValue), "session_id": .init(isLog ? nil : action.id),
      "log": .init(isLog ? action.id : nil), "reason": .string(action.reason),
      "units": JSONValue(action.units), "unsettled": JSONValue(action.unsettled),
      "readable": .bool(!action.isUnreadable), "done": .bool(action.outcome == .done),
      "kept": JSONValue(kept), "failure": JSONValue(action.failure),
    ])
  }

  private func carryOut(_ planned: [ExpiryAction]) -> [ExpiryAction] {
    let audit = AuditLog(root: store.root)
    var unwritten: String?
    let actions = store.carryOut(planned, at: now) { action in
      unwritten = audit.write(action, at: now) ?? unwritten
    }
    unwritten = audit.writeDoubt(actions, at: now) ?? unwritten
    if let unwritten { complain(unwritten) }
    return actions
  }
}
