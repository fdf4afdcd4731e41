import CSpawn
import Dispatch
import Glibc
import Synchronization
import TestWorld
import Testing

@testable import Subprocess

/// Serialized, because one of them counts what all of them open.
@Suite(.serialized)
struct GroupTests {
  @Test("What a child leaves behind neither keeps us waiting nor survives")
  func survivor() throws {
    for script in ["sleep 600 3<&- & echo $!", "(trap '' TERM HUP; sleep 600; :) & echo $!"] {
      let completion = try run(shell(script, timeout: 300))
      #expect(completion.succeeded)
      let id = try #require(pid_t(completion.stdout.dropLast()))
      #expect(eventually { !isAlive(id) })
    }
  }

  @Test("What a child leaves behind is gone even where it let go of our pipes")
  func silentSurvivor() throws {
    let completion = try run(shell("sleep 60 </dev/null >/dev/null 2>&1 & echo $!"))
    let id = try #require(pid_t(completion.stdout.dropLast()))
    #expect(eventually { !isAlive(id) })
  }

  @Test("The last words of a child are heard though someone else holds its pipe")
  func lastWords() throws {
    let completion = try run(
      shell("sleep 600 & head -c 300000 /dev/zero; echo problem >&2; exit 4", timeout: 300))
    #expect(completion.ending == .exited(4))
    #expect(completion.output.count == 300_000)
    #expect(completion.stderr == "problem\n")
  }

  @Test("A survivor that floods us, in a session of its own, is not listened to for ever")
  func escapedFlood() throws {
    try withTemporaryDirectory { directory in
      let completion = try run(
        Command(
          "/bin/sh",
          ["-c", "setsid sh -c 'echo $$ > \(directory)/id; exec yes' & sleep 0.1; exit 5"],
          timeout: 300, outputLimit: .max)
      ) { _ in true }
      #expect(completion.ending == .exited(5))
      let id = try #require(
        pid_t(try run(Command("/bin/cat", [directory + "/id"])).stdout.dropLast()))
      kill(id, SIGKILL)
    }
  }

  @Test("A timeout reaches all of the group")
  func timeoutReachesGroup() throws {
    let completion = try timedOut("sleep 600 & echo $!; sleep 600") { !$0.output.isEmpty }
    let id = try #require(pid_t(completion.stdout.dropLast()))
    #expect(eventually { !isAlive(id) })
  }

  @Test("A child leads a session without a terminal")
  func session() throws {
    let fields = try run(shell("cat /proc/$$/stat")).stdout.split(separator: " ")
    #expect(fields[4] == fields[0], "its process group")
    #expect(fields[5] == fields[0], "its session")
    #expect(fields[6] == "0", "its terminal")
  }

  @Test("A child blocks and ignores no signal, whatever we do")
  func signals() throws {
    var blocked = sigset_t()
    sigemptyset(&blocked)
    sigaddset(&blocked, SIGUSR1)
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &blocked, &previous)
    Glibc.signal(SIGUSR2, SIG_IGN)
    defer {
      pthread_sigmask(SIG_SETMASK, &previous, nil)
      Glibc.signal(SIGUSR2, SIG_DFL)
    }
    let status = try run(Command("/bin/grep", ["-E", "^Sig(Blk|Ign)", "/proc/self/status"]))
    let masks = status.stdout.split(separator: "\n").map {
      UInt64($0.dropFirst("SigBlk:\t".count), radix: 16)
    }
    // glibc ignores 32 and 33, which it keeps for itself, in every child.
    #expect(masks.map { $0.map { $0 & 0x7fff_ffff } } == [0, 0])
  }

  @Test("A child has its three streams and its lifeline, and nothing else of ours")
  func descriptors() throws {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    let listed = try run(Command("/bin/ls", ["/proc/self/fd"], input: [1])).stdout
    #expect(listed == "0\n1\n2\n3\n4\n", "4 is the directory that ls reads")
    let targets = try run(Command("/bin/readlink", ["/proc/self/fd/3"])).stdout
    #expect(targets.hasPrefix("pipe:"))
  }

  @Test("When we are gone, so are a child and its group, without anyone to signal them")
  func lifeline() throws {
    let pipe = try Descriptor.pipe()
    let child = try Child.spawnDetached(
      shell("trap '' TERM HUP; sleep 60 & echo $!; wait"),
      Child.Streams(output: pipe.writing.number))
    let leader = child.id
    var bytes = [UInt8](repeating: 0, count: 32)
    let count = read(pipe.reading.number, &bytes, bytes.count)
    let follower = try #require(pid_t(String(decoding: bytes[..<(count - 1)], as: UTF8.self)))
    #expect(isAlive(leader) && isAlive(follower))

    _ = consume child
    #expect(Child(id: leader).reap() == .signalled(SIGKILL))
    #expect(eventually { !isAlive(follower) })
  }

  @Test("A child whose parent has gone before it was armed never becomes its program")
  func orphan() throws {
    try withTemporaryDirectory { directory in
      var ends: [Int32] = [-1, -1]
      #expect(GNU.pipe2(&ends, O_CLOEXEC) == 0)
      defer { close(ends[0]) }
      var arguments = [strdup("touch"), strdup(directory + "/touched"), nil]
      defer { arguments.forEach { free($0) } }
      close(ends[1])
      let id = shim_spawn("/usr/bin/touch", &arguments, environ, [-1, -1, -1], ends[0], -1)
      #expect(id == -EPIPE)
      #expect(access(directory + "/touched", F_OK) != 0)
    }
  }

  @Test("Fifty at once do not get in each other's way")
  func parallel() {
    let endings = Mutex<[Int: Completion]>([:])
    DispatchQueue.concurrentPerform(iterations: 50) { index in
      let command = Command(
        "/bin/sh", ["-c", "cat; head -c \(index * 1000) /dev/zero; exit \(index)"],
        input: Array("\(index):".utf8), timeout: 60)
      let completion = try? run(command)
      endings.withLock { $0[index] = completion }
    }
    for (index, completion) in endings.withLock({ $0 }) {
      #expect(completion.ending == .exited(Int32(index)))
      #expect(completion.output.count == "\(index):".utf8.count + index * 1000)
      #expect(completion.stdout.hasPrefix("\(index):"))
    }
    #expect(endings.withLock { $0.count } == 50)
  }

  @Test("Nothing stays open, and no zombie stays behind")
  func leaks() throws {
    let before = openDescriptors()
    for _ in 0..<200 { _ = try run(Command("/bin/cat", input: [1])) }
    for _ in 0..<200 { _ = try? run(Command("/no/such/program", input: [1])) }
    for _ in 0..<200 { _ = Cancellation() }
    // Other tests open and close some of their own meanwhile.
    #expect(openDescriptors() < before + 150)
  }

  private func openDescriptors() -> Int {
    (0..<4096).count { fcntl($0, F_GETFD) != -1 }
  }
}
