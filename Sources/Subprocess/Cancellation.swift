@preconcurrency import Glibc
import Synchronization

/// A request to stop, made once, seen by every ``run(_:cancellation:onOutput:)`` it was given to.
public final class Cancellation: Sendable {
  private let requested = Atomic(false)
  /// Closed by the request, so that the reading end wakes whoever polls it.
  private let writing: Mutex<Descriptor?>
  /// Readable once the request was made. `nil` where no pipe could be had: runs then notice within
  /// their next tick.
  let reading: Descriptor?

  public init() {
    let ends = try? Descriptor.pipe()
    writing = Mutex(ends?.writing)
    reading = ends?.reading
  }

  /// Ends the runs that are under way, and those to come, with ``Completion/Ending/cancelled``.
  public func cancel() {
    requested.store(true, ordering: .releasing)
    writing.withLock { $0 = nil }
  }

  public var isCancelled: Bool { requested.load(ordering: .acquiring) }
}
