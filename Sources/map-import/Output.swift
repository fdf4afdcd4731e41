import Glibc
import Synchronization

/// What a run prints on its standard output.
enum Output {
  /// The first error of a write; 0 if there was none.
  private static let failure = Mutex<Int32>(0)

  /// `false` if it is not out as a whole. After that nothing more is: a result with a hole in it
  /// could be taken for a whole one.
  @discardableResult
  static func write(_ text: String) -> Bool {
    failure.withLock { failure in
      if failure == 0 { failure = FileHandleText.write(text, to: STDOUT_FILENO) }
      return failure == 0
    }
  }

  /// Why it is not all out, as a sentence; `nil` if it is, and where nobody reads it any more:
  /// there is nobody to tell either.
  static var problem: String? {
    let failure = failure.withLock { $0 }
    guard failure != 0, failure != EPIPE else { return nil }
    return "The output could not be written: \(String(cString: strerror(failure)))."
  }
}

/// Text written whole, whatever the size of a pipe.
enum FileHandleText {
  /// Answers with 0, or with the error that it ended with before its end.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count == 0 {
        return EIO
      } else if errno == EAGAIN {
        // Somebody who shares it made it non-blocking.
        var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&polled, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
