import Files
import FoundationEssentials
import SessionStore
import TestWorld
import Testing

/// A home directory of its own, gone when the value goes.
final class Home: Sendable {
  private let directory: TemporaryDirectory
  let path: String
  let isDemo: Bool

  init(isDemo: Bool = false) throws {
    directory = try TemporaryDirectory()
    path = directory.path + "/home"
    self.isDemo = isDemo
  }

  /// Makes the home itself, empty.
  func create() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  /// The same files, elsewhere.
  func copy() throws -> Home {
    let copy = try Home(isDemo: isDemo)
    try FileManager.default.copyItem(atPath: path, toPath: copy.path)
    return copy
  }

  func store() throws -> FileStore {
    let root = try #require(StateRoot(environment: ["HOME": path], isDemo: isDemo))
    return FileStore(root: root, program: "CrashTests")
  }

  /// Where the program keeps what is its own.
  var state: String { path + (isDemo ? "/.confighub/demo" : "/.confighub") }

  /// What is in a directory below `state`; empty if it is missing.
  func names(in directory: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "\(state)/\(directory)")) ?? []).sorted()
  }

  /// What a file below `state` says; empty if it is missing.
  func text(of file: String) -> String {
    (try? Data(contentsOf: URL(filePath: "\(state)/\(file)")))
      .map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}

/// Why a test cannot be run.
struct Trouble: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
