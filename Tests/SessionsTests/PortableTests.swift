import Documents
import TestWorld
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("Taking sessions elsewhere")
struct PortableTests {
  private let here: TemporaryHome
  private let there: TemporaryHome
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    here = try TemporaryHome()
    there = try TemporaryHome()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private func save(_ session: Session, _ unknown: JSONValue? = nil) throws {
    let store = try here.store()
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    #expect(
      lock.save(
        SessionDocument(session: session, unknown: unknown, version: "1.0"))
        == .saved(generation: session.generation + 1))
    lock.release()
  }

  private func exported() throws -> [UInt8] {
    try #require(try here.store().export(id, at: now))
  }

  private func session(_ id: String, in home: TemporaryHome) throws -> Session {
    try #require(try home.store().read(id).found).document.session
  }

  @Test("A session arrives as it was, but for its logs")
  func roundTrip() throws {
    var session = Sample.session(updated: now)
    session.operations = [Operation(id: "op-0001", kind: .createUnit, key: "s/u", state: .done)]
    session.logs = ["~/.confighub/logs/tui-import-2026-01-09-143022.log"]
    try save(session)
    let imported = try there.store().importSession(exported(), at: now)
    #expect(imported.id == id && imported.exportedID == id)
    var expected = session
    expected.logs = []
    expected.generation = 2
    #expect(try self.session(id, in: there) == expected)
    #expect(there.mode("\(there.sessions)/\(id).json") == 0o600)
    #expect(there.link("import-latest.json") == "\(id).json")
  }

  @Test("An id that is taken is never overwritten: the next one is -2, -3, and so on")
  func taken() throws {
    try save(Sample.session(updated: now))
    let before = try here.bytes("\(here.sessions)/\(id).json")
    let store = try here.store()
    #expect(try store.importSession(exported(), at: now).id == "\(id)-2")
    #expect(try store.importSession(exported(), at: now).id == "\(id)-3")
    #expect(try here.bytes("\(here.sessions)/\(id).json") == before)
    #expect(
      try session("\(id)-2", in: here).lineage == session(id, in: here).lineage)
    // One that is archived is taken as well.
    try store.archive(id, at: now)
    try store.archive("\(id)-2", at: now)
    #expect(
      try store.importSession(store.export("\(id)-3", at: now) ?? [], at: now).id == "\(id)-4")
  }

  @Test("No secret and no home directory leaves")
  func redacted() throws {
    var session = Sample.session(updated: now)
    session.cluster.context = "\(here.path)/x"
    session.cluster.server = "https://admin:hunter2@example.com"
    let log = RunLog(root: try here.root(), sessionID: id) { now }
    log.write("read \(here.path)/.kube/config, as it is")
    session.logs = [log.displayPath ?? ""]
    try save(
      session,
      .object(["version": "1.0", "plugin_token": "s3cr3t", "note": "see \(here.path)other"]))
    let text = String(decoding: try exported(), as: UTF8.self)
    for canary in ["hunter2", "s3cr3t", "\(here.path)/", "\(here.path)\""] {
      #expect(!text.contains(canary), "\(canary) is in it")
    }
    #expect(text.contains("read ~/.kube/config, as it is"))
    #expect(text.contains("\"cluster_context\": \"~/x\""))
    #expect(text.contains("\(here.path)other"), "that is another directory")
  }

  @Test("A name that looks like a secret is left out, and the session arrives")
  func name() throws {
    var session = Sample.session(updated: now)
    session.take(name: "new token: prod-east")
    try save(session)
    let imported = try there.store().importSession(exported(), at: now)
    #expect(
      imported.warnings
        == ["What the session is called is left out: it was taken for a secret."])
    #expect(try self.session(id, in: there).name == nil)
  }

  @Test("A file with any byte changed is refused, and leaves nothing behind")
  func damaged() throws {
    try save(Sample.session(updated: now))
    let bytes = try exported()
    var random = Seeded(7)
    for _ in 0..<200 {
      var changed = bytes
      let index = Int.random(in: 0..<bytes.count, using: &random)
      changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      #expect(throws: StoreError.self) { try there.store().importSession(changed, at: now) }
    }
    #expect(throws: StoreError.self) {
      try there.store().importSession(Array(bytes.dropLast(2)), at: now)
    }
    #expect(there.names().isEmpty)
  }

  @Test(
    "What is no exported session, or a hostile one, is refused",
    arguments: [
      "", "[]", "{}", #"{"format":"map-import-session","format_version":1}"#,
      #"{"format":"map-import-session","format_version":2,"session":{}}"#,
      #"{"format":"map-import-session","format_version":"1","session":{}}"#,
    ])
  func refused(text: String) throws {
    #expect(throws: StoreError.self) {
      try there.store().importSession(Array(text.utf8), at: now)
    }
  }

  @Test(
    "A sealed file may claim anything, but not a name of its own or a count without end",
    arguments: [
      ("session_id", JSONValue.string("../../evil")), ("session_id", .string("import-latest")),
      ("generation", .integer(.max)), ("generation", .integer(-1)), ("version", .string("2.0")),
      ("steps_completed", .array([.string("verify")])), ("session_id", .null),
    ])
  func hostile(key: String, value: JSONValue) throws {
    try save(Sample.session(updated: now))
    var file = try JSONValue(parsing: exported())
    file["session", key] = value
    file["integrity"] = .object(["sha256": .string(Integrity.placeholder)])
    var bytes = file.serialized(pretty: true)
    Integrity.seal(&bytes)
    #expect(throws: StoreError.self) { try there.store().importSession(bytes, at: now) }
    #expect(there.names().filter { $0.hasSuffix(".json") }.isEmpty)
  }
}
