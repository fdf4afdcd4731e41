import Glibc

/// Something the tests' world could not do, or waited for in vain, as a text for whoever reads the
/// failed test; it may have many lines (a whole screen, a program's output).
public struct WorldFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String { String(cString: strerror(number)) }

/// Passes the result of a system call on, or throws what went wrong with it.
@discardableResult
func check<Result: SignedInteger>(_ result: Result, _ action: @autoclosure () -> String) throws
  -> Result
{
  if result >= 0 { return result }
  let number = errno
  throw WorldFailure("cannot \(action()): \(systemMessage(number))")
}
