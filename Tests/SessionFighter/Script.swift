import Glibc
import Sessions
import Wizard

/// Does one thing after another to the sessions of a home, and says after each that it is done.
struct Script {
  private var world: World
  private var lock: SessionLock?
  private var document: SessionDocument?

  init(_ world: World) { self.world = world }

  mutating func run(_ words: [String]) throws {
    for word in words {
      world.now.seconds += 1
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      try perform(parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  private mutating func perform(_ word: String, _ value: String) throws {
    switch word {
    case "umask": umask(mode_t(value, radix: 8) ?? 0)
    case "backups": world = try World(home: world.home, backups: Int(value) ?? 0)
    case "mkdir":
      for name in [".confighub", ".confighub/sessions"] { mkdir("\(world.home)/\(name)", 0o700) }
    case "new": try begin()
    case "open": try open(value)
    case "resume":
      if let id = try world.store.load(mutating: true).found?.document.session.id {
        try open(id)
      } else {
        try begin()
      }
    case "save": acknowledge("saved \(try save())")
    case "overwrite": acknowledge("saved \(try overwrite())")
    case "release":
      lock?.release()
      lock = nil
    case "archive": try archive()
    case "visit": visit(value)
    default: throw Failure("no such word: \(word)")
    }
  }

  private mutating func begin() throws {
    let lock = try world.store.reserve(at: world.now)
    let session = Session(
      id: lock.id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: world.now)
    self.lock = lock
    document = SessionDocument(session: session)
    acknowledge("began \(lock.id)")
  }

  private mutating func open(_ id: String) throws {
    guard let lock = try world.lock(id) else { throw Failure("\(id) is held") }
    self.lock = lock
    document = try world.store.load(id, mutating: true).found?.document
    acknowledge("opened \(id)")
  }

  /// Changes the session and saves it; which generation it is then can be seen in its content.
  private mutating func save() throws -> Int {
    guard let lock, var document else { throw Failure("nothing is open") }
    document.session.updatedAt = world.now
    document.session.workerSlug = "\(lock.id) \(document.session.generation + 1)"
    switch world.store.save(document, holding: lock) {
    case .saved(let generation, let warning):
      if let warning { throw Failure(warning) }
      document.session.generation = generation
      self.document = document
      return generation
    case .failed(let failure): throw failure
    }
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

  private mutating func archive() throws {
    guard let lock else { throw Failure("nothing is open") }
    try world.store.archive(lock.id, at: world.now, holding: lock)
    self.lock = nil
    acknowledge("archived \(lock.id)")
  }

  /// Everything that a program does to a home that somebody prepared; nothing of it may end in
  /// more than a sentence.
  private func visit(_ home: String) {
    acknowledge("visiting \(home)")
    do {
      try Visit(World(home: home)).everything()
    } catch {
      acknowledge("refused: \(error)")
    }
  }
}

extension World {
  init(_ other: World, at now: Timestamp) {
    self = other
    self.now = now
  }
}
