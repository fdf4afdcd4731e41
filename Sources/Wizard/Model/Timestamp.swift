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
  /// As RFC 3339 has it, in UTC: `2026-01-09T14:30:22Z`. What is before 1970 or after 9999 becomes
  /// the nearest.
  public var rfc3339: String {
    let bounded = min(max(seconds, 0), 253_402_300_799)
    return Date(timeIntervalSince1970: TimeInterval(bounded)).formatted(.iso8601)
  }

  /// Reads `2026-01-09T14:30:22Z`; `nil` for anything else, other zones and fractions included.
  public init?(rfc3339 text: String) {
    guard let date = try? Date(text, strategy: .iso8601) else { return nil }
    self.init(seconds: Int64(date.timeIntervalSince1970))
    // The parser is lenient: what it would write otherwise is refused.
    guard rfc3339 == text else { return nil }
  }

  /// `2026-01-09`, in UTC.
  public var day: String { String(rfc3339.prefix(10)) }

  /// `14:30:22`, in UTC.
  public var clock: String { String(rfc3339.dropFirst(11).prefix(8)) }

  /// `2026-01-09-143022`, in UTC, as in the names of sessions and logs.
  public var stamp: String { "\(day)-\(clock.filter { $0 != ":" })" }
}
