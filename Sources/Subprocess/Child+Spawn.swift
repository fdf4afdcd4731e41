import CSpawn
@preconcurrency import Glibc

extension Child {
  /// Where a child's descriptors 0, 1 and 2 come from; `nil` is `/dev/null`.
  struct Streams {
    var input: Int32?
    var output: Int32?
    var errors: Int32?
  }

  /// Starts a program in a session of its own, so that neither it nor what it starts can reach
  /// our terminal, and such that it is gone when we are.
  ///
  /// The kernel sees to the latter: the child's descriptor 3 is a pipe's reading end that sends
  /// SIGKILL to the child's group (`F_SETSIG`, `F_SETOWN`, see fcntl(2)) as soon as the writing
  /// end, which nobody but us has, is closed. The child arms it before it becomes the program.
  static func spawnDetached(_ command: Command, _ streams: Streams) throws(SpawnError) -> Child {
    let lifeline = try command.openPipe()
    let sources = [streams.input, streams.output, streams.errors].map { $0 ?? -1 }
    let id = try command.start { path, arguments, environment in
      withExtendedLifetime(lifeline) {
        let id = shim_spawn(
          path, arguments, environment, sources, lifeline.reading.number, lifeline.writing.number)
        return id < 0 ? .failure(Errno(code: -id)) : .success(id)
      }
    }
    return Child(id: id, lifeline: lifeline.writing, leash: lifeline.reading)
  }

  /// Starts a program that shares our terminal and our descriptors 0, 1 and 2, in a process group
  /// of its own that is in the foreground of `terminal`, if there is one, from the first.
  ///
  /// - Parameters: in place of our descriptors 0 and 1, these.
  static func spawnAttached(
    _ command: Command, terminal: Int32?, input: Int32? = nil, output: Int32? = nil
  ) throws(SpawnError) -> Child {
    let id = try command.spawn(flags: POSIX_SPAWN_SETPGROUP) { actions in
      if let terminal { GNU.addSetForeground(actions, terminal) }
      if let input { posix_spawn_file_actions_adddup2(actions, input, 0) }
      if let output { posix_spawn_file_actions_adddup2(actions, output, 1) }
      GNU.addCloseFrom(actions, 3)
    }
    return Child(id: id)
  }
}

extension Command {
  /// A pipe for a child, or why there is none.
  func openPipe() throws(SpawnError) -> (reading: Descriptor, writing: Descriptor) {
    do {
      return try Descriptor.pipe()
    } catch {
      throw SpawnError(executable: executable, code: error.code)
    }
  }

  /// What the child is to have as its stdin; `nil` is `/dev/null`.
  func openInput() throws(SpawnError) -> Descriptor? {
    if input.isEmpty { return nil }
    do {
      return try Descriptor.memory(holding: input)
    } catch {
      throw SpawnError(executable: executable, code: error.code)
    }
  }

  /// posix_spawn(3) with no signal blocked and every signal's default action.
  fileprivate func spawn(
    flags: Int32, _ prepare: (UnsafeMutablePointer<posix_spawn_file_actions_t>) -> Void
  ) throws(SpawnError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    prepare(&actions)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(flags | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    return try start { path, arguments, environment in
      var id: pid_t = 0
      let code = posix_spawn(&id, path, &actions, &attributes, arguments, environment)
      return code == 0 ? .success(id) : .failure(Errno(code: code))
    }
  }

  /// Has a program started from the strings that execve(2) takes.
  fileprivate func start(
    _ spawn: (_ path: String, _ arguments: CStrings, _ environment: CStrings) -> Result<
      pid_t, Errno
    >
  ) throws(SpawnError) -> pid_t {
    guard isRepresentable else { throw SpawnError(executable: executable, code: EINVAL) }
    _ = Self.keepsZombies
    let answer = withCStrings([executable] + arguments) { arguments in
      guard let environment else { return spawn(executable, arguments, environ) }
      return withCStrings(environment.map { "\($0)=\($1)" }.sorted()) {
        spawn(executable, arguments, $0)
      }
    }
    switch answer {
    case .success(let id): return id
    case .failure(let error): throw SpawnError(executable: executable, code: error.code)
    }
  }

  /// Done once: who started us may have left SIGCHLD ignored, and then no child's exit status
  /// would ever be known, see waitpid(2).
  private static let keepsZombies: Void = {
    var action = sigaction()
    sigaction(SIGCHLD, nil, &action)
    let isIgnored = unsafeBitCast(action.__sigaction_handler, to: Int.self) == 1
    if isIgnored { Glibc.signal(SIGCHLD, SIG_DFL) }
  }()

  /// Whether every word reaches the child as it is: C strings end at a NUL.
  private var isRepresentable: Bool {
    executable.hasPrefix("/")
      && ([executable] + arguments).allSatisfy { !$0.utf8.contains(0) }
      && (environment ?? [:]).allSatisfy { name, value in
        !name.isEmpty && !name.utf8.contains(0) && !name.utf8.contains(UInt8(ascii: "="))
          && !value.utf8.contains(0)
      }
  }
}

private typealias CStrings = UnsafePointer<UnsafeMutablePointer<CChar>?>

/// A null-terminated array of C strings, for the duration of the call.
private func withCStrings<Answer>(_ strings: [String], _ body: (CStrings) -> Answer) -> Answer {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}
