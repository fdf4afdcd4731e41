import Wizard

/// A line of the log of a run as it is shown: the day and the session, which the heading has, are the
/// same on every line.
enum LogLine {
  /// `2026-01-09T14:30:22Z import-2026-01-09-143000 saved` becomes `14:30:22 saved`.
  static func shown(_ line: String, in zone: Zone) -> String {
    let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[1].hasPrefix("import-"),
      let moment = Timestamp(rfc3339: String(parts[0]))
    else { return line }
    return "\(moment.clock(in: zone)) \(parts[2])"
  }
}
