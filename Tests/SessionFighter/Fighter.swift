import Files
import Glibc
import SessionStore
import Wizard

/// One of several processes that change the same session as fast as they can.
///
/// Each has an operation of its own in the session, whose `attempt` counts its changes. What was
/// saved is written to a journal, which outlives any of them: `held`, `saved` and `left`, each
/// with the fighter's name and process id.
struct Fighter {
  private let world: World
  private let id: String
  private let name: String
  private let journal: Int32

  init(_ world: World, id: String, journal: String, name: String) throws {
    self.world = world
    self.id = id
    self.name = name
    self.journal = open(journal, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    if self.journal < 0 { throw Failure("open \(journal): \(errno)") }
  }

  func fight() throws {
    acknowledge("\(getpid())")
    while true {
      guard let lock = try world.lock(id) else { continue }
      try note("held")
      for _ in 0..<Int.random(in: 1...3) {
        // Long enough for the others to take over what they believe to be nobody's.
        if Int.random(in: 0..<8) == 0 { usleep(useconds_t.random(in: 0...400_000)) }
        try change(lock)
      }
      try note("left")
      lock.release()
    }
  }

  private func change(_ lock: SessionLock) throws {
    let result = try world.store.resume(holding: lock)
    guard var document = result.found?.document, result.warnings.isEmpty else {
      return try note("lost \(result.warnings)")
    }
    var operations = document.session.operations
    if let mine = operations.firstIndex(where: { $0.id == name }) {
      operations[mine].attempt += 1
    } else {
      operations.append(Operation(id: name, kind: .createUnit, key: .init(text: name)))
    }
    document.session.operations = operations
    let count = operations.first { $0.id == name }?.attempt ?? 0
    switch lock.save(document) {
    case .saved(let generation, nil): try note("saved \(generation) \(count)")
    case .saved(_, let warning?): try note("lost \(warning)")
    case .failed(let failure): try note("lost \(failure.sentence)")
    }
  }

  private func note(_ what: String) throws {
    let line = Array("\(name) \(getpid()) \(what)\n".utf8)
    guard write(journal, line, line.count) == line.count, fsync(journal) == 0 else {
      throw Failure("journal: \(errno)")
    }
  }
}
