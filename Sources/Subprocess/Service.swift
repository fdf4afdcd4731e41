import Dispatch
@preconcurrency import Glibc
import Synchronization

/// A program that runs beside ours until it ends or is stopped, or, at the latest, until the last
/// reference to the service, or our process, is gone.
///
/// What it says is read by a second program, its logger: a program that is let go on needs somebody
/// to read what it writes when we are gone, as who writes to a pipe without a reader dies of it.
public final class Service: Sendable {
  private let process: Process
  private let logger: Process
  /// What the logger says to us.
  public let news: LoggerNews

  /// Starts both, each in a session of its own.
  ///
  /// - Parameters:
  ///   - command: its `input`, `timeout` and `outputLimit` are not looked at; its stdin is
  ///     `/dev/null`.
  ///   - logger: likewise; its stdin is the command's stdout and stderr. It ends by itself when they
  ///     do.
  public init(_ command: Command, loggedBy logger: Command) throws(SpawnError) {
    let output = try command.openPipe()
    let news = try logger.openPipe()
    self.news = LoggerNews(descriptor: news.reading)
    self.logger = Process(
      try withExtendedLifetime((output, news)) { () throws(SpawnError) in
        try Child.spawnDetached(
          logger,
          Child.Streams(input: output.reading.number, output: news.writing.number, errors: nil))
      })
    process = Process(
      try withExtendedLifetime(output) { () throws(SpawnError) in
        try Child.spawnDetached(
          command,
          Child.Streams(
            input: nil, output: output.writing.number, errors: output.writing.number))
      })
    command.observer?(command, nil, 0)
  }

  deinit { process.end() }

  public var isRunning: Bool { ending == nil }

  /// How the program ended by itself, or after ``stop(grace:)``, by which signal; `nil` while it
  /// runs.
  public var ending: Completion.Ending? { process.ending }

  /// Calls once when the program has ended, from whichever thread notices it; at once if it has.
  /// What the call keeps alive lives as long as the program.
  public func whenEnded(_ call: @escaping @Sendable (Completion.Ending) -> Void) {
    process.whenEnded(call)
  }

  /// Lets the program go on when the service, and we, are gone; its process id, or `nil` if it has
  /// ended already.
  public func release() -> Int32? {
    // First, so that the program is not for a moment the one of the two that would survive us.
    _ = logger.release()
    return process.release()
  }

  /// Ends the program and its process group with SIGTERM and, `grace` seconds later, SIGKILL;
  /// returns when it has been reaped and its last words are logged.
  public func stop(grace: Double) {
    process.signal(SIGTERM)
    process.reap(within: grace)
    logger.reap(within: Self.loggingTime)
  }

  /// Seconds for what is left in the pipe: whoever left the process group may hold it open.
  private static let loggingTime = 2.0
}

/// What the logger of a service says on its stdout.
public struct LoggerNews: Sendable {
  let descriptor: Descriptor

  /// Waits for what comes next, up to 4 KiB; `nil` when the logger has ended.
  public func next() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = retrying { read(descriptor.number, &buffer, buffer.count) }
    return count > 0 ? Array(buffer.prefix(count)) : nil
  }
}

/// One of a service's programs, as its reaper shares it, which may outlive the service.
private final class Process: Sendable {
  private struct State: ~Copyable {
    /// `nil` as soon as it is reaped: no signal goes to a number that may be another's by then.
    var child: Child?
    var ending: Completion.Ending?
    var isReleased = false
    var calls: [@Sendable (Completion.Ending) -> Void] = []
  }

  private let state: Mutex<State>
  private let reaping = DispatchGroup()

  init(_ child: consuming Child) {
    let id = child.id
    state = Mutex(State(child: child))
    DispatchQueue(label: "service").async(group: reaping) {
      Child.waitForEnd(of: id)
      self.reapEnded()
    }
  }

  var ending: Completion.Ending? { state.withLock { $0.ending } }

  func whenEnded(_ call: @escaping @Sendable (Completion.Ending) -> Void) {
    let ending = state.withLock { state in
      if state.ending == nil { state.calls.append(call) }
      return state.ending
    }
    if let ending { call(ending) }
  }

  func end() {
    state.withLock { if !$0.isReleased { $0.child?.signal(SIGKILL) } }
  }

  func release() -> Int32? {
    state.withLock { state in
      guard let id = state.child?.id else { return nil }
      state.child?.release()
      state.isReleased = true
      return id
    }
  }

  func signal(_ number: Int32) { state.withLock { $0.child?.signal(number) } }

  /// Waits that many seconds for its end, and then kills it.
  func reap(within seconds: Double) {
    if reaping.wait(timeout: .now() + seconds) == .success { return }
    signal(SIGKILL)
    reaping.wait()
  }

  private func reapEnded() {
    let (ending, calls) = state.withLock { state in
      if let child = state.child.take() {
        child.signal(SIGKILL)
        state.ending = child.reap()
      }
      defer { state.calls = [] }
      return (state.ending, state.calls)
    }
    if let ending { for call in calls { call(ending) } }
  }
}
