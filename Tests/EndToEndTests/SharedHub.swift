import FoundationEssentials
import TestWorld
import Testing

/// Some people of one organisation, each with a home of their own, and one ConfigHub.
final class SharedHub: Sendable {
  struct Person: Sendable {
    var name: String
    var role = "editor"
    var groups = ""

    var address: String { "\(name)@example.com" }
  }

  static let ana = Person(name: "ana", groups: "payments")
  static let ben = Person(name: "ben")

  let world: Import
  private let generation: String

  init(generation: String = "d") throws {
    self.generation = generation
    world = try Import(generation: generation)
    for person in [Self.ana, Self.ben] { try meet(person) }
  }

  /// Another one that is as this one is now.
  init(_ other: SharedHub) throws {
    generation = other.generation
    world = try Import(generation: generation)
    let copied = try world.sandbox.run(
      "/bin/sh",
      [
        "-c", "/bin/cp -a \"$1\"/home-* \"$1/stand-in\" \"$2\"", "sh",
        other.world.sandbox.directory, world.sandbox.directory,
      ])
    try #require(copied.status == 0, "\(copied.stderr)")
  }

  private func home(_ person: Person) -> String { "\(world.sandbox.directory)/home-\(person.name)" }

  /// ConfigHub knows whoever called once.
  func meet(_ person: Person) throws {
    try FileManager.default.createDirectory(
      atPath: home(person), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    if generation == "d" { _ = try cub(person, ["api", "GET", "me"]) }
  }

  func environment(_ person: Person) -> [String: String] {
    [
      "HOME": home(person), "STAND_IN_USER": person.address, "STAND_IN_ROLE": person.role,
      "STAND_IN_GROUPS": person.groups,
    ]
  }

  func run(
    _ person: Person, _ arguments: [String], faults: String? = nil,
    environment more: [String: String] = [:]
  ) throws -> ProgramResult {
    var environment = environment(person).merging(more) { $1 }
    if let faults {
      environment["STAND_IN_FAULTS"] = try world.sandbox.write(faults, to: "faults-verbs.json")
    }
    return try world.run(arguments, environment: environment)
  }

  /// `sessions …` for a line of words.
  func sessions(_ person: Person, _ line: String, faults: String? = nil) throws -> ProgramResult {
    try run(person, ["sessions"] + line.split(separator: " ").map(String.init), faults: faults)
  }

  func start(
    _ person: Person, _ line: String, environment: [String: String]
  ) throws -> ChildProgram {
    try world.sandbox.start(
      Sandbox.product("map-import"), ["sessions"] + line.split(separator: " ").map(String.init),
      environment: world.environment.merging(self.environment(person)) { $1 }
        .merging(environment) { $1 })
  }

  @discardableResult
  func cub(_ person: Person, _ arguments: [String], input: String = "") throws -> ProgramResult {
    try world.sandbox.run(
      "cub", arguments, environment: world.environment.merging(environment(person)) { $1 },
      input: input)
  }

  /// What a program that ended well printed as JSON.
  func json(_ result: ProgramResult) throws -> JSON {
    try #require(result.status == 0, "\(result.stderr)")
    return try JSONDecoder().decode(JSON.self, from: Data(result.standardOutputBytes))
  }

  /// An import by a person that came to step 5; answers with the session's id.
  func begin(_ person: Person) throws -> String {
    let faults = try world.sandbox.write(
      #"[{"match":"worker list","kind":"refuse"}]"#, to: "faults-to-worker.json")
    let result = try world.run(
      ["--yes", "-o", "json"] + Import.scope,
      environment: environment(person).merging(["STAND_IN_FAULTS": faults]) { $1 })
    let ids = try FileManager.default.contentsOfDirectory(
      atPath: home(person) + "/.confighub/sessions")
    let id = ids.first { $0.hasPrefix("import-2") && $0.hasSuffix(".json") }
    return String(try #require(id, "\(result.stderr)").dropLast(5))
  }

  /// The same, brought up; answers with the id and the name of the unit.
  func beginShared(_ person: Person) throws -> (id: String, unit: String) {
    let id = try begin(person)
    let synced = try json(sessions(person, "sync \(id) -o json"))
    return (id, try #require(synced["unit"]?.string))
  }

  /// Every file of a person's sessions, with what it holds.
  func files(_ person: Person) throws -> [String: Data] {
    let root = home(person) + "/.confighub/sessions"
    var found: [String: Data] = [:]
    guard let names = try? FileManager.default.subpathsOfDirectory(atPath: root) else { return [:] }
    for name in names where name.hasSuffix(".json") && !name.contains("latest") {
      found[name] = try Data(contentsOf: URL(filePath: "\(root)/\(name)"))
    }
    return found
  }

  /// Adds to the newest log of a person.
  func log(_ person: Person, _ text: String) throws {
    let root = home(person) + "/.confighub/logs"
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
      .filter { $0.hasPrefix("tui-") }.sorted()
    let path = "\(root)/\(try #require(names.last))"
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes.append(Data(text.utf8))
    try bytes.write(to: URL(filePath: path))
  }

  /// All that ConfigHub keeps, its command lines included.
  func hubText() throws -> String {
    let root = world.sandbox.standInState
    return try FileManager.default.subpathsOfDirectory(atPath: root).compactMap {
      try? String(
        decoding: Data(contentsOf: URL(filePath: "\(root)/\($0)")), as: UTF8.self)
    }.joined(separator: "\n")
  }
}
