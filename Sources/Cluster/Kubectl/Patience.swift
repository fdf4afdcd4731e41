import Subprocess
import Synchronization
import Wizard

/// When a cluster that did not answer is asked again, and how long in all; only what reads is asked
/// again, because nothing is done twice then.
final class Patience: Sendable {
  struct Limits: Sendable {
    /// Seconds before each new try at a server that is busy or not ready; a Retry-After that is
    /// longer counts instead. A leader is chosen, and a server started, in less than their sum.
    var pauses: [Double] = [1, 2, 4, 8, 16]
    /// The same after an error of the server's own, which mostly comes again.
    var troublePauses: [Double] = [0.3, 1]
    /// Seconds that one request waits in all: servers ask for 1 to 32, and a person who sees why
    /// may stop sooner.
    var perRequest = 60.0
    /// Seconds that all requests of a client wait in all: four at a time, each as long as it may.
    var inAll = 240.0
  }

  private let limits: Limits
  private let tell: @Sendable (ClusterWait) -> Void
  private let waited = Mutex(0.0)

  /// - Parameter tell: is told of each wait before it begins, on the thread that waits.
  init(limits: Limits = Limits(), tell: @escaping @Sendable (ClusterWait) -> Void = { _ in }) {
    self.limits = limits
    self.tell = tell
  }

  /// Asks until there is an answer, or no patience left.
  ///
  /// - Parameters:
  ///   - what: is asked for, as in `deployments`.
  ///   - again: is called before each new try.
  func ask<Value>(
    _ what: String, cancellation: Cancellation?, again: () -> Void = {},
    _ body: () throws(KubectlError) -> Value
  ) throws(KubectlError) -> Value {
    var attempt = 1
    var left = limits.perRequest
    while true {
      do throws(KubectlError) {
        return try body()
      } catch {
        let pauses = pauses(error.reason)
        guard attempt <= pauses.count,
          let pause = take(max(pauses[attempt - 1], error.retryAfter ?? 0), atMost: left)
        else { throw error.asked(attempt) }
        attempt += 1
        left -= pause
        tell(
          ClusterWait(
            what: what, why: error.words, seconds: pause, attempt: attempt,
            attempts: pauses.count + 1))
        if Cancellation.wait(seconds: pause, for: cancellation) { throw .cancelled }
        again()
      }
    }
  }

  private func pauses(_ reason: KubectlError.Reason) -> [Double] {
    switch reason {
    case .busy: limits.pauses
    case .trouble, .cutOff: limits.troublePauses
    default: []
    }
  }

  /// `nil` if no time is left. A server that wants to be left alone for longer than there is time is
  /// asked once more at its end.
  private func take(_ pause: Double, atMost left: Double) -> Double? {
    waited.withLock { waited in
      let pause = min(pause, left, limits.inAll - waited)
      guard pause > 0 else { return nil }
      waited += pause
      return pause
    }
  }
}

extension KubectlError {
  fileprivate func asked(_ times: Int) -> KubectlError {
    guard times > 1 else { return self }
    var refusal = KubectlError(reason, "\(words); it was asked \(times) times")
    refusal.retryAfter = retryAfter
    return refusal
  }
}
