@preconcurrency import Glibc
import Synchronization

/// Threads for tasks that wait for programs: at most so many at a time, in the order they were
/// added. A shared pool would be as narrow as the processor, which such tasks hardly use.
///
/// A thread is started when a task needs one, and ends when no task is left for it. Where the
/// system gives no more threads, those that are there do everything; where it gives none, the one
/// who adds a task does it.
public final class Workers: Sendable {
  public typealias Task = @Sendable () -> Void

  private let limit: Int
  private let state = Mutex(State())

  private struct State {
    var waiting: [Task] = []
    var threads = 0
  }

  /// - Parameter limit: how many tasks are done at a time; at least one.
  public init(limit: Int) { self.limit = max(1, limit) }

  /// Has a task done on one of the threads, as soon as one is free.
  public func add(_ task: @escaping Task) {
    let needsThread = state.withLock { state in
      state.waiting.append(task)
      guard state.threads < limit else { return false }
      state.threads += 1
      return true
    }
    guard needsThread, !startThread({ self.work() }) else { return }
    let isNobodyThere = state.withLock { state in
      if state.threads > 1 { state.threads -= 1 } else { return true }
      return false
    }
    if isNobodyThere { work() }
  }

  /// Does tasks until none is left.
  private func work() {
    while let task = next() { task() }
  }

  private func next() -> Task? {
    state.withLock { state in
      guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
      // In the same breath: what is added from now on gets a thread of its own.
      state.threads -= 1
      return nil
    }
  }
}

/// Starts a detached thread, which blocks the signals that its maker blocks; `false` if the system
/// gives none.
public func startThread(_ body: @escaping Workers.Task) -> Bool {
  var attributes = pthread_attr_t()
  pthread_attr_init(&attributes)
  defer { pthread_attr_destroy(&attributes) }
  pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))

  let box = Unmanaged.passRetained(Body(run: body))
  var thread = pthread_t()
  let code = pthread_create(
    &thread, &attributes,
    { context in
      if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }, box.toOpaque())
  if code != 0 { box.release() }
  return code == 0
}

private final class Body: Sendable {
  let run: Workers.Task

  init(run: @escaping Workers.Task) { self.run = run }
}
