import Glibc

/// Does the work of each index, on as many threads as there are processors, and adds up what each
/// of them came to.
func inParallel<Sum: Sendable>(
  _ count: Int, from none: Sum, adding add: @escaping @Sendable (inout Sum, Sum) -> Void,
  _ body: @escaping @Sendable (_ index: Int, _ sum: inout Sum) throws -> Void
) async throws -> Sum {
  let workers = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
  return try await withThrowingTaskGroup(of: Sum.self) { group in
    for worker in 0..<workers {
      group.addTask {
        var sum = none
        for index in stride(from: worker, to: count, by: workers) { try body(index, &sum) }
        return sum
      }
    }
    return try await group.reduce(into: none) { add(&$0, $1) }
  }
}

/// How long this thread has been at work, in seconds; waiting for others does not count.
func secondsOfWork() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Seconds on a clock that nobody sets.
func seconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
