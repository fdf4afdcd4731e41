import TerminalText
import Wizard

extension KeyPress {
  /// Moves the cursor in what a finder has found, as far as it goes.
  mutating func move(by step: Int, among found: Int) -> Intent {
    let cursor = ui.position(in: layout.focus).cursor + step
    ui.positions[layout.focus, default: .init()].cursor = min(max(0, cursor), max(0, found - 1))
    return .nothing
  }
}

extension Canvas {
  /// A text that is typed, how much it finds, and a list of that with a cursor.
  mutating func finder(
    _ field: TextField, after question: String, count: String, found: Int, none: String,
    _ context: LayoutContext, rows: Range<Int>, line: (Int) -> Line
  ) {
    let first = rows.lowerBound + 1
    put(
      field, after: question, row: rows.lowerBound,
      width: max(2, textWidth - displayWidth(of: count) - 1))
    putAtRight(count, row: rows.lowerBound, style: Style(.muted))
    let height = max(1, rows.upperBound - first)
    var position = context.ui.position(in: context.focus)
    position.cursor = min(max(0, position.cursor), max(0, found - 1))
    position.offset = min(position.offset, position.cursor, max(0, found - height))
    position.offset = max(position.offset, position.cursor - height + 1, 0)
    scroll.position = (context.focus, position)
    scroll.height = height
    if found == 0 { put(.muted(none), row: first) }
    for place in position.offset..<max(position.offset, min(found, position.offset + height)) {
      let row = first + place - position.offset
      var line = line(place)
      if place == position.cursor {
        var style = Style.plain
        style.reversed = true
        fill(row: row, columns: Metrics.cursorColumn..<size.columns - 1, style: style)
        put(glyphs.cursor, row: row, column: Metrics.cursorColumn, style: style)
        for index in line.pieces.indices { line.pieces[index].style.reversed = true }
      }
      put(
        line, row: row, column: Metrics.markColumn,
        width: size.columns - Metrics.markColumn - Metrics.margin)
    }
  }
}
