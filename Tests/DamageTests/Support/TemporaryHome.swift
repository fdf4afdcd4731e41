import FoundationEssentials
import Glibc
import TestWorld
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// A home directory for one test, gone when the value goes; in memory, where there is such a
/// place, because a thousand of them are made.
final class TemporaryHome: Sendable {
  /// Holds the home directory, and whatever a test needs beside it.
  let base: String

  init() throws {
    let place = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp"
    var template = Array("\(place)/map-import-damage-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CallError("mkdtemp", place, errno) }
    base = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    guard mkdir("\(base)/home", 0o700) == 0 else { throw CallError("mkdir", base, errno) }
  }

  deinit { try? FileManager.default.removeItem(atPath: base) }

  var path: String { "\(base)/home" }
  var confighub: String { "\(path)/.confighub" }
  var sessions: String { "\(path)/.confighub/sessions" }

  func root() throws -> StateRoot {
    try #require(StateRoot(environment: ["HOME": path, "TMPDIR": "\(path)/tmp"]))
  }

  func store(_ retention: Retention = Retention()) throws -> FileStore {
    FileStore(root: try root(), retention: retention, program: "damage")
  }

  /// Makes the directory, mode 0700, with those above it.
  func make(_ directory: String) throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  }

  func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(filePath: path))
    chmod(path, 0o600)
  }

  func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path))) }

  /// Puts the tree into the home directory.
  func put(_ tree: Tree, _ blobs: Blobs) throws {
    var written: [WeakDisk.Node: String] = [:]
    func check(_ result: Int32, _ path: String) throws {
      if result != 0 { throw CallError("put", path, errno) }
    }
    for item in tree.items {
      let path = "\(path)/\(item.path)"
      switch item.entry {
      case .directory: try check(mkdir(path, 0o700), path)
      case .link(let target): try check(symlink(target, path), path)
      case .file(let blob, let node):
        if let first = written[node] {
          try check(link(first, path), path)
        } else {
          try write(blobs[blob], to: path)
          written[node] = path
        }
      }
    }
  }

  /// What is in the home directory, as `Tree.listing` has it.
  func listing() throws -> [String: String] {
    var listing: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var status = stat()
      lstat("\(path)/\(name)", &status)
      switch status.st_mode & S_IFMT {
      case S_IFDIR: listing[name] = "directory"
      case S_IFLNK:
        let target = try FileManager.default.destinationOfSymbolicLink(atPath: "\(path)/\(name)")
        listing[name] = "link to \(target)"
      default:
        listing[name] = "file " + String(decoding: try bytes("\(path)/\(name)"), as: UTF8.self)
      }
    }
    return listing
  }
}
