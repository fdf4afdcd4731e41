import TerminalText
import Wizard

extension Canvas {
  mutating func body(_ state: WizardState, _ ui: inout ViewState, rows: Range<Int>) {
    let scope = Scope(of: state, ui)
    switch scope {
    case .starting: put(Line("Looking for a session…"), row: rows.lowerBound, column: 1, width: 60)
    case .prompt: prompt(state, rows: rows)
    case .configHub: panels(state, rows: rows)
    default: page(Page(for: state, ui), scope, state, &ui, rows: rows)
    }
  }

  private mutating func page(
    _ page: Page, _ scope: Scope, _ state: WizardState, _ ui: inout ViewState, rows: Range<Int>
  ) {
    let width = size.columns - 2
    var row = rows.lowerBound
    put(Line(page.title, Style(bold: true)), row: row, column: 1, width: width)
    row += 1
    if ui.isFiltering || !ui.filter.isEmpty {
      let end = frame.put("/" + ui.filter, row: row, column: 1, style: Style(.accent))
      if ui.isFiltering { frame.cursor = Place(row: row, column: end) }
      row += 1
    }
    var intro = page.intro
    if let problem = state.problem, scope != .cluster {
      intro = [Line(), .bad(problem.message)] + intro
    }
    for line in intro.flatMap({ wrapped($0, to: width) }) where row < rows.upperBound - 3 {
      put(line, row: row, column: 1, width: width)
      row += 1
    }
    let outro = page.outro.flatMap { wrapped($0, to: width) }
    let bottom = rows.upperBound - outro.count
    let shown = page.shown(ui.filter)
    if shown.isEmpty {
      let empty = page.rows.isEmpty ? page.empty : "No row contains \"\(ui.filter)\"."
      if let empty, state.problem == nil || !page.rows.isEmpty {
        put(.muted(empty), row: row + 1, column: 1, width: width)
      }
    } else {
      let detail = size.columns >= 100 && !page.detail.isEmpty ? 38 : 0
      list(page, shown, scope, &ui, rows: row..<bottom, width: width - detail)
      let current = currentRow(state, ui)?.id
      for (index, line) in (current.flatMap { page.detail[$0] } ?? []).enumerated()
      where detail > 0 && row + index < bottom {
        put(line, row: row + index, column: size.columns - detail + 1, width: detail - 2)
      }
    }
    for (index, line) in outro.enumerated() {
      put(line, row: bottom + index, column: 1, width: width)
    }
    if let editing = ui.editing { edit(editing, state, row: rows.upperBound - 1) }
  }

  private mutating func list(
    _ page: Page, _ shown: [Row], _ scope: Scope, _ ui: inout ViewState, rows: Range<Int>,
    width: Int
  ) {
    var first = rows.lowerBound
    let widths = columnWidths(page, width: width - 6)
    if !page.heads.isEmpty {
      put(cells(page.heads, widths, Style(.muted)), row: first, column: 7, width: width - 6)
      first += 1
    }
    let height = max(1, rows.upperBound - first)
    var place = ui.places[scope] ?? .init(cursor: page.firstCursor)
    place.cursor = min(max(0, place.cursor), shown.count - 1)
    place.offset = min(place.offset, place.cursor, max(0, shown.count - height))
    if place.cursor >= place.offset + height { place.offset = place.cursor - height + 1 }
    if ui.places[scope] != nil || place.cursor != page.firstCursor { ui.places[scope] = place }
    ui.listHeight = height
    for (index, item) in shown.dropFirst(place.offset).prefix(height).enumerated() {
      let isCurrent = place.offset + index == place.cursor
      draw(item, isCurrent: isCurrent, widths, row: first + index, width: width)
    }
    if shown.count > height {
      let text = " \(place.cursor + 1)/\(shown.count) "
      frame.put(
        text, row: rows.lowerBound - 1, column: width - displayWidth(of: text) + 1,
        style: Style(.muted))
    }
  }

  private mutating func draw(
    _ item: Row, isCurrent: Bool, _ widths: [Int], row: Int, width: Int
  ) {
    var style = item.style
    style.reversed = isCurrent
    if isCurrent {
      frame.fill(row: row, columns: 1..<1 + width, style: style)
      frame.put(look.glyphs.lines.vertical == "|" ? ">" : "❯", row: row, column: 1, style: style)
    }
    let mark = sign(item.mark)
    frame.put(mark.0, row: row, column: 3, style: isCurrent ? style : mark.1)
    put(cells(item.cells, widths, style), row: row, column: 7, width: width - 6)
  }

