import Effects
import Documents
import Glibc
import Terminal
import TerminalText
import Wizard

/// `sessions undo ID`: the wizard's own undo, without its screens.
struct SessionUndo {
  let verbs: SessionVerbs

  /// Answers with the exit status.
  func run(_ id: String) throws -> Int32 {
    _ = try verbs.entries(of: id)
    let world = try World(settings: verbs.options.settings, environment: verbs.environment)
    guard let signals = try? SignalQueue() else {
      throw Failure(.other, "Signals cannot be received: \(String(cString: strerror(errno))).")
    }
    let sessions = SessionKeeper(
      world: world, root: verbs.store.root, program: MapImport.nameAndVersion)
    let runner = try Runner(world: world, sessions: sessions)
    var front = Unattended(
      options: verbs.options, runner: runner, signals: signals,
      answer: { answer($0, signals) })
    let state = front.run(.undo(sessionID: id))
    report(state)
    let code = MapImport.end(state, runner, verbs.options)
    if !state.answers.run.dryRun, case .left(let leaving) = state.stage, let reason = leaving.reason
    {
      verbs.auditFailure(.init(code, reason))
    }
    return code
  }

  // MARK: Asking

  private func answer(_ state: WizardState, _ signals: SignalQueue) -> Autopilot.Answer {
    let answer = Autopilot.answer(state)
    guard answer == .event(.confirm), !verbs.options.yes, let removal = state.removal
    else { return answer }
    for finding in removal.findings where finding.fate != .removed {
      verbs.complain(finding.sentence)
    }
    do {
      try verbs.checkTerminal(for: "undo")
    } catch let refusal as SessionVerbs.Refusal {
      return .stop(.init(.wrongUsage, reason: refusal.sentence))
    } catch {
      return .stop(.init(.failed, reason: "\(error)"))
    }
    let count = plural(removal.count(.removable), "unit")
    let question = "Remove \(count) that session \(state.session.id) created? [y/N] "
    FileHandleText.write(escaped(question), to: STDERR_FILENO)
    guard isAnswered(before: signals) else { return .wait }
    return ["y", "yes"].contains(readLine()?.lowercased() ?? "")
      ? answer : .stop(.init(.done))
  }

  /// False where a signal comes first.
  private func isAnswered(before signals: SignalQueue) -> Bool {
    var polled = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&polled, 2, -1) < 0, errno == EINTR {}
    guard polled[1].revents == 0 else {
      FileHandleText.write("\n", to: STDERR_FILENO)
      return false
    }
    return true
  }

  // MARK: Telling

  private func report(_ state: WizardState) {
    guard let removal = state.removal, removal.phase != .looking else { return }
    let session = state.session
    let isDeclined = removal.phase == .asking && !state.answers.run.dryRun
    // They were told before the question.
    let told = removal.findings.filter { !isDeclined || $0.reason == nil }
    let removed = told.filter { $0.fate == .removed }
    let kept = told.filter { $0.fate != .removed }
    verbs.print(
      .object([
        "session_id": .string(session.id), "dry_run": .bool(state.answers.run.dryRun),
        "removed": .array(removed.map { .string($0.slug) }),
        "removable": .array(kept.filter { $0.fate == .removable }.map { .string($0.slug) }),
        "kept": .array(
          kept.filter { $0.fate != .removable }.map {
            .object(["unit": .string($0.slug), "reason": .init($0.reason)])
          }),
        "left": .array(session.besidesUnits.map { .string($0) }),
        "undone": .bool(session.isUndone),
      ]),
      (removed + kept.filter { !isDeclined || $0.fate != .removable }).map(\.sentence)
        + session.besidesUnits.map { "\($0) stays: only units are removed." }
        + conclusion(state, removal))
  }

  private func conclusion(_ state: WizardState, _ removal: Removal) -> [String] {
    if removal.phase == .asking {
      let more = removal.count(.removed) > 0 ? " more" : ""
      let start = state.answers.run.dryRun ? "This is a dry run: nothing" : "Nothing"
      return ["\(start)\(more) was removed."]
    }
    return
      (removal.isConfirmed
      ? [] : ["There is nothing to remove of session \(state.session.id)."])
      + (state.session.isUndone ? ["The import is undone; `map-import --new` imports again."] : [])
  }
}
