@preconcurrency import Glibc
import Synchronization

/// A request to stop, made once, seen by every ``run(_:cancellation:onOutput:onErrors:)`` it was given to.
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

  /// A descriptor to poll beside others, readable once the request was made and open as long as
  /// this lives; `nil` where none could be had.
  public var descriptor: Int32? { reading?.number }

  public var isCancelled: Bool { requested.load(ordering: .acquiring) }

  /// Waits that long, or until the request is made, if there is one to make; answers whether it was.
  public static func wait(seconds: Double, for cancellation: Cancellation?) -> Bool {
    (cancellation ?? Cancellation()).wait(seconds: seconds)
  }

  /// Waits that long, or until the request is made; answers whether it was.
  public func wait(seconds: Double) -> Bool {
    let deadline = monotonicSeconds() + seconds
    while !isCancelled {
      let left = deadline - monotonicSeconds()
      guard left > 0 else { return false }
      // Without a pipe, the request is noticed at the next tick.
      var polled = pollfd(fd: reading?.number ?? -1, events: Int16(POLLIN), revents: 0)
      _ = poll(&polled, 1, Int32(min(left * 1000, reading == nil ? 20 : 10_000).rounded(.up)))
    }
    return true
  }
}
