import Glibc
import Testing
import Wizard

@testable import Files
@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("Who may read and write")
struct TrustTests {
  @Test(
    "Directories are 0700 and files 0600 under any umask",
    arguments: [0o000, 0o022, 0o077, 0o777] as [mode_t])
  func modes(umask: mode_t) async throws {
    let home = try TemporaryHome()
    let store = try home.store()
    let now = try Sample.time("2026-01-09T14:30:22Z")
    let root = try home.root()
    try await withUmask(umask) {
      let lock = try store.begin(at: now)
      var session = Sample.session(lock.id)
      #expect(lock.save(SessionDocument(session: session)) == .saved(generation: 1))
      session.generation = 1
      #expect(lock.save(SessionDocument(session: session)) == .saved(generation: 2))
      RunLog(root: root, sessionID: lock.id, now: { now }).write("begun")

      let id = lock.id
      for name in ["", "/sessions", "/sessions/backups", "/logs"] {
        #expect(home.mode("\(home.path)/.confighub\(name)") == 0o700, "\(name)")
      }
      for name in [
        "sessions/\(id).json", "sessions/\(id).lock", "sessions/backups/\(id).1.json",
        "logs/tui-import-2026-01-09-143022.log",
      ] {
        #expect(home.mode("\(home.path)/.confighub/\(name)") == 0o600, "\(name)")
      }
    }
  }

  @Test(
    "A loose sessions/ of ours is tightened, and ~/.confighub is left as it is",
    arguments: [0o755, 0o777, 0o705, 0o1777] as [mode_t])
  func tightened(mode: mode_t) throws {
    let home = try TemporaryHome()
    try home.makeSessions()
    chmod("\(home.path)/.confighub", 0o755)
    chmod(home.sessions, mode)
    _ = try home.store().begin(at: Timestamp(seconds: 0))
    #expect(home.mode(home.sessions) == 0o700)
    #expect(home.mode("\(home.path)/.confighub") == 0o755)
  }

  @Test("A directory that its owner made stricter stays so")
  func stricter() throws {
    let home = try TemporaryHome()
    try home.makeSessions()
    chmod(home.sessions, 0o500)
    _ = try? home.store().begin(at: Timestamp(seconds: 0))
    #expect(home.mode(home.sessions) == 0o500)
    chmod(home.sessions, 0o700)
  }

  @Test("Looking tightens nothing")
  func lookingTightensNothing() throws {
    let home = try TemporaryHome()
    try home.makeSessions()
    chmod(home.sessions, 0o755)
    _ = try home.store().status(at: Timestamp(seconds: 0))
    #expect(home.mode(home.sessions) == 0o755)
  }

  enum Obstacle: String, CaseIterable { case symbolicLink, file, fifo }

  @Test(
    "What is no directory is refused, with the reason",
    arguments: [".confighub", ".confighub/sessions", ".confighub/sessions/backups"],
    Obstacle.allCases)
  func refused(name: String, obstacle: Obstacle) throws {
    let home = try TemporaryHome()
    let path = "\(home.path)/\(name)"
    try home.make(directory: "\(home.path)/elsewhere")
    try home.make(directory: String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex)))
    switch obstacle {
    case .symbolicLink: symlink("\(home.path)/elsewhere", path)
    case .file: try home.write([], to: path)
    case .fifo: mkfifo(path, 0o600)
    }
    let store = try home.store()
    let session = Sample.session()
    let error: String
    do {
      guard case .acquired(let lock) = try store.acquire(session.id, at: session.createdAt) else {
        Issue.record("held by nobody")
        return
      }
      guard case .failed(let failure) = lock.save(SessionDocument(session: session))
      else {
        Issue.record("saved")
        return
      }
      error = failure.sentence
    } catch {
      #expect(!error.sentence.isEmpty)
      expect(error.sentence, names: name, obstacle)
      return
    }
    expect(error, names: name, obstacle)
    let elsewhere = "\(home.path)/elsewhere"
    #expect(home.status(elsewhere)?.st_nlink == 2)
  }

  private func expect(_ sentence: String, names name: String, _ obstacle: Obstacle) {
    let why = obstacle == .symbolicLink ? "is a symbolic link" : "is not a directory"
    #expect(sentence.contains("~/\(name) \(why)"))
  }

  @Test(
    "A directory of somebody else is refused",
    .enabled(if: geteuid() == 0, "only root can give a directory to somebody else"),
    arguments: [".confighub", ".confighub/sessions"])
  func foreign(name: String) throws {
    let home = try TemporaryHome()
    try home.makeSessions()
    chown("\(home.path)/\(name)", 4711, 4711)
    let store = try home.store()
    let error = #expect(throws: StoreError.self) {
      try store.begin(at: Timestamp(seconds: 0))
    }
    #expect(error?.sentence.contains("~/\(name) belongs to user 4711, not to you") == true)
    #expect(throws: StoreError.self) { try store.read() }
  }

  @Test("A ~/.confighub that everybody may write to is refused")
  func worldWritable() throws {
    let home = try TemporaryHome()
    try home.makeSessions()
    chmod("\(home.path)/.confighub", 0o777)
    let store = try home.store()
    let error = #expect(throws: StoreError.self) { try store.begin(at: Timestamp(seconds: 0)) }
    #expect(error?.sentence.contains("can be changed by everybody") == true)
    chmod("\(home.path)/.confighub", 0o1777)
    #expect(throws: Never.self) { try store.begin(at: Timestamp(seconds: 0)) }
  }

  @Test("The demo keeps its own sessions and logs")
  func demo() throws {
    let home = try TemporaryHome()
    let root = try home.root(isDemo: true)
    let store = FileStore(root: root, program: "test")
    let lock = try store.begin(at: Timestamp(seconds: 0))
    _ = lock.save(SessionDocument(session: Sample.session(lock.id)))
    let log = RunLog(root: root, sessionID: lock.id, now: { Timestamp(seconds: 0) })
    #expect(log.displayPath == "~/.confighub/demo/logs/tui-import-1970-01-01-000000.log")
    #expect(home.exists("\(home.path)/.confighub/demo/sessions/\(lock.id).json"))
    #expect(try store.read().found?.path.hasPrefix("~/.confighub/demo/") == true)
    #expect(try home.store().read().found == nil)
  }

  @Test("A home directory that is missing or relative is none", arguments: ["", "home", "~"])
  func noHome(home: String) {
    #expect(StateRoot(environment: ["HOME": home]) == nil)
    #expect(StateRoot(environment: [:]) == nil)
  }
}
