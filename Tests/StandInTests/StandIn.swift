import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// The built stand-in with a state directory of its own, which goes when the value goes; processes
/// that still hang in it then end by themselves.
final class StandIn: Sendable {
  struct Result {
    var exit: Int32
    var output: Data
    var error: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var json: JSON {
      get throws { try JSONDecoder().decode(JSON.self, from: output) }
    }
  }

  private let directory: TemporaryDirectory
  let environment: [String: String]

  var root: String { directory.path }
  var state: String { root + "/state" }

  init(_ environment: [String: String] = [:]) throws {
    directory = try TemporaryDirectory()
    // Most tests here are of what C and D have in common, or of C alone; D has the recordings.
    self.environment = [
      "STAND_IN_STATE": directory.path + "/state", "PATH": "/usr/bin:/bin",
      "STAND_IN_GENERATION": "c",
    ].merging(environment) { _, new in new }
  }

  /// Runs a program to its end.
  @discardableResult
  func run(
    _ program: String, _ arguments: [String], input: Data = Data(),
    _ more: [String: String] = [:]
  ) throws -> Result {
    try start(program, arguments, input: input, more).finish()
  }

  @discardableResult
  func cub(_ line: String, input: Data = Data(), _ more: [String: String] = [:]) throws -> Result {
    try run("cub", line.split(separator: " ").map(String.init), input: input, more)
  }

  func kubectl(_ line: String, input: Data = Data()) throws -> Result {
    try run("kubectl", line.split(separator: " ").map(String.init), input: input)
  }

  /// Starts the stand-in under the program's name.
  func start(
    _ program: String, _ arguments: [String], input: Data = Data(), _ more: [String: String] = [:]
  ) throws -> Running {
    try Running(
      path: Self.executable(), arguments: [program] + arguments, input: input,
      environment: environment.merging(more) { _, new in new }, root: root)
  }

  static func executable() throws -> String { try Sandbox.product("map-import-stand-in") }
}

// MARK: What the stand-in left behind

extension StandIn {
  func calls() throws -> [JSON] {
    try Data(contentsOf: URL(filePath: state + "/calls.log"))
      .split(separator: UInt8(ascii: "\n"))
      .map { try JSONDecoder().decode(JSON.self, from: Data($0)) }
  }

  func fired() throws -> [JSON] {
    let record = try Data(contentsOf: URL(filePath: state + "/faults-fired.json"))
    return try JSONDecoder().decode([JSON].self, from: record)
  }

  /// Writes a fault plan and gives the environment that names it.
  func plan(_ faults: String) throws -> [String: String] {
    let path = root + "/faults.json"
    try Data(faults.utf8).write(to: URL(filePath: path))
    return ["STAND_IN_FAULTS": path]
  }
}

struct Errno: Error {
  let call: String
  let code: Int32

  init(_ call: String, _ code: Int32 = errno) {
    self.call = call
    self.code = code
  }
}
