import CNcurses
import Glibc

/// The signals that a person or the system sends, to be read in the main loop instead of interrupting
/// it; signalfd(2).
///
/// SIGINT, SIGTERM and SIGHUP ask to leave, SIGWINCH calls for `Screen.resized()`, SIGTSTP for
/// `Screen.suspend()`, SIGCONT for `Screen.redraw()`. Programs that are started inherit the blocked
/// signals and need them unblocked again.
public struct SignalQueue {
  /// Ready to read when a signal has come.
  public let descriptor: Int32

  /// Blocks the signals in the calling thread, so call it on the main thread before there are others.
  public init() throws(TerminalError) {
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGCONT, SIGTSTP] {
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    descriptor = signalfd(-1, &signals, Int32(SFD_NONBLOCK | SFD_CLOEXEC))
    if descriptor < 0 {
      throw TerminalError("Signals cannot be received: \(String(cString: strerror(errno))).")
    }
  }

  /// The numbers of the signals that have come; each at most once, never blocks.
  public func read() -> [Int32] {
    var signals: [Int32] = []
    var info = signalfd_siginfo()
    let size = MemoryLayout<signalfd_siginfo>.size
    while Glibc.read(descriptor, &info, size) == size {
      signals.append(Int32(bitPattern: info.ssi_signo))
    }
    return signals
  }
}
