import FoundationEssentials
import TestWorld
import Testing

@Suite("Delivery with today's cub", .waiting)
struct TodayTests {
  private func cub(_ world: Import, _ arguments: [String]) throws -> JSON {
    let result = try world.sandbox.run(
      "cub", arguments + ["-o", "json"], environment: world.environment)
    #expect(result.status == 0, "\(result.stderr)")
    return try JSONDecoder().decode(JSON.self, from: Data(result.standardOutputBytes))
  }

  private func commands(_ report: [String: JSON]) -> [String] {
    (report["next_steps"]?.array ?? []).compactMap { $0["command"]?.string }
  }

  @Test("A server worker: created, bound, released, verified; a shell takes what is left to do")
  func server() throws {
    let world = try Import(generation: "d", worker: nil)
    let arguments = ["--yes", "-o", "json", "--worker-mode", "server", "--worker", "own"]
    let result = try world.run(arguments + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["verified"] == .bool(true), "\(report["checks"] as Any)")
    #expect(report["targets"]?.array == [.string("own-releases")])
    let commands = commands(report)
    #expect(commands.first?.hasPrefix("space=payment-team worker=own host=oci.hub") == true)
    #expect(commands.last == "cub release publish payment-team")
    for command in commands {
      let checked = try world.sandbox.run("/bin/bash", ["-n", "-c", command])
      #expect(checked.status == 0, "\(checked.stderr)")
    }
    // Units say what ConfigHub's views look for.
    let units = try cub(world, ["unit", "list", "--space", "payment-team"])
    let labels = units.array.first { $0["Unit"]?["Slug"] == .string("payment-api") }?["Unit"]?[
      "Labels"]
    #expect(labels?["Component"] != nil && labels?["Environment"] == .string("prod"))
    let space = try cub(world, ["space", "get", "payment-team"])["Space"]?["Labels"]
    #expect(space?["Hub"] != nil && space?["Environment"] == .string("prod"))
  }

  @Test(
    "A target of ours that was there is opened to its worker; the Space's own is never replaced")
  func targetsThere() throws {
    let world = try Import(generation: "d", worker: nil)
    _ = try cub(world, ["space", "create", "payment-team"])
    _ = try cub(world, ["target", "create", "own-releases", "--space", "payment-team"])
    let arguments = ["--yes", "--worker-mode", "server", "--worker", "own"]
    let result = try world.run(arguments + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let worker = try cub(world, ["worker", "get", "own", "--space", "payment-team"])
    let user = try #require(worker["BridgeWorker"]?["UserID"]?.string)
    let permissions = try cub(world, ["target", "get", "own-releases", "--space", "payment-team"])[
      "Target"]?["Permissions"]
    for action in ["View", "ViewChildren"] {
      #expect(permissions?[action]?["UserIDs"]?[user] == .bool(true), "\(permissions as Any)")
    }

    let other = try Import(generation: "d", worker: nil)
    for space in ["payment-team", "clusters"] { _ = try cub(other, ["space", "create", space]) }
    _ = try cub(other, ["target", "create", "prod", "--space", "clusters"])
    _ = try cub(
      other, ["space", "update", "payment-team", "--patch", "--release-target", "clusters/prod"])
    let own = try cub(other, ["space", "get", "payment-team"])["Space"]?["ReleaseTargetID"]
    let kept = try other.run(arguments + ["-o", "json"] + Import.scope)
    #expect(kept.status == 0, "\(kept.stderr)")
    #expect(try cub(other, ["space", "get", "payment-team"])["Space"]?["ReleaseTargetID"] == own)
    let report = try other.json(kept)
    #expect(report["targets"]?.array == [.string("clusters/prod")])
    #expect(commands(report).first?.contains("cub target update prod --space clusters") == true)
  }

  @Test(
    "A worker that would deliver nothing: exit 2 before anything is written",
    arguments: ["local", "cluster"])
  func deliversNothing(mode: String) throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(["--yes", "--worker-mode", mode] + Import.scope)
    #expect(result.status == 2)
    #expect(result.stderr.contains("With cub v0.8.12 a worker"), "\(result.stderr)")
    #expect(result.stderr.contains("--worker-mode server"), "\(result.stderr)")
    #expect(try world.creations().isEmpty)
  }

  @Test("A worker that is named and not there: exit 2 before anything is written")
  func noSuchWorker() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(["--yes", "--worker", "dev"] + Import.scope)
    #expect(result.status == 2)
    #expect(result.stderr.contains("There is no worker dev in payment-team"), "\(result.stderr)")
    #expect(try world.creations().isEmpty)
  }

  @Test("A complete session that is resumed without a person says again what is left to do")
  func completeAgain() throws {
    let world = try Import(generation: "d", worker: nil)
    #expect(try world.run(["--yes", "--worker-mode", "server"] + Import.scope).status == 0)
    let text = try world.run(["--yes", "--resume"])
    #expect(text.status == 0)
    #expect(text.stdout.contains("To do: Argo CD (3.1 or later), 1"), "\(text.stdout)")
    let report = try world.json(world.run(["--yes", "--resume", "-o", "json"]))
    #expect(report["next_steps"]?.array.isEmpty == false)
    let signedOut = try world.run(
      ["--yes", "--resume"], environment: ["STAND_IN_SIGNED_OUT": "1"])
    #expect(signedOut.status == 0, "\(signedOut.stderr)")
  }

  @Test("Left out: the report has the commands that make a worker, a target and a release")
  func leftOut() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(["--yes", "--worker-mode", "skip"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stdout.contains("To do: Make worker payment-team-worker"), "\(result.stdout)")
    #expect(result.stdout.contains("  cub target create payment-team-worker-releases"))
    #expect(result.stdout.contains("To do: Argo CD (3.1 or later), 1"))
  }

  @Test("An older cub's worker applies what it has; the report says how")
  func older() throws {
    let world = try Import(generation: "b")
    let result = try world.run(["--yes"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let script = result.stdout.split(whereSeparator: { $0.isWhitespace || $0 == "\\" })
      .joined(separator: " ")
    #expect(script.contains("do cub unit apply --space payment-team"), "\(result.stdout)")
    #expect(!result.stdout.contains("Argo CD (3.1"))
  }

  @Test("A cub that is too old says so first; a server that is older is warned of")
  func versions() throws {
    let world = try Import(generation: "d", worker: nil)
    let arguments = ["--yes", "--worker-mode", "skip"] + Import.scope
    let old = try world.run(arguments, environment: ["STAND_IN_SERVER_VERSION": "v0.9.0"])
    #expect(old.status == 1)
    #expect(
      old.stderr.contains("This cub is too old for its ConfigHub")
        && old.stderr.contains("cub upgrade"),
      "\(old.stderr)")
    #expect(try world.creations().isEmpty)
    let new = try world.run(arguments, environment: ["STAND_IN_SERVER_VERSION": "v0.7.0"])
    #expect(new.status == 0, "\(new.stderr)")
    #expect(new.stderr.contains("cub v0.8.12 is newer than server v0.7.0"), "\(new.stderr)")
  }

  @Test("What a trigger of the organisation changes is told as that")
  func triggers() throws {
    let world = try Import(generation: "d", worker: nil)
    let result = try world.run(
      ["--yes", "--worker-mode", "skip"] + Import.scope,
      environment: ["STAND_IN_TRIGGERS_CHANGE_DATA": "1"])
    #expect(result.status == 1)
    #expect(
      result.stderr.contains("a trigger of the organisation changed it"), "\(result.stderr)")
  }
}
