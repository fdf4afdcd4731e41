import Dispatch
import Synchronization

/// Does tasks that wait for programs side by side, the calling thread among those who do.
///
/// - Parameter limit: how many are done at a time.
/// - Returns: what each of them brings, in their order.
public func inParallel<Value: Sendable>(
  _ tasks: [@Sendable () -> Value], atMost limit: Int = 4
) -> [Value] {
  let work = Work(tasks)
  let helpers = Workers(limit: limit - 1)
  for _ in 1..<max(1, min(limit, tasks.count)) { helpers.add { work.run() } }
  work.run()
  return work.results
}

private final class Work<Value: Sendable>: Sendable {
  private let tasks: [@Sendable () -> Value]
  private let state: Mutex<(next: Int, results: [Value?])>
  /// Entered once for each task, left when it is done: no helper that comes too late, or never,
  /// is waited for.
  private let unfinished = DispatchGroup()

  init(_ tasks: [@Sendable () -> Value]) {
    self.tasks = tasks
    state = Mutex((next: 0, results: Array(repeating: nil, count: tasks.count)))
    for _ in tasks { unfinished.enter() }
  }

  /// Does tasks until none is left to begin.
  func run() {
    while let index = take() {
      let result = tasks[index]()
      state.withLock { $0.results[index] = result }
      unfinished.leave()
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < tasks.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Blocks until every task is done.
  var results: [Value] {
    unfinished.wait()
    return state.withLock { $0.results.compactMap(\.self) }
  }
}
