import TerminalText
import Wizard

/// The rows of a page that there is room for.
extension Canvas {
  /// Answers how many columns they take.
  mutating func list(_ context: LayoutContext, rows: Range<Int>, besidePane: Bool) -> Int {
    var first = rows.lowerBound
    let (page, visible) = (context.page, context.visible)
    let count = visible.rows.count
    let height = max(1, rows.upperBound - first - (page.hasHeads ? 1 : 0))
    let focus = Focus.screen(visible.screen)
    var position = context.ui.positions[focus] ?? .init(cursor: visible.cursor ?? 0)
    position.offset = max(
      0, min(position.offset, position.cursor, max(0, count - height)))
    if position.cursor >= position.offset + height {
      position.offset = position.cursor - height + 1
    }
    scroll.position = (focus, position)
    scroll.height = height
    let shown = (position.offset..<min(count, position.offset + height)).map { visible.rows[$0] }
    let isText = page.margin != nil
    var columns = ColumnWidths(page, visible: shown, passing: isText ? 0 : position.shift)
    let width =
      besidePane
      ? Metrics.listWidth(
        of: size.columns, needed: columns.needed.map { $0 + Metrics.beforeText }) : textWidth
    let room = width - Metrics.beforeText
    columns.fit(room)
    if !isText, position.shift > 0 || columns.isCut {
      scroll.overhang = columns.canPass ? 1 : 0
      noteShift(columns: position.shift)
    }
    if page.hasHeads {
      let marked = context.ui.markedColumn.flatMap { marked in
        page.columns.first { $0.sorting == marked && !$0.isHidden }
      }
      let heads = cells(heads(page, context.ui), columns, Style(.muted)).marking(
        marked?.head ?? "")
      put(heads, row: first, column: Metrics.textColumn, width: room)
      first += 1
    }
    let words = isText ? context.ui.search?.text ?? "" : ""
    if isText {
      let rows = visible.rows
      searchable = Searchable(count: rows.count) { rows[$0].cells[0] }
      let longest = shown.map { displayWidth(of: $0.cells[0]) }.max() ?? 0
      scroll.overhang = longest - position.shift - room
      noteShift(position.shift)
    }
    for (index, row) in shown.enumerated() {
      let number = position.offset + index
      let isCurrent = number == position.cursor
      var line = self.line(of: row, columns, isCurrent: isCurrent)
      // Headings stay where they are.
      if let margin = page.margin, position.shift > 0, !row.style.bold {
        line = shifted(line, by: position.shift, after: margin)
      }
      put(row, line.marking(words), isCurrent: isCurrent, at: first + index, width: width)
      canClick(.row(number), first + index, Metrics.cursorColumn..<Metrics.cursorColumn + width)
    }
    return width
  }

  /// Says by which column rows are sorted.
  private func heads(_ page: Page, _ ui: ViewState) -> [String] {
    let mark = ui.arrangement.isReversed ? glyphs.descending : glyphs.ascending
    return page.columns.map {
      $0.sorting == ui.arrangement.column ? "\($0.head)\(mark)" : $0.head
    }
  }

  private func line(of row: Row, _ columns: ColumnWidths, isCurrent: Bool) -> Line {
    var style = row.style
    style.reversed = isCurrent
    if let key = row.button {
      var hint = Style(.muted)
      hint.reversed = isCurrent
      return Line([(row.cells[0], style), ("  \(key.name)", hint)])
    }
    guard let fold = row.fold else { return cells(row.cells, columns, style) }
    let glyph = fold == .folded ? glyphs.folded : glyphs.unfolded
    return Line("\(glyph) \(row.cells[0])", style)
  }

  private mutating func put(_ row: Row, _ line: Line, isCurrent: Bool, at place: Int, width: Int) {
    var style = row.style
    style.reversed = isCurrent
    if isCurrent {
      let column = Metrics.cursorColumn
      fill(row: place, columns: column..<column + width, style: style)
      // A sign beside it would be copied with a command of several rows.
      if !row.isCommand { put(glyphs.cursor, row: place, column: column, style: style) }
    }
    let mark = sign(row.mark)
    put(mark.0, row: place, column: Metrics.markColumn, style: isCurrent ? style : mark.1)
    if row.isMarked {
      let accent = isCurrent ? style : Style(.accent, bold: true)
      put(glyphs.marked, row: place, column: Metrics.markColumn, style: accent)
    }
    put(line, row: place, column: Metrics.textColumn, width: width - Metrics.beforeText)
  }

  private func sign(_ mark: Row.Mark?) -> (String, Style) {
    switch mark {
    case nil: ("", .plain)
    case .chosen: (glyphs.chosen, Style(.accent))
    case .unchosen: (glyphs.unchosen, .plain)
    case .partlyChosen: (glyphs.partlyChosen, Style(.accent))
    case .fixed: (" - ", Style(.muted))
    case .done: (" \(glyphs.done)", Style(.good))
    case .current: (" \(glyphs.current)", Style(.accent))
    case .todo: (" \(glyphs.todo)", Style(.muted))
    case .failed: (" \(glyphs.failed)", Style(.bad))
    case .warning: (" \(glyphs.warning)", Style(.warning))
    }
  }

  private func cells(_ texts: [String], _ columns: ColumnWidths, _ style: Style) -> Line {
    // A lone cell has the row to itself.
    if texts.count == 1 { return Line(texts[0], style) }
    // Names differ at both ends.
    let shown = zip(texts, columns.widths).enumerated().filter { $1.1 > 0 }.map { column, cell in
      let shorten = column == columns.prose ? cut : cutMiddle
      return padded(shorten(escaped(cell.0), cell.1, glyphs.ellipsis), to: cell.1)
    }
    return Line(shown.joined(separator: String(repeating: " ", count: Metrics.columnGap)), style)
  }
}
