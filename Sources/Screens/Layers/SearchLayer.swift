import TerminalText
import Wizard

/// Words that are looked for in a text; the text stays, and shows the first place that has them.
enum SearchLayer: LayerRoom {
  static let keys: [KeyHandler] = KeyHandler.all(
    .typing,
    [
      KeyHandler(.keepSearch) { press in
        press.ui.takeOff(.search)
        return press.find(.here)
      },
      KeyHandler(.dropSearch) { press in
        press.ui.search = nil
        return press.takeOff(.search)
      },
    ])

  static func layOut(_ context: LayoutContext, on canvas: inout Canvas, rows: Range<Int>) {
    let under = Focus(underSearch: context.state, context.ui)
    let below = LayoutContext(
      state: context.state, ui: context.ui, visible: context.visible, focus: under)
    let last = rows.upperBound - 1
    let text = rows.lowerBound..<last
    switch under {
    case .screen(let screen): screen.room.layOut(below, on: &canvas, rows: text)
    case .layer(let layer): layer.room.layOut(below, on: &canvas, rows: text)
    }
    canvas.fill(row: last)
    canvas.put(context.ui.search ?? TextField(""), after: "/", row: last, width: canvas.textWidth)
  }
}

extension Canvas {
  /// What is typed behind a sign or a question, as much of it as the cursor needs to be in sight.
  mutating func put(_ field: TextField, after sign: String, row: Int, width: Int) {
    let start = displayWidth(of: escaped(sign))
    let before = displayWidth(of: escaped(String(field.text.prefix(field.cursor))))
    let hidden = max(0, before - width + start + 1)
    put(
      "\(escaped(sign))\(escaped(field.text).dropFirst(hidden))", row: row,
      column: Metrics.margin, style: Style(.accent, bold: true), width: width)
    cursor = CellPosition(row: row, column: Metrics.margin + start + before - hidden)
  }
}

/// What can be looked through: the lines of the text that is shown.
struct Searchable {
  let count: Int
  let line: (Int) -> String

  /// The first line from a place on, or back from it, that has the words; on from the other end where
  /// there is none.
  func firstLine(with words: String, from start: Int, forward: Bool) -> Int? {
    guard count > 0, !words.isEmpty else { return nil }
    let start = min(max(0, start), count - 1)
    for step in 0..<count {
      let number = (forward ? start + step : start - step + count) % count
      if line(number).firstRange(ofFolded: words) != nil { return number }
    }
    return nil
  }
}

extension [KeyHandler] {
  /// Looks for words in a text.
  static let searching = [
    KeyHandler(.search) { press in
      press.ui.search = TextField("")
      press.ui.push(.search)
      return .nothing
    },
    KeyHandler(.nextMatch, isOffered: isSearched) { $0.find(.next) },
    KeyHandler(.previousMatch, isOffered: isSearched) { $0.find(.previous) },
  ]

  @Sendable private static func isSearched(_ state: WizardState, _ ui: ViewState) -> Bool {
    ui.search?.text.isEmpty == false
  }
}

extension KeyPress {
  enum Search { case here, next, previous }

  /// Moves to a place that has the words.
  mutating func find(_ search: Search) -> Intent {
    guard let words = ui.search?.text, !words.isEmpty, let text = layout.searchable else {
      return say("Nothing is looked for yet; / does.")
    }
    let focus = Focus(underSearch: state, ui)
    let before = place(in: focus)
    let start: Int
    switch search {
    case .here: start = before
    case .next: start = before + 1 < text.count ? before + 1 : 0
    case .previous: start = before > 0 ? before - 1 : text.count - 1
    }
    let found = text.firstLine(with: words, from: start, forward: search != .previous)
    guard let found else { return say("\"\(words)\" stands nowhere in this text.") }
    if search == .next, found <= before {
      _ = say(found == before ? "This is the only place." : "On from the beginning.")
    } else if search == .previous, found >= before {
      _ = say(found == before ? "This is the only place." : "On from the end.")
    }
    switch focus {
    case .screen: ui.put(cursor: found, in: layout.visible)
    case .layer: ui.positions[focus, default: .init()].cursor = found
    }
    ui.foundLine = found
    return .nothing
  }

  /// Where the search stands: what was found last if it is still in sight, else the first line shown.
  private func place(in focus: Focus) -> Int {
    if case .screen = focus { return cursor ?? 0 }
    let first = ui.position(in: focus).cursor
    guard let found = ui.foundLine, (first..<first + layout.scroll.height).contains(found) else {
      return first
    }
    return found
  }
}

extension String {
  /// Where the words stand, in any case of their letters.
  func firstRange(ofFolded words: String) -> Range<String.Index>? {
    guard let head = words.first?.lowercased() else { return nil }
    let count = words.count
    let folded = words.lowercased()
    for start in indices where self[start].lowercased() == head {
      guard let end = index(start, offsetBy: count, limitedBy: endIndex) else { return nil }
      if self[start..<end].lowercased() == folded { return start..<end }
    }
    return nil
  }
}

extension Line {
  /// The line with the words reversed wherever they stand in it.
  func marking(_ words: String) -> Line {
    guard !words.isEmpty else { return self }
    var line = self
    line.pieces = pieces.flatMap { piece in
      var parts: [Piece] = []
      var rest = piece.text
      while let range = rest.firstRange(ofFolded: words) {
        parts.append(Piece(text: String(rest[..<range.lowerBound]), style: piece.style))
        var style = piece.style
        style.reversed.toggle()
        parts.append(Piece(text: String(rest[range]), style: style))
        rest = String(rest[range.upperBound...])
      }
      return parts.filter { !$0.text.isEmpty } + [
        Piece(text: rest, style: piece.style, key: piece.key)
      ]
    }
    return line
  }
}
