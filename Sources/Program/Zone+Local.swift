import Glibc
import Wizard

extension Zone {
  /// That of the person: what `TZ`, or the system, says, see tzset(3).
  ///
  /// A table of thirty-five years, since who draws a screen asks no one for the time.
  static func local() -> Zone {
    tzset()
    let (start, end) = (Int64(1_420_070_400), Int64(2_524_608_000))
    // Morocco's month of fasting is the shortest period there is.
    let step = Int64(14 * 86_400)
    var periods = [period(from: start)]
    for moment in stride(from: start, to: end, by: Int(step)) {
      guard let last = periods.last, !last.isSame(as: period(from: moment + step)) else { continue }
      var (before, after) = (moment, moment + step)
      while after - before > 1 {
        let middle = (before + after) / 2
        if last.isSame(as: period(from: middle)) { before = middle } else { after = middle }
      }
      periods.append(period(from: after))
    }
    return Zone(periods: periods)
  }

  private static func period(from moment: Int64) -> Period {
    var time = time_t(moment)
    var parts = tm()
    localtime_r(&time, &parts)
    let name = parts.tm_zone.map { String(cString: $0) } ?? "UTC"
    // Where there is no name it is a number.
    let isNumber = name.hasPrefix("+") || name.hasPrefix("-")
    return Period(
      from: Timestamp(seconds: moment), ahead: Int64(parts.tm_gmtoff),
      name: isNumber ? "UTC\(name)" : name)
  }
}

extension Zone.Period {
  fileprivate func isSame(as other: Self) -> Bool { ahead == other.ahead && name == other.name }
}
