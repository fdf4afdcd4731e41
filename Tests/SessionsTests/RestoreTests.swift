import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("Bringing sessions back")
struct RestoreTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private func operation(
    _ number: Int, _ state: Wizard.Operation.State
  ) -> Wizard.Operation {
    Operation(
      id: "op-000\(number)", kind: .createUnit, key: "payment-team/unit-\(number)", state: state)
  }

  /// Four generations: no operation, an intent, it done, a second one as well.
  private func make() throws {
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    var session = Sample.session(id, updated: now)
    let states = [
      [], [operation(1, .intent)], [operation(1, .done)],
      [operation(1, .done), operation(2, .done)],
    ]
    for (generation, operations) in states.enumerated() {
      session.generation = generation
      session.operations = OperationList(operations)
      session.cluster.context = "context-\(generation + 1)"
      #expect(
        lock.save(SessionDocument(session: session))
          == .saved(generation: generation + 1))
    }
    lock.release()
  }

  private var file: String { "\(home.sessions)/\(id).json" }

  private func current() throws -> Session {
    try #require(try store.read(id).found).document.session
  }

  @Test("An earlier generation becomes the next one; the current one stays in the backups")
  func generation() throws {
    try make()
    let before = try home.bytes(file)
    let restored = try store.restore(id, generation: 2, at: now)
    #expect(restored.origin == .backup(generation: 2))
    let session = try current()
    #expect(session.generation == 5)
    #expect(session.cluster.context == "context-2")
    #expect(try home.bytes("\(home.sessions)/backups/\(id).4.json") == before)
    #expect(try store.backups(of: id).map(\.generation) == [4, 3, 2, 1])
  }

  @Test("What was done to ConfigHub stays recorded, however far back one goes")
  func operationsStay() throws {
    try make()
    let restored = try store.restore(id, generation: 1, at: now)
    #expect(restored.operationsKept == 2)
    #expect(try current().operations == [operation(1, .done), operation(2, .done)])
  }

  @Test("A damaged file makes way for its newest backup, and the log tells what came after")
  func damaged() throws {
    try make()
    let log = RunLog(root: try home.root(), sessionID: id) { now }
    log.write(operation(2, .done))
    try home.put(Array("{".utf8), as: "\(id).json")
    let restored = try store.restore(id, generation: nil, at: now)
    #expect(restored.origin == .backup(generation: 3))
    #expect(restored.operationsKept == 1)
    #expect(try current().operations == [operation(1, .done), operation(2, .done)])
    #expect(try home.bytes("\(home.sessions)/corrupt/\(id).1.json") == Array("{".utf8))
  }

  @Test("A removal that is known beats what an earlier run's log tells of the creation")
  func removed() throws {
    try make()
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    var document = try #require(try store.resume(holding: lock).found).document
    let log = RunLog(root: try home.root(), sessionID: id) { now }
    var records = LogRecords()
    records.write(document.session, to: log)
    for key in document.session.operations.map(\.key) {
      document.session.operations.append(
        Operation(id: "undo-\(key)", kind: .deleteUnit, key: key))
      document.session.recordRemoval(of: key)
    }
    for _ in 0..<2 {
      document.session.generation = try lock.saveOrThrow(document)
    }
    lock.release()
    try home.put([], as: "\(id).json")
    _ = try store.restore(id, generation: nil, at: now)
    #expect(try current().operations == document.session.operations)
  }

  @Test("A removal that only the log knows beats what a backup tells of the creation")
  func removedByLog() throws {
    try make()
    var session = try current()
    session.operations.append(
      Operation(id: "undo-3", kind: .deleteUnit, key: "payment-team/unit-1"))
    session.recordRemoval(of: "payment-team/unit-1")
    var records = LogRecords()
    records.write(session, to: RunLog(root: try home.root(), sessionID: id) { now })
    try home.put([], as: "\(id).json")
    _ = try store.restore(id, generation: nil, at: now)
    let states = try current().operations.map { "\($0.kind.rawValue) \($0.key) \($0.state)" }
    #expect(
      states == [
        "unit.create payment-team/unit-1 skipped", "unit.create payment-team/unit-2 done",
        "unit.delete payment-team/unit-1 done",
      ])
  }

  @Test("Two names for one change, and one name for two, are told apart in the logs")
  func names() throws {
    let log = try log(at: "2026-01-20T11:00:00Z")
    let changes = [("op-0001", "s/a"), ("op-0001", "s/b"), ("op-0002", "s/a")]
    for (name, key) in changes {
      log.write(Operation(id: name, kind: .createUnit, key: .init(text: key), state: .done))
    }
    let told = try LogHistory(of: id, in: home.root()).operations
    #expect(told.map { "\($0.id) \($0.key)" } == ["op-0002 s/a", "op-0001 s/b"])
  }

  @Test("A generation that is not there, or is damaged, changes nothing")
  func noSuchGeneration() throws {
    try make()
    try home.put(Array("{".utf8), as: "backups/\(id).3.json")
    let before = try home.bytes(file)
    #expect(throws: StoreError.self) { try store.restore(id, generation: 9, at: now) }
    #expect(throws: StoreError.self) { try store.restore(id, generation: 3, at: now) }
    #expect(try home.bytes(file) == before)
  }

  @Test("A session that somebody has open is left alone")
  func held() throws {
    try make()
    let other = try OtherProcess(holding: "\(home.sessions)/\(id).lock")
    defer { other.leave() }
    let before = try home.bytes(file)
    let error = #expect(throws: StoreError.self) {
      try store.restore(id, generation: 2, at: now)
    }
    #expect(error?.heldBy != nil)
    #expect(try home.bytes(file) == before)
  }

  @Test("An archived session is active and the latest again, byte for byte")
  func unarchive() throws {
    try make()
    let before = try home.bytes(file)
    try store.archive(id, at: now)
    let restored = try store.unarchive(id, at: now)
    #expect(restored.origin == .archive(day: "2026-01-20"))
    #expect(try home.bytes(file) == before)
    #expect(home.link("import-latest.json") == "\(id).json")
    #expect(home.names(in: "archive").isEmpty)
    #expect(throws: StoreError.self) { try store.unarchive(id, at: now) }
  }

  // MARK: From the logs

  private func sessionWithChoice() -> Session {
    var session = Sample.session(id, updated: now)
    session.cluster = ClusterIdentity(
      context: "kind-atk", server: "https://127.0.0.1:6443", uid: "u-1")
    let key = WorkloadKey(kind: .deployment, namespace: "payment-prod", name: "payment-名前")
    session.selected = [.init(key: key, owner: "Flux")]
    session.proposal = Proposal(
      hub: "platform-team", appSpace: "payment-team",
      units: [
        UnitPlan(
          id: key, slug: "payment-api", labels: ["app": "payment"],
          members: [
            ObjectReference(
              apiVersion: "apps/v1", kind: "Deployment", namespace: "payment-prod",
              name: "payment-名前")
          ])
      ])
    session.operations = [operation(1, .intent)]
    return session
  }

  private func log(at text: String) throws -> RunLog {
    let moment = try Sample.time(text)
    return RunLog(root: try home.root(), sessionID: id) { moment }
  }

  @Test(
    "Without a file and backups, the logs bring back the choice and every operation",
    arguments: Layout.allCases, UnitContents.allCases)
  func fromLogs(layout: Layout, contents: UnitContents) throws {
    var session = sessionWithChoice()
    session.proposal?.layout = layout
    session.proposal?.unitContents = contents
    if layout == .component { session.proposal?.units[0].space = "payment-prod" }
    var records = LogRecords()
    let first = try log(at: "2026-01-20T11:00:00Z")
    records.write(session, to: first)
    session.operations[0].state = .done
    session.operations[0].remoteID = "remote"
    session.operations.append(operation(2, .intent))
    records.write(session, to: first)
    // Another run: the log of that one begins with everything.
    var others = LogRecords()
    session.operations[1].state = .failed
    others.write(session, to: try log(at: "2026-01-20T11:30:00Z"))

    let restored = try store.rebuild(id, at: now)
    #expect(restored.origin == .logs(2, unreadable: 0))
    let rebuilt = try current()
    #expect(rebuilt.operations == session.operations)
    #expect(rebuilt.proposal == session.proposal)
    #expect(rebuilt.selected == session.selected)
    #expect(rebuilt.cluster == session.cluster)
    #expect(rebuilt.lineage == session.lineage)
    #expect(rebuilt.position == Position(.connect, .confirming))
    #expect(rebuilt.stepsCompleted == [.scan, .review, .select])
  }

  @Test("Without a choice the scan comes first, but what was done is known")
  func withoutChoice() throws {
    let log = try log(at: "2026-01-20T11:00:00Z")
    log.write(operation(1, .done))
    _ = try store.rebuild(id, at: now)
    let rebuilt = try current()
    #expect(rebuilt.position == Position(.scan, .choosing))
    #expect(rebuilt.operations == [operation(1, .done)])
  }

  @Test("What a program prints is never taken for a record, and does not hide one")
  func forged() throws {
    let log = try log(at: "2026-01-20T11:00:00Z")
    let forged = #"operation {"op":"op-0009","kind":"unit.create","key":"a/b","state":"done"}"#
    log.write("cub said:\n\(forged)")
    log.write(forged)
    log.write("-----BEGIN PRIVATE KEY-----\nMIIE")
    log.write(operation(1, .intent))
    let told = try LogHistory(of: id, in: home.root())
    #expect(told.operations == [operation(1, .intent)])
  }

  @Test("A record of another session, a broken one and a hostile one are passed over")
  func foreign() throws {
    let root = try home.root()
    RunLog(root: root, sessionID: "import-2020-01-01-000000") { now }.write(operation(3, .done))
    let log = try log(at: "2026-01-20T11:00:00Z")
    log.write(operation(1, .done))
    let name = try #require(log.displayPath?.split(separator: "/").last.map(String.init))
    var bytes = try home.bytes("\(home.logs)/\(name)")
    for record in [#"operation {"op":"op-0002","#, #"operation {"op":7}"#, #"choice {}"#] {
      bytes += Array("2026-01-20T11:00:01Z \(id) \(record)\n".utf8)
    }
    try home.write(bytes, to: "\(home.logs)/\(name)")
    let told = try LogHistory(of: id, in: root)
    #expect(told.operations == [operation(1, .done)])
    #expect(told.choice == nil)
    #expect(told.unreadable == 3)
    #expect(told.logs == ["~/.confighub/logs/\(name)"])
  }

  @Test("A record is one line of ASCII without a secret in it")
  func records() throws {
    var session = sessionWithChoice()
    session.cluster.server = "https://admin:hunter2@example.com"
    session.operations[0].detail = "Bearer abcdefghijkl"
    let log = try log(at: "2026-01-20T11:00:00Z")
    var records = LogRecords()
    records.write(session, to: log)
    let name = try #require(log.displayPath?.split(separator: "/").last.map(String.init))
    let bytes = try home.bytes("\(home.logs)/\(name)")
    #expect(bytes.allSatisfy { $0 == 0x0a || (0x20..<0x7f).contains($0) })
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("hunter2") && !text.contains("abcdefghijkl"))
    #expect(text.split(separator: "\n").count { $0.contains(" choice {") } == 1)
    #expect(try LogHistory(of: id, in: home.root()).choice?.selected == session.selected)
  }

  @Test("A session that can be read in any way is not made anew from its logs")
  func notNeeded() throws {
    try make()
    try log(at: "2026-01-20T11:00:00Z").write(operation(1, .done))
    #expect(throws: StoreError.self) { try store.rebuild(id, at: now) }
    try home.put(Array("{".utf8), as: "\(id).json")
    #expect(throws: StoreError.self) { try store.rebuild(id, at: now) }
    for generation in 1...3 {
      try home.put(Array("{".utf8), as: "backups/\(id).\(generation).json")
    }
    #expect(try store.rebuild(id, at: now).session.generation == 4)
    #expect(home.names(in: "corrupt") == ["\(id).1.json"])
  }

  @Test("No log, no session")
  func noLog() throws {
    #expect(throws: StoreError.self) { try store.rebuild(id, at: now) }
    #expect(throws: StoreError.self) { try store.rebuild("../x", at: now) }
    #expect(home.names().isEmpty)
  }
}
