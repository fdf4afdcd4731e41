import Documents
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

/// What was done to ConfigHub is known by several files: whichever state of a session is taken up,
/// nothing of it is forgotten.
@Suite("All that is known of what was done")
struct KnownOperationsTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private func created(_ count: Int) -> [Wizard.Operation] {
    (0..<count).map {
      Operation(id: "op-\($0)", kind: .createUnit, key: "s/u-\($0)", state: .done, result: .created)
    }
  }

  /// As it is saved by a run that tells its log.
  @discardableResult
  private func save(_ operations: [Wizard.Operation], isLogged: Bool = true) throws -> Session {
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    defer { lock.release() }
    var document =
      try store.resume(holding: lock).found?.document
      ?? SessionDocument(session: Sample.session(updated: now))
    document.session.proposal = Proposal(hub: "h", appSpace: "s", units: [])
    document.session.operations = OperationList(operations)
    if isLogged {
      let log = RunLog(root: try home.root(), sessionID: id) { now }
      var records = LogRecords()
      records.write(document.session, to: log)
    }
    document.session.generation = try lock.saveOrThrow(document)
    return document.session
  }

  private func current(_ id: String? = nil) throws -> Session {
    try #require(try store.read(id ?? self.id).found).document.session
  }

  private func putAside(_ session: Session) throws -> AsideFile {
    try home.make(directory: "\(home.sessions)/conflicts")
    try home.put(try Sample.bytes(session), as: "conflicts/\(id).1.json")
    return try #require(try store.conflicts().first)
  }

  @Test("A state that was put aside takes over what stands in parts")
  func parts() throws {
    let early = try save([], isLogged: false)
    try save(created(100), isLogged: false)
    let taken = try store.takeConflict(try putAside(early), at: now)
    #expect(taken.operationsKept == 100)
    #expect(try current().operations.count == 100)
  }

  @Test("An early state that is taken back knows from the logs what was made after it")
  func early() throws {
    let early = try save([])
    try save(created(3))
    let aside = try putAside(early)
    try Files.remove("\(home.sessions)/\(id).json")
    try Files.remove("\(home.sessions)/backups")
    let taken = try store.takeConflict(aside, at: now)
    #expect(taken.operationsKept == 3)
    #expect(try Array(current().operations) == created(3))
  }

  @Test("A state from before an undo knows from the logs that its units are gone")
  func undone() throws {
    let whole = try save(created(2))
    var session = whole
    for operation in created(2) {
      session.operations.append(
        Operation(id: "undo-\(operation.id)", kind: .deleteUnit, key: operation.key))
      session.recordRemoval(of: operation.key)
    }
    try save(Array(session.operations))
    let exported = try #require(try store.export(id, at: now))
    let aside = try putAside(whole)
    for name in ["\(id).json", "backups"] { try Files.remove("\(home.sessions)/\(name)") }
    _ = try store.takeConflict(aside, at: now)
    func states(_ id: String) throws -> [String] {
      try current(id).operations.map { "\($0.kind.rawValue) \($0.state)" }
    }
    let expected = [
      "unit.create skipped", "unit.create skipped", "unit.delete done", "unit.delete done",
    ]
    #expect(try states(id).sorted() == expected)
    _ = exported
  }

  @Test(
    "An export from before an undo, imported again, knows of it; one of another session does not")
  func imported() throws {
    try save(created(2))
    let exported = try #require(try store.export(id, at: now))
    var session = try current()
    for operation in created(2) {
      session.operations.append(
        Operation(id: "undo-\(operation.id)", kind: .deleteUnit, key: operation.key))
      session.recordRemoval(of: operation.key)
    }
    try save(Array(session.operations))
    let imported = try store.importSession(exported, at: now)
    #expect(imported.id == "\(id)-2")
    #expect(try current(imported.id).operations.filter { $0.state == .skipped }.count == 2)

    let there = try TemporaryHome()
    let other = try there.store()
    guard case .acquired(let lock) = try other.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    var stranger = Sample.session(updated: now)
    stranger.lineage = "11111111-2222-4333-8444-555555555555"
    stranger.operations = OperationList(created(9))
    _ = try lock.saveOrThrow(SessionDocument(session: stranger))
    lock.release()
    let alone = try other.importSession(exported, at: now)
    #expect(try other.read(alone.id).found?.document.session.operations.count == 2)
  }

  @Test(
    "A row of operations that cannot be read stops an export, and a restore has it from the logs")
  func row() throws {
    try save(created(100))
    try save(created(101))
    let part = try #require(home.names(in: "scans").first)
    try home.put(Array("{".utf8), as: "scans/\(part)")
    #expect(throws: StoreError.self) { try store.export(id, at: now) }
    let restored = try store.restore(id, generation: 1, at: now)
    #expect(restored.session.operations.count == 101)
    #expect(try current().operations.count == 101)
    #expect(try store.read(id).warnings == [])
    #expect(try store.export(id, at: now) != nil)
  }

  // MARK: What was taken out for a secret

  /// A label that looks like a secret, and others that do not.
  private func label() throws {
    var session = try save([])
    session.proposal = Proposal(
      hub: "h", appSpace: "s",
      units: [
        UnitPlan(
          id: WorkloadKey(kind: .deployment, namespace: "a", name: "api"), slug: "api",
          labels: ["api-token": "v1", "tier": "web"], members: [])
      ])
    session.operations = OperationList(created(1))
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    defer { lock.release() }
    var document = SessionDocument(session: session)
    LogRecordsOnce.write(session, to: RunLog(root: try home.root(), sessionID: id) { now })
    document.session.generation = try lock.saveOrThrow(document)
  }

  private enum LogRecordsOnce {
    static func write(_ session: Session, to log: RunLog) {
      var records = LogRecords()
      records.write(session, to: log)
    }
  }

  @Test("is never taken for a label of a unit that is imported")
  func importedLabel() throws {
    try label()
    let exported = try #require(try store.export(id, at: now))
    let imported = try store.importSession(exported, at: now)
    #expect(try current(imported.id).proposal?.units.first?.labels == ["tier": "web"])
  }

  @Test("is never taken for one that the log tells")
  func loggedLabel() throws {
    try label()
    try Files.remove(home.sessions)
    _ = try store.rebuild(id, at: now)
    #expect(try current().proposal?.units.first?.labels == ["tier": "web"])
  }
}
