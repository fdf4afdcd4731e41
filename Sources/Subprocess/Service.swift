import Dispatch
@preconcurrency import Glibc
import Synchronization

/// A program that runs beside ours until it ends or is stopped, or, at the latest, until the last
/// reference to the service, or our process, is gone.
public final class Service: Sendable {
  private let process: Process

  /// Starts the program with stdin from `/dev/null`, in a session of its own.
  ///
  /// - Parameters:
  ///   - command: its `input`, `timeout` and `outputLimit` are not looked at.
  ///   - logDescriptor: takes stdout and stderr; duplicated, so that it may be closed at once.
  public init(_ command: Command, logDescriptor: Int32) throws(SpawnError) {
    process = Process(
      try Child.spawnDetached(
        command, Child.Streams(input: nil, output: logDescriptor, errors: logDescriptor)))
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
  public func release() -> Int32? { process.release() }

  /// Ends the program and its process group with SIGTERM and, `grace` seconds later, SIGKILL;
  /// returns when it has been reaped.
  public func stop(grace: Double) {
    process.signal(SIGTERM)
    if process.waitUntilReaped(seconds: grace) { return }
    process.signal(SIGKILL)
    process.waitUntilReaped()
  }
}

/// The part of a service that its reaper shares, and that may outlive it.
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
      self.reap()
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

  func waitUntilReaped() { reaping.wait() }

  /// Whether it was reaped in that time.
  func waitUntilReaped(seconds: Double) -> Bool {
    reaping.wait(timeout: .now() + seconds) == .success
  }

  private func reap() {
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