  private func sign(_ mark: Row.Mark?) -> (String, Style) {
    switch mark {
    case nil: ("", .plain)
    case .chosen: (look.glyphs.chosen, Style(.accent))
    case .unchosen: (look.glyphs.unchosen, .plain)
    case .fixed: (" - ", Style(.muted))
    case .done: (" \(look.glyphs.done)", Style(.good))
    case .current: (" \(look.glyphs.current)", Style(.accent))
    case .todo: (" \(look.glyphs.todo)", Style(.muted))
    case .failed: (" \(look.glyphs.failed)", Style(.bad))
    case .warning: (" \(look.glyphs.warning)", Style(.warning))
    }
  }

  /// As wide as the widest cell, while there is room; the widest column gives way first.
  private func columnWidths(_ page: Page, width: Int) -> [Int] {
    let count = max(page.heads.count, page.rows.map(\.cells.count).max() ?? 0)
    var widths = (0..<count).map { column in
      ([page.heads] + page.rows.filter { $0.cells.count > 1 || count == 1 }.map(\.cells)).map {
        column < $0.count ? displayWidth(of: escaped($0[column])) : 0
      }.max() ?? 0
    }
    let gaps = 2 * max(0, count - 1)
    while widths.reduce(gaps, +) > width,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 4
    {
      widths[widest] -= 1
    }
    return widths
  }

  private func cells(_ texts: [String], _ widths: [Int], _ style: Style) -> Line {
    // A lone cell has the row to itself.
    if texts.count == 1 { return Line(texts[0], style) }
    // Names differ at both ends; the last column is prose, or an owner, which begins with its tool.
    let last = widths.count - 1
    let shown = zip(texts, widths).enumerated().map { column, cell in
      let shorten = column == last ? cut : cutMiddle
      return padded(shorten(escaped(cell.0), cell.1, look.glyphs.ellipsis), to: cell.1)
    }
    return Line(shown.joined(separator: "  "), style)
  }

  /// Breaks a line of one piece at spaces, and a word that is too long for a line anywhere.
  func wrapped(_ line: Line, to width: Int) -> [Line] {
    guard let piece = line.pieces.first, line.pieces.count == 1, width > 0 else { return [line] }
    var lines: [String] = []
    var current = ""
    for word in escaped(piece.text).split(separator: " ", omittingEmptySubsequences: false) {
      let longer = current.isEmpty ? String(word) : current + " " + word
      if displayWidth(of: longer) > width, !current.isEmpty {
        lines.append(current)
        current = String(word)
      } else {
        current = longer
      }
      while displayWidth(of: current) > width {
        let head = cut(current, to: width, ellipsis: "")
        lines.append(head)
        current = String(current.dropFirst(head.count))
      }
    }
    return (lines + [current]).map { Line($0, piece.style) }
  }

  private mutating func edit(_ editing: ViewState.Editing, _ state: WizardState, row: Int) {
    frame.fill(row: row)
    let name =
      switch editing.subject {
      case .appSpace: "App Space"
      case .hub: "Hub"
      case .unit: "Unit"
      case .conflict: "Other name"
      case .localWorker: "Worker"
      case .installation: "Type yes to apply it"
      case .merge: "Merge with unit"
      case .move: "Move to unit"
      case .labels: "Labels"
      }
    let start = frame.put("\(name): ", row: row, column: 1, style: Style(.accent, bold: true))
    let room = size.columns - start - 2
    let before = escaped(String(editing.field.text.prefix(editing.field.cursor)))
    // The end of the text is what is being typed, so the start gives way.
    let hidden = max(0, displayWidth(of: before) - room + 1)
    let shown = String(escaped(editing.field.text).dropFirst(hidden))
    frame.put(shown, row: row, column: start, style: Style(underlined: true), width: room)
    frame.cursor = Place(row: row, column: start + displayWidth(of: before) - hidden)
    if let problem = editing.problem(in: state) {
      frame.fill(row: row - 1)
      put(.bad(problem), row: row - 1, column: 1, width: size.columns - 2)
    }
  }
}
