import FoundationEssentials
import TestWorld
import Testing

/// Everything that can go wrong around a removal, with the programs themselves: after two more runs
/// at most, all is gone that may go, nothing else was touched, and the session says so.
@Suite("Faults around `sessions undo`", .waiting)
struct UndoFaultTests {
  private typealias Plan = [(match: String, nth: Int, kind: String)]

  /// What the stand-in does at the removal, which is one call for all: it is not done, and the next
  /// run tries again.
  private static let undone = [
    "network", "error500-before", "garbage", "help", "refuse", "forbid", "exists", "unauthorized",
    "kill-parent-before",
  ]

  /// It is done, and nobody hears of it.
  private static let done = ["lost-after", "cut", "error500-after", "kill-parent-after"]

  /// What is there is read for the question, before the removal, and after it.
  private static var readings: [Plan] {
    ["cut", "unauthorized", "kill-parent-before"].enumerated().flatMap { index, kind in
      (Sweep.isFull ? [1, 2, 3] : [index + 1]).map { [("unit list", $0, kind)] }
    }
  }

  /// The answer is lost, and then what would settle it.
  private static var unsettled: [Plan] {
    ["network", "garbage", "kill-parent-before"].map {
      [("unit delete", 1, "lost-after"), ("unit list", 3, $0)]
    }
  }

  /// These wait for the time limit of a call, see `run`.
  private static var hanging: [Plan] {
    ["hang-before", "hang-after"].map { [("unit delete", 1, $0)] }
  }

  /// Where the run goes on, another kind is at the next removal; all others if all are asked for.
  private static var plans: [Plan] {
    let all = undone + done
    let inARow = undone.enumerated().flatMap { index, kind in
      (Sweep.isFull ? all : [all[(index + 3) % all.count]]).map {
        [("unit delete", 1, kind), ("unit delete", 2, $0)]
      }
    }
    return inARow + done.map { [("unit delete", 1, $0)] } + readings + unsettled + hanging
  }

  @Test("Each at the removal, singly and in a row: finished after at most two more runs")
  func faults() throws {
    let template = try UndoWorld.imported()
    let plans = Self.plans
    // The longest first, four at a time.
    let all = try inParallel(plans.reversed(), threads: 4) { plan in
      let found = Result { try UndoWorld(of: template).run(plan) }
      let name = plan.map { "\($0.kind) at \($0.match) \($0.nth)" }.joined(separator: ", ")
      switch found {
      case .success(let complaints): return complaints.map { "\(name): \($0)" }
      case .failure(let error): return ["\(name): \(error)"]
      }
    }.flatMap { $0 }
    print("faults around an undo: \(plans.count) runs, \(all.count) complaints")
    #expect(all == [])
  }

  @Test("The matrix tells: of a run that is not made again, and of what should not be gone")
  func control() throws {
    let template = try UndoWorld.imported()
    for kind in ["kill-parent-before", "kill-parent-after", "network", "unauthorized"] {
      let complaints = try UndoWorld(of: template).run([("unit delete", 1, kind)], atMost: 1)
      #expect(!complaints.isEmpty, "\(kind)")
    }
    let world = try UndoWorld(of: template)
    _ = try world.cub(["unit", "delete", "--space", "payment-team", "mine"])
    #expect(try world.run([]).contains { $0.hasPrefix("what is not ours was changed") })
    let late = try UndoWorld(of: template)
    #expect(try late.run([("unit delete", 99, "network")]).contains { $0.contains("fired") })
  }

  @Test("Killed in a removal and resumed: it is settled, and nothing is made anew")
  func resumed() throws {
    let world = try UndoWorld(of: UndoWorld.imported())
    _ = try world.run([("unit delete", 1, "kill-parent-after")], atMost: 1)
    let before = try world.slugs()
    #expect(before == UndoWorld.keptSlugs)
    let result = try world.start(["--resume", world.id, "--yes"])
    #expect(try world.slugs() == before, "\(result.stderr)")
    #expect(try world.operations("unit.delete").allSatisfy { $0["state"] == .string("done") })
    #expect(try world.run([]) == [])
  }

  @Test("What somebody changes while the question stands is not removed")
  func changedMeanwhile() throws {
    let world = try UndoWorld(of: UndoWorld.imported())
    let terminal = try world.world.start(["--demo", "sessions", "undo", world.id])
    try terminal.waitFor("Remove 3 units")
    _ = try world.cub(
      ["unit", "update", "--space", "payment-team", "order-api", "-"], input: "kind: Changed\n")
    terminal.send("y", .enter)
    try terminal.waitFor("order-api stays: its content was changed")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.slugs() == ["mine", "order-api", "order-cart", "order-web"])
  }
}

/// An import of the demo's five units into a hub in which one of them never got its content, one was
/// changed since, one removed and made anew by somebody else, and one is another person's altogether.
private final class UndoWorld: Sendable {
  let world: Import
  let id: String
  private let kept: [JSON]

  static let keptSlugs = ["mine", "order-cart", "order-web"]
  private static let removable = ["debug-shell", "order-api", "order-search"]

  /// Imported once; every run begins with a copy.
  static func imported() throws -> UndoWorld { try template.get() }
  private static let template = Result { try UndoWorld() }

  private var hub: String { world.sandbox.home + "/.confighub/demo/hub" }

