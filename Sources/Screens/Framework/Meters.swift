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

  /// A bar with what is done, failed and left, and below it how fast that goes.
  mutating func progress(_ progress: Progress, rows: Range<Int>) -> Int {
    guard rows.count >= Metrics.rowsOfProgress, progress.total > 0 else { return rows.lowerBound }
    let row = rows.lowerBound
    let width = Metrics.progressBar(of: size.columns)
    let done = progress.done * width / progress.total
    let failed = (progress.done + progress.failed) * width / progress.total - done
    var column = Metrics.margin
    for (count, glyph, style) in [
      (done, glyphs.barDone, Style(.accent)), (failed, glyphs.barDone, Style(.bad)),
      (width - done - failed, glyphs.barToDo, Style(.muted)),
    ] {
      let bar = String(repeating: glyph, count: count)
      column = put(bar, row: row, column: column, style: style)
    }
    put(
      Line(progress.counts, Style(bold: true)), row: row, column: column + 2,
      width: textWidth - width - 2)
    let words = progress.paceWords
    if !words.isEmpty { put(Line(words), row: row + 1) }
    return row + (words.isEmpty ? 1 : 2)
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

extension Progress {
  /// `101 of 4999  2%  3 failed, 4895 left`
  var counts: String {
    let parts = [(failed, "failed"), (left, "left")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return "\(done) of \(total)  \(done * 100 / max(1, total))%  " + parts.joined(separator: ", ")
  }

  /// `0:42 so far, 144 a minute, about 34 min left`; empty while it stands still.
  var paceWords: String {
    guard let elapsed else { return "" }
    var words = ["\(Self.clock(elapsed)) so far"]
    if let perMinute {
      words.append(
        perMinute >= 60
          ? "\(Int((perMinute / 60).rounded())) a second" : "\(Int(perMinute.rounded())) a minute")
    }
    if let remaining { words.append("about \(Self.clock(remaining)) left") }
    return words.joined(separator: ", ")
  }

  /// `1:05`, and from an hour on `2:01:05`.
  private static func clock(_ seconds: Int64) -> String {
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60)
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
  }
}
