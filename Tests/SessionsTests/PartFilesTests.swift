import Documents
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

/// The scan of a session as a file of its own, on the disk.
@Suite("Files in scans")
struct PartFilesTests {
  private let home: TemporaryHome
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private var file: String { "\(home.sessions)/\(id).json" }

  private static func scan(_ name: String, count: Int = 3) -> ScanResult {
    ScanResult(
      namespaces: ["a"],
      workloads: (0..<count).map {
        Workload(
          key: WorkloadKey(kind: .deployment, namespace: "a", name: "\(name)-\($0)"),
          apiVersion: "apps/v1")
      })
  }

  private func open(_ retention: Retention = Retention()) throws -> (FileStore, SessionLock) {
    let store = try home.store(retention)
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    return (store, lock)
  }

  /// Saves a session with a scan of that name for each; answers with the last.
  @discardableResult
  private func save(_ scans: [String], _ retention: Retention = Retention()) throws -> Session {
    let (_, lock) = try open(retention)
    defer { lock.release() }
    var document = SessionDocument(session: Sample.session(updated: now))
    for name in scans {
      if document.session.scan?.workloads.first?.key.name != "\(name)-0" {
        document.session.scan = Self.scan(name)
      }
      document.session.workerSlug = name
      document.session.generation = try lock.saveOrThrow(document)
    }
    return document.session
  }

  @Test("A scan is written once, for its owner alone, under the digest of what is in it")
  func once() throws {
    let session = try save(["a"])
    let names = home.names(in: "scans")
    #expect(names.count == 1)
    let path = "\(home.sessions)/scans/\(try #require(names.first))"
    let bytes = try home.bytes(path)
    #expect(names == ["\(id).\(SHA256.hex(of: bytes)).json"])
    #expect(home.mode(path) == 0o600)
    #expect(home.mode("\(home.sessions)/scans") == 0o700)
    #expect(try home.bytes(file).firstRange(of: Array("a-1".utf8)) == nil)

    let (store, lock) = try open()
    defer { lock.release() }
    let inode = home.status(path)?.st_ino
    var document = try #require(try store.read(id).found).document
    #expect(document.session == session)
    document.session.workerSlug = "dev"
    _ = try lock.saveOrThrow(document)
    #expect(home.names(in: "scans") == names)
    #expect(home.status(path)?.st_ino == inode)
  }

  @Test(
    "A scan that is missing, cut, another one or not to be read is told, and the session goes on",
    arguments: ["gone", "cut", "other", "link", "directory"])
  func damaged(how: String) throws {
    let session = try save(["a"])
    let name = try #require(home.names(in: "scans").first)
    let path = "\(home.sessions)/scans/\(name)"
    let bytes = try home.bytes(path)
    try Files.remove(path)
    switch how {
    case "cut": try home.write(Array(bytes.dropLast(3)), to: path)
    case "other":
      let text = String(decoding: bytes, as: UTF8.self).replacing("a-1", with: "b-1")
      try home.write(Array(text.utf8), to: path)
    case "link":
      try home.write(bytes, to: "\(home.path)/elsewhere")
      try Files.link(path, to: "\(home.path)/elsewhere")
    case "directory": try home.make(directory: path)
    default: break
    }
    let result = try home.store().read()
    let found = try #require(result.found)
    #expect(result.warnings.count == 1)
    #expect(
      result.warnings.first?.hasPrefix(
        "The workloads that the scan found cannot be read: "
          + "~/.confighub/sessions/scans/\(name)") == true
        || result.warnings.first?.contains("the content of") == true)
    #expect(found.document.session.scan?.workloads == [])
    #expect(found.document.session.scan?.detected == 3)
    #expect(found.document.session.workerSlug == session.workerSlug)
    #expect(found.trust == .sound && result.repairs == [])
    // A look does not need it.
    #expect(try home.store().list().first?.header == SessionHeader(session))
    let findings = try home.store().examine(repairing: false, at: now)
    #expect(findings.isEmpty == false)

