import TerminalText
import Wizard

/// A page between the rule and the status line: title, filter, sentences, rows, and what is typed.
extension Canvas {
  mutating func page(_ context: LayoutContext, rows: Range<Int>) {
    let (page, visible, ui) = (context.page, context.visible, context.ui)
    let lastRow = rows.upperBound - 1
    // What is typed, and what is wrong with it, stand below the rest.
    let rows = ui.textEntry == nil ? rows : rows.lowerBound..<rows.upperBound - 2
    var row = rows.lowerBound + 1
    if ui.isFiltering || !ui.filter.isEmpty {
      filterLine(context, row: row)
      row += 1
    }
    let pane = Pane(context, columns: size.columns)
    lacking = pane?.lacking
    showsRunLog = pane?.content == .log
    let isBelow = page.isDetailVital && pane?.content != .details
    let detail = isBelow ? visible.row.map { page.detail(of: $0.id) } ?? [] : []
    let last = page.outro.flatMap { wrapped($0, to: textWidth) }
    var outro = detail.flatMap { wrapped($0, to: textWidth) } + last
    // The row under the cursor stays, with the heads above it.
    let ofRows = visible.rows.isEmpty ? 0 : page.hasHeads ? 2 : 1
    // Without rows, the sentences may have all the room.
    let least = !visible.rows.isEmpty ? max(3, ofRows + last.count) : page.empty == nil ? 0 : 2
    for line in intro(context, room: rows.upperBound - row - outro.count)
    where row < rows.upperBound - least {
      put(line, row: row)
      row += 1
    }
    row = meters(page.meters, rows: row..<rows.upperBound)
    if let progress = page.progress { row = self.progress(progress, rows: row..<rows.upperBound) }
    // So does what the page ends with.
    let excess = outro.count - (rows.upperBound - row - ofRows)
    if excess > 0, outro.count > last.count {
      // What is cut is said to be.
      let kept = outro.dropLast(last.count).dropLast(excess + 1)
      outro = kept + (kept.isEmpty ? [] : [.muted(glyphs.ellipsis)]) + last
    }
    let bottom = max(row + ofRows, rows.upperBound - outro.count)
    if visible.rows.isEmpty {
      explainEmpty(context, row: row + 1)
    } else {
      let width = list(context, rows: row..<bottom, besidePane: pane != nil)
      if let pane {
        let first = Metrics.margin + width + Metrics.beforePane
        put(pane, context, rows: row..<bottom, columns: first..<size.columns - Metrics.margin)
      }
    }
    for (index, line) in outro.enumerated() where bottom + index < rows.upperBound {
      put(line, row: bottom + index)
    }
    // Last, since it depends on how many rows there is room for.
    title(context, row: rows.lowerBound)
    if let entry = ui.textEntry { put(entry, context.state, row: lastRow) }
  }

  /// The title, and at its end where the cursor is.
  private mutating func title(_ context: LayoutContext, row: Int) {
    let (page, visible) = (context.page, context.visible)
    var position = ""
    if let cursor = visible.cursor, visible.rows.count > scroll.height || page.isWorkloadList {
      position = "\(cursor + 1)/\(visible.rows.count)"
      if !context.ui.filter.isEmpty { position += " shown, \(page.count) in all" }
    }
    let room = textWidth - (position.isEmpty ? 0 : displayWidth(of: position) + 2)
    put(
      Line(page.title, Style(bold: true)), row: row, column: Metrics.margin, width: room)
    putAtRight(position, row: row, style: Style(.muted))
  }

  private mutating func filterLine(_ context: LayoutContext, row: Int) {
    let field = context.ui.filters[context.visible.screen] ?? TextField("")
    let before = displayWidth(of: escaped(String(field.text.prefix(field.cursor))))
    // What is typed stays visible.
    let hidden = max(0, before - textWidth + 2)
    let text = String(escaped(field.text).dropFirst(hidden))
    let end = put(
      "/" + text, row: row, column: Metrics.margin, style: Style(.accent), width: textWidth)
    guard context.ui.isFiltering else { return }
    cursor = CellPosition(row: row, column: 2 + before - hidden)
    let hasRoom = size.columns - end > displayWidth(of: Filter.hint) + 4
    guard context.page.isWorkloadList, hasRoom else { return }
    put(Filter.hint, row: row, column: end + 3, style: Style(.muted))
  }

  /// The lines above the list; where breaking them would leave too few rows, the last ones are cut.
  private func intro(_ context: LayoutContext, room: Int) -> [Line] {
    let (page, visible) = (context.page, context.visible)
    var lines: [Line] = []
    if let problem = context.state.problem, !page.isProblemCovered {
      let told = Line.bad(context.ui.speech.told(problem))
      lines = [Line()] + wrapped(told, to: textWidth) + hint(problem, context)
    }
    let below =
      min(visible.rows.count, 4) + (page.hasHeads ? 1 : 0) + (page.meters.isEmpty ? 0 : 1)
    var spare = room - lines.count - page.intro.count - below
    for line in page.intro {
      let whole = wrapped(line, to: textWidth)
      let isRoomy = visible.rows.isEmpty || whole.count - 1 <= spare
      if isRoomy { spare -= whole.count - 1 }
      lines += isRoomy ? whole : [line]
    }
    return lines
  }

  /// What to do about a problem that does not say it itself.
  private func hint(_ problem: Failure, _ context: LayoutContext) -> [Line] {
    guard problem.ways.isEmpty else { return [] }
    if let hint = context.page.problemHint { return [.muted(hint)] }
    let canRetry = Focus.screen(context.visible.screen).handler(of: .retry) != nil
    return canRetry ? [.muted("r tries again.")] : []
  }

  private mutating func explainEmpty(_ context: LayoutContext, row: Int) {
    let (page, ui) = (context.page, context.ui)
    let isHidden = page.count > 0
    let empty =
      page.filterProblem ?? (isHidden ? "No row matches \"\(ui.filter)\"." : page.empty)
    guard let empty, context.state.problem == nil || page.count > 0 else { return }
    for (index, line) in wrapped(.muted(empty), to: textWidth).enumerated() {
      put(line, row: row + index)
    }
  }
}
