import FoundationEssentials
import TestWorld
import Testing

@Suite("Workers and releases", .waiting)
struct DeliveryTests {
  /// What the stand-in's hub holds.
  private func hub(_ world: Import) throws -> JSON {
    try JSONDecoder().decode(
      JSON.self,
      from: Data(contentsOf: URL(filePath: world.sandbox.standInState + "/state.json")))
  }

  @Test(
    "A server worker, a target for releases, one release, all of it verified, and undone",
    arguments: ["c", "d"])
  func server(generation: String) throws {
    let world = try Import(generation: generation, worker: nil)
    let arguments = ["--yes", "-o", "json", "--worker-mode", "server", "--worker", "own"]
    let result = try world.run(arguments + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["verified"] == .bool(true), "\(report["checks"] as Any)")
    #expect(report["targets"]?.array == [.string("own-releases")])
    let made = try hub(world)
    let space = made["spaces"]?.array.first { $0["slug"] == .string("payment-team") }
    let target = try #require(made["targets"]?.array.first)
    #expect(space?["releases"] == .number(1) && space?["releaseTarget"] == target["id"])
    #expect(made["units"]?.array.count == units.count)
    #expect(made["units"]?.array.allSatisfy { $0["targetID"] == target["id"] } == true)
    #expect(try world.creations().values.allSatisfy { $0 == 1 })
    if generation == "d" {
      let user = try #require(made["workers"]?.array.first?["userID"])
      for action in ["View", "ViewChildren"] {
        #expect(target["permissions"]?[action] == .array([user]), "\(target)")
      }
    }

    // Nothing is made twice by doing it again.
    let again = try world.run(arguments + Import.scope)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(try hub(world)["targets"]?.array.count == 1)
    #expect(try hub(world)["workers"]?.array.count == 1)

    let id = try #require(report["session_id"]?.string)
    let undone = try world.json(world.run(["sessions", "undo", id, "--yes", "-o", "json"]))
    #expect(undone["removed"]?.array.count == units.count && undone["kept"] == .array([]))
    #expect(
      undone["left"]?.array.compactMap(\.string) == [
        "App Space payment-team", "Worker payment-team/own", "Target payment-team/own-releases",
        "The published release of payment-team",
      ])
    #expect(try world.units() == [])
  }

  @Test("Generation B has no server workers: exit 2 before anything is written, and what to take")
  func older() throws {
    let world = try Import(generation: "b", worker: nil)
    let result = try world.run(["--yes", "--worker-mode", "server"] + Import.scope)
    #expect(result.status == 2)
    #expect(result.stderr.contains("no server workers"), "\(result.stderr)")
    #expect(result.stderr.contains("--worker-mode local"), "\(result.stderr)")
    #expect(try world.creations().isEmpty)
  }

  @Test("Without a terminal no worker is put into the cluster")
  func unattended() throws {
    let world = try Import(generation: "c", worker: nil)
    let result = try world.run(["--yes", "--worker-mode", "cluster"] + Import.scope)
    #expect(result.status == 1)
    #expect(result.stderr.contains("administrator"), "\(result.stderr)")
    #expect(try world.creations().isEmpty)
  }

  @Test(
    "In the cluster: shown without the secret, applied after yes, and nowhere to be found",
    arguments: ["b", "c"])
  func cluster(generation: String) throws {
    let secret = "canary-worker-secret-71c4"
    let world = try Import(generation: generation, worker: nil, kubectl: .standIn)
    let settings = ["STAND_IN_SECRET": secret, "STAND_IN_READY_AFTER": "1"]
    let terminal = try world.start(environment: settings)
    try terminal.scan()
    try terminal.confirm()
    try terminal.create()
    try terminal.waitFor("Which worker connects")
    try terminal.waitFor("Install in cluster")
    // Of a cub that has releases, the cursor stands on the server worker.
    terminal.send(generation == "b" ? .down : .up, .enter)
    try terminal.waitFor("To be applied to kind-atk")
    try terminal.waitFor("cluster-admin")
    terminal.send(.enter, "y", .enter)
    try terminal.waitFor("Nothing was applied")
    #expect(try world.calls().allSatisfy { !$0.contains("--include-secret") })
    terminal.send(.enter, "yes", .enter)
    try terminal.waitFor("Complete: 12 units imported")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)

    let applied = try world.calls().filter { $0.contains("apply") }
    #expect(applied.count == 1)
    #expect(try world.calls().allSatisfy { call in !call.contains { $0.contains(secret) } })
    #expect(!String(decoding: terminal.transcript, as: UTF8.self).contains(secret))
    #expect(try world.sandbox.files(holding: secret) == [])
  }

  @Test("A local worker goes on when that was asked for, its output can be seen, and ends else")
  func kept() throws {
    for isKept in [true, false] {
      let world = try Import(generation: "c", worker: nil)
      let result = try world.run(
        ["--yes", "--worker-mode", "local"] + (isKept ? ["--keep-worker"] : []) + Import.scope,
        environment: ["STAND_IN_READY_AFTER": "1"])
      #expect(result.status == 0, "\(result.stderr)")
      let words = result.stderr.split(whereSeparator: { !$0.isNumber }).compactMap { Int32($0) }
      let list = try world.sandbox.run(
        "cub", ["worker", "list", "--space", "payment-team"], environment: world.environment)
      #expect(list.stdout.contains("Disconnected") == !isKept, "\(list.stdout)")
      if isKept {
        #expect(result.stderr.contains("goes on running as process"))
        let process = try #require(words.last)
        world.end(process)
      }
    }
  }
}
