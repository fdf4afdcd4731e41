import Glibc
import TestWorld
import Testing

@testable import Files
@testable import SessionFormat
@testable import SessionStore

typealias TemporaryHome = TestWorld.TemporaryHome

extension TemporaryHome {
  func root() throws -> StateRoot { try #require(StateRoot(environment: environment)) }

  func store(_ retention: Retention = Retention()) throws -> FileStore {
    FileStore(root: try root(), retention: retention, program: "damage")
  }

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
          try check(Glibc.link(first, path), path)
        } else {
          try write(blobs[blob], to: path)
          written[node] = path
        }
      }
    }
  }
}
