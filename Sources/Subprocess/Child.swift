@preconcurrency import Glibc

/// A started program, the leader of a process group of its own, until it is reaped.
///
/// Signals go to the group while the leader is, at the least, a zombie: its number then cannot
/// have passed on to another process.
struct Child: ~Copyable {
  let id: pid_t
  /// Open in this process alone. However we go, the kernel closes it, and that kills the group.
  private let lifeline: Descriptor?
  /// The other end of it, by which the kernel can be told not to.
  private let leash: Descriptor?

  init(id: pid_t, lifeline: Descriptor? = nil, leash: Descriptor? = nil) {
    self.id = id
    self.lifeline = lifeline
    self.leash = leash
  }

  /// Lets the group go on when we are gone.
  borrowing func release() {
    if let leash { _ = fcntl(leash.number, F_SETFL, 0) }
  }

  /// Sends a signal to every process of the group.
  borrowing func signal(_ number: Int32) { kill(-id, number) }

  /// Whether the leader has ended; it stays a zombie until ``reap()``.
  borrowing func hasEnded() -> Bool {
    var information = siginfo_t()
    let answer = retrying {
      waitid(P_PID, id_t(id), &information, WEXITED | WNOHANG | WNOWAIT)
    }
    return answer != 0 || information.si_signo == SIGCHLD
  }

  /// Blocks until the leader with this number has ended; it stays a zombie until it is reaped.
  static func waitForEnd(of id: pid_t) {
    var information = siginfo_t()
    _ = retrying { waitid(P_PID, id_t(id), &information, WEXITED | WNOWAIT) }
  }

  /// Blocks until the leader has ended, and lets go of its number.
  ///
  /// - Parameter onStop: called whenever the leader has stopped, before the group is continued.
  consuming func reap(onStop: () -> Void = {}) -> Completion.Ending {
    while true {
      // What stays if someone else has reaped it: unknown, and so no success.
      var status: Int32 = 0xff00
      _ = retrying { waitpid(id, &status, WUNTRACED) }
      if status & 0xff != 0x7f { return Completion.Ending(waitStatus: status) }
      onStop()
      signal(SIGCONT)
    }
  }
}

/// Repeats a system call that a signal interrupted.
func retrying<Answer: SignedInteger>(_ call: () -> Answer) -> Answer {
  while true {
    let answer = call()
    if answer != -1 || errno != EINTR { return answer }
  }
}

/// Seconds on a clock that no one sets and that stands still while the machine sleeps.
func monotonicSeconds() -> Double {
  var now = timespec()
  clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
