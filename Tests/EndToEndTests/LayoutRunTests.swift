import FoundationEssentials
import TestWorld
import Testing

/// A Space for each component and variant, with the programs themselves.
@Suite("Layouts, with the programs themselves", .waiting)
struct LayoutRunTests {
  private static let layout = ["--layout", "component", "--units", "resource"]

  private func state(_ world: Import) throws -> [String: JSON] {
    let file = URL(filePath: world.sandbox.standInState + "/state.json")
    return try JSONDecoder().decode([String: JSON].self, from: Data(contentsOf: file))
  }

  /// `SPACE/SLUG` of every unit, and what it is bound to.
  private func units(_ world: Import) throws -> [String: String?] {
    let state = try state(world)
    let spaces = (state["spaces"]?.array ?? []).reduce(into: [:]) {
      $0[$1["id"]?.string ?? ""] = $1["slug"]?.string
    }
    return (state["units"]?.array ?? []).reduce(into: [:]) { units, unit in
      let space = (unit["spaceID"]?.string).flatMap { spaces[$0] } ?? "?"
      units["\(space)/\(unit["slug"]?.string ?? "?")"] = .some(unit["targetID"]?.string)
    }
  }

  private func spaces(_ world: Import) throws -> [JSON] {
    try state(world)["spaces"]?.array.filter { $0["slug"] != .string("default") } ?? []
  }

  @Test(
    "Laid out otherwise, what another session has imported is said to be there, before it is made")
  func twice() throws {
    let world = try Import(worker: nil)
    let skipping = ["--yes", "--worker-mode", "skip"] + Import.scope
    let first = try world.run(skipping + ["-o", "json"])
    #expect(first.status == 0, "\(first.stderr)")
    let id = try #require(try world.json(first)["session_id"]?.string)
    let words = "ConfigHub has already, unit payment-team/debug-shell the first, by session \(id)"
    // The same again is no second one.
    #expect(try !world.run(skipping).stderr.contains("ConfigHub has already"))
    for arguments in [["--dry-run"] + skipping, skipping] {
      let second = try world.run(arguments + ["--layout", "component"])
      #expect(second.stderr.contains("12 units are of what \(words)"), "\(second.stderr)")
      #expect(second.stderr.contains("`map-import sessions undo \(id)`"))
    }
    // What was taken back is not there any more.
    let sessions = try JSONDecoder().decode(
      [JSON].self, from: Data(world.run(["sessions", "list", "-o", "json"]).standardOutputBytes))
    for session in sessions.compactMap({ $0["id"]?.string }) {
      #expect(try world.run(["sessions", "undo", session, "--yes"]).status == 0)
    }
    let third = try world.run(skipping + ["--layout", "component"])
    #expect(third.status == 0 && !third.stderr.contains("ConfigHub has already"), "\(third.stderr)")
  }

  @Test("Killed at a Space, a unit and a release, it goes on: each thing once, all released")
  func killed() throws {
    let world = try Import(generation: "d", worker: nil)
    let faults = [
      ("space create", "payment-db-prod", "kill-parent-after"),
      ("unit create", "payment-api-service", "between-kill-parent"),
      ("release publish", "order-web-prod", "kill-parent-after"),
    ].map { #"{"match":"\#($0)","key":"\#($1)","nth":1,"kind":"\#($2)"}"# }
    try world.sandbox.write("[\(faults.joined(separator: ","))]", to: "faults.json")
    let environment = ["STAND_IN_FAULTS": world.sandbox.directory + "/faults.json"]
    let arguments = ["--yes", "-o", "json", "--worker-mode", "server"] + Self.layout + Import.scope
    for _ in faults {
      #expect(try world.run(arguments, environment: environment).status != 0)
    }
    let result = try world.run(arguments, environment: environment)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    let planned = (report["proposal"]?["units"]?.array ?? []).compactMap { unit in
      unit["space"]?.string.flatMap { space in unit["slug"]?.string.map { "\(space)/\($0)" } }
    }
    #expect(planned.count == 35 && Set(planned).count == 35)
    let there = try units(world)
    #expect(Set(there.keys) == Set(planned))
    #expect(Set(there.values).count == 1 && there.values.allSatisfy { $0 != nil })
    let creations = try world.creations()
    #expect(creations.filter { !$0.key.hasPrefix("component ") }.allSatisfy { $0.value == 1 })
    let spaces = try spaces(world)
    #expect(spaces.count == 13)
    for space in spaces where space["slug"] != .string("payment-team") {
      #expect(space["componentID"]?.string != nil && space["labels"]?["Variant"] == .string("prod"))
      #expect(space["releases"] == .number(1) && space["releaseTarget"]?.string != nil)
    }
    #expect(report["verified"] == .bool(true))
  }

  @Test("Undo removes the units of every Space, each Space in one call")
  func undo() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(
      ["--yes", "-o", "json", "--worker-mode", "skip"] + Self.layout + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let id = try #require(try world.json(result)["session_id"]?.string)
    #expect(try units(world).count == 35)
    let undone = try world.run(["sessions", "undo", id, "--yes"])
    #expect(undone.status == 0, "\(undone.stderr)")
    #expect(try units(world) == [:])
    #expect(undone.stdout.contains("payment-api-service is removed from payment-api-prod."))
  }

  @Test(
    "An earlier cub has no components: the Spaces get the label of that name",
    arguments: ["b", "c"])
  func earlier(generation: String) throws {
    let world = try Import(generation: generation, worker: "dev")
    let result = try world.run(
      ["--yes", "-o", "json", "--worker-mode", "skip"] + Self.layout + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let there = try units(world)
    #expect(there.count == 35, "\(there.keys.sorted())")
    for space in try spaces(world) where space["slug"] != .string("payment-team") {
      let labels = space["labels"]
      let name = "\(labels?["Component"]?.string ?? "?")-\(labels?["Variant"]?.string ?? "?")"
      #expect(space["slug"] == .string(name))
    }
  }
}
