/// What reading everything back found.
public struct Report: Hashable, Sendable {
  public enum Verdict: String, Sendable {
    case ok, mismatch
    /// It could not be read, or was left out: never to be taken for fine.
    case notVerified = "not_verified"
  }

  public struct Check: Hashable, Sendable {
    /// What was looked at, e.g. `unit payment-api`, `worker dev`.
    public var subject: String
    public var verdict: Verdict
    public var detail: String

    public init(subject: String, verdict: Verdict, detail: String) {
      self.subject = subject
      self.verdict = verdict
      self.detail = detail
    }
  }

  public var checks: [Check]
  public var at: Timestamp?

  public init(checks: [Check], at: Timestamp? = nil) {
    self.checks = checks
    self.at = at
  }

  public var isVerified: Bool { !checks.isEmpty && checks.allSatisfy { $0.verdict == .ok } }
}
