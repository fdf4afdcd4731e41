import CTracing
import Glibc

/// Follows the threads of one process from system call to system call.
struct Tracer {
  /// Which call is not to be made.
  let number: Int
  private(set) var calls = 0
  private(set) var threads = 1
  private var known: Set<pid_t> = []

  init(number: Int) { self.number = number }

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
        // Nothing of a call is done that a fatal signal finds at its beginning.
        if calls == number { kill(process, SIGKILL) }
      }
    } else if event == 0, !(isNew && signal == SIGSTOP), signal != SIGTRAP {
      delivered = signal
    }
    _ = trace_continue(thread, delivered)
  }
}
