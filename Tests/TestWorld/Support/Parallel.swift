import Dispatch
import Synchronization

/// The results in the order of the elements; so many at a time, begun one after the other.
public func inParallel<Element: Sendable, Value: Sendable>(
  _ elements: [Element], threads: Int = 2, _ body: @Sendable (Element) throws -> Value
) throws -> [Value] {
  let next = Atomic(0)
  let results = Mutex<[Int: Result<Value, any Error>]>([:])
  DispatchQueue.concurrentPerform(iterations: threads) { _ in
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

/// Does the work of each index, on two threads, and adds up what each of them came to.
public func inParallel<Sum: Sendable>(
  _ count: Int, from none: Sum, adding add: (inout Sum, Sum) -> Void,
  _ body: @Sendable (_ index: Int, _ sum: inout Sum) throws -> Void
) throws -> Sum {
  let threads = 2
  let sums = try inParallel(Array(0..<threads), threads: threads) { thread in
    var sum = none
    for index in stride(from: thread, to: count, by: threads) { try body(index, &sum) }
    return sum
  }
  return sums.reduce(into: none, add)
}
