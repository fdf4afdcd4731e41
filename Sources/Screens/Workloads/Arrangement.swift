/// How a list of workloads is grouped and sorted.
public struct Arrangement: Hashable, Sendable {
  public enum Grouping: String, CaseIterable, Sendable { case none, namespace, owner, application }

  public enum Column: String, CaseIterable, Sendable { case namespace, name, kind, owner, ready }

  public var grouping: Grouping = .none
  public var column: Column = .namespace
  public var isReversed = false

  public init() {}

  mutating func groupNext() { grouping = next(grouping) }
  mutating func sortNext() { column = next(column) }

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
