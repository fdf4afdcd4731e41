import Glibc
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

@Suite("Putting sessions away")
struct ArchiveTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let day = Int64(24 * 3600)

  init() throws {
    home = try TemporaryHome()
    store = try home.store(Retention(sessions: 3, archived: 2))
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  /// A session that was changed last so many seconds before `now`; the last one made is the latest.
  @discardableResult
  private func make(_ age: Int64, operation: Operation.State? = nil) throws -> String {
    let updated = Timestamp(seconds: now.seconds - age)
    let lock = try store.begin(at: updated)
    var session = Sample.session(lock.id, updated: updated)
    for generation in 1...2 {
      session.generation = generation - 1
      if let operation {
        session.operations = [
          Operation(id: "op-0001", kind: .createUnit, key: "s/u", state: operation)
        ]
      }
      #expect(
        lock.save(SessionDocument(session: session))
          == .saved(generation: generation))
    }
    lock.release()
    return lock.id
  }

  private func active() throws -> [String] {
    try store.list().filter { $0.place == .active }.map(\.id)
  }

  private func archived() throws -> [String] {
    try store.list().filter { if case .archived = $0.place { true } else { false } }.map(\.id)
  }

  @Test("An archived session is whole, under the day, and no longer the latest")
  func archive() throws {
    let other = try make(2 * day)
    let id = try make(day)
    let session = try store.read(id).found?.document.session
    try store.archive(id, at: now)

    #expect(home.names(in: "archive") == ["2026-01-20"])
    #expect(home.names(in: "archive/2026-01-20") == ["\(id).json.gz"])
    #expect(home.mode("\(home.sessions)/archive/2026-01-20") == 0o700)
    #expect(!home.exists("\(home.sessions)/\(id).lock"))
    #expect(home.link("import-latest.json") == "\(other).json")
    #expect(try store.read().found?.document.session.id == other)
    let found = try store.read(id).found
    #expect(found?.origin == .archive(day: "2026-01-20"))
    #expect(found?.document.session == session)
    #expect(found?.path == "~/.confighub/sessions/archive/2026-01-20/\(id).json.gz")

    try store.archive(other, at: now)
    #expect(!home.exists("\(home.sessions)/import-latest.json"))
    #expect(try store.readAndRepair().found == nil)
  }

  @Test("Archiving a second time under one day loses neither copy")
  func twice() throws {
    let id = try make(day)
    try home.make(directory: "\(home.sessions)/archive/2026-01-20")
    try home.put(Array("older".utf8), as: "archive/2026-01-20/\(id).json")
    try store.archive(id, at: now)
    #expect(try home.bytes("\(home.sessions)/conflicts/\(id).1.json") == Array("older".utf8))
    #expect(try store.read(id).found != nil)
  }

  @Test("A deleted session is gone with its backups, its lock and the pointer to it")
  func delete() throws {
    let other = try make(2 * day)
    let id = try make(day)
    try store.delete(id, at: now)
    #expect(
      home.names()
        == ["backups", "\(other).json", "\(other).lock", "import-latest.json"].sorted())
    #expect(home.names(in: "backups") == ["\(other).1.json"])
    #expect(home.link("import-latest.json") == "\(other).json")
    #expect(try store.readAndRepair(id).found == nil)
  }

  @Test("An archived session can be deleted, and its day with it")
  func deleteArchived() throws {
    let id = try make(day)
    try store.archive(id, at: now)
    try store.delete(id, at: now)
    #expect(home.names(in: "archive") == [])
    #expect(home.names(in: "backups") == [])
  }

  @Test("What somebody has open is neither archived nor deleted")
  func locked() throws {
    let id = try make(day)
    let other = try OtherProcess(holding: "\(home.sessions)/\(id).lock")
    defer { other.leave() }
    let before = try home.snapshot()
    let archiving = #expect(throws: StoreError.self) { try store.archive(id, at: now) }
    #expect(archiving?.heldBy != nil)
    #expect(archiving?.sentence.contains("has it open") == true)
    #expect(throws: StoreError.self) { try store.delete(id, at: now) }
    #expect(try home.snapshot() == before)
  }

  @Test("Who holds the lock can archive, and has given it up then")
  func holding() throws {
    let id = try make(day)
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      Issue.record("the lock is held")
      return
    }
    try store.archive(id, at: now, holding: lock)
    #expect(try archived() == [id])
    guard
      case .failed = lock.save(SessionDocument(session: Sample.session(id)))
    else {
      Issue.record("saved")
      return
    }
  }

  @Test(
    "What is not there cannot be put away", arguments: ["import-2020-01-01-000000", "", "../x"])
  func absent(id: String) throws {
    try make(day)
    let before = try home.snapshot()
    #expect(throws: StoreError.self) { try store.archive(id, at: now) }
    #expect(throws: StoreError.self) { try store.delete(id, at: now) }
    #expect(try home.snapshot() == before)
  }

  @Test("Sessions are archived when more than seven days old, to the second")
  func sevenDays() throws {
    let old = try make(7 * day + 1)
    let young = try make(7 * day)
    let latest = try make(8 * day)
    let actions = try store.expire(at: now, dryRun: false)
    #expect(actions.map(\.id) == [old])
    #expect(actions.first?.kind == .archive)
    #expect(actions.first?.reason == "not changed for 7 days")
    #expect(actions.first?.failure == nil)
    #expect(try active() == [young, latest])
    #expect(try archived() == [old])
  }

  @Test("Too many sessions: the oldest are archived, and the oldest of the archive deleted")
  func tooMany() throws {
    let ids = try [9, 8, 7, 6, 5, 4, 3].map { try make($0 * 3600) }
    let planned = try store.expire(at: now, dryRun: true)
    #expect(try active() == ids.reversed())
    #expect(planned.filter { $0.kind == .archive }.map(\.id) == Array(ids[..<4]))
    #expect(planned.filter { $0.kind == .delete }.map(\.id) == Array(ids[..<2]))

    let done = try store.expire(at: now, dryRun: false)
    #expect(done.map(\.reason) == planned.map(\.reason) && done.map(\.id) == planned.map(\.id))
    #expect(done.allSatisfy { $0.outcome == .done })
    #expect(try active() == ids[4...].reversed())
    #expect(try archived() == ids[2..<4].reversed())
    #expect(try store.expire(at: now, dryRun: false).isEmpty)
  }

  @Test("The latest, an open one and one with an unsettled operation are spared at any age")
  func spared() throws {
    let unsettled = try make(30 * day, operation: .intent)
    let open = try make(29 * day)
    let settled = try make(28 * day, operation: .done)
    let latest = try make(27 * day)
    let other = try OtherProcess(holding: "\(home.sessions)/\(open).lock")
    defer { other.leave() }
    #expect(try store.expire(at: now, dryRun: false).map(\.id) == [settled])
    #expect(try active() == [latest, open, unsettled])
  }

  @Test("An archived session with an unsettled operation is not deleted")
  func sparedInArchive() throws {
    let unsettled = try make(30 * day, operation: .intent)
    // Not just now: what went for its age is not one too many at once.
    let then = Timestamp(seconds: now.seconds - 20 * day)
    try store.archive(unsettled, at: then)
    for age in [29, 28, 27] as [Int64] { try store.archive(make(age * day), at: then) }
    let actions = try store.expire(at: now, dryRun: false)
    #expect(actions.allSatisfy { $0.kind == .delete && $0.failure == nil })
    #expect(actions.count == 2)
    #expect(try archived().contains(unsettled))
    #expect(try archived().count == 2)
  }

  @Test("A session from the future and one that cannot be read are left alone")
  func future() throws {
    let future = try make(-30 * day)
    let unreadable = try make(30 * day)
    try make(0)
    try home.put(Array("{".utf8), as: "\(unreadable).json")
    #expect(try store.expire(at: now, dryRun: false).isEmpty)
    #expect(home.names().contains("\(future).json"))
    #expect(home.names().contains("\(unreadable).json"))
  }

  @Test("Looking at what would expire changes nothing, and needs no directory")
  func dryRun() throws {
    #expect(try store.expire(at: now, dryRun: true).isEmpty)
    #expect(!home.exists("\(home.path)/.confighub"))
    try make(9 * day)
    try make(8 * day)
    let before = try home.snapshot()
    #expect(try store.expire(at: now, dryRun: true).count == 1)
    #expect(try home.snapshot() == before)
  }

  @Test("The list has every session, with what is the matter with it")
  func list() throws {
    let archived = try make(3 * day)
    try store.archive(archived, at: now)
    let corrupt = try make(2 * day)
    try home.put(Array("{".utf8), as: "\(corrupt).json")
    _ = try store.readAndRepair(corrupt)
    let open = try make(day)
    let latest = try make(0)
    let other = try OtherProcess(holding: "\(home.sessions)/\(open).lock")
    defer { other.leave() }
    let before = try home.snapshot()
    let list = try store.list()
    #expect(try home.snapshot() == before)

    // The one that could not be read lives on in its backup.
    #expect(list.map(\.id) == [latest, open, corrupt, archived, corrupt])
    #expect(
      list.map(\.place) == [
        .active, .active, .active, .archived(day: "2026-01-20"), .corrupt,
      ])
    #expect(list.map(\.isLatest) == [true, false, false, false, false])
    #expect(list.map { $0.lockedBy != nil } == [false, true, false, false, false])
    #expect(list.map(\.problem) == [nil, nil, nil, nil, "it is not JSON"])
    #expect(list.map { $0.header == nil } == [false, false, false, false, true])
    #expect(list[4].path == "~/.confighub/sessions/corrupt/\(corrupt).1.json")
  }
}
