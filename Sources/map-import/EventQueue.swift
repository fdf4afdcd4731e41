import Glibc
import Synchronization
import Wizard

/// Events from other threads, in the order they came, and a descriptor that is readable while
/// there are any.
final class EventQueue: Sendable {
  let descriptor: Int32
  private let writeEnd: Int32
  private let events = Mutex<[Event]>([])

  /// `nil` if the process has too many open files.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  func post(_ event: Event) {
    events.withLock { $0.append(event) }
    // A full pipe is readable already.
    _ = write(writeEnd, [1], 1)
  }

  /// All events that have come; never blocks.
  func take() -> [Event] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(descriptor, &bytes, bytes.count) > 0 {}
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
