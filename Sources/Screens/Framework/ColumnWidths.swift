import TerminalText

/// How wide each column is: as its widest cell, while there is room; then columns go by their ranks, and
/// the widest column gives way first.
struct ColumnWidths {
  /// 0 for a column that is not shown.
  private(set) var widths: [Int]
  /// The column that is cut at its end.
  let prose: Int?
  /// What all of it needs; `nil` where that is known only of the rows that are shown.
  let needed: Int?
  /// Something is cut, or has gone.
  private(set) var isCut = false
  /// More of the columns can be passed over, so that those after them are shown.
  let canPass: Bool
  private let columns: [Column]

  /// - Parameter passing: so many columns are moved out of sight.
  init(_ page: Page, visible: [Row], passing: Int) {
    // Of very many, only those that can be seen are looked at.
    let isSmall = page.rows.count <= Metrics.manyRows
    let rows = isSmall ? Array(page.rows) : visible
    let count = max(page.columns.count, rows.map(\.cells.count).max() ?? 0)
    columns = page.columns + Array(repeating: Column(), count: count - page.columns.count)
    prose = columns.last?.keepsEnd == true ? nil : count - 1
    widths = columns.map { max(displayWidth(of: $0.head), $0.width ?? 0) }
    var alone = 0
    let isMeasured = columns.contains { $0.width == nil }
    if isMeasured {
      for row in rows {
        // A lone cell has the row to itself.
        if row.cells.count == 1, count > 1 {
          alone = max(alone, displayWidth(of: escaped(row.cells[0])))
          continue
        }
        for (column, cell) in row.cells.enumerated() {
          widths[column] = max(widths[column], displayWidth(of: escaped(cell)))
        }
      }
    }
    for column in columns.indices where columns[column].isHidden { widths[column] = 0 }
    needed = isSmall || !isMeasured ? max(Self.total(widths), alone) : nil
    let all = columns
    let movable = widths.indices.filter { [widths] in !all[$0].stays && widths[$0] > 0 }
    let isMovable = all.contains(where: \.stays)
    canPass = isMovable && passing + 1 < movable.count
    if isMovable { for column in movable.prefix(passing) { widths[column] = 0 } }
  }

  mutating func fit(_ width: Int) {
    let natural = widths
    let soft = columns.indices.filter { !columns[$0].isWhole }
    let leaving = columns.indices.filter { columns[$0].rank > 0 && widths[$0] > 0 }
    for column in leaving.sorted(by: { columns[$0].rank > columns[$1].rank })
    where isCrowded(without: column, soft, width: width) {
      widths[column] = 0
    }
    while Self.total(widths) > width, let column = next(of: soft) { widths[column] -= 1 }
    isCut = widths != natural
  }

  /// The column to be cut next: beside whole columns, those that matter least first.
  private func next(of soft: [Int]) -> Int? {
    var candidates = soft.filter { widths[$0] > Metrics.leastColumn }
    if soft.count < columns.count {
      let long = candidates.filter { widths[$0] > columns[$0].least }
      let rank = long.map { columns[$0].rank }.max()
      if let rank { candidates = long.filter { columns[$0].rank == rank } }
    }
    return candidates.max { widths[$0] < widths[$1] }
  }

  /// Whether cutting alone would leave too little of the columns that can be cut, or could be done
  /// without if that column went.
  private func isCrowded(without column: Int, _ soft: [Int], width: Int) -> Bool {
    if soft.count == columns.count {
      let total = Self.total(widths)
      return total > width + Metrics.cutBeforeSparing
        || total > width && total - widths[column] - Metrics.columnGap <= width
    }
    var least = widths
    for column in soft { least[column] = min(widths[column], columns[column].least) }
    return Self.total(least) > width
  }

  private static func total(_ widths: [Int]) -> Int {
    let shown = widths.filter { $0 > 0 }
    return shown.reduce(Metrics.columnGap * max(0, shown.count - 1), +)
  }
}
