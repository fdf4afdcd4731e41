import Glibc
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

@Suite("One file that is no file")
struct OneBadFileTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = Timestamp(seconds: Int64(time(nil)))
  }

  private func ago(_ days: Int64) -> Timestamp { Timestamp(seconds: now.seconds - days * 86_400) }

  private func make(_ days: Int64) throws -> String {
    let lock = try store.begin(at: ago(days))
    defer { lock.release() }
    let session = Sample.session(lock.id, updated: ago(days))
    #expect(
      lock.save(SessionDocument(session: session)) == .saved(generation: 1))
    return lock.id
  }

  @Test("in the place of a lock is a problem of its own session alone")
  func lock() throws {
    let (bad, old, latest) = (try make(31), try make(30), try make(0))
    let path = "\(home.sessions)/\(bad).lock"
    try Files.remove(path)
    #expect(symlink("\(home.path)/nowhere", path) == 0)

    let list = try store.list()
    #expect(list.map(\.id) == [latest, old, bad])
    #expect(list.map { $0.lockProblem != nil } == [false, false, true])
    #expect(list.last?.lockProblem?.contains("It is a symbolic link") == true)
    let counts = try store.stats(at: now, recent: 3600).counts
    #expect([.active, .abandoned].map { counts[$0] } == [1, 2])
    #expect(try store.status(bad, at: now).text.contains("It is a symbolic link"))
    #expect(try store.unfinished(of: "none") == nil)

    let findings = try store.examine(repairing: true, at: now)
    #expect(findings.map(\.path) == ["~/.confighub/sessions/\(bad).lock"])
    #expect(findings.first?.advice.hasPrefix("Move it away") == true)

    #expect(try store.expire(at: now, dryRun: false).map(\.id) == [old])
    let all = try store.planExpiry(at: now, all: true, forced: true)
    #expect(all.filter { $0.outcome == .planned }.count == 2)
    #expect(all.first { $0.id == bad }?.failure?.contains("move it away") == true)
    #expect(throws: StoreError.self) { try store.acquire(bad, at: now) }
  }

  @Test("in the place of a day of the archive takes no other day with it")
  func day() throws {
    let (first, old) = (try make(31), try make(30))
    _ = try make(0)
    try store.archive(first, at: ago(20))
    #expect(symlink("\(home.path)/nowhere", "\(home.sessions)/archive/2025-01-01") == 0)

    #expect(try store.expire(at: now, dryRun: false).map(\.outcome) == [.done])
    #expect(try store.list().filter { $0.place != .active }.map(\.id) == [old, first])
    #expect(try store.stats(at: now, recent: 3600).counts[.archived] == 2)
    #expect(try store.unarchive(first, at: now).session.id == first)
    let findings = try store.examine(repairing: true, at: now)
    #expect(findings.map(\.path) == ["~/.confighub/sessions/archive/2025-01-01"])
    #expect(findings.first?.advice.contains("Put a directory in its place") == true)
  }

  @Test("What may be in a day that cannot be read is not taken for lost")
  func notLost() throws {
    let id = try make(3)
    guard case .acquired(let lock) = try store.acquire(id, at: now) else { return }
    var document = try #require(try store.read(id).found?.document)
    document.session.generation = 1
    #expect(lock.save(document) == .saved(generation: 2))
    lock.release()
    try store.archive(id, at: ago(1))
    let day = "\(home.sessions)/archive/\(ago(1).day)"
    #expect(rename(day, "\(home.path)/elsewhere") == 0)
    #expect(symlink("\(home.path)/elsewhere", day) == 0)
    #expect(try store.examine(repairing: true, at: now).map(\.isRepaired) == [false])
    #expect(try store.readAndRepair(at: now).found == nil)
  }
}
