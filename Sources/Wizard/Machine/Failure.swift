/// Why an effect failed: a sentence, and the kind that exit codes and screens depend on.
public struct Failure: Error, Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case other, cancelled, signInNeeded, noSession, held, timedOut
    /// The context leads to another cluster than the session's.
    case anotherCluster
    /// What a person gave does not fit; exit 2.
    case wrongUsage
    /// A program that nobody was shown would be started.
    case unseenPlugin
  }

  public var kind: Kind
  /// What failed, on what, why in the tool's own words, what to do next.
  public var message: String
  /// Which key does that, a sentence; of no use where nobody is.
  public var keys: String?

  public init(_ kind: Kind = .other, _ message: String, keys: String? = nil) {
    self.kind = kind
    self.message = message
    self.keys = keys
  }

  /// For whoever has the keys.
  public var told: String { keys.map { "\(message) \($0)" } ?? message }
}

extension String {
  /// Where a sentence goes on after it, or ends with a stop of its own.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
