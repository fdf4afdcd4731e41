import TerminalText
import Wizard

extension Canvas {
  mutating func box(_ title: String, _ lines: [Line], rows: Range<Int>, columns: Range<Int>) {
    let height = min(rows.count, lines.count + 2)
    frame.drawBox(
      row: rows.lowerBound, column: columns.lowerBound,
      size: Size(columns: columns.count, rows: height), glyphs: look.glyphs)
    frame.put(
      " \(title) ", row: rows.lowerBound, column: columns.lowerBound + 2, style: Style(bold: true),
      width: columns.count - 4)
    for (index, line) in lines.prefix(height - 2).enumerated() {
      put(
        line, row: rows.lowerBound + 1 + index, column: columns.lowerBound + 3,
        width: columns.count - 5)
    }
  }

  mutating func prompt(_ state: WizardState, rows: Range<Int>) {
    guard case .prompt(let found) = state.stage else { return }
    let width = min(size.columns - 2, 78)
    let gap = width > 60 ? "    " : "  "
    var lines = [Line(), Line("Found previous session from \(found.age.words):"), Line()]
    lines += SessionSummary(found.session, age: found.age).promptLines.map { Line($0) }
    lines.append(Line())
    if found.age.isStale {
      lines.append(.warning("\(look.glyphs.warning) Session may be stale"))
      lines.append(Line())
    }
    lines += found.warnings.flatMap { wrapped(.warning($0), to: width - 6) }
    lines += [
      Line([
        ("[R]", Style(bold: true)), (" Resume" + gap, .plain), ("[N]", Style(bold: true)),
        (" New session" + gap, .plain), ("[D]", Style(bold: true)),
        (" Delete & start new", .plain),
      ]), Line(),
    ]
    let top = rows.lowerBound + max(0, (rows.count - lines.count - 2) / 2)
    let left = (size.columns - width) / 2
    box("RESUME SESSION?", lines, rows: top..<rows.upperBound, columns: left..<left + width)
  }

  mutating func askToLeave(_ state: WizardState) {
    let count = state.running.values.count { $0.work.changesOutside }
    let lines = [
      Line(), Line("\(plural(count, "change")) under way."),
      Line("enter or q waits for what is under way, saves and leaves."),
      Line("esc stays."), Line(),
    ]
    let left = (size.columns - 58) / 2
    let top = (size.rows - 7) / 2
    box("LEAVE?", lines, rows: top..<top + 7, columns: left..<left + 58)
  }

  mutating func help(_ ui: inout ViewState, _ scope: Scope, rows: Range<Int>) {
    // What works on this screen comes first, then the rest.
    let here = Binding.table.filter { $0.scopes.contains(scope) }
    let lines =
      [Line("Keys on this screen", Style(bold: true))]
      + here.map { binding in
        let keys = binding.keys.map(\.name).joined(separator: " ")
        return Line([(padded(keys, to: 14), Style(.accent)), (binding.help, .plain)])
      }
    scroll(lines, .help, &ui, rows: rows)
  }

  mutating func log(_ ui: inout ViewState, rows: Range<Int>) {
    guard let log = ui.log else { return }
    put(Line(log.name, Style(bold: true)), row: rows.lowerBound, column: 1, width: size.columns - 2)
    scroll(log.lines.map { Line($0) }, .log, &ui, rows: rows.lowerBound + 1..<rows.upperBound)
  }

  private mutating func scroll(
    _ lines: [Line], _ scope: Scope, _ ui: inout ViewState, rows: Range<Int>
  ) {
    let last = max(0, lines.count - rows.count)
    var place = ui.place(in: scope)
    place.cursor = min(place.cursor, last)
    ui.places[scope] = place
    ui.listHeight = rows.count
    for (index, line) in lines.dropFirst(place.cursor).prefix(rows.count).enumerated() {
      put(line, row: rows.lowerBound + index, column: 1, width: size.columns - 2)
    }
  }
}
