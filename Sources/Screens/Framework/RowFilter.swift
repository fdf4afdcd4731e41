/// What is typed after `/` on a page without workloads: its terms are about the columns of the page,
/// and `state:` about the marks of its rows.
struct RowFilter {
  private let text: FilterText
  private let columns: [String: Int]
  /// Why the filter cannot be used; a sentence.
  let problem: String?

  private static let state = "state"

  init(_ text: FilterText, on page: Page) {
    self.text = text
    var columns: [String: Int] = [:]
    for (number, column) in page.columns.enumerated() {
      let key = column.head.lowercased().filter(\.isLetter)
      if !key.isEmpty, columns[key] == nil { columns[key] = number }
    }
    self.columns = columns
    let known =
      [Self.state]
      + columns.sorted { $0.value < $1.value }.map(\.key).filter {
        $0 != Self.state
      }
    let unknown = text.clauses.lazy.flatMap(\.parts).compactMap(\.key).first {
      !known.contains($0)
    }
    problem = unknown.map { FilterText.problem(unknown: $0, known: known) }
  }

  func shows(_ row: Row) -> Bool {
    text.clauses.allSatisfy { clause in
      clause.parts.contains { has(row, $0, isFuzzy: clause.isFuzzy) } != clause.isNegated
    }
  }

  private func has(_ row: Row, _ part: FilterText.Part, isFuzzy: Bool) -> Bool {
    let value = Array(part.value.lowercased().utf8)
    guard let key = part.key else {
      guard isFuzzy else { return row.contains(value) }
      return Fuzzy.isIn((row.cells.first ?? "").lowercased().utf8, value)
    }
    if value.isEmpty { return true }
    if key == Self.state, row.mark?.names.contains(where: { $0.utf8.starts(with: value) }) == true {
      return true
    }
    guard let column = columns[key], row.cells.indices.contains(column) else { return false }
    return row.cells[column].holds(value)
  }
}

extension Row.Mark {
  /// What `state:` calls it.
  fileprivate var names: [String] {
    switch self {
    case .chosen: ["chosen"]
    case .unchosen: ["unchosen"]
    case .partlyChosen: ["partly", "chosen"]
    case .fixed: ["fixed"]
    case .done: ["done", "ready"]
    case .current: ["current", "running"]
    case .todo: ["waiting"]
    case .failed: ["failed"]
    case .warning: ["warning"]
    }
  }
}
