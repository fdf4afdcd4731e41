/// What is typed after `/` on a page without workloads: its terms are about the columns of the page,
/// and `state:` about the marks of its rows.
struct RowFilter {
  private struct Part {
    /// `nil` for what may stand in any column.
    var key: String?
    var column: Int?
    var value: [UInt8]
  }

  private struct Clause {
    var isNegated: Bool
    var isFuzzy: Bool
    var parts: [Part]
  }

  private let clauses: [Clause]
  /// Why the filter cannot be used; a sentence.
  let problem: String?

  private static let state = "state"

  init(_ text: FilterText, on page: Page) {
    var columns: [String: Int] = [:]
    for (number, column) in page.columns.enumerated() {
      let key = column.head.lowercased().filter(\.isLetter)
      if !key.isEmpty, columns[key] == nil { columns[key] = number }
    }
    let others = columns.sorted { $0.value < $1.value }.map(\.key).filter { $0 != Self.state }
    let known = [Self.state] + others
    let keys = text.clauses.flatMap(\.parts).compactMap(\.key)
    problem = keys.first { !known.contains($0) }.map {
      FilterText.problem(unknown: $0, known: known)
    }
    // Once, and not for each row: there may be very many.
    clauses = text.clauses.map { clause in
      Clause(
        isNegated: clause.isNegated, isFuzzy: clause.isFuzzy,
        parts: clause.parts.map { part in
          Part(
            key: part.key, column: part.key.flatMap { columns[$0] },
            value: Array(part.value.lowercased().utf8))
        })
    }
  }

  func shows(_ row: Row) -> Bool {
    clauses.allSatisfy { clause in
      clause.parts.contains { has(row, $0, isFuzzy: clause.isFuzzy) } != clause.isNegated
    }
  }

  private func has(_ row: Row, _ part: Part, isFuzzy: Bool) -> Bool {
    guard let key = part.key else {
      guard isFuzzy else { return row.contains(part.value) }
      return Fuzzy.isIn((row.cells.first ?? "").lowercased().utf8, part.value)
    }
    if part.value.isEmpty { return true }
    if key == Self.state,
      row.mark?.names.contains(where: { $0.utf8.starts(with: part.value) }) == true
    {
      return true
    }
    guard let column = part.column, row.cells.indices.contains(column) else { return false }
    return row.cells[column].holds(part.value)
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
