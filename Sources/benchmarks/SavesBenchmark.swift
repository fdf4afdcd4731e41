import Wizard

/// What a save of a session of 50,000 workloads costs beside one of 50: an operation that is
/// recorded while units are created, early and late, and a choice in the review.
struct SavesBenchmark {
  private static let (small, large) = (50, 50_000)
  private static let saves = 120

  func compare() throws -> [Comparison] {
    [
      try compare("an operation, with 20 done", done: (20, 20), at: Position(.connect)) {
        Self.record(&$0, $1)
      },
      try compare("an operation, with 25,000 done", done: (20, 25_000), at: Position(.connect)) {
        Self.record(&$0, $1)
      },
      try compare("a choice of all", done: (0, 0), at: Position(.review)) { session, number in
        let place = number % Self.small
        let isChosen = number / Self.small % 2 == 1
        let rest = [0..<place, place + (isChosen ? 0 : 1)..<session.areChosen.count]
        session.select(at: rest.filter { !$0.isEmpty }, and: [])
      },
    ]
  }

  /// First that it is begun, then that it is done.
  private static func record(_ session: inout Session, _ number: Int) {
    guard let units = session.proposal?.units else { return }
    if number % 2 == 0 {
      let next = session.operations.count
      var operation = Operation(number: next, unit: units[next % units.count])
      operation.state = .intent
      session.operations.append(operation)
    } else {
      session.operations[session.operations.count - 1].state = .done
    }
  }

  /// By turns, so that what else the machine does is in both.
  private func compare(
    _ what: String, done: (small: Int, large: Int), at position: Position,
    _ change: (inout Session, Int) -> Void
  ) throws -> Comparison {
    let homes = (try Scratch(), try Scratch())
    var few = try OpenSession(
      home: homes.0.path, workloads: Self.small, done: done.small, at: position)
    var many = try OpenSession(
      home: homes.1.path, workloads: Self.large, done: done.large, at: position)
    for _ in 0..<12 {
      try few.save { _ in }
      try many.save { _ in }
    }
    var times: (few: [Double], many: [Double]) = ([], [])
    for number in 0..<Self.saves {
      times.few.append(try milliseconds { try few.save { change(&$0, number) } })
      times.many.append(try milliseconds { try many.save { change(&$0, number) } })
    }
    return Comparison(
      name: "save of 50,000: \(what)", figure: times.many.sorted()[Self.saves / 2],
      baseline: "the same of 50", baselineFigure: times.few.sorted()[Self.saves / 2],
      limit: .ratio(1.2))
  }
}
