import Files
import Glibc
import SessionFormat
import Wizard

/// How many sessions there are, how old they are, and what they take.
package struct SessionStats: Hashable, Sendable {
  /// How many there are of each status; none is missing.
  package fileprivate(set) var counts = Dictionary(
    uniqueKeysWithValues: SessionStatus.allCases.map { ($0, 0) })
  /// Changes to ConfigHub of unknown outcome, in all that are active or archived.
  package fileprivate(set) var unsettled = 0
  /// When the one changed longest ago was changed, and the one changed last.
  package var oldest: Timestamp?
  package var newest: Timestamp?
  package var oldestID: String?
  /// In seconds, since they were changed; of those of which that is known.
  package var averageAge: Int64?
  /// Active ones in which somebody is at work, or was not long ago.
  package var recent = 0
  package var sessions: Int { counts.values.reduce(0, +) }
  package var totalBytes: Int { sizes.reduce(0) { $0 + $1.bytes } }
  /// Bytes of our own files by directory, e.g. `sessions/backups`; in the order of their paths.
  package var bytes: [(directory: String, count: Int)] { sizes.map { ($0.directory, $0.bytes) } }
  fileprivate var sizes: [Size] = []

  fileprivate struct Size: Hashable {
    var directory: String
    var bytes: Int
  }
}

extension FileStore {
  /// Counts; changes nothing.
  ///
  /// - Parameter recent: seconds within which somebody was at work in what counts as recent.
  package func stats(at now: Timestamp, recent: Int64) throws(StoreError) -> SessionStats {
    var stats = SessionStats()
    var changed: [Timestamp] = []
    for entry in try list() {
      let status = entry.status(at: now, abandonedAfter: retention.abandonedAfter)
      stats.counts[status, default: 0] += 1
      guard entry.place != .corrupt, let header = entry.header else { continue }
      stats.unsettled += header.counts.unsettled
      let updatedAt = header.updatedAt
      if updatedAt < changed.min() ?? Timestamp(seconds: .max) { stats.oldestID = entry.id }
      changed.append(updatedAt)
      if entry.place == .active, isRecent(entry, now, recent) { stats.recent += 1 }
    }
    (stats.oldest, stats.newest) = (changed.min(), changed.max())
    let ages = changed.compactMap { Age(since: $0, at: now).seconds }
    if !ages.isEmpty { stats.averageAge = ages.reduce(0, +) / Int64(ages.count) }
    stats.sizes = try explained("The sessions could not be measured") { try sizes() }
    return stats
  }

  /// Somebody has it open, or had it not long ago.
  private func isRecent(_ entry: SessionEntry, _ now: Timestamp, _ limit: Int64) -> Bool {
    entry.lockedBy != nil
      || Age(since: entry.lastActivityAt, at: now).seconds.map { $0 <= limit } == true
  }

  private func sizes() throws -> [SessionStats.Size] {
    var sizes: [SessionStats.Size] = []
    if let logs = try root.existing(.logs) {
      sizes.append(.init(directory: "logs", bytes: try logs.size { _ in true }))
    }
    guard let sessions = try existing() else { return sizes }
    sizes.append(.init(directory: "sessions", bytes: try sessions.size(SessionName.isOurs)))
    for folder in SessionFolder.allCases {
      guard let directory = try sessions.existing(folder) else { continue }
      var bytes = try directory.size { _ in true }
      for day in try directory.names() where folder == .archive && SessionID.isDay(day) {
        bytes += (try? directory.existing(day)?.size { _ in true }) ?? 0
      }
      sizes.append(.init(directory: "sessions/\(folder.rawValue)", bytes: bytes))
    }
    return sizes
  }
}

extension Directory {
  /// The bytes of the regular files whose names are wanted.
  fileprivate func size(_ isWanted: (String) -> Bool) throws -> Int {
    try names().filter(isWanted).reduce(0) { sum, name in
      guard let status = try status(of: name), status.kind == .regular else { return sum }
      return sum + status.size
    }
  }
}
