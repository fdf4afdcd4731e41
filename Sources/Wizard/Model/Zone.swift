/// What a clock on the wall shows beside UTC: by how many seconds it is ahead, and since when.
public struct Zone: Hashable, Sendable {
  public struct Period: Hashable, Sendable {
    public var from: Timestamp
    /// In seconds; negative to the west.
    public var ahead: Int64
    /// `CET`, `UTC-3`
    public var name: String

    public init(from: Timestamp, ahead: Int64, name: String) {
      self.from = from
      self.ahead = ahead
      self.name = name
    }
  }

  /// Oldest first. The first holds for all that was before it, too.
  private let periods: [Period]
  /// Times name their zone: in text that is read somewhere else.
  public private(set) var isMarked = false

  public static let utc = Zone(periods: [])

  public init(periods: [Period]) { self.periods = periods }

  public var marked: Zone {
    var zone = self
    zone.isMarked = true
    return zone
  }

  fileprivate func period(at moment: Timestamp) -> Period {
    periods.last { $0.from <= moment } ?? periods.first
      ?? Period(from: Timestamp(seconds: 0), ahead: 0, name: "UTC")
  }
}

extension Timestamp {
  private func shown(in zone: Zone, _ text: (Timestamp) -> String) -> String {
    let period = zone.period(at: self)
    // What no calendar has a day for stays where it is.
    let local = seconds.addingReportingOverflow(period.ahead)
    return text(local.overflow ? self : Timestamp(seconds: local.partialValue))
      + (zone.isMarked ? " \(period.name)" : "")
  }

  /// `14:30:22`
  public func clock(in zone: Zone) -> String { shown(in: zone, \.clock) }

  /// `2026-01-09 14:30`
  public func minute(in zone: Zone) -> String {
    shown(in: zone) { "\($0.day) \($0.clock.prefix(5))" }
  }

  /// `2026-01-09 14:30:22`
  public func second(in zone: Zone) -> String { shown(in: zone) { "\($0.day) \($0.clock)" } }
}
