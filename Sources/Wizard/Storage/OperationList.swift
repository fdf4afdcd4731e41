/// The operations of a session, in the order they were begun.
///
/// They are kept in rows: a change copies one row, whoever else holds the list, and two lists are
/// compared without a look into the rows that they share.
public struct OperationList: Hashable, Sendable {
  /// How many operations are in each row but the last.
  public static let rowLength = 64

  public private(set) var rows: [[Operation]] = []

  /// Kept with every change: screens ask at each drawing, and there are tens of thousands.
  private var tallies: [Tally: Int] = [:]

  private struct Tally: Hashable {
    var kind: Operation.Kind
    var state: Operation.State
    var result: Operation.Result?

    init(_ operation: Operation) {
      kind = operation.kind
      state = operation.state
      result = operation.result
    }
  }

  public init() {}

  /// How many operations of this kind are in this state; of those with this result, if one is given.
  public func count(
    _ kind: Operation.Kind, _ state: Operation.State, as result: Operation.Result? = nil
  ) -> Int {
    tallies.reduce(0) { sum, tally in
      let isMeant =
        tally.key.kind == kind && tally.key.state == state
        && (result == nil || tally.key.result == result)
      return isMeant ? sum + tally.value : sum
    }
  }

  private mutating func tally(_ operation: Operation, by difference: Int) {
    let count = tallies[Tally(operation), default: 0] + difference
    // None is as if there had never been one: lists with the same operations are equal.
    tallies[Tally(operation)] = count == 0 ? nil : count
  }

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
    set {
      tally(self[index], by: -1)
      rows[index / Self.rowLength][index % Self.rowLength] = newValue
      tally(newValue, by: 1)
    }
  }

  public mutating func append(_ operation: Operation) {
    if rows.last.map({ $0.count == Self.rowLength }) ?? true { rows.append([]) }
    rows[rows.count - 1].append(operation)
    tally(operation, by: 1)
  }

  public mutating func replaceSubrange(
    _ range: Range<Int>, with operations: some Collection<Operation>
  ) {
    let rest = Array(self[range.upperBound...])
    self[range.lowerBound...].forEach { tally($0, by: -1) }
    let row = range.lowerBound / Self.rowLength
    let kept = row < rows.count ? rows[row].prefix(range.lowerBound % Self.rowLength) : []
    if row < rows.count { rows.removeSubrange(row...) }
    kept.forEach { tally($0, by: -1) }
    append(contentsOf: kept)
    append(contentsOf: operations)
    append(contentsOf: rest)
  }
}
