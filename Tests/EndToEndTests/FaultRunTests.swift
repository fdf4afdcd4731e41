import FoundationEssentials
import Synchronization
import TestWorld
import Testing

/// The same as the matrix in memory, with the programs themselves: one of each kind in every run of
/// the tests, and all of them, singly and in pairs, with MAP_IMPORT_SWEEP=1.
@Suite("Faults around a change, with the programs themselves", .waiting)
struct FaultRunTests {
  private typealias Plan = [FaultRun.Fault]

  /// What happens to a call that changes something.
  private static let wholeKinds = [
    // After the intent was saved, and before its outcome was.
    "kill-parent-before", "kill-parent-after",
    // The request is lost; the answer is, in whole and in part.
    "network", "lost-after", "cut",
    "error500-before", "error500-after", "hang-before", "hang-after", "exists", "unauthorized",
  ]

  /// What happens to a call that writes a unit, once the unit is there and its content is not.
  private static let betweenKinds = [
    "between-kill-parent", "between-403", "between-409", "between-422", "between-500",
    "between-lost", "between-kill", "between-hang", "between-401",
  ]

  private static let kinds = wholeKinds + betweenKinds

  /// Of the lists that tell what is there: before the confirmation, and at the end.
  private static func list(_ nth: Int, _ kind: String) -> FaultRun.Fault {
    .init(match: "unit list", nth: nth, kind: kind)
  }

  /// Killed before an intent is saved, and after all outcomes were.
  private static let killedAround = [
    list(1, "kill-parent-before"), list(2, "kill-parent-before"),
  ]

  private static func creation(_ number: Int, _ kind: String) -> FaultRun.Fault {
    .init(match: "unit create", key: "unit-\(number)", kind: kind)
  }

  /// All units are bound by one call, and by another one what that did not bind.
  private static func binding(_ kind: String, nth: Int = 1) -> FaultRun.Fault {
    .init(match: "unit set-target", nth: nth, kind: kind)
  }

  /// What leaves nothing done, or nothing known of it, so that a second call follows.
  private static let undone = [
    "network", "error500-before", "hang-before", "kill-parent-before", "exists", "unauthorized",
  ]

  /// What finishes a unit that was left without its content.
  private static func finishing(_ number: Int, _ kind: String) -> FaultRun.Fault {
    .init(match: "unit update", key: "unit-\(number)", kind: kind)
  }

  /// Those that end the run.
  private static func ends(_ kind: String) -> Bool {
    kind.contains("kill-parent") || ["unauthorized", "between-401"].contains(kind)
  }

  /// Each kind at a creation and at a binding, in as few imports as can have them: two resumes get
  /// over two kills, or one of them and a sign-in that was lost.
  private static let few: [Plan] = [
    killedAround, [list(2, "kill-parent-before")],
    [creation(3, "kill-parent-before"), binding("kill-parent-after")],
    [creation(8, "kill-parent-after"), binding("kill-parent-before")],
    wholeKinds.filter { !ends($0) }.enumerated().map { creation(1 + $0, $1) }
      + betweenKinds.filter { !ends($0) }.enumerated().map { creation(9 + $0, $1) }
      + [
        creation(16, "between-500"), finishing(16, "between-409"), creation(17, "between-lost"),
        finishing(17, "exists"), creation(18, "between-kill-parent"), binding("unauthorized"),
      ],
    [creation(1, "unauthorized"), creation(18, "between-401")],
    [binding("network"), binding("lost-after", nth: 2)],
    [binding("error500-before"), binding("error500-after", nth: 2)],
    [binding("hang-before"), binding("cut", nth: 2)],
    [binding("exists"), binding("hang-after", nth: 2)],
    // What would settle a creation, and then a binding.
    [creation(4, "lost-after"), list(2, "network")], [binding("lost-after"), list(2, "cut")],
  ]

