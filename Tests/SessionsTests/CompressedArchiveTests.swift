import Documents
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("Archived sessions are compressed")
struct CompressedArchiveTests {
  private let home: TemporaryHome
  private let now: Timestamp
  private let id = Sample.id
  private let session: Session

  /// A session of three generations, with a scan each.
  init() throws {
    home = try TemporaryHome()
    now = try Sample.time("2026-01-20T12:00:00Z")
    let store = try home.store()
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    var document = SessionDocument(session: Sample.session(updated: now))
    for number in 0..<3 {
      document.session.scan = ScanResult(
        namespaces: ["a"],
        workloads: [
          Workload(
            key: WorkloadKey(kind: .job, namespace: "a", name: "w-\(number)"),
            apiVersion: "batch/v1")
        ])
      document.session.generation = try lock.saveOrThrow(document)
    }
    lock.release()
    session = document.session
  }

  private var archived: String { "\(home.sessions)/archive/2026-01-20/\(id).json.gz" }

  @Test("One file holds everything, and one backup is left")
  func archive() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    #expect(home.names(in: "archive/2026-01-20") == ["\(id).json.gz"])
    #expect(home.mode(archived) == 0o600)
    #expect(home.names(in: "backups") == ["\(id).2.json.gz"])
    #expect(home.names(in: "scans") == [])
    #expect(home.names().contains("\(id).json") == false)
    let bytes = try Gzip.expanded(home.bytes(archived), atMost: 1 << 20)
    #expect(try SessionCodec.decode(bytes, named: id).document.session == session)

