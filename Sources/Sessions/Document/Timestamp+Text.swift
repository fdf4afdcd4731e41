import Wizard

extension Timestamp {
  /// As RFC 3339 has it, in UTC: `2026-01-09T14:30:22Z`. Years beyond 0…9999 become the nearest.
  public var rfc3339: String {
    let part = parts
    return "\(part.date)T\(pad(part.hour)):\(pad(part.minute)):\(pad(part.second))Z"
  }

  /// Reads `2026-01-09T14:30:22Z`; `nil` for anything else, other zones and fractions included.
  public init?(rfc3339 text: String) {
    let bytes = Array(text.utf8)
    let shape = Array("dddd-dd-ddTdd:dd:ddZ".utf8)
    guard bytes.count == shape.count else { return nil }
    var numbers = [0]
    for (byte, wanted) in zip(bytes, shape) {
      if wanted == UInt8(ascii: "d") {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        numbers[numbers.count - 1] = numbers[numbers.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
      } else {
        guard byte == wanted else { return nil }
        numbers.append(0)
      }
    }
    let (year, month, day) = (numbers[0], numbers[1], numbers[2])
    let (hour, minute, second) = (numbers[3], numbers[4], numbers[5])
    guard (1...12).contains(month), hour < 24, minute < 60, second < 60 else { return nil }
    self.init(
      seconds: Int64(((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second))
    // The 30th of February would be another day in March.
    guard parts.day == day else { return nil }
  }

  /// `2026-01-09`, UTC.
  public var day: String { parts.date }

  /// `2026-01-09 14:30`, UTC.
  public var minute: String { "\(parts.date) \(pad(parts.hour)):\(pad(parts.minute))" }

  /// `2026-01-09-143022`, UTC, as in the names of sessions and logs.
  public var stamp: String {
    "\(parts.date)-\(pad(parts.hour))\(pad(parts.minute))\(pad(parts.second))"
  }

  private struct Parts {
    var year, month, day, hour, minute, second: Int
    var date: String { "\(pad(year, 4))-\(pad(month))-\(pad(day))" }
  }

  /// The Gregorian calendar, extended to the past; counted in eras of 400 years that begin in March.
  private var parts: Parts {
    let bounded = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let moment = Int(bounded)
    let day = (moment >= 0 ? moment : moment - 86_399) / 86_400
    let second = moment - day * 86_400
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return Parts(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, hour: second / 3600,
      minute: second / 60 % 60, second: second % 60)
  }
}

/// Days from 1970-01-01 to that day; see `Timestamp.parts`.
private func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let year = month <= 2 ? year - 1 : year
  let era = (year >= 0 ? year : year - 399) / 400
  let yearOfEra = year - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func pad(_ number: Int, _ width: Int = 2) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
