import Glibc

/// What is left to do when a signal kills us while the screen is up: the normal screen and the old
/// modes come back, and what we had to say on standard error is said.
struct FatalSignalHandler {
  private var isArmed: sig_atomic_t = 0
  private var sequence: UnsafeMutableRawPointer?
  private var sequenceCount = 0
  private var modes = termios()
  private var captured: Int32 = -1
  private var standardError: Int32 = -1

  private static let bufferSize = 4096
  private static let stackSize = 65536

  // Written by the main thread alone, before `isArmed` is set; the handler only reads. A pointer, and
  // not a variable, since a handler must not run into Swift's checks for overlapping access.
  private nonisolated(unsafe) static let words: UnsafeMutablePointer<FatalSignalHandler> = {
    let words = UnsafeMutablePointer<FatalSignalHandler>.allocate(capacity: 1)
    words.initialize(to: FatalSignalHandler())
    return words
  }()

  // Touched by the handler alone, which runs once.
  private nonisolated(unsafe) static let buffer = UnsafeMutableRawPointer.allocate(
    byteCount: bufferSize, alignment: 1)

  private static let signals = [
    SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT, SIGSEGV, SIGSYS, SIGTRAP,
  ]

  /// Sets the handlers and answers with those there were.
  static func install() -> [(signal: Int32, action: sigaction)] {
    _ = (words, buffer)
    provideStack()
    return signals.map { signal in
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { FatalSignalHandler.say($0) }
      action.sa_flags = Int32(truncatingIfNeeded: SA_RESETHAND) | SA_NODEFER | SA_ONSTACK
      var old = sigaction()
      sigaction(signal, &action, &old)
      return (signal, old)
    }
  }

  static func uninstall(_ old: [(signal: Int32, action: sigaction)]) {
    for (signal, action) in old {
      var action = action
      sigaction(signal, &action, nil)
    }
  }

  static func arm(sequence: [UInt8], modes: termios, errors: CapturedErrors) {
    words.pointee.sequence?.deallocate()
    let copy = UnsafeMutableRawPointer.allocate(byteCount: sequence.count, alignment: 1)
    copy.copyMemory(from: sequence, byteCount: sequence.count)
    words.pointee.sequence = copy
    words.pointee.sequenceCount = sequence.count
    words.pointee.modes = modes
    words.pointee.captured = errors.memory
    words.pointee.standardError = errors.real
    words.pointee.isArmed = 1
  }

  static func disarm() { words.pointee.isArmed = 0 }

  /// The handler: async-signal-safe calls only, and nothing of Swift that could allocate.
  private static func say(_ signal: Int32) {
    let words = words
    if words.pointee.isArmed != 0, let sequence = words.pointee.sequence {
      words.pointee.isArmed = 0
      writeAll(sequence, count: words.pointee.sequenceCount, to: STDOUT_FILENO)
      tcsetattr(STDIN_FILENO, TCSANOW, &words.pointee.modes)
      copyAll(
        from: words.pointee.captured, to: words.pointee.standardError, through: buffer,
        size: bufferSize)
    }
    raise(signal)
  }

  /// A stack of its own for the handler, for when the main thread has used up its stack.
  private static func provideStack() {
    var current = stack_t()
    sigaltstack(nil, &current)
    guard current.ss_flags & Int32(SS_DISABLE) != 0 else { return }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: stackSize, alignment: 16)
    var stack = stack_t(ss_sp: memory, ss_flags: 0, ss_size: stackSize)
    sigaltstack(&stack, nil)
  }
}
