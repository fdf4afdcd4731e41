import Glibc
import Synchronization
import TestWorld
import Testing

@testable import Subprocess

struct ServiceTests {
  /// A service whose logger passes on what it reads.
  private func start(_ script: String) throws -> (service: Service, log: Descriptor) {
    let service = try Service(shell(script), loggedBy: Command("/bin/cat"))
    return (service, service.news.descriptor)
  }

  /// Waits for that much of a log, or its end.
  private func read(_ log: Descriptor, count: Int = .max) -> String {
    var text: [UInt8] = []
    var byte: UInt8 = 0
    while text.count < count, Glibc.read(log.number, &byte, 1) == 1 { text.append(byte) }
    return String(decoding: text, as: UTF8.self)
  }

  private func readLine(_ log: Descriptor) -> String {
    var text = ""
    while true {
      let character = read(log, count: 1)
      if character.isEmpty || character == "\n" { return text }
      text += character
    }
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

  @Test("A logger that has something to say to us is heard until it ends")
  func news() throws {
    let (service, _) = try start("echo heard; exec sleep 60")
    #expect(service.news.next() == Array("heard\n".utf8))
    service.stop(grace: 10)
    #expect(service.news.next() == nil)
  }

  @Test("A service whose last words do not end is stopped all the same")
  func escaped() throws {
    // `setsid` leaves the process group with the pipe in its hands.
    let (service, log) = try start("setsid sleep 60 & echo $!; wait")
    let id = try #require(pid_t(readLine(log)))
    defer { kill(id, SIGKILL) }
    service.stop(grace: 10)
    #expect(read(log) == "")
  }

  @Test("A service that is let go is still logged when nobody holds it any more")
  func released() throws {
    try withTemporaryDirectory { directory in
      let log = directory + "/log"
      let id = try {
        let service = try Service(
          shell("echo begins; while [ ! -e \(directory)/stop ]; do sleep 0.05; done; echo ends"),
          loggedBy: shell("exec cat >\(log)"))
        return try #require(service.release())
      }()
      #expect(
        eventually { (try? run(Command("/bin/cat", [log])).output) == Array("begins\n".utf8) })
      #expect(isAlive(id))
      _ = try executable("", at: directory + "/stop")
      #expect(
        eventually { (try? run(Command("/bin/cat", [log])).output) == Array("begins\nends\n".utf8) }
      )
    }
  }

  @Test("A service that cannot be started says why")
  func unstartable() {
    #expect(throws: SpawnError(executable: "/no/such", code: ENOENT)) {
      try Service(Command("/no/such"), loggedBy: Command("/bin/cat"))
    }
    #expect(throws: SpawnError(executable: "/no/such", code: ENOENT)) {
      try Service(Command("/bin/true"), loggedBy: Command("/no/such"))
    }
  }
}
