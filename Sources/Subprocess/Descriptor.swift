@preconcurrency import Glibc

/// An open file descriptor, closed with the last reference to it.
final class Descriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  /// A pipe whose ends are closed on exec and numbered 4 or more: a child's own 0 to 3 can be put
  /// in place in any order without running over them.
  ///
  /// - Throws: ``Errno`` where the process, or the system, has too many open files.
  static func pipe() throws(Errno) -> (reading: Descriptor, writing: Descriptor) {
    var low: [Int32] = [-1, -1]
    guard GNU.pipe2(&low, O_CLOEXEC) == 0 else { throw Errno(code: errno) }
    let ends = (Descriptor(low[0]), Descriptor(low[1]))
    return (try ends.0.raised(), try ends.1.raised())
  }

  /// A file in memory that holds the bytes, open at its beginning; closed on exec and numbered 4 or
  /// more.
  static func memory(holding bytes: [UInt8]) throws(Errno) -> Descriptor {
    let low = GNU.memfdCreate("stdin")
    guard low >= 0 else { throw Errno(code: errno) }
    let file = Descriptor(low)
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { bytes in
        retrying { write(file.number, bytes.baseAddress, bytes.count) }
      }
      guard count > 0 else { throw Errno(code: errno) }
      rest = rest.dropFirst(count)
    }
    guard lseek(file.number, 0, SEEK_SET) == 0 else { throw Errno(code: errno) }
    return try file.raised()
  }

  /// All that a file holds, from its beginning; `nil` if that is more than `limit` bytes or cannot be read.
  func contents(atMost limit: Int) -> [UInt8]? {
    let size = Int(lseek(number, 0, SEEK_END))
    guard (0...max(0, limit)).contains(size) else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    var done = 0
    while done < size {
      let count = bytes.withUnsafeMutableBytes { buffer in
        retrying {
          pread(number, buffer.baseAddress.map { $0 + done }, size - done, off_t(done))
        }
      }
      guard count > 0 else { return nil }
      done += count
    }
    return bytes
  }

  /// This descriptor, or a duplicate of it that is numbered 4 or more.
  private func raised() throws(Errno) -> Descriptor {
    if number >= 4 { return self }
    let duplicate = fcntl(number, F_DUPFD_CLOEXEC, 4)
    guard duplicate >= 0 else { throw Errno(code: errno) }
    return Descriptor(duplicate)
  }
}

/// What a system call answered, before the program it was made for is known.
struct Errno: Error { var code: Int32 }
