import FoundationEssentials
import TestWorld
import Testing
import Wizard

/// The same as the matrix in memory, with real processes: a few of its points.
@Suite("Faults around a change, with the programs themselves")
struct FaultRunTests {
  /// What the stand-in does, and whether the process dies of it.
  static let kinds = [
    "kill-parent-before", "kill-parent-after", "network", "error500-before", "lost-after", "cut",
    "error500-after", "exists", "unauthorized",
  ]

  @Test("Each at two units and two bindings: created once, finished in two resumes")
  func faults() throws {
    let points = Self.kinds.flatMap { kind in [2, 5].map { (kind, $0) } }
    let complaints = try points.map { kind, number in
      try run(
        """
        [{"match":"unit create","nth":\(number),"kind":"\(kind)"},
         {"match":"unit set-target","nth":\(number),"kind":"\(kind)"}]
        """, "\(kind) at call \(number)")
    }
    print("faults with processes: \(points.count) runs, \(complaints.count { !$0.isEmpty }) bad")
    #expect(complaints.flatMap { $0 } == [])
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
