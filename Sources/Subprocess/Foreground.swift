@preconcurrency import Glibc

/// Runs a program that talks with the person: it has our stdin, stdout and stderr, and, in a
/// process group of its own, the foreground of our terminal, until it ends.
///
/// Blocks the calling thread. Ctrl-C and Ctrl-Z are the program's own while it runs; if it stops,
/// it is continued. What it starts, such as a browser, is left alone.
///
/// - Parameter command: its `input`, `timeout` and `outputLimit` are not looked at.
public func runInForeground(_ command: Command) throws(SpawnError) -> Completion.Ending {
  let foreground = Foreground()
  let began = monotonicSeconds()
  let child = try Child.spawnAttached(command, terminal: foreground?.terminal.number)
  let group = child.id
  foreground?.give(to: group)
  defer { foreground?.give(to: getpgrp()) }
  let ending = child.reap { foreground?.give(to: group) }
  command.observer?(command, ending, monotonicSeconds() - began)
  return ending
}

/// The terminal whose foreground we are in; there may be none.
private struct Foreground {
  let terminal: Descriptor

  init?() {
    let number = open("/dev/tty", O_RDWR | O_CLOEXEC)
    guard number >= 0 else { return nil }
    terminal = Descriptor(number)
    guard tcgetpgrp(number) == getpgrp() else { return nil }
  }

  /// See tcsetpgrp(3): done from the background, it stops the caller unless SIGTTOU is blocked.
  func give(to group: pid_t) {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGTTOU)
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &signals, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    tcsetpgrp(terminal.number, group)
  }
}
