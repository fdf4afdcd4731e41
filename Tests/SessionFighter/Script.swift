import Glibc
import SessionFormat
import SessionStore
import Wizard

/// Does one thing after another to the sessions of a home, and says what it is about to do and what
/// is done, for whoever must know what there has to be after a loss of power:
///
///     began ID | opened ID      what follows is about this session
///     saved GENERATION          it is shown as saved
///     at least GENERATION       a later one is given up from now on
///     content GENERATION TEXT   that generation may hold the text instead of its own number
///     deleting ID | deleted ID  it may be gone, it is gone
///     leaving ID                it is not the latest any more
///     editing ID                its digest may be wrong
///     not kept                  none of them, any more
///     kept TEXT                 a file with the text has to be there
struct Script {
  var world: World
  var lock: SessionLock?
  var document: SessionDocument?
  /// Where a last copy was left.
  var copy: String?

  init(_ world: World) { self.world = world }

  mutating func run(_ words: [String]) throws {
    for word in words {
      world.now.seconds += 1
      let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
      let value = parts.count > 1 ? parts[1] : ""
      guard try set(parts[0], value) || perform(parts[0], value) || imitate(parts[0]) else {
        throw Failure("no such word: \(word)")
      }
    }
  }

  /// What the words that follow find.
  private mutating func set(_ word: String, _ value: String) throws -> Bool {
    let number = Int(value) ?? 0
    switch word {
    case "umask": umask(mode_t(value, radix: 8) ?? 0)
    case "backups": try world.limit { $0.backups = number }
    case "archived": try world.limit { $0.archived = number }
    case "later": world.now.seconds += Int64(number) * 24 * 3600
    case "mkdir":
      for name in [".confighub", ".confighub/sessions"] { mkdir("\(world.home)/\(name)", 0o700) }
    default: return false
    }
    return true
  }

  /// A verb of the store, by its name there.
  private mutating func perform(_ word: String, _ value: String) throws -> Bool {
    switch word {
    case "begin": try begin()
    case "acquire": lock = try world.locked(value)
    case "resume": try resume()
    case "readAndRepair": try openLatest()
    case "save": acknowledge("saved \(try save())")
    case "saveOver": acknowledge("saved \(try save(over: true))")
    case "saveAside": acknowledge("saved \(try save(puttingAside: true))")
    case "release": release()
    case "archive": try archive()
    case "unarchive": try unarchive()
    case "delete": try delete()
    case "expire": try expire()
    case "carryOut": try carryOut()
    case "restore": try restore(Int(value))
    case "rebuild": try rebuild()
    case "repair": try repair()
    case "takeBackup": try takeBackup()
    case "examine": try examine()
    case "importSession": try importSession()
    case "rename": try rename()
    case "saveElsewhere": try saveElsewhere()
    case "takeConflict": try takeConflict()
    case "takeCopy": try takeCopy()
    case "clearConflict": try clearConflict()
    case "look": look()
    case "visit": visit(value)
    default: return false
    }
    return true
  }

  private mutating func begin() throws {
    let lock = try world.store.begin(at: world.now)
    let session = Session(
      id: lock.id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: world.now)
    self.lock = lock
    document = SessionDocument(session: session)
    acknowledge("began \(lock.id)")
  }

  private mutating func resume() throws {
    guard let lock else { throw Failure("nothing is locked") }
    document = try world.store.resume(holding: lock).found?.document
    acknowledge("opened \(lock.id)")
  }

  /// As the wizard begins: the latest session, or else a new one.
  private mutating func openLatest() throws {
    let found = try world.store.readAndRepair(at: world.now).found
    guard let id = found?.document.session.id else { return try begin() }
    lock = try world.locked(id)
    try resume()
  }

  /// Changes the session and saves it; which generation it is then can be seen in its content.
  ///
  /// - Parameters:
  ///   - isForeign: what is replaced was changed by somebody else, which has to be told.
  ///   - isAside: what is replaced is put aside, which has to be told, too.
  mutating func save(over isForeign: Bool = false, puttingAside isAside: Bool = false) throws -> Int
  {
    guard let lock, var document else { throw Failure("nothing is open") }
    document.session.updatedAt = world.now
    let content = "\(lock.id) \(document.session.generation + 1)"
    document.session.workerSlug = content
    // So that every generation has a part of its own.
    let key = WorkloadKey(kind: .deployment, namespace: "a", name: content)
    document.session.scan = ScanResult(
      namespaces: ["a"], workloads: [Workload(key: key, apiVersion: "apps/v1")])
    switch lock.save(document, isLatest: true, puttingAside: isAside) {
    case .saved(let generation, let warning):
      if (warning != nil) != (isForeign || isAside) { throw Failure(warning ?? "no warning") }
      document.session.generation = generation
      self.document = document
      return generation
    case .failed(let failure): throw failure
    }
  }

  mutating func release() {
    lock?.release()
    lock = nil
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

  /// The same with another limit.
  mutating func limit(_ change: (inout Retention) -> Void) throws {
    var retention = store.retention
    change(&retention)
    self = World(try World(home: home, retention), at: now)
  }
}
