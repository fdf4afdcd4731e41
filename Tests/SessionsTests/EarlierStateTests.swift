import Documents
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

/// A person copies a backup over the session's file: what was done after it is known all the same.
@Suite("An earlier state in the place of the latest")
struct EarlierStateTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private var file: String { "\(home.sessions)/\(id).json" }

  private func backup(_ generation: Int) -> String {
    "\(home.sessions)/backups/\(id).\(generation).json"
  }

  private func created(_ count: Int) -> [Wizard.Operation] {
    (0..<count).map {
      Operation(id: "op-\($0)", kind: .createUnit, key: "s/u-\($0)", state: .done, result: .created)
    }
  }

  private func lock() throws -> SessionLock {
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    return lock
  }

  /// A run that saves a generation for each number of units.
  private func run(_ counts: [Int], isLogged: Bool = true) throws {
    let lock = try lock()
    defer { lock.release() }
    let time = now
    let log = try isLogged ? RunLog(root: home.root(), sessionID: id) { time } : nil
    var records = LogRecords()
    var document =
      try store.resume(holding: lock).found?.document
      ?? SessionDocument(session: Sample.session(updated: now))
    document.session.proposal = Proposal(hub: "h", appSpace: "s", units: [])
    document.session.logFile = log?.displayPath ?? document.session.logFile
    for count in counts {
      document.session.operations = OperationList(created(count))
      document.session.generation = try lock.saveOrThrow(document)
      guard let log else { continue }
      records.write(document.session, to: log)
      log.write(savedGeneration: document.session.generation, "connect_creating")
    }
  }

  private func resumed() throws -> (document: SessionDocument, warnings: [String], SessionLock) {
    let lock = try lock()
    let result = try store.resume(holding: lock)
    return (try #require(result.found).document, result.warnings, lock)
  }

  @Test(
    "What was done after it is known from the backups and the logs, from either, and is said",
    arguments: [(true, true), (true, false), (false, true)])
  func copied(keepsBackups: Bool, isLogged: Bool) throws {
    try run([0, 1, 2, 3, 3], isLogged: isLogged)
    let old = try home.bytes(backup(2))
    try home.write(old, to: file)
    if !keepsBackups { try Files.remove("\(home.sessions)/backups") }
    let (document, warnings, lock) = try resumed()
    #expect(Array(document.session.operations) == created(3))
    #expect(
      warnings == [
        "~/.confighub/sessions/\(id).json is an earlier state of the session, generation 2 of at "
          + "least 5: what was chosen after it is not in it; 2 changes to ConfigHub that it "
          + "did not know, or not as well, are taken over from the backups and the logs."
      ])
    #expect(try home.bytes(file) == old, "to open it writes nothing")
    if isLogged { #expect(document.session.logs.count == 1) }

    let kept = try (keepsBackups ? [1, 2, 3, 4] : []).map { try home.bytes(backup($0)) }
    #expect(lock.save(document) == .saved(generation: 6))
    #expect(try kept == (keepsBackups ? [1, 2, 3, 4] : []).map { try home.bytes(backup($0)) })
    #expect(try store.read(id).found?.document.session.operations.count == 3)
    lock.release()
    let (_, again, _) = try resumed()
    #expect(again == [])
  }

  @Test("It gets no name, which would make it the latest; exported, it has what is known")
  func others() throws {
    try run([0, 1, 2, 3], isLogged: true)
    let old = try home.bytes(backup(1))
    try home.write(old, to: file)
    let error = #expect(throws: StoreError.self) { try store.rename(id, to: "a name", at: now) }
    #expect(error?.sentence.contains("generation 1 of at least 4") == true)
    #expect(try home.bytes(file) == old)
    var told: [String] = []
    let bytes = try #require(try store.export(id, at: now) { told.append($0) })
    #expect(told.contains { $0.contains("is an earlier state of the session") }, "\(told)")
    let (document, _) = try PortableSession.decode(bytes)
    #expect(Array(document.session.operations) == created(3))
  }

  @Test("Whoever only looks is told by the names of the backups alone, and so is the doctor")
  func told() throws {
    try run([0, 1, 2, 3])
    #expect(try store.examine(repairing: false, at: now) == [])
    #expect(!(try store.status(id, at: now).text.contains("Warning")))
    try home.write(home.bytes(backup(1)), to: file)
    try Files.remove(home.logs)
    let sentence = "is an earlier state of the session, generation 1 of at least 4"
    #expect(try store.status(id, at: now).text.contains("\(id).json \(sentence)."))
    let findings = try store.examine(repairing: false, at: now)
    #expect(findings.map(\.problem) == [sentence])
    #expect(findings.first?.advice.contains("--resume \(id)") == true)
  }

  @Test("A look takes it over, too, and writes nothing")
  func look() throws {
    try run([0, 1, 2, 3])
    try home.write(home.bytes(backup(1)), to: file)
    let before = try home.snapshot()
    let result = try store.readToLook(id)
    #expect(result.found?.document.session.operations.count == 3)
    #expect(result.warnings.count == 1)
    #expect(try home.snapshot() == before)
  }

  @Test("The backup of a session that was edited by hand takes over what came after it")
  func taken() throws {
    try run([0, 1, 2])
    try home.write(Array("{}".utf8), to: backup(2))
    let lock = try lock()
    let result = try #require(try store.takeBackup(holding: lock))
    #expect(result.found?.origin == .backup(generation: 1))
    #expect(result.found?.document.session.operations.count == 2)
    #expect(result.warnings.count == 1)
  }

  @Test("A run that was killed before its first save does not hide what the one before it saved")
  func killed() throws {
    try run([0, 1, 2])
    try home.write(home.bytes(backup(1)), to: file)
    try Files.remove("\(home.sessions)/backups")
    let time = now
    _ = try RunLog(root: home.root(), sessionID: id) { time }
    _ = try RunLog(root: home.root(), sessionID: "import-2026-01-09-000000") { time }
    #expect(try resumed().document.session.operations.count == 2)
  }

  @Test("Nothing is read of the logs of the latest state but their ends")
  func cheap() throws {
    try run([0, 1, 2])
    let name = try #require(try Files.list(home.logs).first)
    let path = "\(home.logs)/\(name)"
    // Only who reads all of the log can know of this one.
    let text = String(decoding: try home.bytes(path), as: UTF8.self).replacing("u-1", with: "u-9")
    try home.write(Array(text.utf8), to: path)
    let (document, warnings, lock) = try resumed()
    #expect(Array(document.session.operations) == created(2))
    #expect(warnings == [])
    lock.release()
    try home.write(home.bytes(backup(2)), to: file)
    #expect(try resumed().document.session.operations.map(\.slug) == ["u-0", "u-9"])
  }

  @Test("However much a run says after its last save, the generation is found")
  func longEnd() throws {
    try run([0, 1, 2])
    try home.write(home.bytes(backup(1)), to: file)
    try Files.remove("\(home.sessions)/backups")
    let name = try #require(try Files.list(home.logs).first)
    let line = "2026-01-20T12:00:00Z \(id) cub worker list\n"
    let bytes = try home.bytes("\(home.logs)/\(name)")
    try home.write(
      bytes + Array(String(repeating: line, count: 9000).utf8), to: "\(home.logs)/\(name)")
    #expect(try resumed().document.session.operations.count == 2)
  }
}
