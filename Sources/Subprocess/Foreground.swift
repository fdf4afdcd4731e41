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

/// The same with what is in memory: its stdin is the command's `input`, its stdout comes back, and only
/// its stderr and the terminal itself are for the person, as where a passphrase is asked for.
///
/// - Parameter command: its `timeout` is not looked at. More than its `outputLimit` is not taken.
public func exchangeInForeground(_ command: Command) throws(SpawnError) -> Completion {
  let foreground = Foreground()
  let input: Descriptor
  let output: Descriptor
  do {
    input = try Descriptor.memory(holding: command.input)
    output = try Descriptor.memory(holding: [])
  } catch {
    throw SpawnError(executable: command.executable, code: error.code)
  }
  let began = monotonicSeconds()
  let child = try Child.spawnAttached(
    command, terminal: foreground?.terminal.number, input: input.number, output: output.number)
  let group = child.id
  foreground?.give(to: group)
  defer { foreground?.give(to: getpgrp()) }
  let ending = child.reap { foreground?.give(to: group) }
  command.observer?(command, ending, monotonicSeconds() - began)
  guard let bytes = output.contents(atMost: command.outputLimit) else {
    return Completion(ending: .outputTooLong)
  }
  return Completion(ending: ending, output: bytes)
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
