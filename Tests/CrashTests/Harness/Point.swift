import Testing

/// One attempt on a run, and what was wrong afterwards.
struct Point: Hashable, Sendable {
  let what: String
  /// Whether it happened at all: what does not happen proves nothing.
  let fired: Bool
  let complaints: [String]
}

extension [Point] {
  var bad: [Point] { filter { !$0.complaints.isEmpty } }

  /// Records the first few that did not fire, and the first few that did harm.
  func expectAllGood(sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(!isEmpty, sourceLocation: sourceLocation)
    for point in filter({ !$0.fired }).prefix(5) {
      Issue.record("\(point.what): it did not happen", sourceLocation: sourceLocation)
    }
    for point in bad.prefix(10) {
      Issue.record(
        "\(point.what): \(point.complaints.joined(separator: "; "))",
        sourceLocation: sourceLocation)
    }
  }
}
