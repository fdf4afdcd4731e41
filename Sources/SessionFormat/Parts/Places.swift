/// Places in a list, each once and in order, in few words: `0-49999` or `0-3,7`.
package struct Places: Hashable {
  private(set) var ranges: [Range<Int>]

  package var indices: [Int] { ranges.flatMap(\.self) }

  package init(_ indices: [Int]) {
    ranges = []
    indices.withUnsafeBufferPointer { indices in
      var start = 0
      while start < indices.count {
        var end = start + 1
        while end < indices.count, indices[end] == indices[end - 1] + 1 { end += 1 }
        ranges.append(indices[start]..<indices[end - 1] + 1)
        start = end
      }
    }
  }

  /// The places of what is true.
  package init(_ marks: [Bool]) {
    ranges = []
    marks.withUnsafeBufferPointer { marks in
      var index = 0
      while index < marks.count {
        guard marks[index] else {
          index += 1
          continue
        }
        let start = index
        while index < marks.count, marks[index] { index += 1 }
        ranges.append(start..<index)
      }
    }
  }

  package var text: String {
    ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound - 1)" }
      .joined(separator: ",")
  }

  /// Throws for what does not name places below `count`, in order.
  package init(_ text: String, below count: Int) throws(InvalidSession) {
    ranges = []
    if text.isEmpty { return }
    var from = 0
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        from <= first, first <= last, last < count
      else {
        throw InvalidSession(reason: "\(text.prefix(80)) does not name places among \(count)")
      }
      ranges.append(first..<last + 1)
      from = last + 1
    }
  }
}
