/// How long ago something happened.
public struct Age: Hashable, Sendable {
  /// `nil` if not known: no time was given, or it is in the future.
  public let seconds: Int64?
  /// In seconds; what is older is stale.
  public let staleAfter: Int64

  public static let usualStaleAfter: Int64 = 24 * 3600

  /// A negative age is none that can be known.
  public init(seconds: Int64?, staleAfter: Int64 = usualStaleAfter) {
    self.seconds = seconds.flatMap { $0 >= 0 ? $0 : nil }
    self.staleAfter = staleAfter
  }

  public init(
    since moment: Timestamp?, at now: Timestamp, staleAfter: Int64 = usualStaleAfter
  ) {
    self.init(seconds: moment.map { now.seconds(since: $0) }, staleAfter: staleAfter)
  }

  /// Older than the limit, or of unknown age.
  public var isStale: Bool { seconds.map { $0 > staleAfter } ?? true }

  /// `just now`, `5 minutes ago`, `2 hours ago`, `3 days ago` or `an unknown time ago`; rounded down.
  public var words: String {
    guard seconds != nil else { return "an unknown time ago" }
    return span.map { "\($0) ago" } ?? "just now"
  }

  /// `37s`, `5m`, `2h`, `12d` or `3y`, as kubectl has it; rounded down, and empty if not known.
  public var short: String {
    guard let seconds else { return "" }
    return switch seconds {
    case ..<120: "\(seconds)s"
    case ..<7200: "\(seconds / 60)m"
    case ..<172_800: "\(seconds / 3600)h"
    case ..<(730 * 86_400): "\(seconds / 86_400)d"
    default: "\(seconds / (365 * 86_400))y"
    }
  }

  /// `5 minutes`, `2 hours`, `3 days`; `nil` if not known or less than a minute.
  public var span: String? {
    guard let seconds, seconds >= 60 else { return nil }
    let (count, unit) =
      switch seconds {
      case ..<3600: (seconds / 60, "minute")
      case ..<86_400: (seconds / 3600, "hour")
      default: (seconds / 86_400, "day")
      }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}
