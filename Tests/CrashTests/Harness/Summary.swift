import Synchronization
import TestWorld
import Testing

/// What was tried, how often, and what came of it.
enum Summary {
  private struct Row {
    let what: String
    let points: Int
    let fired: Int
    let bad: Int
  }

  private static let rows = Mutex<[Row]>([])

  static func add(_ what: String, _ points: [Point]) {
    let row = Row(
      what: what, points: points.count, fired: points.filter(\.fired).count,
      bad: points.bad.count)
    rows.withLock { $0.append(row) }
    // A full sweep takes hours, in which nothing else is heard.
    if Sweep.isFull { print("\(what): \(row.points) points, \(row.fired) fired, \(row.bad) bad") }
  }

  static var text: String {
    rows.withLock { rows in
      let header = ["what was tried", "points", "fired", "bad"]
      let table = [header] + rows.map { [$0.what, "\($0.points)", "\($0.fired)", "\($0.bad)"] }
      let width = table.map { $0[0].count }.max() ?? 0
      return table.map { cells in
        let numbers = cells.dropFirst().map { $0.padded(to: 7, left: true) }
        return ([cells[0].padded(to: width, left: false)] + numbers).joined(separator: " | ")
      }.joined(separator: "\n")
    }
  }
}

extension String {
  fileprivate func padded(to width: Int, left: Bool) -> String {
    let space = String(repeating: " ", count: max(0, width - count))
    return left ? space + self : self + space
  }
}

/// Prints the summary when all tests of the suite are over.
struct SummaryTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await function()
    print(Summary.text)
  }
}

extension Trait where Self == SummaryTrait {
  static var summarized: SummaryTrait { SummaryTrait() }
}
