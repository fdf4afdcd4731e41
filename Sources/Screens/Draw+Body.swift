import TerminalText
import Wizard

extension Canvas {
  mutating func body(
    _ state: WizardState, _ sight: Sight, _ ui: inout ViewState, rows: Range<Int>
  ) {
    switch sight.scope {
    case .starting: put(Line("Looking for a session…"), row: rows.lowerBound, column: 1, width: 60)
    case .prompt: prompt(state, rows: rows)
    case .configHub: panels(state, rows: rows)
    default: page(sight, state, &ui, rows: rows)
    }
  }

  private mutating func page(
    _ sight: Sight, _ state: WizardState, _ ui: inout ViewState, rows: Range<Int>
  ) {
    let width = size.columns - 2
    let page = sight.page
    titleRow(sight, ui, row: rows.lowerBound)
    var row = rows.lowerBound + 1
    if ui.isFiltering || !ui.filter.isEmpty {
      filterRow(sight, ui, row: row)
      row += 1
    }
    for line in intro(sight, state, height: rows.count) where row < rows.upperBound - 3 {
      put(line, row: row, column: 1, width: width)
      row += 1
    }
    row = meters(page.meters, rows: row..<rows.upperBound)
    let detail = sight.row.map { page.detail(of: $0.id) } ?? []
    let hasPane = size.columns >= 100 && (page.about != nil || !page.detail.isEmpty)
    var outro = page.outro.flatMap { wrapped($0, to: width) }
    if !hasPane, page.isDetailVital { outro += detail.flatMap { wrapped($0, to: width) } }
    let bottom = max(row, rows.upperBound - outro.count)
    if sight.rows.isEmpty {
      explainEmpty(page, state, ui, row: row + 1)
    } else {
      let pane = hasPane ? min(60, max(38, size.columns / 3)) : 0
      list(sight, &ui, rows: row..<bottom, width: width - pane)
      if hasPane {
        let columns = size.columns - pane + 1..<size.columns - 1
        self.pane(detail, rows: row..<bottom, columns: columns)
      }
    }
    for (index, line) in outro.enumerated() where bottom + index < rows.upperBound {
      put(line, row: bottom + index, column: 1, width: width)
    }
    if let editing = ui.editing { edit(editing, state, row: rows.upperBound - 1) }
  }

  /// The title, and at its end where the cursor is.
  private mutating func titleRow(_ sight: Sight, _ ui: ViewState, row: Int) {
    var place = ""
    if let cursor = sight.cursor, sight.rows.count > ui.listHeight || sight.page.list != nil {
      place = "\(cursor + 1)/\(sight.rows.count)"
      if !ui.filter.isEmpty { place += " of \(sight.page.count)" }
    }
    let room = size.columns - 2 - (place.isEmpty ? 0 : displayWidth(of: place) + 2)
    put(Line(sight.page.title, Style(bold: true)), row: row, column: 1, width: room)
    frame.put(
      place, row: row, column: size.columns - 1 - displayWidth(of: place), style: Style(.muted))
  }

  private mutating func filterRow(_ sight: Sight, _ ui: ViewState, row: Int) {
    let field = ui.filters[sight.scope] ?? TextField("")
    let width = size.columns - 2
    let before = displayWidth(of: escaped(String(field.text.prefix(field.cursor))))
    // What is being typed stays in sight.
    let hidden = max(0, before - width + 2)
    let text = String(escaped(field.text).dropFirst(hidden))
    let end = frame.put("/" + text, row: row, column: 1, style: Style(.accent), width: width)
    guard ui.isFiltering else { return }
    frame.cursor = Place(row: row, column: 2 + before - hidden)
    guard sight.page.list != nil, size.columns - end > displayWidth(of: Filter.hint) + 4 else {
      return
    }
    frame.put(Filter.hint, row: row, column: end + 3, style: Style(.muted))
  }

  /// The lines above the list; where there is little room each is cut, so that rows remain.
  private func intro(_ sight: Sight, _ state: WizardState, height: Int) -> [Line] {
    let width = size.columns - 2
    var lines: [Line] = []
    if let problem = state.problem, sight.scope != .cluster {
      lines = [Line()] + wrapped(.bad(problem.message), to: width)
    }
    let isTight = height < 14 && !sight.rows.isEmpty
    return lines + sight.page.intro.flatMap { isTight ? [$0] : wrapped($0, to: width) }
  }

  private mutating func explainEmpty(
    _ page: Page, _ state: WizardState, _ ui: ViewState, row: Int
  ) {
    let isHidden = page.count > 0 && ui.list.filter.problem == nil
    let empty = isHidden ? "No row matches \"\(ui.filter)\"." : page.empty
    guard let empty, state.problem == nil || page.count > 0 else { return }
    for (index, line) in wrapped(.muted(empty), to: size.columns - 2).enumerated() {
      put(line, row: row + index, column: 1, width: size.columns - 2)
    }
  }

