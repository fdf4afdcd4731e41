/// A wait before a cluster that was busy, or in trouble, is asked again; or one for a person, to
/// whom the program that signs in has said what to do.
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

  /// - Parameter words: to the person, in one line.
  public init(signInSays words: String) {
    self.init(what: "signing in", why: words, seconds: 3600, attempt: 0, attempts: 0)
  }

  public var isForPerson: Bool { attempts == 0 }

  public var sentence: String {
    if isForPerson { return "What signs in to the cluster says: \(why)" }
    return
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

  /// What the program that signs in has said to the person, as long as it is waited for.
  public var signInWords: String? {
    clusterWaits.first(where: \.wait.isForPerson)?.wait.sentence
  }
}
