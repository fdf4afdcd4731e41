@preconcurrency import Glibc

/// A program did not start; nothing of it ever ran.
public struct SpawnError: Error, Hashable, CustomStringConvertible {
  /// The path as the command gave it.
  public var executable: String
  /// An errno, see errno(3): what posix_spawn(3) or the opening of a pipe answered; `EINVAL` for
  /// a relative path, or for an argument or environment entry that no argv can carry.
  public var code: Int32

  public init(executable: String, code: Int32) {
    self.executable = executable
    self.code = code
  }

  public var description: String {
    let why = String(cString: strerror(code))
    let way = code == EMFILE || code == ENFILE ? "; `ulimit -n` raises the limit" : ""
    return "\(executable) could not be started: \(why)\(way)"
  }
}
