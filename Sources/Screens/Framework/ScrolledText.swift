import TerminalText

/// A text that covers the screen, in as many lines as there is room for.
extension Canvas {
  /// - Parameter isMovable: lines are cut, and can be moved sideways.
  mutating func text(
    _ lines: [Line], _ context: LayoutContext, rows: Range<Int>, isMovable: Bool = false
  ) {
    let last = max(0, lines.count - rows.count)
    var position = context.ui.position(in: context.focus)
    position.cursor = min(position.cursor, last)
    scroll.position = (context.focus, position)
    scroll.height = rows.count
    scroll.end = last
    if last > 0 {
      let first = position.cursor
      let text = " \(first + 1)-\(first + rows.count)/\(lines.count) "
      put(text, row: Metrics.ruleRow, column: 2, style: Style(.muted))
    }
    let visible = lines.dropFirst(position.cursor).prefix(rows.count)
    if isMovable {
      let longest = visible.map { displayWidth(of: $0.pieces.first?.text ?? "") }.max() ?? 0
      scroll.overhang = longest - position.shift - textWidth
      noteShift(position.shift)
    }
    for (index, line) in visible.enumerated() {
      let shown = position.shift > 0 ? shifted(line, by: position.shift) : line
      put(shown, row: rows.lowerBound + index)
    }
  }
}