  private init() throws {
    world = try Import(kubectl: .absent, cub: .absent)
    let faults = try world.sandbox.write(
      """
      [{"match":"unit create","key":"order-search","kind":"between-422"},
       {"match":"unit update","key":"order-search","kind":"between-422"}]
      """, to: "faults.json")
    let result = try world.run(
      ["--demo", "--yes", "-o", "json", "-n", "order-prod", "--app-space", "payment-team"],
      environment: ["STAND_IN_FAULTS": faults])
    try #require(result.status == 1, "\(result.stderr)")
    id = try #require(try world.json(result)["session_id"]?.string)
    kept = []
    try FileManager.default.removeItem(atPath: hub + "/faults-fired.json")
    for arguments in [
      ["unit", "update", "--space", "payment-team", "order-web", "-"],
      ["unit", "delete", "--space", "payment-team", "order-cart"],
      ["unit", "create", "--space", "payment-team", "order-cart", "-"],
      ["unit", "create", "--space", "payment-team", "mine", "-"],
      // Now the triggers of the last one are done, too.
      ["unit", "list"],
    ] {
      try #require(try cub(arguments, input: "kind: ConfigMap\n").status == 0)
    }
  }

  init(of template: UndoWorld) throws {
    world = try Import(kubectl: .absent, cub: .absent)
    id = template.id
    let copied = try world.sandbox.run(
      "/bin/cp", ["-a", template.world.sandbox.home + "/.", world.sandbox.home])
    try #require(copied.status == 0, "\(copied.stderr)")
    kept = try Self.units(template.hub).filter { Self.keptSlugs.contains($0["slug"]?.string ?? "") }
    try #require(kept.count == 3)
  }

  func cub(_ arguments: [String], input: String = "") throws -> ProgramResult {
    try world.sandbox.run(
      world.sandbox.home + "/.confighub/demo/bin/cub", arguments,
      environment: ["STAND_IN_STATE": hub], input: input)
  }

  func start(_ arguments: [String]) throws -> ProgramResult {
    try world.run(
      ["--demo"] + arguments,
      environment: [
        "STAND_IN_DELAY_MS": "0", "STAND_IN_FAULTS": world.sandbox.directory + "/faults.json",
      ])
  }

  /// Undoes until it ends well; what is wrong then.
  func run(
    _ plan: [(match: String, nth: Int, kind: String)], atMost runs: Int = 3
  ) throws -> [String] {
    let faults = plan.map { #"{"match":"\#($0.match)","nth":\#($0.nth),"kind":"\#($0.kind)"}"# }
    try world.sandbox.write("[\(faults.joined(separator: ","))]", to: "faults.json")
    let limit = plan.contains { $0.kind.hasPrefix("hang") } ? ["--cub-timeout", "5"] : []
    var ends: [Int32] = []
    while ends.count < runs, ends.last != 0 {
      ends.append(try start(["sessions", "undo", id, "--yes"] + limit).status)
      if ends.last == 4 { _ = try cub(["auth", "login"]) }
    }
    return try (ends.last == 0 ? [] : ["ends \(ends)"]) + hubComplaints() + sessionComplaints()
      + firedComplaints(plan.count)
  }

  // MARK: What has to be true

  private func hubComplaints() throws -> [String] {
    var complaints: [String] = []
    if try slugs() != Self.keptSlugs { complaints.append("there are \(try slugs())") }
    let now = try Self.units(hub).filter { Self.keptSlugs.contains($0["slug"]?.string ?? "") }
    if now != kept { complaints.append("what is not ours was changed: \(now)") }
    return complaints
  }

  private func sessionComplaints() throws -> [String] {
    var complaints: [String] = []
    for slug in Self.removable {
      let key = JSON.string("payment-team/\(slug)")
      let made = try operations("unit.create").filter { $0["key"] == key }
      let removed = try operations("unit.delete").filter { $0["key"] == key }
      if made.map({ $0["state"]?.string }) != ["skipped"]
        || removed.map({ $0["state"]?.string }) != ["done"]
      {
        complaints.append("\(slug) is recorded as made \(made), removed \(removed)")
      }
    }
    for slug in Self.keptSlugs {
      let key = JSON.string("payment-team/\(slug)")
      if try operations("unit.delete").contains(where: { $0["key"] == key }) {
        complaints.append("\(slug) was begun to be removed")
      }
    }
    return complaints
  }

  private func firedComplaints(_ count: Int) throws -> [String] {
    guard count > 0 else { return [] }
    let fired = try JSONDecoder().decode(
      [JSON].self, from: Data(contentsOf: URL(filePath: hub + "/faults-fired.json")))
    return fired.count == count && fired.allSatisfy { $0["fired"] == .number(1) }
      ? [] : ["fired \(fired)"]
  }

  func slugs() throws -> [String] { try Self.units(hub).compactMap { $0["slug"]?.string }.sorted() }

  private static func units(_ hub: String) throws -> [JSON] {
    let state = try JSONDecoder().decode(
      JSON.self, from: Data(contentsOf: URL(filePath: hub + "/state.json")))
    return state["units"]?.array ?? []
  }

  func operations(_ kind: String) throws -> [JSON] {
    let file = try JSONDecoder().decode(
      JSON.self,
      from: Data(
        contentsOf: URL(
          filePath: world.sandbox.home + "/.confighub/demo/sessions/\(id).json")))
    return (file["operations"]?.array ?? []).filter { $0["kind"] == .string(kind) }
  }
}
