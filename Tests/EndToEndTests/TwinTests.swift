import TestWorld
import Testing

@Suite("Without a terminal", .waiting)
struct TwinTests {
  @Test(
    "A whole import creates, binds and verifies every unit; a second one changes nothing; undone",
    arguments: ["b", "c", "d"])
  func twice(generation: String) throws {
    let world = try Import(generation: generation, kubectl: .real)
    let first = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(first.status == 0, "\(first.stderr)")
    let report = try world.json(first)
    #expect(report["results"]?.array.compactMap { $0["unit"]?.string }.sorted() == units)
    #expect(report["results"]?.array.allSatisfy { $0["result"] == .string("created") } == true)
    #expect(report["verified"] == .bool(true), "\(report["checks"] as Any)")
    #expect(try world.units() == units)

    let bindings = { try world.calls().count { $0.starts(with: ["unit", "set-target"]) } }
    let bound = try bindings()
    // All in one call, which an older cub refuses once for a flag that it does not know.
    #expect(bound == (generation == "d" ? 1 : 2))
    let second = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(second.status == 0, "\(second.stderr)")
    #expect(try bindings() == bound)
    let again = try world.json(second)
    #expect(again["results"]?.array.allSatisfy { $0["result"] == .string("unchanged") } == true)
    #expect(again["session_id"] != report["session_id"])
    let created = try world.creations()
    #expect(created.filter { $0.key.hasPrefix("unit ") }.count == units.count)
    #expect(created.values.allSatisfy { $0 == 1 }, "\(created)")

    let id = try #require(report["session_id"]?.string)
    let undone = try world.run(["sessions", "undo", id, "--yes", "-o", "json"])
    #expect(try world.json(undone)["removed"]?.array.count == units.count, "\(undone.stdout)")
    #expect(try world.units() == [])
  }

  @Test("The scan of the seed's cluster finds exactly what the seed says")
  func seedScan() throws {
    let world = try Import(kubectl: .real)
    let result = try world.run(["--dry-run", "--yes", "-o", "json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let workloads = try world.json(result)["workloads"]?.array ?? []
    let owners = Dictionary(grouping: workloads) { $0["owner"]?["tool"]?.string ?? "" }
    #expect(workloads.count == 12)
    #expect(owners.mapValues(\.count) == ["Flux": 8, "ArgoCD": 3, "Native": 1])
  }

  @Test("The demo's cluster, too, gives only what has the wanted labels")
  func demoSelector() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let result = try world.run(
      ["--demo", "--dry-run", "-A", "-l", "app in (order-api,order-web)", "-o", "json"],
      environment: ["STAND_IN_DELAY_MS": "0"])
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(
      report["workloads"]?.array.compactMap { $0["name"]?.string } == ["order-api", "order-web"])
    #expect(report["partial"] == .bool(false))
  }

  @Test("A dry run writes nothing: not to ConfigHub, not to a session")
  func dryRun() throws {
    let world = try Import()
    let result = try world.run(["--dry-run", "-o", "json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["proposal"]?["app_space"] == .string("payment-team"))
    #expect(report["session_id"] == .null)
    #expect(try world.creations().isEmpty)
    #expect(try world.run(["--status"]).status == 3)
  }

  @Test("Each unit holds all its members as YAML, and no Secret was asked for")
  func content() throws {
    let world = try Import(kubectl: .real)
    _ = try world.run(["--yes"] + Import.scope)
    let data = try world.sandbox.run(
      "cub", ["unit", "data", "--space", "payment-team", "payment-api"],
      environment: world.environment)
    let kinds = data.stdout.split(separator: "\n").filter { $0.hasPrefix("kind: ") }
    #expect(
      kinds.sorted() == [
        "kind: ConfigMap", "kind: Deployment", "kind: HorizontalPodAutoscaler",
        "kind: PodDisruptionBudget", "kind: Service", "kind: ServiceAccount",
      ])
    #expect(!data.stdout.contains("resourceVersion"))
    #expect(try !world.server.requests.contains { $0.path.contains("secrets") })
  }

  @Test("An unfinished session of the same cluster is resumed, and finished")
  func resumed() throws {
    let world = try Import()
    let first = try world.runToWorker(
      ["-o", "json"] + Import.scope,
      faults: #"{"match":"unit create","key":"order-web","kind":"refuse"}"#)
    #expect(first.status == 1)
    #expect(first.stderr.contains("list the workers"), "\(first.stderr)")
    let status = try world.run(["--status"])
    #expect(status.stdout.contains("(5/7)"), "\(status.stdout)")
    #expect(try world.units() == units.filter { $0 != "order-web" })
    let second = try world.run(["--yes", "-o", "json", "--worker", "dev"])
    #expect(try world.json(second)["session_id"] == world.json(first)["session_id"])
    #expect(second.status == 0, "\(second.stderr)")
    #expect(try world.units() == units, "the one that was refused is tried again")
  }

  @Test("Content that is not ours is left alone, and said so")
  func conflict() throws {
    let world = try Import()
    for arguments in [
      ["space", "create", "payment-team"],
      ["unit", "create", "--space", "payment-team", "order-api", "-"],
    ] {
      let made = try world.sandbox.run(
        "cub", arguments, environment: world.environment, input: "kind: ConfigMap\n")
      #expect(made.status == 0, "\(made.stderr)")
    }
    let result = try world.run(["--yes", "-o", "json"] + Import.scope)
    let results = try world.json(result)["results"]?.array ?? []
    let kept = results.first { $0["unit"] == .string("order-api") }
    #expect(kept?["result"] == .string("skipped"))
    let data = try world.sandbox.run(
      "cub", ["unit", "data", "--space", "payment-team", "order-api"],
      environment: world.environment)
    #expect(data.stdout == "kind: ConfigMap\n")
  }
}
