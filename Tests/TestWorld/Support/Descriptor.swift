import Glibc
import Synchronization

/// An open file, closed once: by `close`, or when nobody holds it any more.
final class Descriptor: Sendable {
  let number: Int32
  private let isOpen = Atomic(true)

  init(_ number: Int32) { self.number = number }

  deinit { close() }

  func close() {
    if isOpen.exchange(false, ordering: .relaxed) { Glibc.close(number) }
  }

  static func pipe() throws -> (read: Descriptor, write: Descriptor) {
    var ends: [Int32] = [-1, -1]
    try check(System.pipe2(&ends, O_CLOEXEC), "make a pipe")
    return (Descriptor(ends[0]), Descriptor(ends[1]))
  }

  func makeNonBlocking() throws {
    let flags = try check(fcntl(number, F_GETFL), "read the flags of a file")
    try check(fcntl(number, F_SETFL, flags | O_NONBLOCK), "make a file non-blocking")
  }

  enum Reading {
    case bytes([UInt8])
    case nothingNow
    case ended
  }

  /// One read; an error such as EIO (a terminal whose other side has gone) is the end.
  func read() -> Reading {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(number, &buffer, buffer.count)
      if count > 0 { return .bytes(Array(buffer[..<count])) }
      if count == 0 { return .ended }
      switch errno {
      case EINTR: continue
      case EAGAIN: return .nothingNow
      default: return .ended
      }
    }
  }

  /// One write; answers how many bytes went out, 0 if there is no room now, nil if nobody reads.
  func write(_ bytes: ArraySlice<UInt8>) -> Int? {
    while true {
      let count = bytes.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: return 0
      default: return nil
      }
    }
  }
}

/// Wakes a thread that waits in `waitUntilReady`; it holds both ends of its pipe, so that waking a
/// thread that has already ended is harmless.
final class Wake: Sendable {
  let waiting: Descriptor
  private let waking: Descriptor

  init() throws {
    (waiting, waking) = try Descriptor.pipe()
    try waiting.makeNonBlocking()
    try waking.makeNonBlocking()
  }

  func call() { _ = waking.write([0]) }

  func clear() { while case .bytes = waiting.read() {} }
}

/// Which of some files can be read or written now; waits, without limit, until one can.
func waitUntilReady(_ files: [(file: Descriptor, events: Int32)]) -> [Bool] {
  var polled = files.map {
    pollfd(fd: $0.file.number, events: Int16(truncatingIfNeeded: $0.events), revents: 0)
  }
  while poll(&polled, nfds_t(polled.count), -1) < 0 && errno == EINTR {}
  return polled.map { $0.revents != 0 }
}
