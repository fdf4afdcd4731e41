extension Frame {
  /// A horizontal rule.
  public mutating func drawLine(
    row: Int, columns: Range<Int>, glyphs: Glyphs, style: Style = .plain
  ) {
    let columns = columns.clamped(to: 0..<size.columns)
    let line = String(repeating: glyphs.lines.horizontal, count: columns.count)
    put(line, row: row, column: columns.lowerBound, style: style)
  }

  /// A vertical rule.
  public mutating func drawLine(
    column: Int, rows: Range<Int>, glyphs: Glyphs, style: Style = .plain
  ) {
    for row in rows.clamped(to: 0..<size.rows) {
      put(glyphs.lines.vertical, row: row, column: column, style: style)
    }
  }

  /// A box of at least two by two cells around an emptied inside; `row` and `column` are its top left.
  public mutating func drawBox(
    row: Int, column: Int, size box: Size, glyphs: Glyphs, style: Style = .plain
  ) {
    guard box.columns >= 2, box.rows >= 2 else { return }
    let lines = glyphs.lines
    let right = column + box.columns - 1
    let bottom = row + box.rows - 1
    for inside in row...bottom { fill(row: inside, columns: column..<right + 1) }
    drawLine(row: row, columns: column + 1..<right, glyphs: glyphs, style: style)
    drawLine(row: bottom, columns: column + 1..<right, glyphs: glyphs, style: style)
    drawLine(column: column, rows: row..<bottom, glyphs: glyphs, style: style)
    drawLine(column: right, rows: row..<bottom, glyphs: glyphs, style: style)
    put(lines.topLeft, row: row, column: column, style: style)
    put(lines.topRight, row: row, column: right, style: style)
    put(lines.bottomLeft, row: bottom, column: column, style: style)
    put(lines.bottomRight, row: bottom, column: right, style: style)
  }
}
