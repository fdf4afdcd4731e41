import TerminalText
import Wizard

extension PlainWizard {
  /// The question of this moment; `nil` while the wizard goes on by itself.
  package func question(_ state: WizardState) -> String? {
    if case .left = state.stage { return nil }
    if let entry = ui.textEntry { return plain(entry.question) }
    if let picker = ui.picker { return plain(picker.plainQuestion) }
    if ui.has(.sync) { return "Keep them in ConfigHub, too, yes or no? " }
    if state.isAskedToLeave {
      return state.workerQuestion.isEmpty
        ? "yes to wait, save and leave, or no to stay? "
        : "yes to leave, keepworker to leave it running, or no to stay? "
    }
    let screen = ScreenID(of: state, ui)
    if Focus.screen(screen).isWait, state.problem == nil {
      guard let since = state.waitingSince, state.now.seconds(since: since) >= askAfter else {
        return nil
      }
    } else if state.isBusy {
      return nil
    } else if state.problem != nil {
      return "retry, back, q to leave, or ? "
    }
    return screen.room.plain.question(state)
  }
}

extension Focus {
  /// Whether the screen waits for something outside.
  var isWait: Bool {
    if case .waitOn? = plain?.emptyLine { true } else { false }
  }
}

extension Picker {
  fileprivate var plainQuestion: String {
    "\(question), number\(newWords == nil ? " or name" : ", name, or \(newWords ?? "")") "
      + "(enter leaves it as it is): "
  }
}

extension TextEntry {
  /// The question for the text. An empty answer keeps the text that is there.
  fileprivate var question: String {
    if subject == .installation { return "Type yes to apply it: " }
    if case .labels(let units) = subject, units.count > 1 { return "\(name): " }
    return field.text.isEmpty ? "Name: " : "Instead of \(field.text) (enter keeps it): "
  }
}
