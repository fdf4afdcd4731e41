import Dispatch
import Glibc
import Subprocess
import Synchronization
import TestWorld
import Testing

struct WorkersTests {
  @Test(
    "So many tasks as the limit says are done at a time, on however few processors, and no more",
    arguments: [1, 8, 32])
  func limit(_ limit: Int) {
    let meeting = Meeting(of: limit)
    let workers = Workers(limit: limit)
    let group = DispatchGroup()
    for _ in 0..<limit * 3 {
      group.enter()
      workers.add {
        meeting.attend()
        group.leave()
      }
    }
    #expect(group.wait(timeout: .now() + 90) == .success)
    #expect(meeting.most == limit)
  }

  @Test("inParallel does as many at a time, and brings what each of them brought, in order")
  func results() {
    let meeting = Meeting(of: 32)
    let tasks = (0..<70).map { number in
      { @Sendable () -> Int in
        meeting.attend()
        return number
      }
    }
    #expect(inParallel(tasks, atMost: 32) == Array(0..<70))
    #expect(meeting.most == 32)
    #expect(inParallel([], atMost: 4) == [Int]())
  }

  @Test("One worker does one task after the other, in the order they were added")
  func order() {
    let done = Mutex<[Int]>([])
    let workers = Workers(limit: 1)
    let group = DispatchGroup()
    for number in 0..<200 {
      group.enter()
      workers.add {
        done.withLock { $0.append(number) }
        group.leave()
      }
    }
    #expect(group.wait(timeout: .now() + 90) == .success)
    #expect(done.withLock { $0 } == Array(0..<200))
  }

  @Test("Threads end when there is nothing to do, and are there again when there is")
  func idle() {
    let workers = Workers(limit: 4)
    for _ in 0..<2 {
      let thread = Mutex("")
      let group = DispatchGroup()
      group.enter()
      workers.add {
        var name = [CChar](repeating: 0, count: 64)
        let count = readlink("/proc/thread-self", &name, name.count)
        let bytes = name[..<max(0, count)].map { UInt8(bitPattern: $0) }
        thread.withLock { $0 = "/proc/" + String(decoding: bytes, as: UTF8.self) }
        group.leave()
      }
      #expect(group.wait(timeout: .now() + 90) == .success)
      let path = thread.withLock { $0 }
      #expect(path.contains("/task/") && eventually { access(path, F_OK) != 0 })
    }
  }
}

/// Those who come first wait until so many are there.
private final class Meeting: Sendable {
  private let size: Int
  private let state = Mutex((present: 0, most: 0, seen: 0))

  init(of size: Int) { self.size = size }

  var most: Int { state.withLock { $0.most } }

  func attend() {
    state.withLock { state in
      state.present += 1
      state.seen += 1
      state.most = max(state.most, state.present)
    }
    _ = eventually { state.withLock { $0.seen >= size } }
    state.withLock { $0.present -= 1 }
  }
}
