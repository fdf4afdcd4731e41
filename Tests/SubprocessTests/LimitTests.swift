import Dispatch
import Glibc
import Synchronization
import Testing

@testable import Subprocess

struct LimitTests {
  private static let ignoringTerm = "trap '' TERM; echo ready; while :; do sleep 1; done"

  private static let sayingGoodbye = "trap 'echo bye >&2; exit' TERM; while :; do sleep 0.01; done"

  @Test("A child that hangs is ended in time, whatever it thinks of SIGTERM")
  func timeout() throws {
    for script in ["echo ready; exec sleep 600", Self.ignoringTerm] {
      let start = monotonicSeconds()
      let completion = try timedOut(script) { !$0.output.isEmpty }
      #expect(completion.stdout == "ready\n")
      #expect(monotonicSeconds() - start < 300)
    }
  }

  @Test(
    "A child that heeds SIGTERM is given the time to say goodbye, and so is all of its group",
    arguments: [sayingGoodbye, "(\(sayingGoodbye)) & wait"])
  func goodbye(script: String) throws {
    let completion = try timedOut(script, grace: 120) { $0.stderr.hasSuffix("bye\n") }
    #expect(completion.stderr.hasSuffix("bye\n"))
  }

  @Test("A child that floods us is ended, and the limit is all that is kept")
  func outputLimit() throws {
    let completion = try run(Command("/usr/bin/yes", outputLimit: 1_000_001))
    #expect(completion.ending == .outputTooLong)
    #expect(completion.output.count == 1_000_001)
    #expect(completion.stdout.hasSuffix("y\ny"))
  }

  @Test("Output as long as the limit is not too long")
  func exactLimit() throws {
    let completion = try run(Command("/bin/echo", ["abc"], outputLimit: 4))
    #expect(completion.succeeded)
    #expect(completion.stdout == "abc\n")
    #expect(try run(Command("/bin/echo", ["abc"], outputLimit: 3)).ending == .outputTooLong)
  }

  @Test("The limit holds for a handler, too")
  func streamedLimit() throws {
    var count = 0
    let completion = try run(Command("/usr/bin/yes", outputLimit: 100_000)) {
      count += $0.count
      return true
    }
    #expect(completion.ending == .outputTooLong)
    #expect(count == 100_000)
  }

  @Test("Who takes the output may have had enough")
  func refused() throws {
    var count = 0
    let completion = try run(Command("/usr/bin/yes")) {
      count += $0.count
      return count < 100_000
    }
    #expect(completion.ending == .refused)
  }

  @Test("A child that is silent for too long is ended; one that goes on is not")
  func silence() throws {
    // Always longer in all than its limit, which a busy machine needs to be longer.
    for limit in [1.0, 5, 25] {
      let count = Int(limit * 6)
      var command = shell("for n in $(seq \(count)); do echo $n; sleep 0.2; done; sleep 600")
      command.silenceLimit = limit
      let completion = try run(command)
      #expect(completion.ending == .timedOut)
      let lines = completion.stdout.split(separator: "\n").count
      if lines < count, limit < 25 { continue }
      #expect(lines == count)
      break
    }
  }

  @Test("A flood of errors does not stop the child, and its first MiB is kept")
  func errorLimit() throws {
    let completion = try run(shell("echo first >&2; head -c 5000000 /dev/zero >&2; echo done"))
    #expect(completion.succeeded)
    #expect(completion.stdout == "done\n")
    #expect(completion.errors.count == 1 << 20)
    #expect(completion.stderr.hasPrefix("first\n"))
  }

  @Test("A request to stop ends a run, whatever the child thinks of SIGTERM")
  func stubbornCancellation() throws {
    let (ending, latency) = try cancelWhenReady(Self.ignoringTerm)
    #expect(ending == .cancelled)
    #expect(latency < 60)
  }

  @Test("A request to stop wakes a run at once")
  func promptCancellation() throws {
    // Until one is quick, for the machine may be busy: a run that looked around every 50 ms, and no
    // more often, would never be.
    var latency = Double.infinity
    for _ in 0..<200 where latency >= 0.03 {
      latency = try cancelWhenReady("echo ready; exec sleep 600").latency
    }
    #expect(latency < 0.03)
  }

  /// Cancels when the child has said something; how long that took to take effect, in seconds.
  private func cancelWhenReady(
    _ script: String
  ) throws -> (ending: Completion.Ending, latency: Double) {
    let cancellation = Cancellation()
    let requestedAt = Mutex(0.0)
    let isReady = DispatchSemaphore(value: 0)
    DispatchQueue(label: "cancel").async {
      isReady.wait()
      requestedAt.withLock { $0 = monotonicSeconds() }
      cancellation.cancel()
    }
    let completion = try run(shell(script), cancellation: cancellation) { _ in
      isReady.signal()
      return true
    }
    return (completion.ending, monotonicSeconds() - requestedAt.withLock { $0 })
  }

  @Test("What a child says on stdout when it has to go is not handed over")
  func noOutputAfterTheVerdict() throws {
    let script = "trap 'echo late; exit 0' TERM; echo ready; while :; do sleep 0.01; done"
    var said = ""
    // On a busy machine it may have to go before it is ready.
    for timeout in [0.3, 2, 20, 60] where said.isEmpty {
      said = "\(try run(shell(script, timeout: timeout)).stdout)"
    }
    #expect(said == "ready\n")
  }

  @Test("One request stops all runs that know of it, and those to come are never started")
  func sharedCancellation() throws {
    let cancellation = Cancellation()
    let endings = Mutex<[Completion.Ending]>([])
    let ready = Atomic(0)
    let runs = DispatchGroup()
    for index in 0..<3 {
      DispatchQueue(label: "run \(index)").async(group: runs) {
        let completion = try? run(
          shell("echo ready; sleep 60", timeout: 30), cancellation: cancellation
        ) { _ in
          if ready.add(1, ordering: .relaxed).newValue == 3 { cancellation.cancel() }
          return true
        }
        endings.withLock { $0 += [completion?.ending].compactMap { $0 } }
      }
    }
    runs.wait()
    #expect(endings.withLock { $0 } == Array(repeating: .cancelled, count: 3))

    let completion = try run(Command("/no/such/program"), cancellation: cancellation)
    #expect(completion.ending == .cancelled)
  }

  @Test("A request that comes after the end changes nothing")
  func lateCancellation() throws {
    let cancellation = Cancellation()
    let completion = try run(Command("/bin/echo", ["a"]), cancellation: cancellation)
    cancellation.cancel()
    cancellation.cancel()
    #expect(cancellation.isCancelled)
    #expect(completion.succeeded)
  }
}
