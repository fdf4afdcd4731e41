import Glibc
import SessionStore
import Wizard

/// Which sessions `sessions list` tells of.
struct SessionListing: Equatable {
  var limit: Int?
  var offset = 0
  /// Who was seen signed in to ConfigHub last, however it is written.
  var user: String?
  var status: SessionStatus?
  var since: Since?

  /// Since when somebody was at work in it.
  enum Since: Equatable {
    /// So many seconds ago.
    case ago(Int64)
    case moment(Timestamp)

    func moment(at now: Timestamp) -> Timestamp {
      switch self {
      case .ago(let seconds): Timestamp(seconds: now.seconds - seconds)
      case .moment(let moment): moment
      }
    }
  }

  /// What is not known of a session is not what was asked for.
  func chosen(
    of entries: [SessionEntry], at now: Timestamp, status statusOf: (SessionEntry) -> SessionStatus
  ) -> [SessionEntry] {
    let matching = entries.filter { entry in
      if let status, statusOf(entry) != status { return false }
      if let user, entry.header?.hub?.user?.lowercased() != user.lowercased() { return false }
      guard let since else { return true }
      return entry.lastActivityAt.map { $0 >= since.moment(at: now) } ?? false
    }
    return Array(matching.dropFirst(offset).prefix(limit ?? .max))
  }
}

extension SessionListing.Since {
  /// `7d`, `36h`, `90m`, `2w`, a day in the person's zone as `2026-11-21`, or a moment as
  /// `2026-11-21T14:30:00Z`.
  init?(_ text: String) {
    if let moment = Timestamp(rfc3339: text) {
      self = .moment(moment)
      return
    }
    let units: [Character: Int64] = ["m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400]
    if let unit = text.last.flatMap({ units[$0] }), let count = Int64(text.dropLast()),
      (1...100_000).contains(count), text.first?.isNumber == true
    {
      self = .ago(count * unit)
      return
    }
    guard Timestamp(rfc3339: text + "T00:00:00Z") != nil else { return nil }
    let numbers = text.split(separator: "-").compactMap { Int32($0) }
    guard numbers.count == 3 else { return nil }
    var parts = tm()
    parts.tm_year = numbers[0] - 1900
    parts.tm_mon = numbers[1] - 1
    parts.tm_mday = numbers[2]
    parts.tm_isdst = -1
    self = .moment(Timestamp(seconds: Int64(mktime(&parts))))
  }
}
