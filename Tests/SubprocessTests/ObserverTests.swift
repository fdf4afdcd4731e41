import Synchronization
import Testing

@testable import Subprocess

@Suite("Observing what is run")
struct ObserverTests {
  private final class Seen: Sendable {
    let runs = Mutex<[(arguments: [String], ending: Completion.Ending?, seconds: Double)]>([])

    var observer: Command.Observer {
      { [self] command, ending, seconds in
        runs.withLock { $0.append((command.arguments, ending, seconds)) }
      }
    }
  }

  @Test("Each run is told once, with its arguments, its end and its time", arguments: [0, 3])
  func ended(status: Int32) throws {
    let seen = Seen()
    _ = try run(
      Command("/bin/sh", ["-c", "exit \(status)"], observer: seen.observer))
    let runs = seen.runs.withLock { $0 }
    #expect(runs.count == 1)
    #expect(runs.first?.arguments == ["-c", "exit \(status)"])
    #expect(runs.first?.ending == .exited(status))
    #expect(runs.first.map { $0.seconds > 0 } == true)
  }

  @Test("What could not be started was not run")
  func notStarted() {
    let seen = Seen()
    #expect(throws: SpawnError.self) {
      try run(Command("/nonexistent/program", observer: seen.observer))
    }
    #expect(seen.runs.withLock { $0.isEmpty })
  }

  @Test("What goes on beside us is told when it starts")
  func service() throws {
    let seen = Seen()
    let service = try Service(
      Command("/bin/sleep", ["60"], observer: seen.observer), loggedBy: Command("/bin/cat"))
    defer { service.stop(grace: 0) }
    let runs = seen.runs.withLock { $0 }
    #expect(runs.count == 1 && runs.first?.ending == nil)
  }
}
