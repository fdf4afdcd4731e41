import Glibc
import Synchronization
import Wizard

/// Events from other threads, in the order they came, and a descriptor that is readable while
/// there are any.
final class EventQueue: Sendable {
  let descriptor: Int32
  private let events = Mutex<[Event]>([])

  init() {
    descriptor = eventfd(0, Int32(EFD_CLOEXEC.rawValue | EFD_NONBLOCK.rawValue))
  }

  deinit { close(descriptor) }

  func post(_ event: Event) {
    events.withLock { $0.append(event) }
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  /// All events that have come; never blocks.
  func take() -> [Event] {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
    return events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}

/// Waits until one of the descriptors is readable, or for so many milliseconds; -1 is for ever.
func waitUntilReadable(_ descriptors: [Int32], milliseconds: Int32) {
  var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  // A signal that ends the wait early is as good as an event.
  _ = poll(&polled, nfds_t(polled.count), milliseconds)
}
