import Dispatch
import FoundationEssentials
import Synchronization
import TestWorld
import Testing

/// The same as the matrix in memory, with the programs themselves: one of each kind in every run of
/// the tests, and all of them, singly and in pairs, with MAP_IMPORT_SWEEP=1.
@Suite("Faults around a change, with the programs themselves", .waiting)
struct FaultRunTests {
  private typealias Plan = [UnluckyRun.Fault]

  /// What happens to a call that changes something.
  private static let kinds = [
    // After the intent was saved, and before its outcome was.
    "kill-parent-before", "kill-parent-after",
    // The request is lost; the answer is, in whole and in part.
    "network", "lost-after", "cut",
    "error500-before", "error500-after", "hang-before", "hang-after", "exists", "unauthorized",
  ]

  /// Killed before the intent is saved, and after the outcome was.
  private static func killed(around slug: String) -> [UnluckyRun.Fault] {
    [
      .init(match: "unit get", key: slug, kind: "kill-parent-before"),
      .init(match: "unit get", key: slug, nth: 2, kind: "kill-parent-before"),
    ]
  }

  private static func all(of call: String, at slug: String) -> [UnluckyRun.Fault] {
    kinds.map { .init(match: call, key: slug, kind: $0) }
  }

  /// Each kind at a creation and at a binding, in as few imports as can have them: two resumes get
  /// over two kills, or one of them and a sign-in that was lost.
  private static let few: [Plan] = [
    killed(around: "unit-7"),
    [
      .init(match: "unit create", key: "unit-3", kind: "kill-parent-before"),
      .init(match: "unit set-target", key: "unit-12", kind: "kill-parent-after"),
    ],
    [
      .init(match: "unit create", key: "unit-8", kind: "kill-parent-after"),
      .init(match: "unit set-target", key: "unit-5", kind: "kill-parent-before"),
    ],
    each(of: kinds.filter { !$0.hasPrefix("kill") && $0 != "unauthorized" })
      + [.init(match: "unit set-target", key: "unit-20", kind: "unauthorized")],
    [.init(match: "unit create", key: "unit-1", kind: "unauthorized")],
  ]

  /// Each at the creation of one unit and at the binding of another.
  private static func each(of kinds: [String]) -> [UnluckyRun.Fault] {
    zip(kinds.indices, kinds).flatMap { index, kind in
      [
        .init(match: "unit create", key: UnluckyRun.slugs[index], kind: kind),
        .init(match: "unit set-target", key: UnluckyRun.slugs[18 - index], kind: kind),
      ] as [UnluckyRun.Fault]
    }
  }

  /// Every one at every operation, and every two of them at some.
  private static var many: [Plan] {
    let slugs = UnluckyRun.slugs
    let singly = slugs.flatMap { slug in
      (all(of: "unit create", at: slug) + all(of: "unit set-target", at: slug)
        + killed(around: slug)).map { [$0] }
    }
    var pairs: [Plan] = []
    for (number, first) in kinds.enumerated() {
      for (other, second) in kinds.enumerated() {
        for turn in 0..<9 {
          let one = slugs[(number + 3 * turn) % slugs.count]
          let two = slugs[(number + 3 * turn + other + 1) % slugs.count]
          pairs.append([
            .init(match: "unit create", key: one, kind: first),
            // At the same unit's binding, at another's, and at another's creation.
            turn % 3 == 0
              ? .init(match: "unit set-target", key: one, kind: second)
              : turn % 3 == 1
                ? .init(match: "unit set-target", key: two, kind: second)
                : .init(match: "unit create", key: two, kind: second),
          ])
        }
      }
    }
    for (index, first) in slugs.enumerated() {
      for (number, kind) in kinds.enumerated() {
        let second = slugs[(index + number + 1) % slugs.count]
        pairs.append([
          killed(around: first)[number % 2], .init(match: "unit create", key: second, kind: kind),
        ])
        // Twice at one: what failed fails again when it is tried again.
        if ["network", "error500-before", "kill-parent-before"].contains(kind) {
          pairs.append([
            .init(match: "unit create", key: first, kind: kind),
            .init(match: "unit create", key: first, nth: 2, kind: kind),
          ])
        }
      }
    }
    return singly + pairs
  }

  @Test("Created once each, nothing of others touched, finished in two resumes")
  func faults() throws {
    let plans = Sweep.isFull ? Self.many : Self.few
    let results = Mutex<(next: Int, runs: Int, complaints: [String])>((0, 0, []))
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      while true {
        let index = results.withLock { results in
          results.next += 1
          return results.next - 1
        }
        guard index < plans.count else { return }
        let found = Result { try Self.complaints(plans[index]) }
        results.withLock { results in
          let name = plans[index].map(\.json).joined(separator: ", ")
          switch found {
          case .success(let new): results.complaints += new.map { "\(name): \($0)" }
          case .failure(let error): results.complaints.append("\(name): \(error)")
          }
          results.runs += 1
          // A full sweep takes more than an hour, in which nothing else is heard.
          guard results.runs % 50 == 0 else { return }
          print("\(results.runs) runs, complaints: \(results.complaints)")
        }
      }
    }
    let (runs, complaints) = results.withLock { ($0.runs, $0.complaints) }
    print("faults with programs: \(runs) runs, \(complaints.count) complaints")
    #expect(runs == plans.count && (!Sweep.isFull || runs >= 1800))
    #expect(complaints == [])
  }

  private static func complaints(_ plan: Plan) throws -> [String] {
    let run = try UnluckyRun(plan)
    let hangs = plan.contains { $0.kind.hasPrefix("hang") }
    return try run.complaints(try run.run(cubTimeout: hangs ? 5 : 30), faults: plan.count)
  }

  @Test("The runs tell: of one that is not resumed, a fault that never fires, and what is not ours")
  func control() throws {
    for kind in ["kill-parent-before", "kill-parent-after", "unauthorized"] {
      let fault = UnluckyRun.Fault(match: "unit create", key: "unit-5", kind: kind)
      let run = try UnluckyRun([fault])
      let found = try run.complaints(try run.run(atMost: 1), faults: 1)
      #expect(found.contains { $0.hasPrefix("ends ") }, "\(kind): \(found)")
      #expect(found.contains { $0.hasPrefix("unit-5 is recorded as") }, "\(kind): \(found)")
    }
    let late = UnluckyRun.Fault(match: "unit create", key: "unit-5", nth: 9, kind: "network")
    let run = try UnluckyRun([late])
    let ends = try run.run()
    #expect(try run.complaints(ends, faults: 1).allSatisfy { $0.hasPrefix("fired ") })
    #expect(try !run.complaints(ends, faults: 1).isEmpty)
    for arguments in [
      ["unit", "create", "--space", "team", "unit-5-again", "-"],
      ["unit", "update", "--space", "other", "unit-3", "-"],
      ["unit", "delete", "--space", "team", "unit-6"],
    ] { try #require(try run.cub(arguments, input: "kind: Secret\n").status == 0) }
    let found = try run.complaints(ends, faults: 1)
    for start in ["units [", "units of others", "cub unit delete", "unit-6 is recorded"] {
      #expect(found.contains { $0.hasPrefix(start) }, "\(start): \(found)")
    }
  }
}
