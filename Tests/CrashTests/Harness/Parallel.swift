import Dispatch
import Synchronization

/// The results in the order of the elements, computed on two threads.
func inParallel<Element: Sendable, Value: Sendable>(
  _ elements: [Element], _ body: @Sendable (Element) throws -> Value
) throws -> [Value] {
  let next = Atomic(0)
  let results = Mutex<[Int: Result<Value, any Error>]>([:])
  DispatchQueue.concurrentPerform(iterations: 2) { _ in
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < elements.count else { return }
      let result = Result { try body(elements[index]) }
      results.withLock { $0[index] = result }
    }
  }
  return try results.withLock { results in
    try elements.indices.compactMap { try results[$0]?.get() }
  }
}
