import ForeignText

/// How a program ended and what it said.
public struct Completion: Sendable {
  /// Why the child is gone.
  public enum Ending: Hashable, Sendable {
    /// By itself, with this exit status.
    case exited(Int32)
    /// By this signal, which did not come from us.
    case signalled(Int32)
    /// By us, after ``Command/timeout`` or ``Command/silenceLimit``.
    case timedOut
    /// By us, after ``Cancellation/cancel()``; if cancelled early, the child was never started.
    case cancelled
    /// By us, after ``Command/outputLimit``.
    case outputTooLong
    /// By us, because whoever took what it said wanted no more.
    case refused
  }

  public var ending: Ending
  /// stdout as data, for a decoder or to be handed on; at most ``Command/outputLimit`` bytes, and
  /// empty where a handler took it.
  public var output: [UInt8]
  /// The first MiB of stderr; empty where a handler took it.
  var errors: [UInt8]

  public init(ending: Ending, output: [UInt8] = [], errors: [UInt8] = []) {
    self.ending = ending
    self.output = output
    self.errors = errors
  }

  /// Whether the program ended by itself with exit status 0.
  public var succeeded: Bool { ending == .exited(0) }

  /// stdout as words.
  public var outputText: ForeignText { ForeignText(output) }

  /// stderr, as far as it was kept.
  public var errorText: ForeignText { ForeignText(errors) }
}

extension Completion.Ending {
  /// From a wait status, see waitpid(2).
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited((waitStatus >> 8) & 0xff) : .signalled(signal)
  }
}
