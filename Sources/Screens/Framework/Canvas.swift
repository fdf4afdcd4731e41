import TerminalText
import Wizard

/// Where a layout is put together: what stands where, and what a click there means.
struct Canvas {
  let size: Size
  let theme: Theme
  private(set) var elements: [ScreenLayout.Element] = []
  private(set) var regions: [Region] = []
  /// Where text is typed.
  var cursor: CellPosition?
  var scroll = ScrollLimits()
  /// The text that can be looked through.
  var searchable: Searchable?
  /// What the pane would show, and has to be asked for.
  var lacking: Glance.Subject?
  /// The pane shows the log of this run.
  var showsRunLog = false

  init(size: Size, theme: Theme) {
    self.size = size
    self.theme = theme
  }

  var glyphs: Glyphs { theme.glyphs }

  /// How many of the last rows name keys.
  var keyLines: Int { size.rows >= Metrics.rowsWithTwoKeyLines ? 2 : 1 }

  /// The status line and the key lines.
  var rowsBelowBody: Int { keyLines + 1 }

  /// The columns between both margins.
  var textWidth: Int { size.columns - Metrics.margins }

  // MARK: Elements

  /// Puts a text, and answers with the column after it: that is where the frame will have it end.
  @discardableResult
  mutating func put(
    _ text: String, row: Int, column: Int, style: Style = .plain, width: Int? = nil
  ) -> Int {
    elements.append(.text(text, row: row, column: column, style: style, width: width))
    return column + self.width(of: text, upTo: max(0, min(width ?? .max, size.columns - column)))
  }

  /// The columns of those characters from the first on that fit whole.
  private func width(of text: String, upTo limit: Int) -> Int {
    // Each byte of printable ASCII takes one column.
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) { return min(text.utf8.count, limit) }
    var columns = 0
    for character in escaped(String(text.prefix(limit))) {
      let width = displayWidth(of: character)
      if columns + width > limit { break }
      columns += width
    }
    return columns
  }

  mutating func fill(row: Int, columns: Range<Int>? = nil, style: Style = .plain) {
    elements.append(.fill(row: row, columns: columns ?? 0..<size.columns, style: style))
  }

  mutating func rule(row: Int) { elements.append(.rule(row: row)) }

  /// Puts a line, cut at the end of the width; its keys can be clicked.
  mutating func put(_ line: Line, row: Int, column: Int, width: Int) {
    var at = column
    for piece in line.pieces {
      let room = column + width - at
      guard room > 0 else { return }
      let ellipsis = glyphs.ellipsis
      let words = ellipsis == "…" ? piece.text : piece.text.replacing("…", with: ellipsis)
      let text = cut(escaped(words), to: room, ellipsis: ellipsis)
      let start = at
      at = put(text, row: row, column: at, style: piece.style)
      if let key = piece.key { canClick(.key(key), row, start..<at) }
    }
  }

  /// Puts a line between the margins.
  mutating func put(_ line: Line, row: Int) {
    put(line, row: row, column: Metrics.margin, width: textWidth)
  }

  /// Puts a text at the right margin.
  mutating func putAtRight(_ text: String, row: Int, style: Style) {
    put(text, row: row, column: size.columns - displayWidth(of: text) - 1, style: style)
  }

  mutating func box(_ title: String, _ lines: [Line], rows: Range<Int>, columns: Range<Int>) {
    let lines = fitting(lines, rows.count - Metrics.boxRows)
    let (row, column) = (rows.lowerBound, columns.lowerBound)
    elements.append(
      .box(
        row: row, column: column,
        size: Size(columns: columns.count, rows: lines.count + Metrics.boxRows)))
    put(
      " \(title) ", row: row, column: column + Metrics.boxTitleColumn, style: Style(bold: true),
      width: columns.count - 2 * Metrics.boxTitleColumn)
    for (index, line) in lines.enumerated() {
      put(
        line, row: row + 1 + index, column: column + Metrics.boxLineColumn,
        width: columns.count - Metrics.boxColumns)
    }
  }

  /// Where there is little room the empty lines go; the last line, with the keys, never does.
  func fitting(_ lines: [Line], _ height: Int) -> [Line] {
    var lines = lines
    let isLastEmpty = lines.last?.isEmpty == true
    if lines.count > height, lines.first?.isEmpty == true { lines.removeFirst() }
    if lines.count > height, isLastEmpty { lines.removeLast() }
    while lines.count > height, let empty = lines.firstIndex(where: \.isEmpty) {
      lines.remove(at: empty)
    }
    return lines.count > height ? lines.prefix(height - 1) + lines.suffix(1) : lines
  }

  // MARK: Regions

  mutating func canClick(_ target: Region.Target, _ row: Int, _ columns: Range<Int>) {
    if let last = regions.last, last.target == target, last.row == row,
      last.columns.upperBound == columns.lowerBound
    {
      regions[regions.count - 1].columns = last.columns.lowerBound..<columns.upperBound
      return
    }
    regions.append(Region(row: row, columns: columns, target: target))
  }

  /// Keys of the body that a dialog covers cannot be clicked.
  mutating func coverKeys(in rows: Range<Int>) {
    regions.removeAll {
      guard case .key = $0.target else { return false }
      return rows.contains($0.row)
    }
  }
}
