import TerminalText

/// A text that covers the screen, in as many lines as there is room for.
extension Canvas {
  /// Only the lines that are shown are made.
  ///
  /// - Parameter isMovable: lines are cut, and can be moved sideways.
  mutating func text<Lines: RandomAccessCollection<Line>>(
    _ lines: Lines, _ context: LayoutContext, rows: Range<Int>, isMovable: Bool = false
  ) where Lines.Index == Int {
    let last = max(0, lines.count - rows.count)
    var position = context.ui.position(in: context.focus)
    position.cursor = min(position.cursor, last)
    position.isAtEnd = position.cursor == last
    scroll.position = (context.focus, position)
    scroll.height = rows.count
    scroll.end = last
    searchable = Searchable(count: lines.count) { lines[lines.startIndex + $0].text }
    if last > 0 {
      let first = position.cursor
      let text = " \(first + 1)-\(first + rows.count)/\(lines.count) "
      put(text, row: Metrics.ruleRow, column: 2, style: Style(.muted))
    }
    let visible = Array(lines.dropFirst(position.cursor).prefix(rows.count))
    if isMovable {
      let longest = visible.map { displayWidth(of: $0.pieces.first?.text ?? "") }.max() ?? 0
      scroll.overhang = longest - position.shift - textWidth
      noteShift(position.shift)
    }
    let words = context.ui.search?.text ?? ""
    for (index, line) in visible.enumerated() {
      let shown = position.shift > 0 ? shifted(line, by: position.shift) : line
      put(shown.marking(words), row: rows.lowerBound + index)
    }
  }
}
