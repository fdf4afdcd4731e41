import TerminalText
import Wizard

/// What the program prints after the screen is given back.
package func exitBox(_ state: WizardState, theme: Theme) -> String {
  let lines = exitLines(state, width: Metrics.exitWidth - Metrics.boxColumns)
  guard !lines.isEmpty else { return "" }
  // A command in more lines than one would be copied with the edges of the box.
  guard lines.allSatisfy(\.isWhole) else {
    return exitLines(state, width: Metrics.commandWidth).map { escaped($0.text) + "\n" }.joined()
  }
  let size = Size(columns: Metrics.exitWidth, rows: lines.count + 4)
  var canvas = Canvas(size: size, theme: theme)
  canvas.box(
    "EXIT", [Line()] + lines.map { Line($0.text) } + [Line()], rows: 0..<size.rows,
    columns: 0..<size.columns)
  return Frame(canvas.elements, size: size, glyphs: theme.glyphs).text + "\n"
}

/// The lines of the box alone, for plain lines.
package func partingLines(_ state: WizardState) -> [String] {
  exitLines(state, width: Metrics.commandWidth).map { escaped($0.text) }.filter { !$0.isEmpty }
}

private struct ExitLine {
  var text = ""
  /// Not a part of a command that there is no room for in one line.
  var isWhole = true
}

private func exitLines(_ state: WizardState, width: Int) -> [ExitLine] {
  let wayBack = state.answers.run.wayBack
  func told(_ sentence: String, _ command: [String]) -> [ExitLine] {
    let lines = CommandLineText.broken(command, width: width - 2)
    let isWhole = lines.count == 1 && lines.allSatisfy { $0.count <= width - 2 }
    return [ExitLine(text: sentence), ExitLine()]
      + lines.map { ExitLine(text: "  " + $0, isWhole: isWhole) }
  }
  switch state.saving {
  case .never: return []
  case .failed: return [ExitLine(text: "This session could not be saved.")]
  case .saved, .changed, .underWay:
    if state.session.isUndone {
      return told("This import was taken back. Import again with:", wayBack.startingNew)
    }
    let failed = SessionFacts(state.session).failed
    let first =
      failed > 0
      ? "\(failed == 1 ? "1 unit" : "\(failed) units") failed. To try again, resume with:"
      : state.session.isComplete
        ? "Import complete. What is left to do is shown by:"
        : "Session saved. You can resume later with:"
    return told(first, wayBack.resuming(state.session)) + [ExitLine()]
      + told("Or start fresh:", wayBack.startingNew)
  }
}
