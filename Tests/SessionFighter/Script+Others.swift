import Glibc
import Logs
import Wizard

/// What other programs and people do to the session that was open last.
extension Script {
  /// False if there is no such word.
  mutating func imitate(_ word: String) throws -> Bool {
    switch word {
    case "overwrite": acknowledge("saved \(try overwrite())")
    case "damage": try damage()
    case "edit": try edit()
    case "forget": try forget()
    default: return false
    }
    return true
  }

  private func file() throws -> (session: Session, name: String) {
    guard let session = document?.session else { throw Failure("nothing was open") }
    return (session, ".confighub/sessions/\(session.id).json")
  }

  /// Saves as many programs do: over what is there. The directories must be there.
  private mutating func overwrite() throws -> Int {
    let (observed, elsewhere) = (world, try World(home: "\(world.home)-elsewhere"))
    mkdir(elsewhere.home, 0o700)
    guard let id = lock?.id else { throw Failure("nothing is open") }
    lock = nil
    world = World(elsewhere, at: observed.now)
    lock = try world.lock(id)
    let generation = try save()
    lock?.release()
    let name = ".confighub/sessions/\(id).json"
    let bytes = try File(name, in: world.home).contents()
    world = observed
    lock = try world.lock(id)
    try File(name, in: world.home).overwrite(bytes)
    return generation
  }

  private func damage() throws {
    let (session, name) = try file()
    acknowledge("at least \(session.generation - 1)")
    try File(name, in: world.home).overwrite(Array("{ what is damaged".utf8))
    acknowledge("kept what is damaged")
  }

  private func edit() throws {
    let (session, name) = try file()
    acknowledge("at least \(session.generation - 1)")
    acknowledge("editing \(session.id)")
    let bytes = try File(name, in: world.home).contents()
    let edited = Array(#"{ "edited": "by hand", "#.utf8) + bytes.dropFirst()
    try File(name, in: world.home).overwrite(edited)
    acknowledge("kept by hand")
  }

  /// The session and its backups are removed, and a log of it is what is left.
  private mutating func forget() throws {
    let (session, name) = try file()
    let now = world.now
    let log = RunLog(root: world.root, sessionID: session.id) { now }
    log.write(Operation(id: "op-0001", kind: .createUnit, key: "s/u", state: .done))
    acknowledge("forgetting \(session.id)")
    release()
    for generation in 1..<session.generation {
      let backup = ".confighub/sessions/backups/\(session.id).\(generation).json"
      _ = unlinkat(AT_FDCWD, "\(world.home)/\(backup)", 0)
    }
    guard unlinkat(AT_FDCWD, "\(world.home)/\(name)", 0) == 0 else {
      throw Failure("unlink \(name): \(errno)")
    }
  }

  func makeDurableDirectory(_ name: String) throws {
    mkdir("\(world.home)/\(name)", 0o700)
    let home = Glibc.open(world.home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(home) }
    guard fsync(home) == 0 else { throw Failure("fsync \(world.home): \(errno)") }
  }
}
