import TerminalText
import Wizard

/// How far a scan is.
extension Canvas {
  /// Bars where there is room for a list below them, else one line of numbers.
  mutating func meters(_ meters: [ScanProgress], rows: Range<Int>) -> Int {
    var row = rows.lowerBound
    if meters.isEmpty { return row }
    if meters.count <= rows.count - Metrics.rowsBelowMeters {
      for meter in meters {
        self.meter(meter, row: row)
        row += 1
      }
    } else {
      let text = meters.map { "\($0.resource) \($0.count)" }.joined(separator: ", ")
      for line in wrapped(Line(text), to: textWidth).prefix(3) {
        put(line, row: row)
        row += 1
      }
    }
    return row
  }

  private mutating func meter(_ meter: ScanProgress, row: Int) {
    put(Line(meter.resource), row: row, column: Metrics.margin, width: Metrics.meterName)
    var column = Metrics.meterColumn
    if let total = meter.total, total > 0 {
      let width = Metrics.meterBar(of: size.columns)
      let done = min(width, meter.read * width / total)
      column = put(
        String(repeating: glyphs.barDone, count: done), row: row, column: column,
        style: Style(.accent))
      column = put(
        String(repeating: glyphs.barToDo, count: width - done), row: row, column: column,
        style: Style(.muted))
      column += 2
    }
    put(meter.count, row: row, column: column, style: Style(bold: true))
  }
}

extension ScanProgress {
  /// `5/10`, or `5` while nobody has said how many there are.
  var count: String { total.map { "\(read)/\($0)" } ?? "\(read)" }
}
