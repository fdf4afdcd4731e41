import TerminalText
import Wizard

extension Canvas {
  mutating func body(
    _ state: WizardState, _ sight: Sight, _ ui: inout ViewState, rows: Range<Int>
  ) {
    switch sight.scope {
    case .starting: put(Line(state.startingWords), row: rows.lowerBound, column: 1, width: 60)
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
    let line = rows.upperBound - 1
    // What is typed, and what is wrong with it, stand below the rest.
    let rows = ui.editing == nil ? rows : rows.lowerBound..<rows.upperBound - 2
    var row = rows.lowerBound + 1
    if ui.isFiltering || !ui.filter.isEmpty {
      filterRow(sight, ui, row: row)
      row += 1
    }
    let detail = sight.row.map { page.detail(of: $0.id) } ?? []
    let hasPane =
      size.columns >= 100 && !page.isDetailBelow && (page.about != nil || !page.detail.isEmpty)
    let last = page.outro.flatMap { wrapped($0, to: width) }
    let isBelow = !hasPane && page.isDetailVital
    var outro = (isBelow ? detail.flatMap { wrapped($0, to: width) } : []) + last
    // Without rows, the sentences may have all the room.
    let least = !sight.rows.isEmpty ? 3 : page.empty == nil ? 0 : 2
    for line in intro(sight, state, room: rows.upperBound - row - outro.count)
    where row < rows.upperBound - least {
      put(line, row: row, column: 1, width: width)
      row += 1
    }
    row = meters(page.meters, rows: row..<rows.upperBound)
    // The row under the cursor stays, and what the page ends with.
    let excess = outro.count - (rows.upperBound - row - (sight.rows.isEmpty ? 0 : 1))
    if excess > 0, outro.count > last.count {
      outro = outro.dropLast(last.count).dropLast(excess) + last
    }
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
    // Last, since it depends on how many rows were drawn.
    titleRow(sight, ui, row: rows.lowerBound)
    if let editing = ui.editing { edit(editing, state, row: line) }
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

  /// The lines above the list; where breaking them would leave too few rows, the last ones are cut.
  private func intro(_ sight: Sight, _ state: WizardState, room: Int) -> [Line] {
    let width = size.columns - 2
    var lines: [Line] = []
    // What is known of the cluster is not covered by what goes wrong meanwhile.
    if let problem = state.problem, sight.scope != .cluster || sight.rows.isEmpty {
      lines = [Line()] + wrapped(.bad(problem.told), to: width) + hint(problem, sight.scope)
    }
    let page = sight.page
    let below =
      min(sight.rows.count, 4) + (page.heads.isEmpty ? 0 : 1) + (page.meters.isEmpty ? 0 : 1)
    var spare = room - lines.count - page.intro.count - below
    for line in page.intro {
      let whole = wrapped(line, to: width)
      let isRoomy = sight.rows.isEmpty || whole.count - 1 <= spare
      if isRoomy { spare -= whole.count - 1 }
      lines += isRoomy ? whole : [line]
    }
    return lines
  }

  /// What to do about a problem that does not say it itself.
  private func hint(_ problem: Failure, _ scope: Scope) -> [Line] {
    let isTold = [" r ", "--"].contains { problem.told.contains($0) }
    if isTold { return [] }
    if scope == .cluster { return [.muted("3 leads to the import, where r tries again.")] }
    let canRetry = Binding.table.contains { $0.action == .retry && $0.scopes.contains(scope) }
    return canRetry ? [.muted("r tries again.")] : []
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
}
