import FoundationEssentials
import Glibc

/// A process whose three streams are files, so that no reader can hold it up.
struct Running {
  let pid: pid_t
  private let files: String

  init(
    path: String, arguments: [String], input: Data, environment: [String: String], root: String
  ) throws {
    files = "\(root)/\(UUID().uuidString)"
    try input.write(to: URL(filePath: files + ".in"))
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, files + ".in", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, files + ".out", O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, files + ".err", O_WRONLY | O_CREAT, 0o600)
    // The thread that spawns may block signals; the process must hear them all.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, path, &actions, &attributes, &argv, &envp)
    guard code == 0 else { throw Errno("posix_spawn \(path)", code) }
    self.pid = pid
  }

  /// What it has printed so far.
  func output() -> String {
    (try? Data(contentsOf: URL(filePath: files + ".out"))).map {
      String(decoding: $0, as: UTF8.self)
    } ?? ""
  }

  /// Waits for its end; the exit of a killed process is 128 and the signal, as in a shell.
  @discardableResult
  func finish() throws -> StandIn.Result {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      guard errno == EINTR else { throw Errno("waitpid") }
    }
    let signal = status & 0x7f
    return StandIn.Result(
      exit: signal == 0 ? status >> 8 & 0xff : 128 + signal,
      output: try Data(contentsOf: URL(filePath: files + ".out")),
      error: String(decoding: try Data(contentsOf: URL(filePath: files + ".err")), as: UTF8.self))
  }

  /// Ends it and waits until it is gone.
  @discardableResult
  func end(_ signal: Int32 = SIGTERM) throws -> StandIn.Result {
    kill(pid, signal)
    return try finish()
  }
}
