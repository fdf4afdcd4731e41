import FoundationEssentials

/// The recorded answers of a real API server that are committed with this package.
public enum Recording {
  /// One line of a recording's `index.json`.
  public struct Entry: Decodable, Sendable {
    /// The request's path, with its query if it had one.
    public let path: String
    /// The user who asked, "admin" or "viewer".
    public let user: String
    /// The HTTP status of the answer.
    public let status: Int
    /// The file of the body, relative to the recording's directory.
    public let file: String
  }

  /// The names of all recordings.
  public static let names = ["kind-atk", "fleet"]

  /// The root of the package's sources, as they were when this file was compiled.
  public static let packageRoot: String = {
    let parts = #filePath.split(separator: "/").dropLast(3)
    return "/" + parts.joined(separator: "/")
  }()

  /// The directory of the recording called `name`, for instance `kind-atk`.
  public static func path(_ name: String) -> String {
    "\(packageRoot)/fixtures/recordings/\(name)"
  }

  /// The file of one of the inputs in `fixtures/cases`, each a plain list of objects of a cluster.
  public static func casePath(_ name: String) -> String {
    "\(packageRoot)/fixtures/cases/\(name).json"
  }

  /// The files of answers, of the API server and of cub, relative to their directory.
  public static func texts() -> [String] {
    let paths = (try? FileManager.default.subpathsOfDirectory(atPath: path(""))) ?? []
    return paths.filter { $0.hasSuffix(".json") || $0.hasSuffix(".txt") }.sorted()
  }

  /// What one of them holds.
  public static func text(_ file: String) throws -> String {
    String(decoding: try fileBytes(path(file)), as: UTF8.self)
  }

  /// The lines of the index of the recording in `directory`; throws if it cannot be read.
  public static func entries(in directory: String) throws -> [Entry] {
    try JSONDecoder().decode([Entry].self, from: Data(fileBytes("\(directory)/index.json")))
  }
}

/// All bytes of a file; throws with its name if it cannot be read.
func fileBytes(_ path: String) throws -> [UInt8] {
  do {
    return try Array(Data(contentsOf: URL(filePath: path)))
  } catch {
    throw WorldFailure("cannot read \(path): \(error)")
  }
}
