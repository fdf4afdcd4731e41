/// A moment in whole seconds since 1970-01-01T00:00:00Z. The wizard never reads a clock: moments
/// come in with events.
public struct Timestamp: Hashable, Comparable, Sendable {
  public var seconds: Int64

  public init(seconds: Int64) { self.seconds = seconds }

  public static func < (a: Timestamp, b: Timestamp) -> Bool { a.seconds < b.seconds }

  /// Seconds from `earlier` to this moment; negative if `earlier` is later.
  public func seconds(since earlier: Timestamp) -> Int64 { seconds - earlier.seconds }
}
