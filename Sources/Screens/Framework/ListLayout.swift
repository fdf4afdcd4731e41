import TerminalText
import Wizard

/// The rows of a page, and the columns that they are cut to.
extension Canvas {
  mutating func list(
    _ sight: Sight, _ ui: inout ViewState, rows: Range<Int>, width: Int
  ) {
    var first = rows.lowerBound
    let page = sight.page
    let count = sight.rows.count
    let height = max(1, rows.upperBound - first - (page.heads.isEmpty ? 0 : 1))
    var place = ui.places[sight.scope] ?? .init(cursor: sight.cursor ?? 0)
    place.offset = min(place.offset, place.cursor, max(0, count - height))
    if place.cursor >= place.offset + height { place.offset = place.cursor - height + 1 }
    ui.places[sight.scope] = place
    ui.listHeight = height
    let visible = (place.offset..<min(count, place.offset + height)).map { sight.rows[$0] }
    let widths = columnWidths(sight, visible, width: width - 6)
    let prose = page.endsWithProse ? widths.count - 1 : nil
    if !page.heads.isEmpty {
      let heads = cells(heads(page, ui), widths, prose: prose, Style(.muted))
      put(heads, row: first, column: 7, width: width - 6)
      first += 1
    }
    let margin = Scope.texts.contains(sight.scope) ? page.margin : nil
    if margin != nil {
      let longest = visible.map { displayWidth(of: $0.cells[0]) }.max() ?? 0
      ui.overhang = longest - place.shift - (width - 6)
      noteShift(place.shift)
    }
    for (index, item) in visible.enumerated() {
      let number = place.offset + index
      var line = rowLine(item, widths, prose: prose, isCurrent: number == place.cursor)
      // Headings stay where they are.
      if let margin, place.shift > 0, !item.style.bold {
        line = shifted(line, by: place.shift, after: margin)
      }
      draw(item, line, isCurrent: number == place.cursor, row: first + index, width: width)
      canClick(.row(number), first + index, 1..<1 + width)
    }
  }

  /// Says by which column rows are sorted.
  private func heads(_ page: Page, _ ui: ViewState) -> [String] {
    guard page.list != nil, Scope.workloads.contains(ui.screen ?? .starting) else {
      return page.heads
    }
    let mark = ui.arrangement.isReversed ? look.glyphs.descending : look.glyphs.ascending
    let sorted = [Arrangement.Column.name, .namespace, .kind, .owner, .ready]
      .firstIndex(of: ui.arrangement.column)
    return page.heads.enumerated().map { $0 == sorted ? "\($1)\(mark)" : $1 }
  }

  private func rowLine(_ item: Row, _ widths: [Int], prose: Int?, isCurrent: Bool) -> Line {
    var style = item.style
    style.reversed = isCurrent
    guard let fold = item.fold else { return cells(item.cells, widths, prose: prose, style) }
    let glyph = fold == .folded ? look.glyphs.folded : look.glyphs.unfolded
    return Line("\(glyph) \(item.cells[0])", style)
  }

  private mutating func draw(_ item: Row, _ line: Line, isCurrent: Bool, row: Int, width: Int) {
    var style = item.style
    style.reversed = isCurrent
    if isCurrent {
      frame.fill(row: row, columns: 1..<1 + width, style: style)
      frame.put(look.glyphs.cursor, row: row, column: 1, style: style)
    }
    let mark = sign(item.mark)
    frame.put(mark.0, row: row, column: 3, style: isCurrent ? style : mark.1)
    put(line, row: row, column: 7, width: width - 6)
  }

  private func sign(_ mark: Row.Mark?) -> (String, Style) {
    switch mark {
    case nil: ("", .plain)
    case .chosen: (look.glyphs.chosen, Style(.accent))
    case .unchosen: (look.glyphs.unchosen, .plain)
    case .partlyChosen: (look.glyphs.partlyChosen, Style(.accent))
    case .fixed: (" - ", Style(.muted))
    case .done: (" \(look.glyphs.done)", Style(.good))
    case .current: (" \(look.glyphs.current)", Style(.accent))
    case .todo: (" \(look.glyphs.todo)", Style(.muted))
    case .failed: (" \(look.glyphs.failed)", Style(.bad))
    case .warning: (" \(look.glyphs.warning)", Style(.warning))
    }
  }

  /// As wide as the widest cell, while there is room; the widest column gives way first.
  private func columnWidths(_ sight: Sight, _ visible: [Row], width: Int) -> [Int] {
    let page = sight.page
    // Of very many, only those that can be seen are looked at.
    let rows = page.all.count <= 1000 ? Array(page.all) : visible
    let count = max(page.heads.count, rows.map(\.cells.count).max() ?? 0)
    var widths = page.heads.map { displayWidth(of: $0) }
    widths += [Int](repeating: 0, count: count - widths.count)
    if let known = page.widths {
      for (column, width) in known.enumerated() { widths[column] = max(widths[column], width) }
    } else {
      for row in rows where row.cells.count > 1 || count == 1 {
        for (column, cell) in row.cells.enumerated() {
          widths[column] = max(widths[column], displayWidth(of: escaped(cell)))
        }
      }
    }
    // The mark of the column that rows are sorted by.
    if page.list != nil { widths[widths.count > 4 ? 4 : 0] += 1 }
    for column in page.hiddenColumns { widths[column] = 0 }
    let soft = widths.indices.filter { !page.wholeColumns.contains($0) }
    for column in page.spareColumns
    where isCrowded(widths, without: column, soft, width: width, page) {
      widths[column] = 0
    }
    while total(widths) > width,
      let widest = soft.max(by: { widths[$0] < widths[$1] }), widths[widest] > 4
    {
      widths[widest] -= 1
    }
    return widths
  }

  /// Whether cutting alone would leave too little of the columns that can be cut, or could be done
  /// without if that column went.
  private func isCrowded(
    _ widths: [Int], without column: Int, _ soft: [Int], width: Int, _ page: Page
  ) -> Bool {
    if page.wholeColumns.isEmpty {
      let total = total(widths)
      return total > width + 12 || total > width && total - widths[column] - 2 <= width
    }
    var least = widths
    for column in soft { least[column] = min(widths[column], 8) }
    return total(least) > width
  }

  private func total(_ widths: [Int]) -> Int {
    let shown = widths.filter { $0 > 0 }
    return shown.reduce(2 * max(0, shown.count - 1), +)
  }

  private func cells(_ texts: [String], _ widths: [Int], prose: Int?, _ style: Style) -> Line {
    // A lone cell has the row to itself.
    if texts.count == 1 { return Line(texts[0], style) }
    // Names differ at both ends.
    let shown = zip(texts, widths).enumerated().filter { $1.1 > 0 }.map { column, cell in
      let shorten = column == prose ? cut : cutMiddle
      return padded(shorten(escaped(cell.0), cell.1, look.glyphs.ellipsis), to: cell.1)
    }
    return Line(shown.joined(separator: "  "), style)
  }
}
