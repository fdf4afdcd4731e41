import Dispatch
import FoundationEssentials
import Synchronization
import TestWorld
import Testing
import Wizard

/// The same as the matrix in memory, with real processes: a few of its points, and two thousand with
/// MAP_IMPORT_SWEEP=1.
@Suite("Faults around a change, with the programs themselves")
struct FaultRunTests {
  /// What the stand-in does, and whether the process dies of it.
  private static let kinds = [
    "kill-parent-before", "kill-parent-after", "network", "error500-before", "lost-after", "cut",
    "error500-after", "exists", "unauthorized",
  ]

  private struct Fault {
    let call: String
    let number: Int
    let kind: String

    static func all(of call: String, at numbers: some Sequence<Int>) -> [Fault] {
      numbers.flatMap { number in
        FaultRunTests.kinds.map { Fault(call: call, number: number, kind: $0) }
      }
    }

    var json: String { #"{"match":"\#(call)","nth":\#(number),"kind":"\#(kind)"}"# }
  }

  /// What goes wrong in each of the runs.
  private static var plans: [[Fault]] {
    let isFull = ProcessInfo.processInfo.environment["MAP_IMPORT_SWEEP"] == "1"
    let numbers = isFull ? Array(1...7) : [2, 5]
    let creating = Fault.all(of: "unit create", at: numbers)
    let binding = Fault.all(of: "unit set-target", at: numbers)
    guard isFull else { return zip(creating, binding).map { [$0, $1] } }
    let pairs = creating.flatMap { first in binding.map { [first, $0] } }
    return (creating + binding).map { [$0] }
      + stride(from: 0, to: pairs.count, by: 2).map { pairs[$0] }
  }

  @Test("One at a unit, one at a binding: created once, finished in two resumes")
  func faults() throws {
    let plans = Self.plans
    let results = Mutex<(runs: Int, complaints: [String])>((0, []))
    DispatchQueue.concurrentPerform(iterations: plans.count) { index in
      let json = "[\(plans[index].map(\.json).joined(separator: ","))]"
      let found = Result { try run(json, json) }
      results.withLock { results in
        do {
          results.complaints += try found.get()
        } catch {
          results.complaints.append("\(json): \(error)")
        }
        results.runs += 1
        // A full sweep takes hours, in which nothing else is heard.
        guard results.runs % 100 == 0 else { return }
        print("\(results.runs) runs, complaints: \(results.complaints)")
      }
    }
    let found = results.withLock { $0.complaints }
    print("faults with processes: \(plans.count) runs, \(found.count) complaints")
    #expect(found == [])
  }

  private func run(_ plan: String, _ name: String) throws -> [String] {
    let world = try Import(kubectl: .absent, cub: .absent)
    try world.sandbox.write(plan, to: "faults.json")
    let faults = [
      "STAND_IN_FAULTS": world.sandbox.directory + "/faults.json", "STAND_IN_DELAY_MS": "0",
    ]
    let arguments = ["--demo", "--yes", "-n", "payment-prod", "--app-space", "payment-team"]
    var ends: [Int32] = []
    while ends.count < 3, ends.last != 0 {
      ends.append(try world.run(arguments, environment: faults).status)
      if ends.last == 4 {
        _ = try world.sandbox.run(
          world.sandbox.home + "/.confighub/demo/bin/cub", ["auth", "login"],
          environment: ["STAND_IN_STATE": world.sandbox.home + "/.confighub/demo/hub"])
      }
    }
    var complaints: [String] = []
    if ends.last != 0 { complaints.append("ends \(ends)") }
    let hub = world.sandbox.home + "/.confighub/demo/hub"
    let state = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: URL(filePath: hub + "/state.json")))
    let slugs = (state["units"]?.array ?? []).compactMap { $0["slug"]?.string }
    if slugs.count != 7 || Set(slugs).count != 7 { complaints.append("units \(slugs)") }
    if state["units"]?.array.contains(where: { $0["targetID"]?.string == nil }) != false {
      complaints.append("not all are bound")
    }
    let fired = try JSONDecoder().decode(
      [JSON].self, from: Data(contentsOf: URL(filePath: hub + "/faults-fired.json")))
    if !fired.allSatisfy({ $0["fired"] == .number(1) }) { complaints.append("fired \(fired)") }
    return complaints.map { "\(name): \($0)" }
  }
}
