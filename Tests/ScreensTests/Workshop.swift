import TerminalText
import Wizard

@testable import Screens

/// A state that keys are pressed on, with effects left unanswered unless a test answers them.
struct Workshop {
  var state: WizardState
  var ui = ViewState()
  var size = Size(columns: 120, rows: 40)

  init(_ state: WizardState) {
    self.state = state
    _ = frame
  }

  /// The screen as it is now.
  var frame: String {
    mutating get { draw(layout).text }
  }

  var layout: ScreenLayout {
    mutating get { Screens.layout(state, &ui, size: size, theme: Theme(glyphs: .unicode)) }
  }

  mutating func press(_ keys: Key...) { press(keys) }

  mutating func press(_ keys: [Key]) {
    for key in keys {
      if case .event(let event) = Screens.press(key, layout, state, &ui) {
        (state, _) = reduce(state, event, at: sampleNow)
      }
      _ = frame
    }
  }

  mutating func type(_ text: String) {
    for character in text { press(.character(character)) }
  }

  /// Filters by a text and keeps it.
  mutating func filter(_ text: String) {
    press(.character("/"))
    if !ui.filter.isEmpty { press(.control("u")) }
    type(text)
    press(.enter)
  }

  var row: Row? {
    mutating get { ui.update(for: state).row }
  }

  /// The names of the workloads that are shown, and of groups in brackets, in order.
  var shown: [String] {
    mutating get {
      ui.update(for: state).rows.map { row in
        switch row.id {
        case .workload(let key): key.name
        case .group(let name): "[\(name)]"
        default: "?"
        }
      }
    }
  }

  var chosen: [String] { state.session.selected.map(\.key.name) }
}
