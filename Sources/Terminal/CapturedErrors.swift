import CNcurses
import Glibc

/// Our own standard error while the screen is up: kept in memory, since a line of it would tear the
/// screen, and a trap of Swift says there what went wrong.
struct CapturedErrors {
  let memory: Int32
  let real: Int32

  init() throws(TerminalError) {
    memory = memfd_create("stderr", MFD_CLOEXEC)
    real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    if memory < 0 || real < 0 {
      throw TerminalError("Messages cannot be set aside: \(String(cString: strerror(errno))).")
    }
  }

  func begin() { dup2(memory, STDERR_FILENO) }

  func end() { dup2(real, STDERR_FILENO) }

  /// Writes out what was captured; to be called once, after `end()`.
  func dump() {
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 1) { buffer in
      guard let buffer = buffer.baseAddress else { return }
      copyAll(from: memory, to: real, through: buffer, size: 4096)
    }
  }
}

/// Copies a file from its beginning; async-signal-safe.
func copyAll(
  from source: Int32, to target: Int32, through buffer: UnsafeMutableRawPointer, size: Int
) {
  lseek(source, 0, SEEK_SET)
  while true {
    let count = read(source, buffer, size)
    if count <= 0 { return }
    writeAll(buffer, count: count, to: target)
  }
}

/// Writes everything unless the descriptor fails; async-signal-safe.
func writeAll(_ bytes: UnsafeRawPointer, count: Int, to descriptor: Int32) {
  var written = 0
  while written < count {
    let result = write(descriptor, bytes + written, count - written)
    if result > 0 {
      written += result
    } else if errno == EAGAIN {
      var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&output, 1, -1)
    } else if errno != EINTR {
      return
    }
  }
}
