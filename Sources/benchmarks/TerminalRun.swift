import FoundationEssentials
import Glibc

/// A program on a pseudo-terminal of 80 by 24, ended with it.
final class TerminalRun {
  private let id: pid_t
  private let terminal: Int32
  private let began: Double
  /// Everything that was written so far.
  private var seen: [UInt8] = []

  init(_ words: [String], _ scratch: Scratch) throws {
    var (controller, held): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&controller, &held, nil, nil, &size) == 0, let name = ttyname(held) else {
      throw BenchmarkFailure("no pseudo-terminal can be had")
    }
    for end in [controller, held] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(held) }
    terminal = controller
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    // POSIX_SPAWN_SETSID of <spawn.h>: the terminal becomes the program's own.
    posix_spawnattr_setflags(&attributes, 0x80)
    var argv = words.map { strdup($0) } + [nil]
    let environment = [
      "HOME=\(scratch.path)", "PATH=/usr/bin:/bin", "LANG=C.UTF-8", "TERM=xterm-256color",
      "STAND_IN_DELAY_MS=0",
    ]
    var envp = environment.map { strdup($0) } + [nil]
    defer {
      (argv + envp).forEach { free($0) }
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    var id: pid_t = 0
    began = monotonicSeconds()
    guard posix_spawn(&id, words[0], &actions, &attributes, &argv, &envp) == 0 else {
      throw BenchmarkFailure("\(words[0]) could not be started")
    }
    self.id = id
  }

  deinit {
    kill(id, SIGTERM)
    _ = read(for: 0.2)
    kill(id, SIGKILL)
    waitpid(id, nil, 0)
    close(terminal)
  }

  func timeToEnd() -> Double {
    _ = read(for: 5) { _ in false }
    return monotonicSeconds() - began
  }

  /// Seconds until that is on the screen; a frame ends with its key line, and so with `help`.
  func time(to text: String) throws -> Double {
    let wanted = Array(text.utf8)
    _ = read(for: 60) { seen.firstRange(of: wanted) != nil || ($0.firstRange(of: wanted) != nil) }
    guard seen.firstRange(of: wanted) != nil else {
      throw BenchmarkFailure("map-import did not draw \(text)")
    }
    return monotonicSeconds() - began
  }

  /// The most memory that it had so far, in bytes.
  var peak: Int { ScanChild.memory("VmHWM:", of: "\(id)") }

  /// What is written within that time, or until it is enough, or nobody has the terminal open.
  func read(for seconds: Double, until isEnough: ([UInt8]) -> Bool = { _ in false }) -> [UInt8] {
    var bytes: [UInt8] = []
    let end = monotonicSeconds() + seconds
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !isEnough(bytes) {
      let left = end - monotonicSeconds()
      guard left > 0 else { break }
      var polled = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
      guard poll(&polled, 1, Int32(left * 1000)) > 0 else { break }
      let count = Glibc.read(terminal, &buffer, buffer.count)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    seen += bytes
    return bytes
  }

  /// That it has used so far, without its children's.
  var processorSeconds: Double {
    let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    // After the name, which may hold anything: utime and stime are fields 14 and 15.
    let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
    guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
      return 0
    }
    return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
  }
}
