import FoundationEssentials
import Glibc

/// A home directory for one test, gone when the value goes.
public final class TemporaryHome: Sendable {
  private let directory: TemporaryDirectory

  /// - Parameter isInMemory: see `TemporaryDirectory`.
  public init(isInMemory: Bool = false) throws {
    directory = try TemporaryDirectory(isInMemory: isInMemory)
    try check(mkdir("\(directory.path)/home", 0o700), "make a home directory")
  }

  /// Holds the home directory, and whatever a test needs beside it.
  public var base: String { directory.path }
  public var path: String { "\(base)/home" }
  public var confighub: String { "\(path)/.confighub" }
  public var sessions: String { "\(confighub)/sessions" }
  public var logs: String { "\(confighub)/logs" }

  /// What the program is told of it.
  public var environment: [String: String] { ["HOME": path, "TMPDIR": "\(path)/tmp"] }

  // MARK: Writing

  /// Makes the directory, mode 0700, with those above it.
  public func make(directory path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// `~/.confighub/sessions`, as a person would make it.
  public func makeSessions() throws { try make(directory: sessions) }

  public func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
    try check(chmod(path, 0o600), "set the mode of \(path)")
  }

  /// Writes a file into `sessions/`.
  public func put(_ bytes: [UInt8], as name: String) throws {
    try write(bytes, to: "\(sessions)/\(name)")
  }

  // MARK: Reading

  public func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: path)))
  }

  /// What is in a directory below `sessions/`, sorted; empty if it is missing.
  public func names(in directory: String = "") -> [String] {
    let path = directory.isEmpty ? sessions : "\(sessions)/\(directory)"
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  public func exists(_ path: String) -> Bool { status(path) != nil }

  /// `drwx…` as a number: the permissions without the kind; `nil` if there is nothing.
  public func mode(_ path: String) -> mode_t? { status(path).map { $0.st_mode & 0o7777 } }

  public func status(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
  }

  /// What a link in `sessions/` leads to; `nil` if it is none.
  public func link(_ name: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(sessions)/\(name)")
  }

  /// Every file below the home directory with its mode, size and contents: to see that nothing
  /// was changed.
  public func snapshot() throws -> [String] {
    try paths().map { name in
      let status = status("\(path)/\(name)")
      let isFile = status.map { $0.st_mode & S_IFMT == S_IFREG } ?? false
      let contents = isFile ? (try? bytes("\(path)/\(name)")) ?? [] : []
      return "\(name) \(status?.st_mode ?? 0) \(status?.st_ino ?? 0) \(contents.hashValue)"
    }
  }

  /// What is below the home directory: of each path `directory`, `link to …` or `file …` with its
  /// text.
  public func listing() throws -> [String: String] {
    try paths().reduce(into: [:]) { listing, name in
      let file = "\(path)/\(name)"
      switch status(file).map({ $0.st_mode & S_IFMT }) {
      case S_IFDIR: listing[name] = "directory"
      case S_IFLNK:
        listing[name] =
          "link to \(try FileManager.default.destinationOfSymbolicLink(atPath: file))"
      default: listing[name] = "file " + String(decoding: try bytes(file), as: UTF8.self)
      }
    }
  }

  private func paths() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }
}
