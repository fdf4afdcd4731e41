import Documents
import Glibc
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("The lock of a session")
struct LockTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-09T14:30:22Z")
  }

  private func path(_ id: String) -> String { "\(home.sessions)/\(id).lock" }

  private func lock(_ id: String = Sample.id) throws -> SessionLock {
    switch try store.acquire(id, at: now) {
    case .acquired(let lock): return lock
    case .heldBy(let holder): throw Refusal(holder.sentence)
    }
  }

  @Test("keeps other processes out until it is released, and says who has it")
  func held() throws {
    let lock = try lock()
    #expect(try !OtherProcess.canLock(path(lock.id)))
    guard case .heldBy(let holder) = try store.acquire(lock.id, at: now) else {
      Issue.record("locked twice")
      return
    }
    #expect(holder.pid == Int(getpid()))
    #expect(holder.since == now)
    #expect(holder.program == "map-import test")
    #expect(holder.host?.isEmpty == false)
    #expect(
      holder.sentence
        == "process \(getpid()) on \(holder.host ?? "") since 2026-01-09 14:30 UTC")

    lock.release()
    #expect(try self.lock().id == lock.id)
  }

  @Test("of another process is respected, and free as soon as that process is dead")
  func otherProcess() throws {
    try home.makeSessions()
    try home.put(Array(#"{"pid":4711,"host":"laptop"}"#.utf8), as: "\(Sample.id).lock")
    let other = try OtherProcess(holding: path(Sample.id))
    guard case .heldBy(let holder) = try store.acquire(Sample.id, at: now) else {
      Issue.record("locked")
      return
    }
    #expect(holder == SessionHolder(pid: 4711, host: "laptop"))
    #expect(try store.holder(of: Sample.id) == holder)

    other.kill()
    #expect(try store.holder(of: Sample.id) == nil)
    #expect(try lock().id == Sample.id)
  }

  @Test("is not disturbed by somebody who only looks")
  func looking() async throws {
    try home.makeSessions()
    try home.put([], as: "\(Sample.id).lock")
    let looker = try OtherProcess(holding: path(Sample.id), shared: true)
    #expect(try store.holder(of: Sample.id) == nil)
    let store = store
    let now = now
    async let locked = Task.detached { try store.acquire(Sample.id, at: now) }.value
    looker.leave()
    guard case .acquired = try await locked else {
      Issue.record("held by a looker")
      return
    }
  }

  @Test(
    "with nonsense inside still says that somebody has it", arguments: ["", "{", "[]", "\u{0}"])
  func nonsense(text: String) throws {
    try home.makeSessions()
    try home.put(Array(text.utf8), as: "\(Sample.id).lock")
    let other = try OtherProcess(holding: path(Sample.id))
    defer { other.leave() }
    #expect(try store.holder(of: Sample.id) == SessionHolder())
    #expect(try store.holder(of: Sample.id)?.sentence == "another process")
  }

  @Test("is not inherited by the programs that are started")
  func closedOnExec() throws {
    let lock = try lock()
    let log = RunLog(root: try home.root(), sessionID: lock.id, now: { [now] in now })
    let paths = [path(lock.id), "\(home.logs)/tui-import-2026-01-09-143022.log"]
    for path in paths {
      let descriptors = try OtherProcess.descriptors(of: path)
      #expect(descriptors.count == 1)
      for descriptor in descriptors {
        #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
      }
    }
    withExtendedLifetime((lock, log)) {}
  }

  @Test("is free when it is released, though a program that is just being started has it open")
  func starting() throws {
    let lock = try lock()
    _ = try lock.saveOrThrow(SessionDocument(session: Sample.session(updated: now)))
    // What a child has between vfork(2) and execve(2).
    let inherited = lock.state.withLock { held in held.file.map { dup($0.descriptor) } }
    defer { inherited.map { _ = close($0) } }
    #expect(try #require(inherited) >= 0)
    lock.release()
    #expect(try store.holder(of: lock.id) == nil)
    #expect(try OtherProcess.canLock(path(lock.id)))
  }

  @Test("whose file was removed and taken by somebody else makes saving a conflict")
  func stolen() throws {
    let lock = try lock()
    let document = SessionDocument(session: Sample.session(lock.id))
    #expect(lock.save(document) == .saved(generation: 1))
    try Files.remove(path(lock.id))
    try home.put([], as: "\(lock.id).lock")
    let other = try OtherProcess(holding: path(lock.id))
    guard case .failed(let failure) = lock.save(document) else {
      Issue.record("saved")
      return
    }
    #expect(failure.isConflict)
    #expect(failure.sentence.contains("meanwhile taken by another process"))
    other.leave()
    #expect(lock.save(document) == .saved(generation: 2))
  }

  @Test("in the shape of a link or a FIFO is refused, at once")
  func hostileFile() throws {
    try home.makeSessions()
    mkfifo(path(Sample.id), 0o600)
    #expect(throws: StoreError.self) { try store.acquire(Sample.id, at: now) }
    try Files.remove(path(Sample.id))
    symlink("\(home.path)/victim", path(Sample.id))
    #expect(throws: StoreError.self) { try store.acquire(Sample.id, at: now) }
    #expect(!home.exists("\(home.path)/victim"))
  }

  @Test("of a session that was never saved leaves nothing behind")
  func neverSaved() throws {
    let lock = try store.begin(at: now)
    #expect(home.names() == ["\(lock.id).lock"])
    lock.release()
    #expect(home.names() == [])
  }
}

@Suite("A new session's id")
struct ReserveTests {
  private let home: TemporaryHome
  private let store: FileStore
  private let now: Timestamp

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    now = try Sample.time("2026-01-09T14:30:22Z")
    try home.makeSessions()
  }

  @Test("is the time in UTC")
  func time() throws {
    #expect(try store.begin(at: now).id == "import-2026-01-09-143022")
  }

  @Test(
    "is another one if something has it",
    arguments: [
      "import-2026-01-09-143022.json", "import-2026-01-09-143022.lock",
      "archive/2026-01-17/import-2026-01-09-143022.json",
      "backups/import-2026-01-09-143022.3.json",
    ])
  func taken(name: String) throws {
    try home.make(directory: "\(home.sessions)/archive/2026-01-17")
    try home.make(directory: "\(home.sessions)/backups")
    try home.put([], as: name)
    #expect(try store.begin(at: now).id == "import-2026-01-09-143022-2")
    #expect(try home.bytes("\(home.sessions)/\(name)") == [])
  }

  @Test("is another one for each of many who ask at once")
  func many() async throws {
    let locks = try await withThrowingTaskGroup(of: SessionLock.self) { group in
      for _ in 0..<16 { group.addTask { [store, now] in try store.begin(at: now) } }
      return try await group.reduce(into: [SessionLock]()) { $0.append($1) }
    }
    #expect(Set(locks.map(\.id)).count == 16)
  }
}
