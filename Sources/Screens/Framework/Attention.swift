import TerminalText
import Wizard

// What is told outside of the screen: in the title of the window, and to whoever looks elsewhere.

extension WizardState {
  /// How far it is, in few words, for the title of the terminal's window.
  package var windowTitle: String {
    let name = "map-import"
    guard case .working = stage else { return name }
    if let removal, removal.phase == .removing {
      let removed = removal.count(.removed)
      return "\(removed)/\(removed + removal.count(.removable)) removed - \(name)"
    }
    switch (step, phase) {
    case (.connect, .creating) where isCreating:
      return Self.title(creationProgress, "created") + " - \(name)"
    case (.targets, .binding) where !hasFailures && session.createdCount > 0:
      return Self.title(bindingProgress, "bound") + " - \(name)"
    case (.complete, _): return "done - \(name)"
    default: return "\(step.rawValue) \(step.number)/\(Step.seven.count) - \(name)"
    }
  }

  private static func title(_ progress: Progress, _ word: String) -> String {
    "\(progress.done)/\(progress.total) \(word)"
      + (progress.failed > 0 ? ", \(progress.failed) failed" : "")
  }

  /// What a person has to look at, now that nothing goes on by itself any more; `nil` while it does, and
  /// before anything was written.
  package var attention: String? {
    guard case .working = stage, !isBusy, !isLeaving else { return nil }
    if let problem, step >= .connect { return problem.message }
    if let removal { return removal.phase == .over ? "The import was taken back." : nil }
    switch (step, phase) {
    case (.connect, .creating):
      if !conflicts.isEmpty { return "\(plural(conflicts.count, "unit")) to be decided." }
      return hasFailures ? "\(plural(failures.count, "unit")) failed." : nil
    case (.worker, .choosing): return "The units are created; which worker?"
    case (.targets, .binding): return hasFailures ? "Some units could not be bound." : nil
    case (.verify, _): return "Not all is as it was meant to be."
    case (.complete, _): return "Complete: \(outcomeCounts.words)."
    default: return nil
    }
  }
}
