import Glibc

/// A program that was run: how long it took, the most memory it had itself, and what it said.
struct MeasuredProcess {
  var seconds: Double
  /// In bytes, without its children's.
  var peak: Int
  var output: String

  /// Throws if it fails.
  init(_ arguments: [String], environment: [String]) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw BenchmarkFailure("no pipe can be opened") }
    _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addclose(&actions, ends[1])
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer {
      posix_spawn_file_actions_destroy(&actions)
      for word in argv + envp { free(word) }
      close(ends[0])
    }
    var id: pid_t = 0
    let began = monotonicSeconds()
    let code = posix_spawn(&id, arguments[0], &actions, nil, &argv, &envp)
    close(ends[1])
    guard code == 0 else {
      throw BenchmarkFailure(
        "\(arguments[0]) could not be started: \(String(cString: strerror(code)))")
    }
    var (status, peak, text): (Int32, Int, [UInt8]) = (0, 0, [])
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      // The high-water mark only grows, so the last look before the end is near the truth.
      peak = max(peak, ScanChild.memory("VmHWM:", of: "\(id)"))
      var count = read(ends[0], &buffer, buffer.count)
      while count > 0 {
        text += buffer[..<count]
        count = read(ends[0], &buffer, buffer.count)
      }
      if waitpid(id, &status, WNOHANG) == id { break }
      var ready = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      // At its end the pipe is always ready.
      if poll(&ready, 1, 5) > 0, ready.revents & Int16(POLLIN) == 0 { usleep(1_000) }
    }
    seconds = monotonicSeconds() - began
    var count = read(ends[0], &buffer, buffer.count)
    while count > 0 {
      text += buffer[..<count]
      count = read(ends[0], &buffer, buffer.count)
    }
    self.peak = peak
    output = String(decoding: text, as: UTF8.self)
    guard status == 0 else {
      throw BenchmarkFailure("\(arguments.joined(separator: " ")) failed: \(output.prefix(500))")
    }
  }
}