    let result = try store.read(id)
    #expect(result.warnings == [])
    #expect(result.found?.origin == .archive(day: "2026-01-20"))
    #expect(result.found?.document.session == session)
    let entry = try #require(try store.list().first)
    #expect(entry.header == SessionHeader(session))
    #expect(entry.path == "~/.confighub/sessions/archive/2026-01-20/\(id).json.gz")
    #expect(try store.backups(of: id).map(\.generation) == [2])
    #expect(try store.backups(of: id).first?.problem == nil)
    #expect(try store.examine(repairing: false, at: now) == [])
  }

  @Test("A list goes by the header before the content, unless that is not to be trusted")
  func header() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    let whole = try home.bytes(archived)
    let note = try #require(Gzip.note(of: whole))
    // Nothing of the content is needed.
    try home.write(Array(whole.prefix(16 + note.count)), to: archived)
    #expect(try store.list().first?.header == SessionHeader(session))
    #expect(try store.list().first?.trust == .sound)
    #expect(try store.read(id).found?.origin != .archive(day: "2026-01-20"))
    // What the header's own digest does not hold for is not believed.
    var damaged = whole
    // After the ten bytes of a gzip header, the length of its extra field, and the head of that.
    let place = try #require(note.firstRange(of: Array("\"step\":\"".utf8)))
    damaged[16 + place.upperBound] = UInt8(ascii: "x")
    try home.write(damaged, to: archived)
    #expect(try store.list().first?.header == SessionHeader(session))
    // Nor is one of another session, as after a file was renamed.
    let other = "import-2026-01-19-000000"
    try home.write(whole, to: archived.replacing(id, with: other))
    let entry = try #require(try store.list().first { $0.id == other })
    #expect(entry.header == nil)
  }

  @Test("Where both are there, the newer one that can be read counts", arguments: [true, false])
  func both(isDamaged: Bool) throws {
    let store = try home.store()
    let old = try home.bytes("\(home.sessions)/backups/\(id).1.json")
    try store.archive(id, at: now)
    let plain = String(archived.dropLast(".gz".count))
    try home.write(isDamaged ? Array("{".utf8) : old, to: plain)
    #expect(try store.list().map(\.header) == [SessionHeader(session)])
    #expect(try store.read(id).found?.document.session == session)
    #expect(try store.unarchive(id, at: now).session == session)
    #expect(try store.read(id).found?.document.session == session)
    #expect(try home.bytes(plain) == (isDamaged ? Array("{".utf8) : old), "it is left alone")
  }

  @Test("A newer one that is not compressed counts before an older one that is")
  func newerPlain() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    var next = session
    next.generation += 1
    try home.write(
      SessionCodec.encode(SessionDocument(session: next)), to: String(archived.dropLast(3)))
    #expect(try store.list().map(\.header) == [SessionHeader(next)])
    #expect(try store.unarchive(id, at: now).session.generation == next.generation)
    #expect(try store.read(id).found?.document.session.generation == next.generation)
  }

  @Test("It comes back as it was, with its scan")
  func unarchive() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    let restored = try store.unarchive(id, at: now)
    #expect(restored.session == session)
    #expect(home.names(in: "archive") == [])
    #expect(home.names(in: "scans").count == 1)
    let result = try store.read()
    #expect(result.found?.document.session == session)
    #expect(result.warnings == [])
    // The backup that was left can still be taken.
    #expect(
      try store.restore(id, generation: 2, at: now).session.scan?.workloads.first?.key.name
        == "w-1")
    try store.delete(id, at: now)
    #expect(home.names(in: "scans") == [] && home.names(in: "backups") == [])
  }

  @Test("What was put aside keeps its parts, and can be taken back", arguments: [true, false])
  func putAside(isDeleted: Bool) throws {
    let store = try home.store()
    try home.make(directory: "\(home.sessions)/conflicts")
    let old = try home.bytes("\(home.sessions)/backups/\(id).1.json")
    try home.put(old, as: "conflicts/\(id).1.json")
    if isDeleted { try store.delete(id, at: now) } else { try store.archive(id, at: now) }
    _ = try store.examine(repairing: true, at: now)
    #expect(home.names(in: "scans").count == 1)
    if !isDeleted { _ = try store.unarchive(id, at: now) }
    let taken = try store.takeConflict(#require(try store.conflicts().first), at: now)
    #expect(taken.warnings == [])
    #expect(taken.session.scan?.workloads.map(\.key.name) == ["w-0"])
  }

  @Test("One that is damaged makes way for its backup, and goes to corrupt/")
  func damaged() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    var bytes = try home.bytes(archived)
    bytes[bytes.count - 8] ^= 1
    try home.write(bytes, to: archived)
    let restored = try store.unarchive(id, at: now)
    #expect(restored.origin == .backup(generation: 2))
    #expect(try store.read().found?.document.session.scan?.workloads.first?.key.name == "w-1")
    #expect(home.names(in: "archive") == [])
    #expect(home.names(in: "corrupt") == ["\(id).1.json.gz"])
    #expect(try home.bytes("\(home.sessions)/corrupt/\(id).1.json.gz") == bytes)
  }

  @Test("A damaged session is repaired with a backup that is compressed")
  func compressedBackup() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    _ = try store.unarchive(id, at: now)
    try home.put(Array("{".utf8), as: "\(id).json")
    let result = try store.readAndRepair(at: now)
    #expect(result.found?.document.session.generation == 2)
    #expect(try store.read().found?.document.session.scan?.workloads.first?.key.name == "w-1")
  }

  @Test("A file of an earlier version in the archive is read, brought back and deleted")
  func plain() throws {
    let directory = "\(home.sessions)/archive/2026-01-10"
    try home.make(directory: directory)
    let old = "import-2026-01-02-000000"
    var other = session
    other.id = old
    try home.write(try Sample.bytes(other), to: "\(directory)/\(old).json")
    let store = try home.store()
    #expect(try store.read(old).found?.document.session == other)
    #expect(try store.unarchive(old, at: now).session == other)
    #expect(try store.read(old).found?.document.session == other)
  }

  @Test("What was edited by hand is archived as it is")
  func edited() throws {
    let bytes = try home.bytes("\(home.sessions)/\(id).json")
    let text = String(decoding: bytes, as: UTF8.self).replacing("kind-atk", with: "kind-atx")
    try home.put(Array(text.utf8), as: "\(id).json")
    let store = try home.store()
    try store.archive(id, at: now)
    #expect(try home.bytes("\(home.sessions)/archive/2026-01-20/\(id).json") == Array(text.utf8))
    let found = try #require(try store.read(id).found)
    #expect(found.trust == .editedByHand)
    #expect(found.document.session.scan?.workloads == session.scan?.workloads)
    _ = try store.unarchive(id, at: now)
    #expect(try store.read(id).warnings == [])
  }

  @Test(
    "A hostile file in the archive is a sentence",
    arguments: ["bomb", "cut", "more", "checksum", "text", "empty"])
  func hostile(how: String) throws {
    let store = try home.store()
    try store.archive(id, at: now)
    let good = try home.bytes(archived)
    var bytes = good
    let problem: String
    switch how {
    case "bomb":
      bytes = try Gzip.compressed([UInt8](repeating: 0x20, count: SessionCodec.sizeLimit + 1))
      problem = "it would be larger than \(SessionCodec.sizeLimit) bytes"
    case "cut":
      bytes = Array(good.dropLast(9))
      problem = "its end is missing"
    case "more":
      bytes = good + [0]
      problem = "something follows its compressed content"
    case "checksum":
      bytes[good.count - 8] ^= 1
      problem = "its compressed content is damaged"
    case "text":
      bytes = Array("{}".utf8)
      problem = "its compressed content is damaged"
    default:
      bytes = []
      problem = "its end is missing"
    }
    try home.write(bytes, to: archived)
    // Where the header is whole, a list goes by it.
    let entry = try #require(try store.list().first { $0.place != .corrupt })
    let isHeaderWhole = ["cut", "more", "checksum"].contains(how)
    #expect(entry.problem == (isHeaderWhole ? nil : problem))
    #expect((entry.header != nil) == isHeaderWhole)
    #expect(try store.examine(repairing: false, at: now).contains { $0.problem.contains(problem) })
    // What cannot be read is not deleted because of its age. The clock is right: there is something
    // of the month before.
    let later = Timestamp(seconds: now.seconds + 400 * 86_400)
    let month = Timestamp(seconds: later.seconds - 30 * 86_400)
    let lock = try store.begin(at: month)
    _ = try lock.saveOrThrow(SessionDocument(session: Sample.session(lock.id, updated: month)))
    lock.release()
    _ = try store.expire(at: later, dryRun: false)
    #expect(try home.bytes(archived) == bytes)
    let result = try store.read(id)
    #expect(result.warnings.first?.contains(problem) == true)
  }

  @Test("A sound one goes when its time has come, and so does a damaged one by force")
  func age() throws {
    let store = try home.store()
    try store.archive(id, at: now)
    let later = Timestamp(seconds: now.seconds + 400 * 86_400)
    let planned = try store.planExpiry(at: later, forced: true)
    #expect(planned.map(\.kind) == [.delete])
    let good = try home.bytes(archived)
    try home.write(Array(good.dropLast(9)), to: archived)
    #expect(store.carryOut(planned, at: later).map(\.outcome) == [.done])
    #expect(home.names(in: "archive") == [])
  }
}
