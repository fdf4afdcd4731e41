import CTracing
import Glibc

/// Follows the threads of one process from system call to system call.
struct Tracer {
  /// Before which call something is to happen.
  let number: Int
  /// A command of the shell that is run to its end then; `nil`: the program is killed.
  let meanwhile: String?
  private(set) var calls = 0
  private(set) var threads = 1
  private var known: Set<pid_t> = []

  init(number: Int, meanwhile: String? = nil) {
    self.number = number
    self.meanwhile = meanwhile
  }

  /// Returns the exit status as a shell has it.
  mutating func run(_ words: [String]) -> Int32 {
    let arguments = words.map { strdup($0) } + [nil]
    let process = trace_start(arguments[0], arguments)
    var status: Int32 = 0
    guard process > 0, waitpid(process, &status, __WALL) == process,
      trace_threads(process) == 0, trace_continue(process, 0) == 0
    else { return 126 }
    known = [process]
    while true {
      let thread = waitpid(-1, &status, __WALL)
      guard thread > 0 else { return 126 }
      if status & 0xff == 0x7f {
        stopped(thread, signal: status >> 8 & 0xff, event: status >> 16, process)
      } else if thread == process {
        return status & 0x7f == 0 ? status >> 8 & 0xff : 128 + status & 0x7f
      }
    }
  }

  private mutating func stopped(
    _ thread: pid_t, signal: Int32, event: Int32, _ process: pid_t
  ) {
    let isNew = known.insert(thread).inserted
    if isNew { threads += 1 }
    var delivered: Int32 = 0
    if signal == SIGTRAP | 0x80 {
      let call = trace_entered(thread)
      if call >= 0, !trace_is_unseen(call) {
        calls += 1
        if calls == number { interrupt(process) }
      }
    } else if event == 0, !(isNew && signal == SIGSTOP), signal != SIGTRAP {
      delivered = signal
    }
    _ = trace_continue(thread, delivered)
  }

  private func interrupt(_ process: pid_t) {
    // Nothing of a call is done that a fatal signal finds at its beginning.
    guard let meanwhile else { return _ = kill(process, SIGKILL) }
    let words = ["sh", "-c", meanwhile].map { (word: String) in strdup(word) } + [nil]
    var shell: pid_t = 0
    var status: Int32 = 0
    if posix_spawn(&shell, "/bin/sh", nil, nil, words, environ) == 0 {
      waitpid(shell, &status, 0)
    }
  }
}
