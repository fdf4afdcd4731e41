import FoundationEssentials
import TestWorld
import Testing

/// Two machines of one person, and one ConfigHub.
final class TwoMachines: Sendable {
  let world: Import
  var laptop: String { world.sandbox.home }
  let desk: String

  static let space = "import-sessions"

  init(generation: String = "d") throws {
    world = try Import(generation: generation)
    desk = world.sandbox.directory + "/desk"
    try FileManager.default.createDirectory(
      atPath: desk, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  func run(
    _ arguments: [String], on home: String, environment: [String: String] = [:]
  ) throws -> ProgramResult {
    try world.run(arguments, environment: environment.merging(["HOME": home]) { $1 })
  }

  /// Plain lines on a terminal.
  func start(
    _ arguments: [String], on home: String, environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    try world.start(
      ["--plain"] + arguments,
      environment: environment.merging(["HOME": home, "TERM": "dumb"]) { $1 })
  }

  /// What cub says of the units that sessions are kept as.
  func kept() throws -> [JSON] {
    let result = try world.sandbox.run(
      "cub", ["unit", "list", "--space", Self.space, "-o", "json"],
      environment: world.environment)
    guard result.status == 0 else { return [] }
    return try JSONDecoder().decode([JSON].self, from: Data(result.standardOutputBytes))
  }

  func sessions() throws -> [JSON] {
    try kept().filter { $0["Unit"]?["Labels"]?["Type"]?.string == "import-session" }
  }

  func status(on home: String) throws -> [String: JSON] {
    try world.json(run(["--status", "-o", "json"], on: home))
  }

  func unitsCreatedOnce() throws -> Bool {
    let counts = try world.creations().filter { entry in
      units.contains { entry.key == "unit \($0)" }
    }
    return counts.count == units.count && counts.values.allSatisfy { $0 == 1 }
  }
}
