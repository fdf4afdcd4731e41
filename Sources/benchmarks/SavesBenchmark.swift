import Glibc
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
      try whileImporting(),
    ]
  }

  /// What the processor does for a save of an import of 500 units and of one of 50: most of the time
  /// that a save takes on a slow machine.
  private func whileImporting() throws -> Comparison {
    Comparison(
      name: "processor for a save of 500 units", figure: try processor(units: 500),
      baseline: "of 50 units", baselineFigure: try processor(units: 50), limit: .ratio(2))
  }

  /// Milliseconds a save, when four units at a time are created and then bound.
  private func processor(units count: Int) throws -> Double {
    let home = try Scratch()
    var open = try OpenSession(
      home: home.path, workloads: count, done: 0, at: Position(.connect, .creating))
    try open.save { _ in }
    let before = worked()
    for number in 0..<2 * count {
      try open.save { session in
        guard let units = session.proposal?.units else { return }
        var operation = Operation(number: number, unit: units[number % count])
        if number >= count { operation.kind = .setTarget }
        operation.state = .intent
        session.operations.append(operation)
        if number >= 4 { session.operations[number - 4].state = .done }
      }
    }
    return (worked() - before) / Double(2 * count)
  }

  /// Milliseconds that the processor has worked for this process.
  private func worked() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1000 + Double(time.tv_nsec) / 1_000_000
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
