import FoundationEssentials

/// A moment in whole seconds since 1970-01-01T00:00:00Z. The wizard never reads a clock: moments
/// come in with events.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }

  /// Seconds from `earlier` to this moment; negative if `earlier` is later.
  public func seconds(since earlier: Timestamp) -> Int64 { seconds - earlier.seconds }
}

extension Timestamp {
  /// RFC 3339 in UTC: `2026-01-09T14:30:22Z`.
  public var rfc3339: String {
    Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(.iso8601)
  }

  /// `2026-01-09 14:30`, in UTC.
  public var minute: String { "\(rfc3339.prefix(10)) \(rfc3339.dropFirst(11).prefix(5))" }

  /// `14:30:22`, in UTC.
  public var clock: String { String(rfc3339.dropFirst(11).prefix(8)) }
}
