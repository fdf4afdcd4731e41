import FoundationEssentials
import TestWorld
import Testing

/// Counted from what the stand-in says of each call, a refused one included.
@Suite("Few calls of cub", .waiting)
struct FewCallsRunTests {
  private func calls(_ world: Import) throws -> [[String]] {
    let log = try String(contentsOfFile: world.sandbox.standInState + "/calls.log", encoding: .utf8)
    return try log.split(separator: "\n").compactMap { line in
      let call = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
      guard call["program"] == .string("cub") else { return nil }
      return (call["argv"]?.array ?? []).compactMap(\.string)
    }
  }

  private func count(_ words: [String], _ calls: some Sequence<[String]>) -> Int {
    calls.count { $0.starts(with: words) }
  }

  @Test(
    "One create for each unit and at most 20 more from the confirmation to the report",
    arguments: ["b", "c", "d"])
  func whole(generation: String) throws {
    let world = try Import(generation: generation, worker: generation == "d" ? nil : "dev")
    let mode = generation == "d" ? ["--worker-mode", "server"] : []
    let result = try world.run(["--yes", "-o", "json"] + mode + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    let all = try calls(world)
    #expect(report["calls"] == .number(Double(all.count)))
    // The plan is made from the first list.
    let plan = try #require(all.firstIndex { $0.starts(with: ["unit", "list"]) })
    let after = all[(plan + 1)...]
    #expect(after.count <= units.count + 20, "\(after.map { $0.prefix(2).joined(separator: " ") })")
    // One of them may have been refused for a flag that an older cub does not know.
    let refused = count(["unit", "create"], after.filter { $0.contains("--wait=false") })
    #expect(count(["unit", "create"], after) == units.count + (generation == "d" ? 0 : refused))
    #expect(count(["unit", "get"], all) == 0)
    #expect(count(["unit", "data"], all) == 0)
    #expect(count(["unit", "list"], after) == 1)
  }

  @Test("A second run compares with what is there, and writes nothing")
  func again() throws {
    let world = try Import(generation: "d", worker: nil)
    let arguments = ["--yes", "-o", "json", "--new", "--worker-mode", "server"] + Import.scope
    #expect(try world.run(arguments).status == 0)
    let before = try calls(world).count
    let result = try world.run(arguments)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(
      report["results"]?.array.allSatisfy { $0["result"] == .string("unchanged") } == true)
    let after = try calls(world)[before...]
    #expect(count(["unit", "create"], after) == 0)
    #expect(after.count <= 20, "\(after)")
  }

  @Test("Undo takes a handful of calls, however many units it removes")
  func undo() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(["--yes", "-o", "json", "--worker-mode", "skip"] + Import.scope)
    let id = try #require(try world.json(result)["session_id"]?.string)
    let before = try calls(world).count
    let undone = try world.run(["sessions", "undo", id, "--yes"])
    #expect(undone.status == 0, "\(undone.stderr)")
    #expect(try world.units() == [])
    let after = try calls(world)[before...].dropLast()
    #expect(count(["unit", "delete"], after) == 1)
    #expect(count(["unit", "list"], after) == 3)
    #expect(after.count <= 8, "\(after)")
  }

  @Test("A dry run tells the plan: what is to be created, unchanged, and differs")
  func dryRun() throws {
    let world = try Import(generation: "d", worker: nil)
    #expect(try world.run(["--yes", "--worker-mode", "skip"] + Import.scope).status == 0)
    for (arguments, input) in [
      (["unit", "update", "--space", "payment-team", "order-api", "-"], "kind: Other\n"),
      (["unit", "delete", "--space", "payment-team", "order-web"], ""),
    ] {
      let done = try world.sandbox.run(
        "cub", arguments, environment: world.environment, input: input)
      #expect(done.status == 0, "\(done.stderr)")
    }
    let result = try world.run(["--dry-run", "-o", "json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["plan"]?["to_create"] == .number(1))
    #expect(report["plan"]?["unchanged"] == .number(10))
    #expect(report["plan"]?["differs"] == .number(1))
    let words = (report["proposal"]?["units"]?.array ?? []).reduce(into: [:]) {
      $0[$1["slug"]?.string ?? ""] = $1["plan"]?.string
    }
    #expect(words["order-api"] == "differs")
    #expect(words["order-web"] == "to create")
    let text = try world.run(["--dry-run", "--yes"] + Import.scope)
    #expect(text.stdout.contains("Plan: 1 to create, 10 unchanged, 1 differs.\n"), "\(text.stdout)")
  }

  @Test("Where nobody is signed in, a dry run says that it could not compare")
  func notSignedIn() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(
      ["--dry-run", "-o", "json"] + Import.scope, environment: ["STAND_IN_SIGNED_OUT": "1"])
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["plan"] == .null)
    #expect(report["plan_problem"]?.string?.isEmpty == false)
    #expect(report["proposal"]?["units"]?.array.count == units.count)
  }
}
