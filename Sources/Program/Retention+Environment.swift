import SessionStore

extension Retention {
  /// The limits that the environment can set, as far as it does.
  init(environment: [String: String]) throws(UsageError) {
    func limit(_ name: String, _ unit: String) throws(UsageError) -> Int? {
      guard let text = environment[name], !text.isEmpty else { return nil }
      let range = 1...100_000
      guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
        range.contains(number)
      else {
        throw UsageError(
          sentence: "\(name) is a whole number of \(unit) from 1 to 100000, not \"\(text)\".")
      }
      return number
    }
    self.init()
    if let hours = try limit("MAP_IMPORT_STALE_HOURS", "hours") {
      staleAfter = Int64(hours) * 3600
    }
    if let hours = try limit("MAP_IMPORT_ABANDONED_HOURS", "hours") {
      abandonedAfter = Int64(hours) * 3600
    }
    if let days = try limit("MAP_IMPORT_ARCHIVE_DAYS", "days") {
      archiveAfter = Int64(days) * 24 * 3600
    }
    if let count = try limit("MAP_IMPORT_KEEP_SESSIONS", "sessions") {
      sessions = count
      archived = count
    }
    if let count = try limit("MAP_IMPORT_KEEP_ARCHIVED", "sessions") { archived = count }
    if let days = try limit("MAP_IMPORT_DELETE_DAYS", "days") {
      deleteAfter = Int64(days) * 24 * 3600
    }
    if let days = try limit("MAP_IMPORT_LOG_DAYS", "days") { logsAfter = Int64(days) * 24 * 3600 }
    if let megabytes = try limit("MAP_IMPORT_LOG_MB", "megabytes") {
      logBytes = megabytes * 1_000_000
    }
    if let count = try limit("MAP_IMPORT_KEEP_UNDO", "choices") { edits = count }
    if let count = try limit("MAP_IMPORT_KEEP_HISTORY", "screens") { visits = count }
    if let count = try limit("MAP_IMPORT_WARN_SESSIONS", "sessions") { warnSessions = count }
    if let megabytes = try limit("MAP_IMPORT_WARN_MB", "megabytes") {
      warnBytes = megabytes * 1_000_000
    }
  }
}
