import FoundationEssentials
import Glibc

/// The wizard in a terminal of its own: how soon its first frame is there, and what it costs while
/// nobody does anything.
struct StartBenchmark {
  private static let idleSeconds = 20.0

  private let scratch: Scratch
  private let program: String

  init() throws {
    scratch = try Scratch()
    program = try builtProgram("map-import")
  }

  func compare() throws -> [Comparison] {
    var bare: [Double] = []
    var frames: [Double] = []
    for _ in 0..<20 {
      bare.append(try Run(["/bin/true"], scratch).timeToEnd())
      frames.append(try Run([program, "--demo"], scratch).timeToFrame())
    }
    let run = try Run([program, "--demo"], scratch)
    _ = try run.timeToFrame()
    // What is read at the start is shown by then.
    _ = run.read(for: 2)
    let before = run.processorSeconds
    let written = run.read(for: Self.idleSeconds)
    let used = run.processorSeconds - before
    return [
      Comparison(
        name: "first frame", figure: frames.sorted()[10] * 1000, baseline: "/bin/true",
        baselineFigure: bare.sorted()[10] * 1000, limit: .most(30)),
      Comparison(
        name: "idle", figure: used * 1000, baseline: "0.1 % of \(Int(Self.idleSeconds)) s",
        baselineFigure: Self.idleSeconds, limit: .ratio(1)),
      Comparison(
        name: "idle, written to the screen", figure: Double(written.count), unit: .B, baseline: "",
        limit: .most(0)),
    ]
  }

  /// A program on a pseudo-terminal of 80 by 24, ended with it.
  private final class Run {
    private let id: pid_t
    private let terminal: Int32
    private let began: Double

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

    /// A frame ends with its key line.
    func timeToFrame() throws -> Double {
      var isThere = false
      _ = read(for: 10) { bytes in
        isThere = String(decoding: bytes, as: UTF8.self).contains("help")
        return isThere
      }
      guard isThere else { throw BenchmarkFailure("map-import drew nothing") }
      return monotonicSeconds() - began
    }

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
}
