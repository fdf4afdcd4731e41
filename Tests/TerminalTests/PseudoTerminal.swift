import Glibc
import TestWorld

/// A terminal with nobody in front of it but the test.
struct PseudoTerminal {
  struct Failure: Error { let what: String }

  let controller: Int32
  let path: String
  /// Kept open, since a terminal that nobody holds starts anew; also for its modes.
  private let held: Int32

  init() throws {
    var controller: Int32 = -1
    var held: Int32 = -1
    guard openpty(&controller, &held, nil, nil, nil) == 0, let name = ttyname(held) else {
      throw Failure(what: "no pseudo terminal: errno \(errno)")
    }
    for descriptor in [controller, held] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    self.controller = controller
    self.held = held
    path = String(cString: name)
  }

  /// Makes the terminal at `path` this process's standard input, output and error.
  static func take(_ path: String, type: String = "xterm-256color", columns: UInt16 = 20) throws {
    let descriptor = open(path, O_RDWR | O_NOCTTY)
    var size = winsize(ws_row: 4, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    guard ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0 else {
      throw Failure(what: "cannot open \(path): errno \(errno)")
    }
    for standard in STDIN_FILENO...STDERR_FILENO { dup2(descriptor, standard) }
    setenv("TERM", type, 1)
    setenv("LC_ALL", "C.UTF-8", 1)
    for name in ["ESCDELAY", "LINES", "COLUMNS", "TERMINFO"] { unsetenv(name) }
  }

  /// The terminal modes, as bytes that can be compared.
  func modes() throws -> [UInt8] {
    var modes = termios()
    guard tcgetattr(held, &modes) == 0 else { throw Failure(what: "errno \(errno)") }
    return withUnsafeBytes(of: modes) { Array($0) }
  }

  func type(_ text: String) {
    _ = Array(text.utf8).withUnsafeBytes { write(controller, $0.baseAddress, $0.count) }
  }

  /// What was written to the terminal up to and with the mark; throws when nothing more comes.
  func output(through mark: String) throws -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65536)
    while !String(decoding: bytes, as: UTF8.self).contains(mark) {
      var ready = pollfd(fd: controller, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, Int32(patience.components.seconds) * 1000) == 1 else {
        throw Failure(what: "no \(mark.debugDescription) in \(bytes.debugText)")
      }
      let count = read(controller, &buffer, buffer.count)
      guard count > 0 else { throw Failure(what: "closed after \(bytes.debugText)") }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  fileprivate var debugText: String { String(decoding: self, as: UTF8.self).debugDescription }
}
