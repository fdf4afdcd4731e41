import TestWorld
import Testing

@Suite("Units that failed, in a later run", .waiting)
struct RetryLaterTests {
  private let refusal = #"[{"match":"unit create","key":"order-web","kind":"refuse"}]"#

  private func faults(_ world: Import, _ plan: String) throws -> [String: String] {
    ["STAND_IN_FAULTS": try world.sandbox.write(plan, to: "faults.json")]
  }

  @Test("--yes tries them once in each run, and finishes when they can be created")
  func unasked() throws {
    let world = try Import()
    let refused = try faults(world, refusal)
    let first = try world.run(["--yes"] + Import.scope, environment: refused)
    #expect(first.status == 1 && first.stderr.contains("order-web"), "\(first.stderr)")
    let second = try world.run(["--yes", "--resume"], environment: refused)
    #expect(second.status == 1 && second.stderr.contains("order-web"), "\(second.stderr)")
    let tries = try world.calls().filter {
      $0.starts(with: ["unit", "create"]) && $0.contains("order-web")
    }
    #expect(tries.count == 2)
    let third = try world.run(["--yes", "--resume", "-o", "json"])
    #expect(third.status == 0, "\(third.stderr)")
    #expect(try world.json(third)["verified"] == .bool(true))
    #expect(try world.units() == units)
    let created = try world.creations().filter { $0.key.hasPrefix("unit ") }
    #expect(created.count == units.count && created.values.allSatisfy { $0 == 1 }, "\(created)")
  }

  @Test("R shows what failed and why; r tries it again, and the import is finished")
  func asked() throws {
    let world = try Import()
    let first = try world.start(environment: faults(world, refusal))
    try first.scan()
    try first.confirm()
    try first.create()
    try first.waitFor("1 unit failed")
    first.send(.enter)
    try first.waitFor("Which worker connects")
    try first.waitFor("Ready")
    first.send(.enter)
    try first.waitFor("r reads again")
    first.send("q")
    #expect(try first.waitForExit().status == 0)

    let second = try world.start()
    try second.waitFor("RESUME SESSION?")
    second.send("R")
    try second.waitFor("1 unit failed")
    try second.waitFor("HTTP 400: ref")
    #expect(try world.units().count == units.count - 1, "nothing is written unasked")
    second.send("r")
    try second.deliver()
    second.send("q")
    #expect(try second.waitForExit().status == 0)
    #expect(try world.units() == units)
    let created = try world.creations().filter { $0.key.hasPrefix("unit ") }
    #expect(created.values.allSatisfy { $0 == 1 }, "\(created)")
  }
}
