import ForeignText

/// Why a call of cub did not give what it was asked for, as one sentence for a person.
public struct HubFailure: Error, Hashable, Sendable {
  public enum Kind: String, CaseIterable, Sendable {
    /// cub could not be started, died, or failed in words that name no cause we know.
    case programFailed
    case signInNeeded
    case forbidden
    case notFound
    /// Somebody else changed it meanwhile, or the name is taken.
    case conflict
    /// This cub has no such command or flag; nothing was done.
    case unsupported
    /// No connection to the server, or the server answered with an error of its own (5xx).
    case unreachable
    case timedOut
    case cancelled
    /// cub said it succeeded, but the answer has not the shape of one.
    case unreadable
    /// The server, or cub itself, clearly said no.
    case refused
  }

  public var kind: Kind
  /// What failed, on what, why in cub's own words, and what to do next. Holds nothing of what
  /// cub printed on its standard output, where secrets are, but the reason that `cub api` gives there.
  public var message: String {
    get { "\(sentence)" }
    set { sentence = ForeignText(newValue) }
  }
  /// May quote cub, and names of others.
  private var sentence: ForeignText

  /// cub's own words, or ours where it had none.
  var reason: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    sentence = ForeignText(message)
    reason = "\(sentence)"
  }

  /// `purpose` completes "Could not …", as in `create unit api in space apps`; `why` is a clause
  /// or cub's own words.
  init(_ kind: Kind, purpose: String, why: ForeignText) {
    self.init(kind, purpose: purpose, why: why.quote)
  }

  /// - Parameter advice: in place of what is usual for that kind.
  init(_ kind: Kind, purpose: String, why: String, advice: String? = nil) {
    var sentence = "Could not \(purpose): \(kind.withoutAdvice(why))"
    if !sentence.hasSuffix(".") { sentence += "." }
    // cub's own words may say it already.
    if let advice = advice ?? kind.advice, !kind.isAdvised(in: sentence) {
      sentence += " " + advice
    }
    self.init(kind, sentence)
    reason = "\(ForeignText(why))"
  }
}

extension HubFailure.Kind {
  private static let signIn = "cub auth login"

  fileprivate func isAdvised(in words: String) -> Bool {
    self == .signInNeeded && words.contains(Self.signIn)
  }

  /// Without the sentences that advise what is advised in our own words, if others are left.
  fileprivate func withoutAdvice(_ why: String) -> String {
    guard isAdvised(in: why) else { return why }
    let others = why.split(separator: ". ").filter { !$0.contains(Self.signIn) }
    return others.isEmpty ? why : others.joined(separator: ". ")
  }

  /// What a person can do next; `nil` where only the words of cub can tell.
  fileprivate var advice: String? {
    switch self {
    case .signInNeeded: "Sign in with: \(Self.signIn)"
    case .forbidden: "Ask an administrator of your organisation for the permission."
    case .conflict: "Look at what is there now, then try again."
    case .unsupported: "See what this cub can do with: cub --help"
    case .unreachable, .timedOut: "Check the connection to ConfigHub, then try again."
    case .unreadable: "See what it prints when you run it yourself."
    case .programFailed, .notFound, .cancelled, .refused: nil
    }
  }
}
