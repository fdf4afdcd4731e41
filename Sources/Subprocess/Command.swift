/// A program to run and its limits.
public struct Command: Sendable {
  /// The `grace` of whoever does not say one.
  public static let usualGrace = 0.15

  /// An absolute path; nothing is searched for, see ``Programs/find(_:path:)``.
  public var executable: String
  /// What follows the program's name in its argv, passed on byte for byte: no shell reads it.
  public var arguments: [String]
  /// The whole environment of the child; `nil` inherits ours.
  public var environment: [String: String]?
  /// What the child reads on stdin; if empty, its stdin is `/dev/null`. It is there in full before
  /// the child starts: whatever becomes of us, the child never takes a part for the whole.
  public var input: [UInt8]
  /// Seconds until the child is ended with ``Completion/Ending/timedOut``; `nil` waits for ever.
  public var timeout: Double?
  /// Seconds without a byte on stdout, likewise; `nil` waits for ever.
  public var silenceLimit: Double?
  /// Seconds that a child which has to be ended gets between SIGTERM and SIGKILL.
  public var grace: Double
  /// Bytes on stdout beyond which the child is ended with ``Completion/Ending/outputTooLong``.
  public var outputLimit: Int
  /// Is told, on the calling thread, of every time that the program was run.
  public var observer: Observer?

  /// Takes the command, how it ended (`nil` for what goes on beside us), and the seconds it took.
  public typealias Observer = @Sendable (Command, Completion.Ending?, Double) -> Void

  public init(
    _ executable: String, _ arguments: [String] = [], environment: [String: String]? = nil,
    input: [UInt8] = [], timeout: Double? = nil, silenceLimit: Double? = nil,
    grace: Double = Command.usualGrace, outputLimit: Int = 64 << 20,
    observer: Observer? = nil
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.timeout = timeout
    self.silenceLimit = silenceLimit
    self.grace = grace
    self.outputLimit = outputLimit
    self.observer = observer
  }
}
