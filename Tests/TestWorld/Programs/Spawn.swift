import Glibc

/// A program about to be started: in a session of its own, with default signals and nothing from
/// this process but what is named here.
struct Spawn {
  var program: String
  var arguments: [String]
  var environment: [String: String]
  var directory: String?
  var input: Input

  enum Input {
    /// Standard input, output and error.
    case descriptors(Descriptor, Descriptor, Descriptor)
    /// The path of a terminal that becomes all three and the controlling terminal: the first
    /// terminal a session leader without one opens becomes its own (tty_ioctl(4)).
    case terminal(String)
  }

  /// Starts the program; answers its process id, which is also its session's and its group's.
  func start() throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    switch input {
    case .descriptors(let input, let output, let error):
      posix_spawn_file_actions_adddup2(&actions, input.number, 0)
      posix_spawn_file_actions_adddup2(&actions, output.number, 1)
      posix_spawn_file_actions_adddup2(&actions, error.number, 2)
    case .terminal(let path):
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    }
    if let directory { _ = System.changeDirectoryAction(&actions, directory) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    var every = sigset_t()
    sigfillset(&every)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &every)
    let newSession: Int32 = 0x80  // POSIX_SPAWN_SETSID, which the importer does not see
    posix_spawnattr_setflags(
      &attributes, Int16(newSession | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process = pid_t()
    let variables = environment.map { "\($0.key)=\($0.value)" }.sorted()
    let failure = withCStrings([program] + arguments) { arguments in
      withCStrings(variables) { variables in
        posix_spawn(&process, program, &actions, &attributes, arguments, variables)
      }
    }
    if failure != 0 { throw WorldFailure("cannot start \(program): \(systemMessage(failure))") }
    return process
  }
}

/// Calls `body` with a null-terminated array of C strings.
private func withCStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
) -> Result {
  let copies = strings.map { strdup($0) } + [nil]
  defer { copies.forEach { free($0) } }
  return copies.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { preconditionFailure("never empty") }
    return body(start)
  }
}
