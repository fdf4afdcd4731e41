import TerminalText
import Wizard

/// What the program prints after the screen is given back.
package func exitBox(_ state: WizardState, theme: Theme) -> String {
  let lines = exitLines(state, theme)
  guard !lines.isEmpty else { return "" }
  let size = Size(columns: Metrics.exitWidth, rows: lines.count + 4)
  var canvas = Canvas(size: size, theme: theme)
  canvas.box(
    "EXIT", [Line()] + lines.map { Line($0) } + [Line()], rows: 0..<size.rows,
    columns: 0..<size.columns)
  return Frame(canvas.elements, size: size, glyphs: theme.glyphs).text + "\n"
}

/// The lines of the box alone, for plain lines.
package func partingLines(_ state: WizardState, theme: Theme) -> [String] {
  exitLines(state, theme).filter { !$0.isEmpty }
}

private func exitLines(_ state: WizardState, _ theme: Theme) -> [String] {
  switch state.saving {
  case .never: return []
  case .failed: return ["This session could not be saved."]
  case .saved, .changed, .underWay:
    if state.session.isUndone {
      return ["This import was taken back. Import again with:", "", "  \(theme.program) --new"]
    }
    let first =
      state.session.isComplete
      ? "Import complete. What is left to do is shown by:"
      : "Session saved. You can resume later with:"
    return [first, "", "  \(theme.program) --resume"]
      + ["", "Or start fresh:", "", "  \(theme.program) --new"]
  }
}
