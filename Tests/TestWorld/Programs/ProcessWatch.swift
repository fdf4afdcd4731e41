import Glibc

/// A started process; a thread of its own waits for its end, so nobody has to ask.
final class ProcessWatch: Sendable {
  let processID: pid_t
  private let end: Monitor<End?>

  private struct End {
    var ending: Ending
    /// When it was reaped, in clock ticks since the machine started.
    var moment: Int
  }

  /// Starts the program and calls `whenEnded` once, on the waiting thread, after it was reaped.
  init(_ spawn: Spawn, whenEnded: @escaping @Sendable (Ending) -> Void) throws {
    let process = try spawn.start()
    let end = Monitor<End?>(nil)
    processID = process
    self.end = end
    try startThread {
      var information = siginfo_t()
      while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR {}
      // Reaped under the lock: a signal is sent either to this process or to none.
      let ending = end.change { end in
        let moment = ticksSinceStart()
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0 && errno == EINTR {}
        let signal = status & 0x7F
        let ending = signal == 0 ? Ending.exited((status >> 8) & 0xFF) : .killed(signal: signal)
        end = End(ending: ending, moment: moment)
        return ending
      }
      whenEnded(ending)
    }
  }

  /// Sends a signal to the process, or to nobody if it has ended.
  func signal(_ number: Int32) {
    end.read { if $0 == nil { kill(processID, number) } }
  }

  /// The live processes of the session the process leads or led. Once it was reaped its number may
  /// belong to another session: only processes that did not start later can be of this one.
  var session: [SessionMember] {
    end.read { end in
      SessionMember.all(ofSession: processID).filter { member in
        end.map { member.started <= $0.moment } ?? true
      }
    }
  }

  /// Kills every process of the session, however deep, and waits until they have ended.
  func killSession() {
    for member in session { member.kill() }
    _ = end.wait(patience) { $0 == nil ? nil : true }
  }
}

/// A live process of a session that a test started.
public struct SessionMember: Sendable, CustomStringConvertible {
  /// Its process id.
  public let processID: Int32
  /// The name of its program, cut to 15 bytes as in proc_pid_stat(5).
  public let name: String
  /// When it started, in clock ticks since the machine started.
  let started: Int

  public var description: String { "\(processID) (\(name))" }

  /// Kills the process and waits until it has ended; only a process descriptor tells that of a
  /// process that is not a child of this one (pidfd_open(2)).
  func kill() {
    let pidfdOpen = 434
    let process = Descriptor(Int32(System.syscall(pidfdOpen, Int(processID), 0)))
    guard process.number >= 0 else { return }
    Glibc.kill(processID, SIGKILL)
    var polled = pollfd(fd: process.number, events: Int16(POLLIN), revents: 0)
    poll(&polled, 1, 10_000)
  }

  /// The live processes whose session is `session`; a process that ended but was not yet waited
  /// for does not count.
  static func all(ofSession session: pid_t) -> [SessionMember] {
    guard let directory = opendir("/proc") else { return [] }
    defer { closedir(directory) }
    var members: [SessionMember] = []
    while let entry = readdir(directory) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      // proc_pid_stat(5): after the name in parentheses, which may hold anything, come the state
      // (field 3), the parent, the group, the session, and the start time as field 22.
      guard let id = pid_t(name), let bytes = try? fileBytes("/proc/\(id)/stat"),
        let start = bytes.firstIndex(of: UInt8(ascii: "(")),
        let end = bytes.lastIndex(of: UInt8(ascii: ")"))
      else { continue }
      let fields = String(decoding: bytes[(end + 1)...], as: UTF8.self).split(separator: " ")
      guard fields.count > 19, fields[0] != "Z", pid_t(fields[3]) == session,
        let started = Int(fields[19])
      else { continue }
      members.append(
        SessionMember(
          processID: id, name: String(decoding: bytes[(start + 1)..<end], as: UTF8.self),
          started: started))
    }
    return members
  }
}

private func ticksSinceStart() -> Int {
  var moment = timespec()
  clock_gettime(CLOCK_BOOTTIME, &moment)
  let ticksPerSecond = sysconf(Int32(_SC_CLK_TCK))
  return moment.tv_sec * ticksPerSecond + moment.tv_nsec * ticksPerSecond / 1_000_000_000
}