  /// Every one at every operation, and every two of them at some.
  private static var many: [Plan] {
    let numbers = 1...FaultRun.slugs.count
    /// Counted on from the last to the first.
    func unit(_ number: Int) -> Int { (number - 1) % numbers.count + 1 }
    let singly: [Plan] =
      numbers.flatMap { number in kinds.map { [creation(number, $0)] } }
      + wholeKinds.map { [binding($0)] } + killedAround.map { [$0] }
    var pairs: [Plan] = []
    for (number, first) in kinds.enumerated() {
      for (other, second) in wholeKinds.enumerated() {
        for turn in 0..<9 {
          let one = unit(number + 3 * turn + 1)
          let two = unit(number + 3 * turn + other + 2)
          // At the binding, and at another one's creation.
          pairs.append([
            creation(one, first), turn % 3 == 0 ? binding(second) : creation(two, second),
          ])
        }
      }
    }
    for first in undone { pairs += wholeKinds.map { [binding(first), binding($0, nth: 2)] } }
    // What was left without its content, and then fails to get it.
    for (number, first) in betweenKinds.enumerated() {
      for (other, second) in kinds.enumerated() {
        let one = unit(number + 3 * other + 1)
        pairs.append([creation(one, first), finishing(one, second)])
      }
    }
    for number in numbers {
      for (other, kind) in kinds.enumerated() {
        pairs.append([killedAround[other % 2], creation(unit(number + other + 1), kind)])
        // Twice at one: what failed fails again when it is tried again.
        if ["network", "error500-before", "kill-parent-before"].contains(kind) {
          var again = creation(number, kind)
          again.nth = 2
          pairs.append([creation(number, kind), again])
        }
      }
    }
    return singly + pairs
  }

  @Test("Created once each, nothing of others touched, finished in two resumes")
  func faults() throws {
    let plans = Sweep.isFull ? Self.many : Self.few
    let runs = Atomic(0)
    let complaints = try inParallel(plans, threads: 4) { plan in
      let found = Result { try Self.complaints(plan) }
      let name = plan.map(\.json).joined(separator: ", ")
      // A full sweep takes more than an hour, in which nothing else is heard.
      let count = runs.add(1, ordering: .relaxed).newValue
      if count % 50 == 0 { print("\(count) runs") }
      switch found {
      case .success(let complaints): return complaints.map { "\(name): \($0)" }
      case .failure(let error): return ["\(name): \(error)"]
      }
    }.flatMap { $0 }
    print("faults with programs: \(plans.count) runs, \(complaints.count) complaints")
    #expect(!Sweep.isFull || plans.count >= 3000)
    #expect(complaints == [])
  }

  private static func complaints(_ plan: Plan) throws -> [String] {
    let run = try FaultRun(plan)
    let hangs = plan.contains { $0.kind.contains("hang") }
    return try run.complaints(try run.run(cubTimeout: hangs ? 5 : 30), faults: plan.count)
  }

  @Test("The runs tell: of one that is not resumed, a fault that never fires, and what is not ours")
  func control() throws {
    for kind in ["kill-parent-before", "kill-parent-after", "between-kill-parent", "unauthorized"] {
      let run = try FaultRun([Self.creation(5, kind)])
      let found = try run.complaints(try run.run(atMost: 1), faults: 1)
      #expect(found.contains { $0.hasPrefix("ends ") }, "\(kind): \(found)")
      #expect(found.contains { $0.hasPrefix("unit-5 is recorded as") }, "\(kind): \(found)")
    }
    // Without our mark nobody knows whose it is, and it stays as empty as it is.
    let unmarked = try FaultRun([Self.creation(5, "between-422")])
    let empty = try unmarked.complaints(try unmarked.run(marked: false), faults: 1)
    #expect(
      empty.map { $0.prefix(18) } == ["unit-5 is not boun", "unit-5 is recorded"], "\(empty)")
    var late = Self.creation(5, "network")
    late.nth = 9
    let run = try FaultRun([late])
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
