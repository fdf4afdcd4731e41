/// Something that goes wrong with certain requests to a `RecordedAPIServer`, and the count of how
/// often it did: a test whose fault never fired has shown nothing.
public final class Fault: Sendable {
  /// What goes wrong.
  public enum Effect: Sendable {
    /// 401: the user is not known.
    case unauthorized
    /// 403: the user has no right.
    case forbidden
    /// 404: the kind is not served.
    case notServed
    /// 410: a continue token is too old.
    case expired
    /// 429, with the seconds of its Retry-After header, if it has one; then newer kubectls try ten
    /// times again by themselves, older ones do not.
    case tooManyRequests(retryAfter: Int?)
    /// 503, likewise: the server is not ready.
    case unavailable(retryAfter: Int?)
    /// 500, in the words of a cluster that chooses another leader, without a reason.
    case leaderChanged
    /// 500.
    case internalError
    /// The answer comes later.
    case delay(Duration)
    /// No answer comes until `release` or the server's end.
    case hang
    /// The connection closes after so many bytes of the answer's body.
    case cutBody(after: Int)
    /// Nothing more comes after so many bytes of the answer's body, until `release` or the server's
    /// end.
    case stall(after: Int)
    /// The body comes at this speed, in ten pieces a second.
    case slowBody(bytesPerSecond: Int)
  }

  /// Which of the matching requests it happens to, counted from when the fault was made.
  public enum Occurrence: Sendable {
    case always
    case first
    /// The second is `nth(2)`.
    case nth(Int)
  }

  let effect: Effect
  private let path: String
  private let occurrence: Occurrence
  private let condition: @Sendable (RecordedAPIServer.Request) -> Bool
  private let state = Monitor(State())

  private struct State {
    var seen = 0
    var fired = 0
    var released = false
  }

  /// A fault for requests whose path, with its query, begins with `path`, and for which
  /// `condition` holds.
  public init(
    _ effect: Effect, path: String, on occurrence: Occurrence = .always,
    where condition: @escaping @Sendable (RecordedAPIServer.Request) -> Bool = { _ in true }
  ) {
    self.effect = effect
    self.path = path
    self.occurrence = occurrence
    self.condition = condition
  }

  /// How often it has happened.
  public var fired: Int { state.read { $0.fired } }

  /// Waits until it has happened at least `count` times; throws if it does not in time.
  public func waitUntilFired(_ count: Int = 1, timeout: Duration = patience) throws {
    guard state.wait(timeout, until: { $0.fired >= count ? true : nil }) == true else {
      throw WorldFailure("the fault \(effect) for \(path) fired \(fired) times, not \(count)")
    }
  }

  /// Lets the requests that hang, and those that would, go on to their true answer.
  public func release() { state.change { $0.released = true } }

  /// Whether it happens to this request, which is counted.
  func fires(for request: RecordedAPIServer.Request) -> Bool {
    guard request.target.hasPrefix(path), condition(request) else { return false }
    return state.change { state in
      state.seen += 1
      let fires =
        switch occurrence {
        case .always: true
        case .first: state.seen == 1
        case .nth(let number): state.seen == number
        }
      if fires { state.fired += 1 }
      return fires
    }
  }

  func waitUntilReleased() {
    while state.wait(.seconds(3600), until: { $0.released ? true : nil }) == nil {}
  }
}
