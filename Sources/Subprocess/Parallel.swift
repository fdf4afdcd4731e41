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
  let group = DispatchGroup()
  for number in 1..<max(1, min(limit, tasks.count)) {
    // A serial queue has a thread of its own; a shared pool would be as narrow as the processor.
    DispatchQueue(label: "parallel-\(number)").async(group: group) { work.run() }
  }
  work.run()
  group.wait()
  return work.results
}

private final class Work<Value: Sendable>: Sendable {
  private let tasks: [@Sendable () -> Value]
  private let state: Mutex<(next: Int, results: [Value?])>

  init(_ tasks: [@Sendable () -> Value]) {
    self.tasks = tasks
    state = Mutex((next: 0, results: Array(repeating: nil, count: tasks.count)))
  }

  func run() {
    while let index = take() {
      let result = tasks[index]()
      state.withLock { $0.results[index] = result }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < tasks.count else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }

  /// Complete once everybody who runs has come back.
  var results: [Value] { state.withLock { $0.results.compactMap(\.self) } }
}
