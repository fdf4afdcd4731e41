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

  let root: String
  let environment: [String: String]

  var state: String { root + "/state" }

  init(_ environment: [String: String] = [:]) throws {
    var template = Array("/tmp/stand-in.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno("mkdtemp") }
    root = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    // Most tests here are of what C and D have in common, or of C alone; D has the recordings.
    self.environment = [
      "STAND_IN_STATE": root + "/state", "PATH": "/usr/bin:/bin", "STAND_IN_GENERATION": "c",
    ].merging(environment) { _, new in new }
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

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

  /// The stand-in lies beside the test bundle.
  static func executable() throws -> String {
    let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let folder = bundle.split(separator: "/").dropLast().joined(separator: "/")
    return "/\(folder)/map-import-stand-in"
  }
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

/// Waits for a condition instead of a time; gives up after ten seconds.
func eventually(_ condition: () throws -> Bool) throws {
  for _ in 0..<1000 {
    if try condition() { return }
    usleep(10_000)
  }
  Issue.record("the condition never came true")
}

struct Errno: Error {
  let call: String
  let code: Int32

  init(_ call: String, _ code: Int32 = errno) {
    self.call = call
    self.code = code
  }
}
