import Wizard

/// Before there is anything to be seen: what is waited for.
enum StartingScreen: Screen {
  static let keys: [KeyHandler] = [KeyHandler(.escape) { $0.escape() }]

  static let plain = PlainAnswers { _ in nil }

  static func page(_ state: WizardState, _ ui: ViewState) -> Page { Page() }

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    canvas.put(Line(context.state.startingWords), row: rows.lowerBound)
  }
}

extension WizardState {
  /// What is waited for at the start.
  var startingWords: String {
    let isOpening = running.values.contains { $0.work.isOpening }
    return isOpening ? "Opening the session…" : "Looking for a session…"
  }
}
