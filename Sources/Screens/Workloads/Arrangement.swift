/// How a list of workloads is grouped and sorted, and what is shown of each.
package struct Arrangement: Hashable, Sendable {
  package enum Grouping: String, CaseIterable, Sendable { case none, namespace, owner, application }

  package enum Column: String, CaseIterable, Sendable {
    case namespace, name, kind, owner, ready, age
  }

  /// Which columns the list shows.
  package enum Columns: String, CaseIterable, Sendable {
    case usual
    /// The usual ones and the images.
    case images
    /// Without readiness and age, so that long names have room.
    case names

    var words: String {
      switch self {
      case .usual: "The usual columns."
      case .images: "The images, and of the usual columns what there is room for."
      case .names: "Fewer columns."
      }
    }
  }

  package var grouping: Grouping = .none
  package var column: Column = .namespace
  package var isReversed = false
  package var columns: Columns = .usual

  package init() {}

  mutating func groupNext() { grouping = next(grouping) }

  /// Sorts by a column; by the one that rows are sorted by already, the other way round.
  mutating func sort(by wanted: Column) {
    if column == wanted { isReversed.toggle() } else { (column, isReversed) = (wanted, false) }
  }
  mutating func showNextColumns() { columns = next(columns) }

  private func next<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
    let all = Array(Value.allCases)
    let index = all.firstIndex(of: value) ?? 0
    return all[(index + 1) % all.count]
  }

  /// A sentence for the status line.
  var words: String {
    let group = grouping == .none ? "Not grouped" : "Grouped by \(grouping.rawValue)"
    return "\(group), sorted by \(column.rawValue)\(isReversed ? ", reversed" : "")."
  }
}
