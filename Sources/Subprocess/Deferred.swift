import Dispatch
import Synchronization

/// What is found out on a thread of its own while the caller waits for something else.
public final class Deferred<Value: Sendable>: Sendable {
  private let outcome = Mutex<Value?>(nil)
  private let group = DispatchGroup()

  public init(_ find: @escaping @Sendable () -> Value) {
    group.enter()
    Workers(limit: 1).add { [self] in
      let value = find()
      outcome.withLock { $0 = value }
      group.leave()
    }
  }

  /// Blocks until it is known.
  public var value: Value {
    group.wait()
    guard let value = outcome.withLock({ $0 }) else {
      preconditionFailure("a group is left only after its work")
    }
    return value
  }
}
