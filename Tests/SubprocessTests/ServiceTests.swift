import Glibc
import Synchronization
import Testing

@testable import Subprocess

struct ServiceTests {
  /// A pipe to read a service's log from.
  private func start(_ script: String) throws -> (service: Service, log: Descriptor) {
    let pipe = try Descriptor.pipe()
    let service = try Service(shell(script), logDescriptor: pipe.writing.number)
    return (service, pipe.reading)
  }

  /// Waits for that much of a log, or its end.
  private func read(_ log: Descriptor, count: Int = .max) -> String {
    var text: [UInt8] = []
    var byte: UInt8 = 0
    while text.count < count, Glibc.read(log.number, &byte, 1) == 1 { text.append(byte) }
    return String(decoding: text, as: UTF8.self)
  }

  @Test("A service writes its log until it is stopped, and is reaped")
  func stops() throws {
    let (service, log) = try start("echo out; echo err >&2; exec sleep 60")
    #expect(read(log, count: 8) == "out\nerr\n")
    #expect(service.isRunning)
    #expect(service.ending == nil)
    service.stop(grace: 10)
    #expect(service.ending == .signalled(SIGTERM))
    #expect(!service.isRunning)
    #expect(read(log) == "")
  }

  @Test("A service that ignores SIGTERM is killed when its time is over, with all it started")
  func kills() throws {
    let (service, log) = try start("trap '' TERM; sleep 60 & echo ready; while :; do wait; done")
    #expect(read(log, count: 6) == "ready\n")
    service.stop(grace: 0.1)
    #expect(service.ending == .signalled(SIGKILL))
    #expect(read(log) == "", "nobody has the log open any more")
  }

  @Test("A service that heeds SIGTERM has its time for it")
  func grace() throws {
    let (service, log) = try start(
      "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.01; done")
    #expect(read(log, count: 6) == "ready\n")
    service.stop(grace: 10)
    #expect(service.ending == .exited(3))
    #expect(read(log).hasSuffix("bye\n"))
    service.stop(grace: 10)
  }

  @Test("A service that ends by itself says so, and leaves nothing behind")
  func endsAlone() throws {
    let (service, log) = try start("sleep 60 3<&- & exit 4")
    #expect(read(log) == "")
    #expect(eventually { !service.isRunning })
    #expect(service.ending == .exited(4))
  }

  @Test("Whoever asks is told once how a service ended, also if it has ended already")
  func notice() throws {
    let endings = Mutex<[Completion.Ending]>([])
    let (service, log) = try start("exec sleep 60")
    _ = log
    service.whenEnded { ending in endings.withLock { $0.append(ending) } }
    service.stop(grace: 60)
    #expect(eventually { endings.withLock { $0.count } == 1 })
    service.whenEnded { ending in endings.withLock { $0.append(ending) } }
    let ending = try #require(service.ending)
    #expect(endings.withLock { $0 } == [ending, ending])
  }

  @Test("A service that nobody holds any more is gone")
  func dropped() throws {
    let log = try {
      let (service, log) = try start("trap '' TERM; echo ready; while :; do sleep 1; done")
      #expect(read(log, count: 6) == "ready\n")
      #expect(service.isRunning)
      return log
    }()
    #expect(read(log) == "")
  }

  @Test("A service has no stdin and no terminal")
  func streams() throws {
    let (service, log) = try start("readlink /proc/$$/fd/0; cut -d' ' -f7 /proc/$$/stat")
    #expect(read(log) == "/dev/null\n0\n")
    service.stop(grace: 10)
  }

  @Test("A service that cannot be started says why")
  func unstartable() {
    #expect(throws: SpawnError(executable: "/no/such", code: ENOENT)) {
      try Service(Command("/no/such"), logDescriptor: 2)
    }
  }
}
