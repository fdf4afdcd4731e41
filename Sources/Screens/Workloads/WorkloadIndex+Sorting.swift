// Sorting by a field, whose text may have a long beginning that is the same for many workloads.

extension WorkloadIndex {
  func isInOrder(by field: Field) -> Bool {
    text.withUnsafeBufferPointer { text in
      (0..<max(0, count - 1)).allSatisfy { compare($0, $0 + 1, by: field, text) <= 0 }
    }
  }

  func sorted(by field: Field) -> [Int32] {
    var entries = (0..<Int32(count)).map { Entry(head: 0, index: $0) }
    text.withUnsafeBufferPointer { text in
      entries.withUnsafeMutableBufferPointer { sort($0, by: field, from: 0, text) }
    }
    return entries.map(\.index)
  }

  /// A workload with the next eight bytes of its field to compare.
  private struct Entry {
    var head: UInt64
    var index: Int32
  }

  /// Sorts workloads whose fields are equal up to `start` by the next eight bytes, and then those
  /// that are still equal, so that a long shared beginning is compared once.
  private func sort(
    _ entries: UnsafeMutableBufferPointer<Entry>, by field: Field, from start: Int,
    _ text: UnsafeBufferPointer<UInt8>
  ) {
    let shared = sharedPrefix(of: field, entries, text)
    guard entries.count > 1, !isEnd(of: field, entries, shared) else { return }
    for place in entries.indices {
      entries[place].head = head(of: field, Int(entries[place].index), after: shared, text)
    }
    var sorted = entries
    sorted.sort { ($0.head, $0.index) < ($1.head, $1.index) }
    var first = 0
    while first < entries.count {
      var end = first + 1
      while end < entries.count, entries[end].head == entries[first].head { end += 1 }
      if end - first > 1, shared + 8 > start {
        sort(.init(rebasing: entries[first..<end]), by: field, from: shared + 8, text)
      }
      first = end
    }
  }

  /// Whether all of the fields are equal to their ends; such workloads keep their order.
  private func isEnd(
    of field: Field, _ entries: UnsafeMutableBufferPointer<Entry>, _ shared: Int
  ) -> Bool {
    entries.allSatisfy { range(of: field, Int($0.index)).count == shared }
  }

  private func range(of field: Field, _ index: Int) -> Range<Int> {
    let first = index * Field.allCases.count + field.rawValue
    return Int(starts[first])..<Int(starts[first + 1]) - 1
  }

  private func sharedPrefix(
    of field: Field, _ entries: UnsafeMutableBufferPointer<Entry>,
    _ text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    guard let entry = entries.first else { return 0 }
    let first = range(of: field, Int(entry.index))
    var shared = first.count
    for entry in entries where shared > 0 {
      let other = range(of: field, Int(entry.index))
      shared = min(shared, other.count)
      var same = 0
      while same < shared, text[first.lowerBound + same] == text[other.lowerBound + same] {
        same += 1
      }
      shared = same
    }
    return shared
  }

  private func head(
    of field: Field, _ index: Int, after shared: Int, _ text: UnsafeBufferPointer<UInt8>
  ) -> UInt64 {
    let range = range(of: field, index).dropFirst(shared)
    var head: UInt64 = 0
    for offset in 0..<8 {
      head <<= 8
      if offset < range.count { head |= UInt64(text[range.lowerBound + offset]) }
    }
    return head
  }

  private func compare(
    _ a: Int, _ b: Int, by field: Field, _ text: UnsafeBufferPointer<UInt8>
  ) -> Int {
    let (first, second) = (range(of: field, a), range(of: field, b))
    for offset in 0..<min(first.count, second.count) {
      let difference =
        Int(text[first.lowerBound + offset]) - Int(text[second.lowerBound + offset])
      if difference != 0 { return difference }
    }
    return first.count - second.count
  }
}
