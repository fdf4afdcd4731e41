import Glibc
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("The doctor")
struct DoctorTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp
  private let id = Sample.id

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    // Files are made in the present.
    now = Timestamp(seconds: Int64(time(nil)))
  }

  private func make(_ operation: Wizard.Operation.State? = nil) throws {
    guard case .acquired(let lock) = try store.acquire(id, at: now) else {
      throw InvalidSession(reason: "held")
    }
    var session = Sample.session(id, updated: now)
    for generation in 0...2 {
      session.generation = generation
      if let operation {
        session.operations = [
          Operation(id: "op-0001", kind: .createUnit, key: "s/u", state: operation)
        ]
      }
      _ = lock.save(SessionDocument(session: session))
    }
    lock.release()
  }

  private var file: String { "\(home.sessions)/\(id).json" }

  /// Finds exactly this, repairs it, and then finds nothing.
  private func expectRepair(_ path: String, _ problem: String) throws {
    let before = try home.snapshot()
    let findings = try store.examine(repairing: false, at: now)
    #expect(try home.snapshot() == before, "looking changed something")
    #expect(findings.map(\.path) == [path])
    #expect(findings.first?.problem.contains(problem) == true, "\(findings)")
    #expect(findings.first?.isRepairable == true)
    let repaired = try store.examine(repairing: true, at: now)
    #expect(repaired.map(\.isRepaired) == [true], "\(repaired)")
    #expect(try store.examine(repairing: false, at: now).isEmpty)
  }

  @Test("All is well with no sessions, and with sound ones")
  func well() throws {
    #expect(try store.examine(repairing: false, at: now).isEmpty)
    try make(.done)
    #expect(try store.examine(repairing: false, at: now).isEmpty)
  }

  @Test("What archiving left in both places when it was cut off is removed from the archive")
  func twins() throws {
    try make(.done)
    let active = try home.bytes(file)
    try store.archive(id, at: now)
    let archived = "\(home.sessions)/archive/\(now.day)/\(id).json.gz"
    let copy = try home.bytes(archived)
    _ = try store.unarchive(id, at: now)
    func putBack() throws {
      let day = "\(home.sessions)/archive/\(now.day)"
      try home.make(directory: day)
      chmod(day, 0o700)
      try home.write(copy, to: archived)
      chmod(archived, 0o600)
    }
    try putBack()
    try expectRepair(
      "~/.confighub/sessions/archive/\(now.day)/\(id).json.gz", "was cut off")
    #expect(try home.bytes(file) == active)
    #expect(home.names(in: "archive") == [])
    // An earlier generation that was archived once is no twin.
    try putBack()
    try store.holding(id, at: now) { lock in
      guard let document = try store.resume(holding: lock).found?.document else { return }
      _ = try lock.saveOrThrow(document)
    }
    #expect(try store.examine(repairing: false, at: now).isEmpty)
  }

  @Test("Loose modes are tightened")
  func modes() throws {
    try make()
    chmod(file, 0o644)
    try expectRepair("~/.confighub/sessions/\(id).json", "mode 644")
    #expect(home.mode(file) == 0o600)
    chmod("\(home.sessions)/backups", 0o755)
    try expectRepair("~/.confighub/sessions/backups", "mode 755")
    #expect(home.mode("\(home.sessions)/backups") == 0o700)
  }

  @Test("A damaged session is replaced by its newest good backup, and kept in corrupt/")
  func damaged() throws {
    try make()
    try home.put(Array("{".utf8), as: "\(id).json")
    chmod(file, 0o600)
    try expectRepair("~/.confighub/sessions/\(id).json", "it is not JSON")
    #expect(try home.bytes("\(home.sessions)/corrupt/\(id).1.json") == Array("{".utf8))
    #expect(try store.read(id).found?.document.session.generation == 3)
  }

  @Test("A session that is only in its backups comes back")
  func lost() throws {
    try make()
    try Files.remove(file)
    try Files.remove("\(home.sessions)/import-latest.json")
    try Files.remove("\(home.sessions)/\(id).lock")
    try expectRepair("~/.confighub/sessions/\(id).json", "is not there")
    #expect(home.link("import-latest.json") == "\(id).json")
  }

  @Test(
    "A pointer that leads nowhere, or somewhere else, names the latest session again",
    arguments: ["import-2020-01-01-000000.json", "/etc/passwd", "../x"])
  func pointer(target: String) throws {
    try make()
    try Files.remove("\(home.sessions)/import-latest.json")
    symlink(target, "\(home.sessions)/import-latest.json")
    try expectRepair("~/.confighub/sessions/import-latest.json", "not")
    #expect(home.link("import-latest.json") == "\(id).json")
  }

  @Test(
    "A temporary file goes after an hour, not before",
    arguments: ["", "backups/", "conflicts/"], ["", ".4711-1", ".3.json.4711-1"])
  func temporaries(directory: String, process: String) throws {
    try make()
    let name = "\(directory).\(id)\(process).tmp"
    let path = "\(home.sessions)/\(name)"
    try home.make(directory: "\(home.sessions)/\(directory)")
    chmod("\(home.sessions)/\(directory)", 0o700)
    try home.write([], to: path)
    chmod(path, 0o600)
    #expect(try store.examine(repairing: true, at: now).isEmpty)
    #expect(home.exists(path))
    var times = [timeval(tv_sec: time(nil) - 3700, tv_usec: 0), timeval(tv_sec: 0, tv_usec: 0)]
    times[1] = times[0]
    utimes(path, times)
    try expectRepair("~/.confighub/sessions/\(name)", "interrupted")
    #expect(!home.exists(path))
  }

  @Test("The lock of a session that is gone is removed, unless somebody holds it")
  func locks() throws {
    try make()
    let path = "\(home.sessions)/import-2020-01-01-000000.lock"
    try home.write([], to: path)
    chmod(path, 0o600)
    let other = try OtherProcess(holding: path)
    #expect(try store.examine(repairing: true, at: now).isEmpty)
    other.leave()
    try expectRepair("~/.confighub/sessions/import-2020-01-01-000000.lock", "gone")
    #expect(!home.exists(path))
  }

  @Test("A backup that cannot be read is put aside")
  func backup() throws {
    try make()
    let path = "\(home.sessions)/backups/\(id).1.json"
    try home.write(Array("x".utf8), to: path)
    chmod(path, 0o600)
    try expectRepair("~/.confighub/sessions/backups/\(id).1.json", "it is not JSON")
    #expect(home.names(in: "corrupt") == ["\(id).1.json"])
  }

  @Test("What only a person can settle remains: edits by hand, unknown outcomes, no backup")
  func remains() throws {
    try make(.intent)
    let unsettled = try store.examine(repairing: true, at: now)
    #expect(unsettled.map(\.isRepaired) == [false])
    #expect(unsettled.first?.advice.contains("--resume \(id)") == true)

    let text = String(decoding: try home.bytes(file), as: UTF8.self)
    try home.put(Array(text.replacing("kind-atk", with: "kind-kta").utf8), as: "\(id).json")
    let edited = try store.examine(repairing: true, at: now)
    // An edit does not hide that a change is unsettled.
    #expect(edited.map(\.isRepairable) == [false, false])
    #expect(edited.first?.problem.contains("edited by hand") == true)
    #expect(edited.last?.problem.contains("unknown outcome") == true)

    try Files.remove("\(home.sessions)/backups")
    try home.put(Array("{".utf8), as: "\(id).json")
    let lost = try store.examine(repairing: true, at: now)
    #expect(lost.first?.advice.contains("--from-log") == true, "\(lost)")
    #expect(try home.bytes(file) == Array("{".utf8))
  }

  @Test("The files of other programs are neither looked at nor touched")
  func foreign() throws {
    try make()
    for name in ["hub-snapshot.json", ".other.tmp", "some.lock"] {
      try home.put(Array("x".utf8), as: name)
      chmod("\(home.sessions)/\(name)", 0o644)
    }
    let before = try home.snapshot()
    #expect(try store.examine(repairing: true, at: now).isEmpty)
    #expect(try home.snapshot() == before)
  }

  @Test("Statistics count each kind once")
  func stats() throws {
    try make()
    try home.makeSessions()
    var other = Sample.session(
      "import-2026-01-10-000000", updated: Timestamp(seconds: 1_768_000_000))
    other.position = Position(.complete)
    other.stepsCompleted = Step.seven
    try home.put(try Sample.bytes(other), as: "\(other.id).json")
    var undone = Sample.session("import-2026-01-12-000000", updated: now)
    undone.operations.append(
      Wizard.Operation(id: "op-9999", kind: .deleteUnit, key: "a/b"))
    undone.recordRemoval(of: "a/b")
    try home.put(try Sample.bytes(undone), as: "\(undone.id).json")
    try home.put(Array("{".utf8), as: "import-2026-01-11-000000.json")
    let stats = try store.stats(at: now, recent: 3600)
    // Each session is by itself what it is counted as.
    for (status, count) in stats.counts {
      #expect(
        try store.list().count { $0.status(at: now, abandonedAfter: 24 * 3600) == status } == count)
    }
    #expect(
      stats.counts[.active] == 1 && stats.counts[.complete] == 1 && stats.counts[.archived] == 0)
    #expect(stats.counts[.undone] == 1)
    #expect(stats.counts[.damaged] == 1)
    #expect(stats.oldest == other.updatedAt)
    #expect(stats.newest == now)
    let size = try home.bytes(file).count
    #expect(stats.bytes.first { $0.directory == "sessions" }.map { $0.count > size } == true)
    #expect(stats.bytes.contains { $0.directory == "sessions/backups" && $0.count > 0 })
  }
}