  /// Bars where there is room for a list below them, else one line of numbers.
  private mutating func meters(_ meters: [ScanProgress], rows: Range<Int>) -> Int {
    var row = rows.lowerBound
    if meters.isEmpty { return row }
    if meters.count <= rows.count - 8 {
      for meter in meters {
        self.meter(meter, row: row)
        row += 1
      }
    } else {
      let text = meters.map { "\($0.resource) \($0.count)" }.joined(separator: ", ")
      for line in wrapped(Line(text), to: size.columns - 2).prefix(3) {
        put(line, row: row, column: 1, width: size.columns - 2)
        row += 1
      }
    }
    return row
  }

  private mutating func meter(_ meter: ScanProgress, row: Int) {
    put(Line(meter.resource), row: row, column: 1, width: 24)
    var column = 26
    if let total = meter.total, total > 0 {
      let width = max(10, min(40, size.columns - 46))
      let done = min(width, meter.read * width / total)
      column = frame.put(
        String(repeating: look.glyphs.barDone, count: done), row: row, column: column,
        style: Style(.accent))
      column = frame.put(
        String(repeating: look.glyphs.barToDo, count: width - done), row: row, column: column,
        style: Style(.muted))
      column += 2
    }
    frame.put(meter.count, row: row, column: column, style: Style(bold: true))
  }

  private mutating func pane(_ lines: [Line], rows: Range<Int>, columns: Range<Int>) {
    let lines = lines.flatMap { wrapped($0, to: columns.count) }
    let isCut = lines.count > rows.count
    for (index, line) in lines.prefix(isCut ? rows.count - 1 : rows.count).enumerated() {
      put(line, row: rows.lowerBound + index, column: columns.lowerBound, width: columns.count)
    }
    if isCut {
      put(
        .muted("p shows all of it"), row: rows.upperBound - 1, column: columns.lowerBound,
        width: columns.count)
    }
  }

  private mutating func list(
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
    if !page.heads.isEmpty {
      put(cells(heads(page, ui), widths, Style(.muted)), row: first, column: 7, width: width - 6)
      first += 1
    }
    for (index, item) in visible.enumerated() {
      let isCurrent = place.offset + index == place.cursor
      draw(item, isCurrent: isCurrent, widths, row: first + index, width: width)
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

  private mutating func draw(
    _ item: Row, isCurrent: Bool, _ widths: [Int], row: Int, width: Int
  ) {
    var style = item.style
    style.reversed = isCurrent
    if isCurrent {
      frame.fill(row: row, columns: 1..<1 + width, style: style)
      frame.put(look.glyphs.cursor, row: row, column: 1, style: style)
    }
    let mark = sign(item.mark)
    frame.put(mark.0, row: row, column: 3, style: isCurrent ? style : mark.1)
    var line = cells(item.cells, widths, style)
    if let fold = item.fold {
      let glyph = fold == .folded ? look.glyphs.folded : look.glyphs.unfolded
      line = Line("\(glyph) \(item.cells[0])", style)
    }
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
    for column in page.spareColumns where total(widths) > width + 12 { widths[column] = 0 }
    while total(widths) > width,
      let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
      widths[widest] > 4
    {
      widths[widest] -= 1
    }
    return widths
  }

  private func total(_ widths: [Int]) -> Int {
    let shown = widths.filter { $0 > 0 }
    return shown.reduce(2 * max(0, shown.count - 1), +)
  }

  private func cells(_ texts: [String], _ widths: [Int], _ style: Style) -> Line {
    // A lone cell has the row to itself.
    if texts.count == 1 { return Line(texts[0], style) }
    // Names differ at both ends; the last column is prose, or an owner, which begins with its tool.
    let last = widths.count - 1
    let shown = zip(texts, widths).enumerated().filter { $1.1 > 0 }.map { column, cell in
      let shorten = column == last ? cut : cutMiddle
      return padded(shorten(escaped(cell.0), cell.1, look.glyphs.ellipsis), to: cell.1)
    }
    return Line(shown.joined(separator: "  "), style)
  }

  /// Breaks a line of one piece at spaces, and a word that is too long for a line anywhere; what
  /// the line is indented by, all of its lines are.
  func wrapped(_ line: Line, to width: Int) -> [Line] {
    guard let piece = line.pieces.first, line.pieces.count == 1, width > 0 else { return [line] }
    let text = escaped(piece.text)
    if text.utf8.count <= width { return [Line(text, piece.style)] }
    let indent = String(text.prefix(width / 2).prefix { $0 == " " })
    let width = width - indent.count
    var lines: [String] = []
    var current = ""
    for word in text.dropFirst(indent.count).split(separator: " ", omittingEmptySubsequences: false)
    {
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
    return (lines + [current]).map { Line(indent + $0, piece.style) }
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

extension ScanProgress {
  /// `5/10`, or `5` while nobody has said how many there are.
  var count: String { total.map { "\(read)/\($0)" } ?? "\(read)" }
}
