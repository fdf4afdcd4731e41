/// The operations of a session, in the order they were begun.
///
/// They are kept in rows: a change copies one row, whoever else holds the list, and two lists are
/// compared without a look into the rows that they share.
public struct OperationList: Hashable, Sendable {
  /// How many operations are in each row but the last.
  public static let rowLength = 64

  public private(set) var rows: [[Operation]] = []

  public init() {}

  /// The operations that are not as they are in an earlier state of the same session.
  public func changes(since earlier: OperationList) -> [Operation] {
    rows.indices.flatMap { row -> [Operation] in
      let before = row < earlier.rows.count ? earlier.rows[row] : []
      if rows[row] == before { return [] }
      return rows[row].indices.filter { $0 >= before.count || rows[row][$0] != before[$0] }
        .map { rows[row][$0] }
    }
  }
}

extension OperationList: RandomAccessCollection, MutableCollection, RangeReplaceableCollection,
  ExpressibleByArrayLiteral
{
  public init(arrayLiteral operations: Operation...) { self.init(operations) }

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    rows.last.map { (rows.count - 1) * Self.rowLength + $0.count } ?? 0
  }

  public subscript(index: Int) -> Operation {
    get { rows[index / Self.rowLength][index % Self.rowLength] }
    set { rows[index / Self.rowLength][index % Self.rowLength] = newValue }
  }

  public mutating func append(_ operation: Operation) {
    if rows.last.map({ $0.count == Self.rowLength }) ?? true { rows.append([]) }
    rows[rows.count - 1].append(operation)
  }

  public mutating func replaceSubrange(
    _ range: Range<Int>, with operations: some Collection<Operation>
  ) {
    let rest = Array(self[range.upperBound...])
    let row = range.lowerBound / Self.rowLength
    let kept = row < rows.count ? rows[row].prefix(range.lowerBound % Self.rowLength) : []
    if row < rows.count { rows.removeSubrange(row...) }
    append(contentsOf: kept)
    append(contentsOf: operations)
    append(contentsOf: rest)
  }
}
