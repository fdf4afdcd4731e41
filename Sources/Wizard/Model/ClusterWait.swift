/// A wait before a cluster that was busy, or in trouble, is asked again.
public struct ClusterWait: Hashable, Sendable {
  /// What is asked for: `deployments`, `Service payment-prod/payment-api`.
  public var what: String
  /// In kubectl's own words, or ours where it has none.
  public var why: String
  public var seconds: Double
  /// The number of the try that comes after it, of how many.
  public var attempt: Int
  public var attempts: Int

  public init(what: String, why: String, seconds: Double, attempt: Int, attempts: Int) {
    self.what = what
    self.why = why
    self.seconds = seconds
    self.attempt = attempt
    self.attempts = attempts
  }

  public var sentence: String {
    "The cluster put off \(what): \(why). It is asked again in \(Int(seconds.rounded(.up))) s, "
      + "try \(attempt) of \(attempts)."
  }
}

extension WizardState {
  /// What the cluster has put off and is not asked for again yet, the next first.
  public var clusterWaits: [Waiting] {
    running.values.flatMap(\.waits.values).filter { $0.until > now }
      .sorted { ($0.until, $0.wait.what) < ($1.until, $1.wait.what) }
  }
}
