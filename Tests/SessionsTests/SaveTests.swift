import Documents
import Glibc
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

@Suite("Saving")
struct SaveTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let lock: SessionLock

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    lock = try store.begin(at: Sample.time("2026-01-09T14:30:22Z"))
  }

  /// Saves and takes the new generation over, as a program does.
  private func save(_ session: inout Session) throws {
    let result = lock.save(SessionDocument(session: session))
    guard case .saved(let generation, nil) = result else {
      Issue.record("\(result)")
      return
    }
    session.generation = generation
  }

  private func onDisk(_ name: String, in directory: String = "") throws -> Session {
    let path = directory.isEmpty ? home.sessions : "\(home.sessions)/\(directory)"
    return try SessionCodec.decode(home.bytes("\(path)/\(name)"), named: lock.id).document.session
  }

  @Test("leaves the session, the lock, the pointer and nothing else")
  func files() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    #expect(
      home.names() == [
        "backups", "import-2026-01-09-143022.json", "import-2026-01-09-143022.lock",
        "import-latest.json",
      ])
    #expect(home.names(in: "backups") == [])
    #expect(home.link("import-latest.json") == "import-2026-01-09-143022.json")
    #expect(try onDisk("\(lock.id).json") == session)
    #expect(session.generation == 1)
  }

  @Test("keeps the generation before under its number, ten at most")
  func backups() throws {
    var session = Sample.session(lock.id)
    for number in 1...14 {
      session.workerSlug = "worker-\(number)"
      try save(&session)
    }
    #expect(session.generation == 14)
    #expect(home.names(in: "backups").count == 10)
    for number in 4...13 {
      let backup = try onDisk("\(lock.id).\(number).json", in: "backups")
      #expect(backup.generation == number)
      #expect(backup.workerSlug == "worker-\(number)")
    }
  }

  @Test("leaves the backups of other sessions, and files of other programs, alone")
  func others() throws {
    try home.make(directory: "\(home.sessions)/backups")
    let others = [
      "backups/import-2026-01-08-000000.1.json", "backups/hub-snapshot.1.json",
      "backups/import-2026-01-09-143022.json", "hub-snapshot.json", "localcluster-snapshot.json",
      "import-notes.json", "import-2026-01-09-143022.json.bak",
    ]
    for name in others { try home.put(Array(name.utf8), as: name) }
    var session = Sample.session(lock.id)
    for _ in 0..<12 { try save(&session) }
    for name in others { #expect(try home.bytes("\(home.sessions)/\(name)") == Array(name.utf8)) }
  }

  @Test("lets the pointer follow the session that was saved last")
  func pointer() throws {
    var first = Sample.session(lock.id)
    try save(&first)
    let other = try store.begin(at: Sample.time("2026-01-09T14:30:22Z"))
    #expect(other.id == "import-2026-01-09-143022-2")
    _ = other.save(SessionDocument(session: Sample.session(other.id)))
    #expect(home.link("import-latest.json") == "import-2026-01-09-143022-2.json")
    try save(&first)
    #expect(home.link("import-latest.json") == "import-2026-01-09-143022.json")
  }

  @Test("moves what stands in the pointer's place aside instead of destroying it")
  func foreignPointer() throws {
    try home.put(Array("{\"mine\": true}".utf8), as: "import-latest.json")
    var session = Sample.session(lock.id)
    try save(&session)
    #expect(home.link("import-latest.json") == "\(lock.id).json")
    #expect(home.names(in: "corrupt") == ["import-latest.1.json"])
    #expect(
      try home.bytes("\(home.sessions)/corrupt/import-latest.1.json")
        == Array("{\"mine\": true}".utf8))
  }

  @Test("replaces a symbolic link in the session's place, not the file behind it")
  func symbolicLink() throws {
    let victim = "\(home.path)/victim"
    try home.write(Array("precious".utf8), to: victim)
    symlink(victim, "\(home.sessions)/\(lock.id).json")
    symlink(victim, "\(home.sessions)/\(TemporaryName.make(for: lock.id))")
    var session = Sample.session(lock.id)
    // It is somebody else's, so it is put aside, and that is said.
    let result = lock.save(SessionDocument(session: session))
    guard case .saved(let generation, .some) = result else {
      Issue.record("\(result)")
      return
    }
    session.generation = generation
    #expect(try home.bytes(victim) == Array("precious".utf8))
    #expect(try onDisk("\(lock.id).json") == session)
  }

  @Test("is not hindered by what a killed save left behind")
  func leftovers() throws {
    // Killed while writing, and between the backup's link and the rename.
    let leftovers = [
      ".\(lock.id).tmp", ".\(lock.id).4711-1.tmp", TemporaryName.make(for: lock.id),
      "backups/.\(lock.id).1.json.4711-1.tmp",
    ]
    let others = [".import-2026-01-08-000000.4711-1.tmp", ".other.tmp"]
    try home.make(directory: "\(home.sessions)/backups")
    for name in leftovers + others { try home.put(Array("half".utf8), as: name) }
    var session = Sample.session(lock.id)
    try save(&session)
    link("\(home.sessions)/\(lock.id).json", "\(home.sessions)/backups/\(lock.id).1.json")
    try save(&session)
    #expect(session.generation == 2)
    #expect(try onDisk("\(lock.id).1.json", in: "backups").generation == 1)
    for name in leftovers { #expect(!home.exists("\(home.sessions)/\(name)"), "\(name)") }
    for name in others { #expect(home.exists("\(home.sessions)/\(name)"), "\(name)") }
  }

  @Test("is refused when somebody else saved meanwhile, and the losing state is kept")
  func conflict() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    var theirs = session
    theirs.generation = 5
    theirs.workerSlug = "theirs"
    try home.put(try Sample.bytes(theirs), as: "\(lock.id).json")

    session.workerSlug = "ours"
    let result = lock.save(SessionDocument(session: session))
    guard case .failed(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.isConflict)
    #expect(failure.sentence.contains("as generation 5, this one came from 1"))
    #expect(
      failure.sentence.contains("~/.confighub/sessions/conflicts/import-2026-01-09-143022.1.json"))
    #expect(try onDisk("\(lock.id).json") == theirs)
    #expect(home.names(in: "conflicts") == ["\(lock.id).1.json"])
    #expect(try onDisk("\(lock.id).1.json", in: "conflicts").workerSlug == "ours")
    #expect(home.mode("\(home.sessions)/conflicts/\(lock.id).1.json") == 0o600)
    #expect(home.mode("\(home.sessions)/conflicts") == 0o700)

    _ = lock.save(SessionDocument(session: session))
    #expect(home.names(in: "conflicts") == ["\(lock.id).1.json", "\(lock.id).2.json"])
  }

  @Test("is refused when the file is another session of the same name")
  func otherLineage() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    var other = session
    other.lineage = "11111111-2222-4333-8444-555555555555"
    try home.put(try Sample.bytes(other), as: "\(lock.id).json")
    guard case .failed(let failure) = lock.save(SessionDocument(session: session))
    else {
      Issue.record("saved")
      return
    }
    #expect(failure.isConflict)
  }

  @Test("of a state that is one save behind is no conflict if that save was ours")
  func ownSave() throws {
    let session = Sample.session(lock.id)
    let document = SessionDocument(session: session)
    #expect(lock.save(document) == .saved(generation: 1))
    #expect(lock.save(document) == .saved(generation: 2))
    #expect(try onDisk("\(lock.id).json").generation == 2)
  }

  @Test("goes on from a file without generation, as it was first printed")
  func printedSample() throws {
    try home.put(Array(Sample.printed.utf8), as: "\(lock.id).json")
    let found = try #require(try store.readAndRepair().found)
    #expect(lock.save(found.document) == .saved(generation: 1))
    #expect(
      try home.bytes("\(home.sessions)/backups/\(lock.id).0.json") == Array(Sample.printed.utf8))
  }

  @Test("moves an unreadable file aside and writes the better one")
  func unreadable() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    try home.put(Array("{".utf8), as: "\(lock.id).json")
    guard
      case .saved(2, let warning?) = lock.save(SessionDocument(session: session))
    else {
      Issue.record("not saved, or without a word")
      return
    }
    #expect(warning.hasPrefix("Somebody else damaged ~/.confighub/sessions/\(lock.id).json (it is"))
    #expect(home.names(in: "corrupt") == ["\(lock.id).1.json"])
    #expect(try onDisk("\(lock.id).json").generation == 2)
  }

  @Test("never rewrites the file of a later version")
  func laterVersion() throws {
    let later = Array(Sample.printed.replacing("\"1.0\"", with: "\"3.0\"").utf8)
    try home.put(later, as: "\(lock.id).json")
    let result = lock.save(SessionDocument(session: Sample.session(lock.id)))
    guard case .failed(let failure) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(failure.isConflict)
    #expect(failure.sentence.contains("a later version"))
    #expect(try home.bytes("\(home.sessions)/\(lock.id).json") == later)

    let document = try SessionCodec.decode(later, named: lock.id).document
    guard case .failed = lock.save(document) else {
      Issue.record("saved")
      return
    }
    #expect(try home.bytes("\(home.sessions)/\(lock.id).json") == later)
  }

  @Test("goes on when the whole directory was removed")
  func removedDirectory() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    try Files.remove("\(home.path)/.confighub")
    try save(&session)
    #expect(session.generation == 2)
    #expect(try onDisk("\(lock.id).json") == session)
    // The lock is there again as well, and ours.
    #expect(try store.holder(of: lock.id)?.pid == Int(getpid()))
  }

  @Test("is refused after the lock was given up, and with the lock of another session")
  func wrongLock() throws {
    let other = SessionDocument(session: Sample.session("import-2026-01-09-143023"))
    guard case .failed(let failure) = lock.save(other) else {
      Issue.record("saved")
      return
    }
    #expect(failure.sentence.contains("the lock is for \(lock.id)"))
    lock.release()
    let session = SessionDocument(session: Sample.session(lock.id))
    guard case .failed(let released) = lock.save(session) else {
      Issue.record("saved")
      return
    }
    #expect(released.sentence.contains("its lock was given up"))
  }

  @Test("that fails says which call, which file, why and what to do, and keeps the old file")
  func failure() throws {
    var session = Sample.session(lock.id)
    try save(&session)
    let before = try home.bytes("\(home.sessions)/\(lock.id).json")
    // A directory in the place of the temporary file cannot be unlinked.
    let temporary = TemporaryName.make(for: lock.id)
    try home.make(directory: "\(home.sessions)/\(temporary)")
    guard case .failed(let failure) = lock.save(SessionDocument(session: session))
    else {
      Issue.record("saved")
      return
    }
    #expect(
      failure.sentence == "The session is not saved: unlink of "
        + "~/.confighub/sessions/\(temporary) failed: Is a directory. "
        + "Something else is in its place: move it away.")
    #expect(failure.cause?.code == EISDIR)
    #expect(!failure.isConflict)
    #expect(try home.bytes("\(home.sessions)/\(lock.id).json") == before)
  }

  @Test("Saves from many threads at once all succeed, one after the other")
  func threads() async throws {
    let document = SessionDocument(session: Sample.session(lock.id))
    let generations = await withTaskGroup(of: Int?.self) { group in
      for _ in 0..<20 {
        group.addTask { [lock] in
          guard case .saved(let generation, _) = lock.save(document) else {
            return nil
          }
          return generation
        }
      }
      return await group.reduce(into: Set<Int?>()) { $0.insert($1) }
    }
    #expect(generations == Set((1...20).map { $0 }))
  }

  @Test("keeps only the counts of a scan that is too large for the file, and says so")
  func tooLarge() throws {
    var session = Sample.session(lock.id)
    let padding = String(repeating: "x", count: SessionCodec.sizeLimit / 10)
    session.scan = ScanResult(
      namespaces: [],
      workloads: (0..<11).map {
        Workload(
          key: WorkloadKey(kind: .job, namespace: "n", name: "job-\($0)"), apiVersion: "batch/v1",
          reason: padding)
      })
    let result = lock.save(SessionDocument(session: session))
    guard case .saved(1, let warning?) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(warning.contains("scan the cluster again"))
    let saved = try onDisk("\(lock.id).json")
    #expect(saved.scan?.workloads == [])
    #expect(saved.scan?.detected == 11)
    #expect(saved.scan?.owners == ["Native": 11])

    session.logs = [padding, String(repeating: padding, count: 10)]
    guard case .failed(let failure) = lock.save(SessionDocument(session: session))
    else {
      Issue.record("saved")
      return
    }
    #expect(failure.sentence.hasSuffix("Import fewer workloads at a time."))
    #expect(try onDisk("\(lock.id).json") == saved)
  }

  @Test("A last copy goes to a private directory elsewhere")
  func elsewhere() throws {
    try home.make(directory: "\(home.path)/tmp")
    var document = SessionDocument(session: Sample.session(lock.id))
    var paths: [String] = []
    for number in 1...2 {
      let path = try #require(store.saveElsewhere(document))
      #expect(path.hasPrefix("\(home.path)/tmp/map-import-\(geteuid())/"))
      #expect(path.hasSuffix("/\(lock.id).\(number).json"))
      #expect(home.mode(path) == 0o600)
      for directory in [1, 2].map({ path.split(separator: "/").dropLast($0) }) {
        #expect(home.mode("/" + directory.joined(separator: "/")) == 0o700)
      }
      #expect(try SessionCodec.decode(home.bytes(path), named: lock.id).trust == .sound)
      paths.append(path)
    }
    // The same run again.
    document.session.workerSlug = "later"
    #expect(store.saveElsewhere(document, replacing: paths[1]) == paths[1])
    let read = try paths.map { try SessionCodec.decode(home.bytes($0), named: lock.id).document }
    #expect(read.map(\.session.workerSlug) == [nil, "later"])
  }

  @Test("Last copies are put aside like others, for their own home alone")
  func listedElsewhere() throws {
    try home.make(directory: "\(home.path)/tmp")
    let document = SessionDocument(session: Sample.session(lock.id))
    #expect(lock.save(document) == .saved(generation: 1))
    lock.release()
    let path = try #require(store.saveElsewhere(document))
    let demo = FileStore(root: try home.root(isDemo: true), program: "test")
    #expect(try demo.conflicts().map(\.name) == [])
    let file = try #require(try store.conflicts().first)
    #expect(file.name == path && file.reason == "is a last copy of what could not be saved")
    let taken = try store.takeConflict(file, at: Timestamp(seconds: 0))
    #expect(taken.replaced == lock.id && taken.session.generation == 2)
    #expect(!home.exists(path))
    #expect(try store.conflicts().map(\.name) == [])
  }

  @Test("A last copy does not go through a directory that somebody prepared")
  func elsewherePrepared() throws {
    try home.make(directory: "\(home.path)/run")
    try home.make(directory: "\(home.path)/tmp")
    try home.make(directory: "\(home.path)/trap")
    symlink("\(home.path)/trap", "\(home.path)/run/map-import-\(geteuid())")
    let root = try #require(
      StateRoot(environment: [
        "HOME": home.path, "XDG_RUNTIME_DIR": "\(home.path)/run", "TMPDIR": "\(home.path)/tmp",
      ]))
    let store = FileStore(root: root, program: "test")
    let path = store.saveElsewhere(SessionDocument(session: Sample.session(lock.id)))
    #expect(path?.hasPrefix("\(home.path)/tmp/") == true)
    #expect(try Files.list("\(home.path)/trap").isEmpty)
  }
}
