import Dispatch
import Subprocess
import Synchronization
import Testing
import Wizard

@testable import Cluster

@Suite("How long a busy cluster is waited for")
struct PatienceTests {
  /// What a cluster was asked, and what was told meanwhile.
  private final class Record: Sendable {
    let waits = Mutex<[ClusterWait]>([])
    let asked = Mutex(0)

    var seconds: [Double] { waits.withLock { $0.map(\.seconds) } }

    func patience(_ limits: Patience.Limits) -> Patience {
      Patience(limits: limits) { wait in self.waits.withLock { $0.append(wait) } }
    }

    /// Refused so many times, or for ever.
    func ask(
      _ patience: Patience, _ refusal: KubectlError, times: Int = .max,
      cancellation: Cancellation? = nil
    ) -> KubectlError? {
      let before = asked.withLock { $0 }
      do throws(KubectlError) {
        try patience.ask("jobs", cancellation: cancellation) { () throws(KubectlError) in
          let count = asked.withLock { asked in
            asked += 1
            return asked - before
          }
          if count <= times { throw refusal }
        }
        return nil
      } catch {
        return error
      }
    }
  }

  private static func busy(retryAfter: Double?) -> KubectlError {
    var refusal = KubectlError(.busy, "the server answered 429 Too Many Requests")
    refusal.retryAfter = retryAfter
    return refusal
  }

  @Test("It is asked six times in a good half minute, or for as long as it wants, up to a minute")
  func usual() {
    let limits = Patience.Limits()
    let sum: Double = limits.pauses.reduce(0, +)
    #expect(sum == 31)
    #expect(sum < limits.perRequest)
    #expect(limits.inAll == 4 * limits.perRequest)
  }

  @Test("Each wait is told of before it begins: for what, why, how long, which try")
  func told() {
    let record = Record()
    let patience = record.patience(.init(pauses: [0.01, 0.02], troublePauses: []))
    #expect(record.ask(patience, Self.busy(retryAfter: nil), times: 2) == nil)
    let why = "the server answered 429 Too Many Requests"
    let told = [
      ClusterWait(what: "jobs", why: why, seconds: 0.01, attempt: 2, attempts: 3),
      ClusterWait(what: "jobs", why: why, seconds: 0.02, attempt: 3, attempts: 3),
    ]
    #expect(record.waits.withLock { $0 } == told)
  }

  @Test("A Retry-After counts where it is longer than our own pause, never where it is shorter")
  func retryAfter() {
    let record = Record()
    let patience = record.patience(.init(pauses: [0.01, 0.03], troublePauses: []))
    #expect(record.ask(patience, Self.busy(retryAfter: 0.02))?.words.hasSuffix("3 times") == true)
    #expect(record.seconds == [0.02, 0.03])
  }

  @Test("A request waits no longer than it may, is asked once more then, and given up")
  func perRequest() {
    let record = Record()
    let patience = record.patience(
      .init(pauses: [0.01, 0.01], troublePauses: [], perRequest: 0.05))
    let refusal = record.ask(patience, Self.busy(retryAfter: 86_400))
    #expect(refusal?.reason == .busy)
    #expect(refusal?.words == "the server answered 429 Too Many Requests; it was asked 2 times")
    #expect(record.seconds == [0.05])
  }

  @Test("All requests together wait no longer than they may")
  func inAll() {
    let record = Record()
    let patience = record.patience(
      .init(pauses: [0.01, 0.01], troublePauses: [], perRequest: 1, inAll: 0.045))
    for _ in 0..<4 { _ = record.ask(patience, Self.busy(retryAfter: nil)) }
    let pauses = record.seconds
    #expect(pauses.reduce(0, +) <= 0.046)
    #expect(pauses.count == 5)
    // The last one is asked, and not again.
    #expect(record.asked.withLock { $0 } == 9)
  }

  @Test(
    "What would be the same the next time is not asked again",
    arguments: [
      KubectlError.Reason.forbidden, .notServed, .notFound, .expired, .signInNeeded, .unreachable,
      .timedOut, .cancelled, .contextUnknown, .programFailed, .unreadable, .tooLong,
    ])
  func others(reason: KubectlError.Reason) {
    let record = Record()
    #expect(
      record.ask(record.patience(.quick), KubectlError(reason, "no")) == KubectlError(reason, "no"))
    #expect(record.asked.withLock { $0 } == 1)
  }

  @Test("Who stops it does not wait for the pause")
  func cancellation() {
    let record = Record()
    let cancellation = Cancellation()
    let patience = Patience(limits: .init(pauses: [3600], perRequest: 3600, inAll: 3600)) { _ in
      cancellation.cancel()
    }
    let refusal = record.ask(patience, Self.busy(retryAfter: nil), cancellation: cancellation)
    #expect(refusal?.reason == .cancelled)
    #expect(record.asked.withLock { $0 } == 1)
  }
}
