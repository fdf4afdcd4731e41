import Glibc
import Wizard

/// How many sessions there are, how old they are, and what they take.
public struct SessionStats: Hashable, Sendable {
  /// Active and not finished.
  public var unfinished = 0
  /// Active and finished.
  public var complete = 0
  public var archived = 0
  /// Not readable, wherever they are.
  public var damaged = 0
  /// When the one changed longest ago was changed, and the one changed last.
  public var oldest: Timestamp?
  public var newest: Timestamp?
  /// Bytes of our own files by directory, e.g. `sessions/backups`; in the order of their paths.
  public var bytes: [(directory: String, count: Int)] { sizes.map { ($0.directory, $0.bytes) } }
  fileprivate var sizes: [Size] = []

  fileprivate struct Size: Hashable {
    var directory: String
    var bytes: Int
  }
}

extension SessionStore {
  /// Counts; changes nothing.
  public func stats() throws(StoreError) -> SessionStats {
    var stats = SessionStats()
    for entry in try list() {
      switch (entry.place, entry.header) {
      case (.corrupt, _), (_, nil): stats.damaged += 1
      case (.archived, _): stats.archived += 1
      case (.active, let header?):
        if header.isComplete { stats.complete += 1 } else { stats.unfinished += 1 }
      }
      guard entry.place != .corrupt, let updatedAt = entry.header?.updatedAt else { continue }
      stats.oldest = min(stats.oldest ?? updatedAt, updatedAt)
      stats.newest = max(stats.newest ?? updatedAt, updatedAt)
    }
    stats.sizes = try explained("The sessions could not be measured") { try sizes() }
    return stats
  }

  private func sizes() throws -> [SessionStats.Size] {
    var sizes: [SessionStats.Size] = []
    if let logs = try root.existing("logs") {
      sizes.append(.init(directory: "logs", bytes: try logs.size { _ in true }))
    }
    guard let sessions = try existing() else { return sizes }
    sizes.append(.init(directory: "sessions", bytes: try sessions.size(SessionName.isOurs)))
    for name in ["archive", "backups", "conflicts", "corrupt", SessionName.scans] {
      guard let directory = try sessions.existing(name) else { continue }
      var bytes = try directory.size { _ in true }
      for day in try directory.names() where name == "archive" && SessionName.isDay(day) {
        bytes += (try? directory.existing(day)?.size { _ in true }) ?? 0
      }
      sizes.append(.init(directory: "sessions/\(name)", bytes: bytes))
    }
    return sizes
  }
}

extension SessionName {
  /// Any name of ours in `sessions/`.
  static func isOurs(_ name: String) -> Bool {
    if name == pointer || isTemporaryPointer(name) { return true }
    if id(ofFile: name) != nil || temporaryID(name) != nil { return true }
    return lockID(name) != nil
  }

  /// As earlier versions called it: without a session's id.
  static func isTemporaryPointer(_ name: String) -> Bool { name == ".import-latest.tmp" }

  /// The session that a lock file's name names.
  static func lockID(_ name: String) -> String? { id(name, before: ".lock") }

  /// The session that a temporary file's name names: `.ID.PROCESS.tmp`, with a number after the id
  /// for a copy, and without the process in earlier versions.
  static func temporaryID(_ name: String) -> String? {
    guard name.hasPrefix("."), name.hasSuffix(".tmp") else { return nil }
    let id = name.dropFirst().prefix { $0 != "." }
    return isID(String(id)) ? String(id) : nil
  }

  private static func id(_ name: String, before ending: String) -> String? {
    guard name.hasSuffix(ending) else { return nil }
    let id = String(name.dropLast(ending.count))
    return isID(id) ? id : nil
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
