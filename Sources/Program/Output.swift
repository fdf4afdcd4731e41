import Effects
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
