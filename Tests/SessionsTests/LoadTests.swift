import Documents
import Glibc
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("Loading")
struct LoadTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
  }

  /// Saves a session that many times.
  private func make(_ id: String, saves: Int = 1, updated: String) throws {
    var session = Sample.session(id, updated: try Sample.time(updated))
    guard case .acquired(let lock) = try store.acquire(id, at: session.updatedAt) else {
      Issue.record("the lock is held")
      return
    }
    for number in 1...saves {
      session.workerSlug = "worker-\(number)"
      guard
        case .saved(let generation, _) = lock.save(
          SessionDocument(session: session))
      else {
        Issue.record("not saved")
        return
      }
      session.generation = generation
    }
  }

  private func path(_ name: String) -> String { "\(home.sessions)/\(name)" }

  @Test("Nothing is found where nothing was ever saved, and nothing is made")
  func nothing() throws {
    for repairing in [false, true] {
      let result = try repairing ? store.readAndRepair() : store.read()
      #expect(result.found == nil)
      #expect(result.warnings == [])
      #expect(!home.exists("\(home.path)/.confighub"))
    }
  }

  @Test("The latest session is the one that was saved last")
  func latest() throws {
    try make("import-2026-01-09-143023", updated: "2026-01-11T00:00:00Z")
    try make(id, saves: 3, updated: "2026-01-10T00:00:00Z")
    let result = try store.read()
    let found = try #require(result.found)
    #expect(result.warnings == [])
    #expect(found.origin == .latest)
    #expect(found.trust == .sound)
    #expect(found.path == "~/.confighub/sessions/\(id).json")
    #expect(found.document.session.id == id)
    #expect(found.document.session.generation == 3)
  }

  @Test("A session is found by its id, and an unknown or a hostile id is not")
  func named() throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    try make("import-2026-01-09-143023", updated: "2026-01-11T00:00:00Z")
    #expect(try store.readAndRepair(id).found?.origin == .named)
    #expect(try store.readAndRepair(id).found?.document.session.id == id)
    for other in ["import-2026-01-01-000000", "latest", "import-latest", "", "../\(id)", "/\(id)"] {
      #expect(try store.readAndRepair(other).found == nil)
    }
  }

  @Test("A file with the bare name in the pointer's place works as a link does")
  func pointerFile() throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    try make("import-2026-01-09-143023", updated: "2026-01-11T00:00:00Z")
    try Files.remove(path("import-latest.json"))
    try home.put(Array("\(id).json\n".utf8), as: "import-latest.json")
    let result = try store.read()
    #expect(result.found?.origin == .latest)
    #expect(result.found?.document.session.id == id)
  }

  enum Damage: String, CaseIterable {
    case empty, zeros, cut, notJSON, notUTF8, wrongType, tooLarge, directory, fifo, link, missing
  }

  private func damage(_ name: String, _ damage: Damage) throws {
    let bytes = try home.bytes(path(name))
    try Files.remove(path(name))
    switch damage {
    case .empty: try home.put([], as: name)
    case .zeros: try home.put(Array(repeating: 0, count: bytes.count), as: name)
    case .cut: try home.put(Array(bytes.prefix(bytes.count / 2)), as: name)
    case .notJSON: try home.put(Array("hello".utf8), as: name)
    case .notUTF8: try home.put(bytes.map { $0 == UInt8(ascii: "k") ? 0xff : $0 }, as: name)
    case .wrongType: try home.put(Array("{\"version\":\"1.0\",\"type\":\"x\"}".utf8), as: name)
    case .tooLarge:
      try home.put(bytes + Array(repeating: 0x20, count: SessionCodec.sizeLimit), as: name)
    case .directory: try home.make(directory: path(name))
    case .fifo: mkfifo(path(name), 0o600)
    case .link: symlink("backups/\(id).1.json", path(name))
    case .missing: break
    }
  }

  @Test("A damaged session comes back from its newest backup", arguments: Damage.allCases)
  func backup(kind: Damage) throws {
    try make(id, saves: 4, updated: "2026-01-10T12:30:00Z")
    try damage("\(id).json", kind)
    let before = try home.snapshot()

    let looked = try store.read()
    #expect(looked.found?.origin == .backup(generation: 3))
    #expect(try home.snapshot() == before)

    let result = try store.readAndRepair()
    let found = try #require(result.found)
    #expect(found.origin == .backup(generation: 3))
    #expect(found.path == "~/.confighub/sessions/backups/\(id).3.json")
    #expect(found.document.session.workerSlug == "worker-3")
    #expect(result.warnings.last?.contains("backup of 2026-01-10 12:30 UTC (generation 3)") == true)
    if kind == .missing {
      #expect(result.warnings.count == 1)
    } else {
      #expect(
        result.warnings.first?.hasPrefix("~/.confighub/sessions/\(id).json cannot be used: it")
          == true)
      #expect(home.names(in: "corrupt") == ["\(id).1.json"])
    }

    // The backup has taken the session's place, and work goes on from there.
    #expect(try store.read().found?.origin == .latest)
    guard case .acquired(let lock) = try store.acquire(id, at: Timestamp(seconds: 0)) else {
      Issue.record("the lock is held")
      return
    }
    #expect(lock.save(found.document) == .saved(generation: 4))
  }

  @Test("Damaged backups are passed over")
  func damagedBackups() throws {
    try make(id, saves: 5, updated: "2026-01-10T00:00:00Z")
    for name in ["\(id).json", "backups/\(id).4.json", "backups/\(id).3.json"] {
      try home.put(Array("{".utf8), as: name)
    }
    let result = try store.readAndRepair()
    #expect(result.found?.origin == .backup(generation: 2))
    #expect(result.found?.document.session.workerSlug == "worker-2")
  }

  @Test("Without a backup, the next session by age is taken")
  func otherSession() throws {
    let other = "import-2026-01-08-091544"
    try make("import-2026-01-12-000000", updated: "2026-01-07T00:00:00Z")
    try make(other, updated: "2026-01-11T00:00:00Z")
    try make("import-2026-01-11-000000", updated: "2026-01-06T00:00:00Z")
    try make(id, updated: "2026-01-10T00:00:00Z")
    try home.put(Array("{".utf8), as: "\(id).json")

    let result = try store.readAndRepair()
    #expect(result.found?.origin == .otherSession)
    #expect(result.found?.document.session.id == other)
    #expect(
      result.warnings == [
        "~/.confighub/sessions/\(id).json cannot be used: it is not JSON.",
        "The session \(other) was taken instead.",
      ])
    #expect(home.names(in: "corrupt") == ["\(id).1.json"])
  }

  @Test("Without anything usable there is none, and what was there is kept")
  func none() throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    try home.put(Array("{".utf8), as: "\(id).json")
    let result = try store.readAndRepair()
    #expect(result.found == nil)
    #expect(result.warnings.count == 1)
    #expect(try home.bytes(path("corrupt/\(id).1.json")) == Array("{".utf8))

    try home.put(Array("[".utf8), as: "\(id).json")
    _ = try store.readAndRepair()
    #expect(home.names(in: "corrupt") == ["\(id).1.json", "\(id).2.json"])
  }

  @Test("Nothing is moved from under somebody who has the session open")
  func locked() throws {
    try make(id, saves: 2, updated: "2026-01-10T00:00:00Z")
    try home.put(Array("{".utf8), as: "\(id).json")
    let other = try OtherProcess(holding: path("\(id).lock"))
    defer { other.leave() }
    let before = try home.snapshot()
    #expect(try store.readAndRepair().found?.origin == .backup(generation: 1))
    #expect(try home.snapshot() == before)
  }

  @Test(
    "A session that somebody else owns is not used and not moved",
    .enabled(if: geteuid() == 0, "only root can give a file to somebody else"))
  func foreign() throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    chown(path("\(id).json"), 4711, 4711)
    let result = try store.readAndRepair()
    #expect(result.found == nil)
    #expect(result.warnings.first?.contains("belongs to user 4711") == true)
    #expect(home.names(in: "corrupt") == [])
    #expect(home.exists(path("\(id).json")))
  }

  @Test("A file of a later version is shown and left alone")
  func laterVersion() throws {
    try make(id, saves: 2, updated: "2026-01-10T00:00:00Z")
    let text = String(decoding: try home.bytes(path("\(id).json")), as: UTF8.self)
    let later = text.replacing("\"version\": \"1.0\"", with: "\"version\": \"2.0\"")
    try home.put(Array(later.utf8), as: "\(id).json")
    #expect(try store.readAndRepair().found?.trust == .newer(version: "2.0"))

    let strange = later.replacing("\"step\": \"scan_choosing\"", with: "\"step\": \"dance\"")
    #expect(strange != later)
    try home.put(Array(strange.utf8), as: "\(id).json")
    let result = try store.readAndRepair()
    #expect(result.found == nil)
    #expect(result.warnings.first?.contains("dance is not one of the steps") == true)
    #expect(try home.bytes(path("\(id).json")) == Array(strange.utf8))
  }

  @Test("A file edited by hand is offered together with its backup, and either can be taken")
  func editedByHand() throws {
    try make(id, saves: 3, updated: "2026-01-10T00:00:00Z")
    let text = String(decoding: try home.bytes(path("\(id).json")), as: UTF8.self)
    let edited = Array(text.replacing("worker-3", with: "worker-x").utf8)
    try home.put(edited, as: "\(id).json")

    let found = try #require(try store.readAndRepair().found)
    #expect(found.trust == .editedByHand)
    #expect(found.origin == .latest)
    #expect(found.document.session.workerSlug == "worker-x")
    #expect(found.backup?.session.workerSlug == "worker-2")
    #expect(try home.bytes(path("\(id).json")) == edited)

    guard case .acquired(let lock) = try store.acquire(id, at: Timestamp(seconds: 0)) else {
      Issue.record("the lock is held")
      return
    }
    let backup = try #require(try store.takeBackup(holding: lock)?.found)
    #expect(backup.document.session.workerSlug == "worker-2")
    #expect(try home.bytes(path("conflicts/\(id).1.json")) == edited)
    #expect(lock.save(backup.document) == .saved(generation: 3))
    #expect(try store.read().found?.trust == .sound)
  }

  @Test("Taking an edited file keeps it in the backups")
  func takeEdited() throws {
    try make(id, saves: 2, updated: "2026-01-10T00:00:00Z")
    let text = String(decoding: try home.bytes(path("\(id).json")), as: UTF8.self)
    let edited = Array(text.replacing("worker-2", with: "worker-x").utf8)
    try home.put(edited, as: "\(id).json")
    guard case .acquired(let lock) = try store.acquire(id, at: Timestamp(seconds: 0)) else {
      Issue.record("the lock is held")
      return
    }
    let found = try #require(try store.resume(holding: lock).found)
    #expect(lock.save(found.document) == .saved(generation: 3))
    #expect(try home.bytes(path("backups/\(id).2.json")) == edited)
  }

  @Test(
    "A pointer to anything but a session of ours is not followed",
    arguments: [
      "../../etc/passwd", "/etc/passwd", "/dev/zero", "../sessions/import-2026-01-09-143022.json",
      "import-latest.json", "hub-snapshot.json", "import-2026-01-09-143022.lock",
      "import-2026-01-09-143022.json\n", "import-2026-01-09-143022.json\nx", "\u{1b}[2J",
      "backups/import-2026-01-09-143022.1.json", String(repeating: "x", count: 300),
    ], [false, true])
  func hostilePointer(target: String, isFile: Bool) throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    try Files.remove(path("import-latest.json"))
    if isFile {
      // A name and a newline is what a pointer without links looks like.
      guard target != "\(id).json\n" else { return }
      try home.put(Array(target.utf8), as: "import-latest.json")
    } else {
      symlink(target, path("import-latest.json"))
    }
    let result = try store.readAndRepair()
    #expect(result.found?.origin == .otherSession)
    #expect(result.found?.document.session.id == id)
    #expect(result.warnings.count == 1)
    #expect(result.warnings.first?.contains("was not used") == true)
    #expect((result.warnings.first ?? "").count < 250)
  }

  @Test("A pointer that is a FIFO, a directory or a device is not waited for", arguments: 0..<3)
  func strangePointer(kind: Int) throws {
    try make(id, updated: "2026-01-10T00:00:00Z")
    try Files.remove(path("import-latest.json"))
    switch kind {
    case 0: mkfifo(path("import-latest.json"), 0o600)
    case 1: try home.make(directory: path("import-latest.json"))
    default: mknod(path("import-latest.json"), S_IFCHR | 0o600, makedev(1, 5))
    }
    #expect(try store.readAndRepair().found?.document.session.id == id)
  }

  /// /dev/zero's number; makedev(3) is a macro.
  private func makedev(_ major: dev_t, _ minor: dev_t) -> dev_t { major << 8 | minor }

  @Test("A pointer to a session that is gone is passed over")
  func danglingPointer() throws {
    try make("import-2026-01-08-091544", updated: "2026-01-11T00:00:00Z")
    try make(id, updated: "2026-01-10T00:00:00Z")
    try Files.remove(path("\(id).json"))
    let result = try store.readAndRepair()
    #expect(result.found?.document.session.id == "import-2026-01-08-091544")
    #expect(result.warnings.first?.contains("points to \(id), which is not there") == true)
  }

  @Test(
    "Names that are not of our pattern are neither read nor moved",
    arguments: [
      "import-2026-01-09-143022.json.json", "import-2026-1-9-143022.json", "import-.json",
      "import-2026-01-09-143022-1.json", "import-2026-01-09-143022-01.json",
      "import-2026-01-09-143022-.json", "import-2026-01-09-143022-10000.json",
      "IMPORT-2026-01-09-143022.json", " import-2026-01-09-143022.json",
      "import-2026-01-09-143022.json ", "import-２026-01-09-143022.json", "hub-snapshot.json",
      "import-2026-01-09-143022\n.json", "xport-2026-01-09-143022.json",
      "import-2026-01-09-143022.1.json",
    ])
  func otherNames(name: String) throws {
    try home.makeSessions()
    try home.put(Array("{".utf8), as: name)
    let before = try home.snapshot()
    let result = try store.readAndRepair()
    #expect(result.found == nil)
    #expect(result.warnings == [])
    #expect(try store.list().isEmpty)
    #expect(try home.snapshot() == before)
  }
}
