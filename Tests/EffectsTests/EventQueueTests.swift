import Glibc
import Testing
import Wizard

@testable import Effects

@Suite("Events from other threads")
struct EventQueueTests {
  @Test("come in the order they were posted, and end a wait")
  func order() throws {
    let queue = try #require(EventQueue())
    #expect(queue.take() == [])
    queue.post(.tick)
    queue.post(.goOn)
    queue.wait(orReadable: [], milliseconds: -1)
    #expect(queue.take() == [.tick, .goOn])
    #expect(queue.take() == [])
  }

  @Test("that are to come later come when their time has come, the earliest first")
  func timers() throws {
    let queue = try #require(EventQueue())
    queue.post(.goBack, after: 40)
    queue.post(.goOn, after: 5)
    #expect(queue.take() == [])
    var taken: [Event] = []
    while taken.count < 2 {
      queue.wait(orReadable: [], milliseconds: -1)
      taken += queue.take()
    }
    #expect(taken == [.goOn, .goBack])
  }

  @Test("do not end a wait for a descriptor that is readable already")
  func descriptors() throws {
    let queue = try #require(EventQueue())
    var ends: [Int32] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    #expect(write(ends[1], "x", 1) == 1)
    queue.wait(orReadable: [ends[0]], milliseconds: -1)
    #expect(queue.take() == [])
  }
}
