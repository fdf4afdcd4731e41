import TerminalText
import Wizard

/// A text that is typed in the last rows, while the rest of the screen stays.
enum TextEntryLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.takeText) { press in
        press.takeText()
      },
      KeyHandler(.dropText) { press in
        press.ui.textEntry = nil
        return .nothing
      },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    context.visible.screen.room.layOut(context, on: &canvas, rows: rows)
  }
}

extension KeyPress {
  /// Opens the entry of a text.
  mutating func edit(_ subject: TextEntry.Subject, _ text: String = "") -> Intent {
    ui.push(.textEntry(TextEntry(subject, text)))
    return .nothing
  }

  /// Takes the text; one that is wrong, or that the wizard would refuse, stays to be mended, with the
  /// reason.
  mutating func takeText() -> Intent {
    guard var entry = ui.textEntry else { return .nothing }
    if entry.staysToBeMended {
      if entry.problem(in: state) != nil { return .nothing }
      if let refusal = refusal(of: entry.event) {
        entry.refusal = refusal
        ui.textEntry = entry
        return .nothing
      }
    }
    ui.textEntry = nil
    if case .labels = entry.subject { ui.marks.clear(on: screen) }
    return .event(entry.event)
  }
}

extension Canvas {
  /// What is typed, and above it what is wrong with it, or what could be typed.
  mutating func put(_ entry: TextEntry, _ state: WizardState, row: Int) {
    fill(row: row)
    let start = put(
      "\(entry.name): ", row: row, column: Metrics.margin, style: Style(.accent, bold: true))
    let room = size.columns - start - 2
    let before = escaped(String(entry.field.text.prefix(entry.field.cursor)))
    // The end of the text is what is typed, so the beginning gives way.
    let hidden = max(0, displayWidth(of: before) - room + 1)
    let shown = String(escaped(entry.field.text).dropFirst(hidden))
    put(shown, row: row, column: start, style: Style(underlined: true), width: room)
    cursor = CellPosition(row: row, column: start + displayWidth(of: before) - hidden)
    if let problem = entry.refusal ?? entry.problem(in: state) {
      fill(row: row - 1)
      put(.bad(problem), row: row - 1)
    }
  }
}