    // It can be saved, and then nothing is missing any more.
    let (_, lock) = try open()
    _ = try lock.saveOrThrow(found.document)
    lock.release()
    #expect(try home.store().read().warnings == [])
  }

  @Test("A scan that somebody removes under an open session is written again")
  func removed() throws {
    let (store, lock) = try open()
    defer { lock.release() }
    var document = SessionDocument(session: Sample.session(updated: now))
    document.session.scan = Self.scan("a")
    document.session.generation = try lock.saveOrThrow(document)
    let names = home.names(in: "scans")
    try Files.remove("\(home.sessions)/scans")
    document.session.generation = try lock.saveOrThrow(document)
    #expect(home.names(in: "scans") == names)
    #expect(try store.read().found?.document.session == document.session)
  }

  @Test(
    "A part that is removed under an open session is written again, however long nothing changed",
    arguments: [false, true])
  func oneRemoved(isLongAfter: Bool) throws {
    let (store, lock) = try open()
    defer { lock.release() }
    var document = SessionDocument(session: try SessionPartTests.large(300))
    document.session.id = id
    document.session.generation = try lock.saveOrThrow(document)
    let scans = try #require(try home.store().existing()?.existing(.scans))
    let names = home.names(in: "scans")
    #expect(names.count > 3)
    for name in names {
      if isLongAfter {
        while try !scans.status().wouldShowAChange {}
        document.session.generation = try lock.saveOrThrow(document)
      }
      try Files.remove("\(home.sessions)/scans/\(name)")
      document.session.generation = try lock.saveOrThrow(document)
      #expect(home.names(in: "scans") == names)
    }
    #expect(try store.read().found?.document.session == document.session)
  }

  @Test("Only scans that no generation names are removed")
  func pruned() throws {
    try save(["a", "a", "b", "b", "c", "d"], Retention(backups: 3))
    // The session has d; generations 5, 4 and 3 have c, b and b.
    #expect(home.names(in: "backups").count == 3)
    #expect(home.names(in: "scans").count == 3)
    for (generation, name) in [(3, "b"), (4, "b"), (5, "c")] {
      let (document, _) = try SessionCodec.decode(
        home.bytes("\(home.sessions)/backups/\(id).\(generation).json"), named: id)
      let sessions = try #require(try home.store().existing())
      let (whole, warnings) = try SessionSearch.complete(document, in: sessions)
      #expect(warnings == [])
      #expect(whole.session.scan?.workloads.first?.key.name == "\(name)-0")
    }
    let restored = try home.store(Retention(backups: 3)).restore(id, generation: 3, at: now)
    #expect(restored.session.scan?.workloads.first?.key.name == "b-0")
    #expect(try home.store().read().warnings == [])
  }

  @Test("While a backup cannot be read, every scan is kept")
  func unreadableBackup() throws {
    try save(["a", "b"], Retention(backups: 2))
    try home.write(Array("{".utf8), to: "\(home.sessions)/backups/\(id).1.json")
    let (store, lock) = try open(Retention(backups: 2))
    defer { lock.release() }
    var document = try #require(try store.read(id).found).document
    document.session.scan = Self.scan("c")
    document.session.generation = try lock.saveOrThrow(document)
    #expect(home.names(in: "scans").count == 3)
    // The bad backup goes with its time.
    document.session.generation = try lock.saveOrThrow(document)
    #expect(home.names(in: "backups").count == 2)
    #expect(home.names(in: "scans").count == 2)
  }

  @Test("What a killed save left in scans is removed by the next one")
  func strays() throws {
    try save(["a"])
    let stray = "\(id).\(String(repeating: "0", count: 64)).json"
    try home.write([], to: "\(home.sessions)/scans/\(stray)")
    try home.write([], to: "\(home.sessions)/scans/.\(id).4711-1.tmp")
    let other = "import-2026-01-01-000000.\(String(repeating: "0", count: 64)).json"
    try home.write([], to: "\(home.sessions)/scans/\(other)")
    let (store, lock) = try open()
    let document = try #require(try store.read(id).found).document
    _ = try lock.saveOrThrow(document)
    lock.release()
    #expect(home.names(in: "scans").contains(stray) == false)
    #expect(home.names(in: "scans").count == 2)
    // That of a session that is gone is the doctor's.
    let findings = try store.examine(repairing: true, at: now)
    #expect(findings.map(\.problem).contains("is a part of a session that is gone"))
    #expect(home.names(in: "scans").count == 1)
  }

  @Test("Deleting a session deletes its scans, and no other's")
  func deleted() throws {
    try save(["a", "b"])
    let other = "import-2026-01-01-000000.\(String(repeating: "0", count: 64)).json"
    try home.write([], to: "\(home.sessions)/scans/\(other)")
    try home.store().delete(id, at: now)
    #expect(home.names(in: "scans") == [other])
  }

  @Test("An export is one file with everything, and an import takes it apart again")
  func exported() throws {
    let session = try save(["a"])
    let bytes = try #require(try home.store().export(id, at: now))
    #expect(try JSONValue(parsing: bytes)["session", "scan_result", "workloads"]?.array?.count == 3)
    let there = try TemporaryHome()
    let imported = try there.store().importSession(bytes, at: now)
    #expect(there.names(in: "scans").count == 1)
    #expect(
      try there.store().read(imported.id).found?.document.session.scan == session.scan)
  }
}
