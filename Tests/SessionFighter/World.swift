import Files
import Glibc
import SessionStore
import Wizard

/// What went wrong, for the test's report.
struct Failure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The sessions of one home directory, at a time that only passes when it is told to.
struct World {
  let home: String
  let root: StateRoot
  let store: FileStore
  /// 2026-01-09T14:30:22Z at first.
  var now = Timestamp(seconds: 1_767_969_022)

  init(home: String, _ retention: Retention = Retention()) throws {
    guard let root = StateRoot(environment: ["HOME": home, "TMPDIR": "\(home)/tmp"]) else {
      throw Failure("\(home) is not absolute")
    }
    self.home = home
    self.root = root
    store = FileStore(root: root, retention: retention, program: "fighter")
  }

  func lock(_ id: String) throws -> SessionLock? {
    switch try store.acquire(id, at: now) {
    case .acquired(let lock): lock
    case .heldBy: nil
    }
  }
}

extension World {
  func locked(_ id: String) throws -> SessionLock {
    guard let lock = try lock(id) else { throw Failure("\(id) is held") }
    return lock
  }
}

/// Says on stdout that something is done, in one write(2).
func acknowledge(_ what: String) {
  let line = Array("\(what)\n".utf8)
  _ = write(1, line, line.count)
}
