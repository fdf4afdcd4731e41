import Glibc
import Synchronization
import Wizard

/// Events from other threads, in the order they came, and those whose time has come.
package final class EventQueue: Sendable {
  private let readEnd: Int32
  private let writeEnd: Int32
  private let state = Mutex(State())

  private struct State {
    var events: [Event] = []
    var timers: [(due: SuspendingClock.Instant, event: Event)] = []
  }

  /// `nil` if the process has too many open files.
  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }

  func post(_ event: Event) {
    state.withLock { $0.events.append(event) }
    wake()
  }

  /// Posts the event after that long: no thread waits for it, so it is late only if the loop is.
  func post(_ event: Event, after milliseconds: Int) {
    state.withLock { $0.timers.append((.now + .milliseconds(milliseconds), event)) }
    wake()
  }

  /// A full pipe is readable already.
  private func wake() { _ = write(writeEnd, [1], 1) }

  /// All events that have come; never blocks.
  package func take() -> [Event] {
    var bytes = [UInt8](repeating: 0, count: 256)
    while read(readEnd, &bytes, bytes.count) > 0 {}
    let now = SuspendingClock.now
    return state.withLock { state in
      let due = state.timers.filter { $0.due <= now }.sorted { $0.due < $1.due }
      state.timers.removeAll { $0.due <= now }
      defer { state.events = [] }
      return state.events + due.map(\.event)
    }
  }

  /// Waits until there is an event, one of the descriptors is readable, or so many milliseconds
  /// are over; -1 is for ever.
  package func wait(orReadable descriptors: [Int32], milliseconds: Int32) {
    var polled = ([readEnd] + descriptors).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    let next = state.withLock { $0.timers.map(\.due).min() }.map(Self.milliseconds)
    let limit = [next, milliseconds < 0 ? nil : milliseconds].compactMap(\.self).min()
    // A signal that ends the wait early is as good as an event.
    _ = poll(&polled, nfds_t(polled.count), limit ?? -1)
  }

  /// Until then, rounded up; 0 if it has passed.
  private static func milliseconds(until due: SuspendingClock.Instant) -> Int32 {
    let (seconds, attoseconds) = (due - .now).components
    return Int32(clamping: max(0, seconds * 1000 + attoseconds / 1_000_000_000_000_000 + 1))
  }
}
