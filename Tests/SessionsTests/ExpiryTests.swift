import Documents
import Glibc
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("What goes by age and by number")
struct ExpiryTests {
  private let home: TemporaryHome
  private let now: Timestamp
  private let day = Int64(24 * 3600)

  init() throws {
    home = try TemporaryHome()
    now = try Sample.time("2026-06-20T12:00:00Z")
  }

  private func ago(_ days: Int64) -> Timestamp { Timestamp(seconds: now.seconds - days * day) }

  @discardableResult
  private func make(
    _ days: Int64, in store: FileStore, operation: Operation? = nil, logs: [String] = [],
    isComplete: Bool = false
  ) throws -> String {
    let lock = try store.begin(at: ago(days))
    defer { lock.release() }
    var session = Sample.session(lock.id, updated: ago(days))
    session.operations = OperationList([operation].compactMap { $0 })
    session.logs = logs
    if isComplete {
      session.position = Position(.complete)
      session.stepsCompleted = Step.seven
    }
    #expect(
      lock.save(SessionDocument(session: session)) == .saved(generation: 1))
    return lock.id
  }

  private func unit(_ state: Operation.State) -> Operation {
    Operation(
      id: "op-0001", kind: .createUnit, key: "s/u", state: state,
      result: state == .done ? .created : nil)
  }

  private func log(_ name: String, _ days: Int64, bytes: Int = 10) throws {
    try home.make(directory: home.logs)
    try home.write(Array(repeating: 0x20, count: bytes), to: "\(home.logs)/\(name)")
    let seconds = Int(ago(days).seconds)
    var times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
    #expect(utimes("\(home.logs)/\(name)", &times) == 0)
  }

  private func logs() throws -> [String] { try Files.list(home.logs) }

  // MARK: Archived long ago

  @Test("An archived session is deleted when it was archived for more than 90 whole days")
  func age() throws {
    let store = try home.store()
    let old = try make(200, in: store)
    let young = try make(199, in: store)
    try make(0, in: store)
    try make(40, in: store)
    try store.archive(old, at: ago(91))
    try store.archive(young, at: ago(90))
    let actions = try store.planExpiry(at: now).filter { $0.kind == .delete }
    #expect(actions.map(\.line) == ["would delete \(old): archived 91 days ago"])
    let done = store.carryOut(actions, at: now)
    #expect(done.map(\.outcome) == [.done])
    #expect(done.told == ["1 archived session is deleted for good (\(old))."])
    #expect(home.names(in: "archive") == [ago(90).day])
    let generous = try home.store(Retention(deleteAfter: 1 * day))
    #expect(try generous.planExpiry(at: now).contains { $0.kind == .delete && $0.id == young })
  }

  @Test("Of too many archived sessions those with units in ConfigHub go last, and it is said")
  func records() throws {
    let store = try home.store(Retention(archived: 1))
    let imported = try make(6, in: store, operation: unit(.done))
    let second = try make(5, in: store, operation: unit(.done))
    let empty = try make(4, in: store)
    try make(0, in: store)
    for id in [imported, second, empty] { try store.archive(id, at: ago(1)) }
    let actions = try store.planExpiry(at: now)
    #expect(actions.map(\.id) == [empty, imported])
    #expect(actions.map(\.units) == [0, 1])
    #expect(
      actions.last?.line
        == "would delete \(imported): more than 1 archived sessions; it is the only record of 1 "
        + "unit in ConfigHub, which stays there and can then no longer be taken back with undo")
    #expect(
      store.carryOut(actions, at: now).told == [
        "2 archived sessions are deleted for good (\(empty), \(imported)), the only record of 1 unit "
          + "in ConfigHub."
      ])
  }

  @Test("What undo would not remove is no loss of undo; what it left is said to be so")
  func undoable() throws {
    let store = try home.store()
    let lock = try store.begin(at: ago(3))
    var session = Sample.session(lock.id, updated: ago(3))
    func add(_ name: String, _ result: Wizard.Operation.Result?) {
      session.operations.append(
        Operation(
          id: "op-\(name)", kind: .createUnit, key: "s/\(name)", state: .done, result: result))
    }
    func loss() throws -> [String] {
      session.generation = try lock.saveOrThrow(SessionDocument(session: session))
      return try store.planExpiry(at: now, all: true).map { $0.loss(isGone: false) }
    }
    add("replaced", .updated)
    add("found", .unchanged)
    add("older", nil)
    #expect(try loss() == [""])
    add("a", .created)
    add("b", .created)
    #expect(try loss().first?.contains("the only record of 2 units in ConfigHub, which") == true)
    session.operations.append(Operation(id: "op-9", kind: .deleteUnit, key: "s/a"))
    session.recordRemoval(of: "s/a")
    #expect(
      try loss() == ["; it is the only record of 1 unit that undo left in ConfigHub"])
    lock.release()

    // A copy, whose units carry the mark of the other.
    var copy = session
    copy.id = lock.id + "-2"
    copy.operations = OperationList(session.operations.filter { $0.kind == .createUnit })
    let id = try store.saveAsNew(SessionDocument(session: copy), at: now).id
    let actions = try store.planExpiry(at: now, all: true)
    #expect(actions.first { $0.id == id }?.units == 0, "\(actions.map(\.line))")
  }

  @Test("An archived copy of a session that is active again is left alone")
  func copy() throws {
    let store = try home.store()
    let id = try make(200, in: store)
    try make(30, in: store)
    try store.archive(id, at: ago(100))
    let name = "\(id).json"
    let archived = try home.bytes("\(home.sessions)/archive/\(ago(100).day)/\(name).gz")
    try home.put(Gzip.expanded(archived, atMost: 1 << 20), as: name)
    let unarchived = try store.planExpiry(at: now)
    #expect(!unarchived.contains { $0.kind == .delete })
  }

  // MARK: The clock

  @Test("After a jump of the clock nothing is deleted for a day, and it is said")
  func jump() throws {
    let store = try home.store(Retention(sessions: 2, archived: 1))
    let ids = try (1...6).map { try make($0, in: store) }
    for id in ids[2...] { try store.archive(id, at: ago(1)) }
    let later = try Sample.time("2036-01-01T08:00:00Z")
    let actions = try store.expire(at: later, dryRun: false)
    #expect(actions.filter { $0.kind == .archive }.count == 1, "that can be taken back")
    #expect(actions.filter { $0.kind == .delete }.allSatisfy { $0.isKept })
    #expect(home.names(in: "archive/\(ago(1).day)").count == 4)
    let told = try #require(actions.told.last)
    #expect(told.hasPrefix("4 archived sessions are due to be deleted and kept: nothing here is "))
    #expect(told.contains("between 2026-06-19 and 2036-01-01"))

    // The clock is right again: what was archived then is dated in the future.
    let after = try store.expire(at: now, dryRun: false)
    #expect(after.filter { $0.kind == .delete }.allSatisfy { $0.isKept })
    #expect(after.told.last?.contains("is dated 2036-01-01, in the future") == true)
  }

  @Test("Where the clock was right, it is done some days later")
  func pause() throws {
    let store = try home.store()
    let old = try make(300, in: store)
    let latest = try make(200, in: store)
    try store.archive(old, at: ago(200))
    let first = try store.expire(at: now, dryRun: false)
    #expect(first.count(where: \.isKept) == 1)
    // That start has left a log.
    try log("tui-import-\(now.stamp).log", 0)
    let tomorrow = Timestamp(seconds: now.seconds + day)
    #expect(try store.expire(at: tomorrow, dryRun: false).map(\.isKept) == [true])
    let next = Timestamp(seconds: now.seconds + 3 * day + 1)
    #expect(try store.expire(at: next, dryRun: false).map(\.outcome) == [.done])
    #expect(try store.list().map(\.id) == [latest])
  }

  @Test("A jump over the limit that would delete is none over a longer one", arguments: [30, 90])
  func shortLimit(days: Int64) throws {
    let store = try home.store(Retention(deleteAfter: days * day))
    let imported = try make(6, in: store, operation: unit(.done))
    try make(1, in: store)
    try store.archive(imported, at: ago(5))
    let then = Timestamp(seconds: now.seconds + (days - 2) * day)
    let actions = try store.expire(at: then, dryRun: false)
    #expect(actions.map(\.isKept) == [true], "\(actions.map(\.line))")
    #expect(try store.planExpiry(at: then, forced: true).map(\.outcome) == [.planned])
  }

  @Test("What only a prune now and then looks after goes in the end: it leaves its own trace")
  func pruned() throws {
    let store = try home.store()
    let old = try make(300, in: store)
    try make(200, in: store)
    try store.archive(old, at: ago(200))
    let audit = AuditLog(root: store.root)
    var outcomes: [Bool] = []
    for days in [0, 60, 61] as [Int64] {
      let then = Timestamp(seconds: now.seconds + days * day)
      let actions = try store.expire(at: then, dryRun: false) { action in
        #expect(audit.write(action, at: then) == nil)
      }
      #expect(audit.writeDoubt(actions, at: then) == nil)
      outcomes += actions.map(\.isKept)
    }
    #expect(outcomes == [true, false], "the second found it due, as the first did")
  }

  @Test("What a jump of the clock archives is not one too many at once")
  func jumpOverArchiving() throws {
    let store = try home.store(Retention(sessions: 3, archived: 1))
    let ids = try (1...4).map { try make($0, in: store) }
    try store.archive(ids[3], at: ago(1))
    let then = Timestamp(seconds: now.seconds + 10 * day)
    let first = try store.expire(at: then, dryRun: false)
    #expect(first.map(\.kind) == [.archive, .archive])
    try log("tui-import-\(then.stamp).log", -10)
    #expect(try store.planExpiry(at: then).isEmpty)
    let next = Timestamp(seconds: then.seconds + 4 * day)
    #expect(try store.planExpiry(at: next).map(\.kind) == [.delete, .delete])
  }

  @Test("The rule of the clock, case by case")
  func doubt() {
    func reason(
      _ sessions: [Int64], _ others: [Int64] = [], limit: Int64 = 90, due: Int64? = nil
    ) -> String? {
      ClockDoubt(
        sessions: sessions.map { .init(name: "session x", at: ago($0)) }, others: others.map(ago),
        at: now
      ).reason(limit: limit * day) { time in due.map { time >= ago($0) } ?? false }
    }
    #expect(reason([]) == nil)
    #expect(reason([0]) == nil)
    #expect(reason([45, 300]) == nil)
    #expect(reason([46])?.contains("nothing here is dated between") == true)
    #expect(reason([46])?.contains("from 2026-06-24 on") == true)
    #expect(reason([0, 46]) != nil, "what is of today tells nothing of the clock")
    #expect(reason([2, 60]) != nil, "nor is what is of yesterday enough")
    #expect(reason([3, 60]) == nil)
    #expect(reason([91], [30]) == nil)
    #expect(reason([16], limit: 30) != nil)
    #expect(reason([15], limit: 30) == nil)
    #expect(reason([3], limit: 1) == nil, "a shorter pause is none")
    #expect(reason([4], limit: 1) != nil)
    #expect(reason([400], limit: 0) == nil)
    #expect(reason([60, 120], due: 60) == nil, "a use long enough ago found it due, too")
    #expect(reason([60, 120], due: 59) != nil)
    #expect(reason([0, 60], due: 0) != nil)
    #expect(reason([30, -2])?.hasPrefix("session x is dated 2026-06-22, in the future") == true)
    #expect(reason([30, -1]) == nil, "a clock may be a little off")
    #expect(reason([30], [-400]) == nil)
  }

  // MARK: Looking again

  @Test("What was saved, opened or resumed since the plan was made is kept")
  func again() throws {
    let store = try home.store()
    let saved = try make(33, in: store)
    let open = try make(32, in: store)
    let gone = try make(31, in: store)
    let unsettled = try make(30, in: store)
    try make(0, in: store)
    let planned = try store.planExpiry(at: now)
    #expect(planned.map(\.id) == [saved, open, gone, unsettled])

    for (id, operation) in [(saved, nil), (unsettled, unit(.intent))] {
      guard case .acquired(let lock) = try store.acquire(id, at: now) else { return }
      var document = try #require(try store.read(id).found?.document)
      document.session.operations += [operation].compactMap { $0 }
      guard case .saved = lock.save(document) else { return }
      lock.release()
    }
    try store.delete(gone, at: now)
    let other = try OtherProcess(holding: "\(home.sessions)/\(open).lock")
    defer { other.leave() }
    let done = store.carryOut(planned, at: now)
    try #require(done.count == 4 && done.allSatisfy { $0.isKept }, "\(done.map(\.line))")
    #expect(
      done[0].line == "kept \(saved): it was saved meanwhile" || done[0].line.contains("latest"))
    #expect(done[1].line.contains("has it open"))
    #expect(done[2].line == "kept \(gone): it is not there any more")
    #expect(done[3].line.contains("unknown outcome now") || done[3].line.contains("latest"))
    #expect(home.names(in: "archive") == [])
    #expect(done.told == [] && done.problems == [])
  }

  @Test("What was restored, or archived again, since the plan was made is not deleted")
  func archivedAgain() throws {
    let store = try home.store()
    let ids = try [300, 299].map { try make($0, in: store) }
    try make(30, in: store)
    for id in ids { try store.archive(id, at: ago(200)) }
    let planned = try store.planExpiry(at: now)
    #expect(planned.map(\.kind) == [.delete, .delete])
    for id in ids { _ = try store.unarchive(id, at: now) }
    try store.archive(ids[1], at: now)
    let done = store.carryOut(planned, at: now)
    #expect(
      done.map(\.line) == [
        "kept \(ids[0]): it is active now", "kept \(ids[1]): it was archived again meanwhile",
      ])
    #expect(Set(try store.list().map(\.id)).isSuperset(of: ids))
  }

  @Test("What cannot be done is a problem that is told, and the rest is done")
  func failing() throws {
    let store = try home.store()
    let old = try make(20, in: store)
    try make(0, in: store)
    try home.write([], to: "\(home.sessions)/archive")
    #expect(throws: StoreError.self) { try store.planExpiry(at: now) }
    try Files.remove("\(home.sessions)/archive")
    let planned = try store.planExpiry(at: now)
    try home.write([], to: "\(home.sessions)/archive")
    let done = store.carryOut(planned, at: now)
    #expect(done.map(\.id) == [old])
    #expect(done.problems.first?.contains("archive is not a directory") == true)
    #expect(done.told == [])
  }

  // MARK: All, and by force

  @Test("All means what is neither open nor unsettled nor unreadable; by force, what is not open")
  func all() throws {
    let store = try home.store()
    let archived = try make(5, in: store)
    try store.archive(archived, at: now)
    let unsettled = try make(4, in: store, operation: unit(.intent))
    let damaged = try make(3, in: store)
    try home.put(Array("{".utf8), as: "\(damaged).json")
    let open = try make(2, in: store)
    let latest = try make(1, in: store)
    let other = try OtherProcess(holding: "\(home.sessions)/\(open).lock")
    defer { other.leave() }
    let gentle = try store.planExpiry(at: now, all: true)
    #expect(gentle.filter { $0.outcome == .planned }.map(\.id) == [latest, archived])
    #expect(gentle.allSatisfy { $0.kind == .delete })
    #expect(gentle.first { $0.id == unsettled }?.line.contains("1 change of unknown") == true)
    #expect(gentle.first { $0.id == damaged }?.line.contains("cannot be read; --force") == true)
    #expect(gentle.first { $0.id == open }?.line.contains("has it open") == true)

    let forced = try store.planExpiry(at: now, all: true, forced: true)
    #expect(forced.filter { $0.outcome != .planned }.map(\.id) == [open])
    let done = store.carryOut(forced, at: now)
    #expect(done.count { $0.outcome == .done } == 4)
    #expect(
      done.first { $0.id == unsettled }?.line.hasSuffix("it had 1 change of unknown outcome")
        == true)
    #expect(done.first { $0.id == damaged }?.line.hasSuffix("it could not be read") == true)
    #expect(try store.list().map(\.id) == [open])
    #expect(home.names(in: "backups") == [])
  }

  @Test("Of what cannot be read its newest backup that can tells what is thrown away")
  func damagedWithBackups() throws {
    let store = try home.store()
    let id = try make(3, in: store, operation: unit(.done))
    guard case .acquired(let lock) = try store.acquire(id, at: now) else { return }
    let document = try #require(try store.read(id).found?.document)
    guard case .saved = lock.save(document) else { return }
    lock.release()
    try home.put(Array("{".utf8), as: "\(id).json")
    let planned = try store.planExpiry(at: now, all: true, forced: true)
    #expect(planned.map(\.units) == [1])
    let line = try #require(planned.first?.line)
    #expect(line.contains("it cannot be read; it is the only record of 1 unit"))
  }

  @Test(
    "By force the limits hold for what is unsettled or unreadable, too, and never for what is open")
  func forced() throws {
    let store = try home.store()
    let unsettled = try make(30, in: store, operation: unit(.intent))
    let damaged = try make(29, in: store)
    try home.put(Array("{".utf8), as: "\(damaged).json")
    let open = try make(28, in: store)
    try make(0, in: store)
    let other = try OtherProcess(holding: "\(home.sessions)/\(open).lock")
    defer { other.leave() }
    #expect(try store.planExpiry(at: now).isEmpty)
    let planned = try store.planExpiry(at: now, forced: true)
    #expect(Set(planned.map(\.id)) == [unsettled, damaged])
    #expect(store.carryOut(planned, at: now).allSatisfy { $0.outcome == .done })
  }

  // MARK: Logs

  @Test("Logs of our own names that are too old go; those of what is unfinished or recent stay")
  func oldLogs() throws {
    let store = try home.store()
    let names = [
      "tui-import-2026-01-01-000000.log", "tui-import-2026-01-01-000000-2.log",
      "worker-dev-2026-01-01-000000.log", "worker-old-one-2026-01-01-000000.log",
      "tui-import-2026-01-02-000000.log", "tui-import-2026-01-03-000000.log",
    ]
    for name in names.dropLast() { try log(name, 100) }
    try log(names[5], 89)
    for name in ["audit.log", "cub.log", "tui-import-x.log", "worker-.log"] { try log(name, 300) }
    try make(10, in: store, logs: ["~/.confighub/logs/\(names[0])"])
    try make(0, in: store, logs: ["~/.confighub/logs/\(names[4])"], isComplete: true)
    let actions = try store.expire(at: now, dryRun: false).filter { $0.kind == .removeLog }
    #expect(Set(actions.map(\.id)) == [names[1], names[2], names[3], names[4]])
    #expect(actions.first?.reason == "not written to for 100 days")
    #expect(actions.told == ["4 old logs are removed."])
    #expect(
      try logs() == ["audit.log", "cub.log", names[0], names[5], "tui-import-x.log", "worker-.log"])
    #expect(try store.planExpiry(at: now).isEmpty)
  }

  @Test("Of too much the oldest logs go, but nothing that may be written to")
  func logSize() throws {
    let store = try home.store(Retention(logBytes: 1_000_000))
    for days in 0...4 as ClosedRange<Int64> {
      try log("tui-import-\(ago(days).stamp).log", days, bytes: 400_000)
    }
    let actions = try store.expire(at: now, dryRun: false)
    #expect(
      actions.map(\.line)
        == ([4, 3, 2] as [Int64]).map {
          "removed tui-import-\(ago($0).stamp).log: more than 1 MB of logs"
        })
    #expect(try logs().count == 2)
    let strict = try home.store(Retention(logBytes: 1))
    #expect(
      try strict.expire(at: now, dryRun: false).map(\.id) == ["tui-import-\(ago(1).stamp).log"])
  }

  @Test("A log that was written to since the plan was made stays; so do those of a damaged session")
  func logsInUse() throws {
    let store = try home.store()
    let name = "tui-import-2026-01-01-000000.log"
    try log(name, 100)
    try log("tui-import-2026-06-01-000000.log", 19)
    let planned = try store.planExpiry(at: now)
    #expect(planned.map(\.id) == [name])
    try home.write(Array("more than before".utf8), to: "\(home.logs)/\(name)")
    #expect(store.carryOut(planned, at: now).map(\.isKept) == [true])

    try log(name, 100)
    try home.makeSessions()
    try home.put(Array("{".utf8), as: "import-2026-01-01-000000.json")
    #expect(try store.planExpiry(at: now).isEmpty, "they may be all that is left of it")
  }
}
