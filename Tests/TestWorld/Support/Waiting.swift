import Testing

extension Trait where Self == Waiting {
  /// For tests that wait for programs: see `Waiting`.
  public static var waiting: Waiting { Waiting() }
}

/// Gives tests threads of their own. A test that waits for a program holds its thread; there are
/// only as many of the usual ones as there are processors, which then have nothing to do.
public struct Waiting: SuiteTrait, TestScoping {
  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(try OwnThreads.shared.get()) { try await function() }
  }
}

/// Does jobs on some threads that nobody else uses.
private final class OwnThreads: TaskExecutor {
  static let shared = Result { try OwnThreads(4) }

  private let jobs = Monitor<[UnownedJob]>([])

  private init(_ count: Int) throws {
    for _ in 0..<count {
      try startThread { [self] in
        while true {
          // The latest first: what has begun is finished, and said, before more begins.
          let job = jobs.wait(patience) { $0.popLast() }
          job?.runSynchronously(on: asUnownedTaskExecutor())
        }
      }
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.change { $0.append(job) }
  }
}
