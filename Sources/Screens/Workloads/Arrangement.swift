/// How a list of workloads is grouped and sorted, and what is shown of each.
public struct Arrangement: Hashable, Sendable {
  public enum Grouping: String, CaseIterable, Sendable { case none, namespace, owner, application }

  public enum Column: String, CaseIterable, Sendable { case namespace, name, kind, owner, ready }

  /// Which columns are shown.
  public enum Columns: String, CaseIterable, Sendable {
    case usual
    /// The images, too.
    case images
    /// Neither kind nor readiness, for the sake of long names.
    case names

    var words: String {
      switch self {
      case .usual: "The usual columns."
      case .images: "The usual columns, and the images."
      case .names: "Fewer columns."
      }
    }
  }

  public var grouping: Grouping = .none
  public var column: Column = .namespace
  public var isReversed = false
  public var columns: Columns = .usual

  public init() {}

  mutating func groupNext() { grouping = next(grouping) }
  mutating func sortNext() { column = next(column) }
  mutating func showNextColumns() { columns = next(columns) }

  private func next<Value: CaseIterable & Equatable>(_ value: Value) -> Value {
    let all = Array(Value.allCases)
    let index = all.firstIndex(of: value) ?? 0
    return all[(index + 1) % all.count]
  }

  /// For a notice.
  var words: String {
    let group = grouping == .none ? "Not grouped" : "Grouped by \(grouping.rawValue)"
    return "\(group), sorted by \(column.rawValue)\(isReversed ? ", reversed" : "")."
  }
}
