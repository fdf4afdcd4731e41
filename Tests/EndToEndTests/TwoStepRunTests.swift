import FoundationEssentials
import TestWorld
import Testing

/// Today's cub makes a unit and then writes its content; what ended between the two is no success,
/// and no other person's unit either.
@Suite("Units that were left without their content", .waiting)
struct TwoStepRunTests {
  /// One unit that never gets its content, however often it is tried.
  private func faults(_ world: Import, _ kind: String) throws -> [String: String] {
    let plan = ["create", "update"].map {
      #"{"match":"unit \#($0)","key":"order-web","kind":"\#(kind)"}"#
    }
    return [
      "STAND_IN_FAULTS": try world.sandbox.write(
        "[\(plan.joined(separator: ","))]", to: "faults.json")
    ]
  }

  /// What a unit holds, from cub itself.
  private func content(_ world: Import, _ slug: String) throws -> String {
    try world.sandbox.run(
      "cub", ["unit", "data", "--space", "payment-team", slug], environment: world.environment
    ).stdout
  }

  @Test(
    "No run ends well while there is one, a later one finishes it, and it is made once",
    arguments: zip(["between-422", "between-kill"], ["rename", "skip"]))
  func finished(kind: String, policy: String) throws {
    let world = try Import()
    let faults = try faults(world, kind)
    let flags = ["--yes", "--on-conflict", policy]
    for arguments in [flags + Import.scope, flags + ["--resume"]] {
      let result = try world.run(arguments, environment: faults)
      #expect(result.status == 1 && result.stderr.contains("order-web"), "\(result.stderr)")
      #expect(try world.units() == units)
      #expect(try content(world, "order-web").isEmpty)
    }
    let result = try world.run(flags + ["--resume", "-o", "json"])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.json(result)["verified"] == .bool(true))
    #expect(try world.units() == units)
    #expect(try content(world, "order-web").contains("kind: Deployment"))
    let made = try world.calls().count {
      $0.starts(with: ["unit", "create"]) && $0.contains("order-web")
    }
    #expect(made == 1)
  }

  @Test("`sessions undo` removes it with the others")
  func undone() throws {
    let world = try Import()
    let first = try world.run(
      ["--yes", "-o", "json"] + Import.scope, environment: faults(world, "between-409"))
    #expect(first.status == 1)
    let id = try #require(try world.json(first)["session_id"]?.string)
    let undone = try world.run(["sessions", "undo", id, "--yes", "-o", "json"])
    #expect(undone.status == 0, "\(undone.stderr)")
    #expect(try world.json(undone)["removed"]?.array.count == units.count)
    #expect(try world.units() == [])
    // Resumed, it makes nothing anew.
    _ = try world.run(["--resume", "--yes"])
    #expect(try world.units() == [])
  }
}
