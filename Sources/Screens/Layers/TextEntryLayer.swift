import TerminalText
import Wizard

/// A text that is typed in the last rows, while the rest of the screen stays.
enum TextEntryLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.takeText) { press in
        guard let entry = press.ui.textEntry, entry.canBeTaken(in: press.state) else {
          return .nothing
        }
        press.ui.textEntry = nil
        return .event(entry.event)
      },
      KeyHandler(.dropText) { press in
        press.ui.textEntry = nil
        return .nothing
      },
      KeyHandler(.previousSpace) { press in
        press.takeSpace { spaces, typed in spaces.last { $0 < typed } ?? spaces.last }
      },
      KeyHandler(.nextSpace) { press in
        press.takeSpace { spaces, typed in spaces.first { $0 > typed } ?? spaces.first }
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

  /// Takes another one of the App Spaces that ConfigHub has, which are in the order of their names.
  fileprivate mutating func takeSpace(_ other: ([String], String) -> String?) -> Intent {
    guard var entry = ui.textEntry, entry.subject == .appSpace,
      let space = other(state.spaces ?? [], entry.field.text)
    else { return say("There is nothing to choose from here.") }
    entry.field = TextField(space)
    ui.textEntry = entry
    return .nothing
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
    if let problem = entry.problem(in: state) {
      fill(row: row - 1)
      put(.bad(problem), row: row - 1)
    } else if entry.subject == .appSpace, let spaces = state.spaces, !spaces.isEmpty {
      fill(row: row - 1)
      let names = spaces.joined(separator: ", ")
      put(.muted("up, down take one that is there: \(names)"), row: row - 1)
    }
  }
}
