import Dispatch
import Synchronization

/// What is found out on a thread of its own while the caller waits for something else.
final class Meanwhile<Value: Sendable>: Sendable {
  private let outcome = Mutex<Value?>(nil)
  private let group = DispatchGroup()

  init(_ find: @escaping @Sendable () -> Value) {
    // A shared pool would be as narrow as the processor, and most of this is waiting for programs.
    DispatchQueue(label: "meanwhile").async(group: group) {
      let value = find()
      self.outcome.withLock { $0 = value }
    }
  }

  /// Blocks until it is known.
  var value: Value {
    group.wait()
    guard let value = outcome.withLock({ $0 }) else {
      preconditionFailure("a group is left only after its work")
    }
    return value
  }
}
