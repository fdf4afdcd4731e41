import SessionFormat

extension RunLog {
  /// The time in the name of a log of a run or of a worker; `nil` for any other name.
  package static func stamp(_ name: String) -> String? {
    let length = "YYYY-MM-DD-HHMMSS".count
    if isName(name) { return String(name.dropFirst("tui-import-".count).prefix(length)) }
    let name = WorkerLog.latest(name)
    guard name.hasPrefix("worker-"), name.hasSuffix(".log") else { return nil }
    let stamp = name.dropLast(".log".count).suffix(length)
    guard SessionID.isStamp(stamp), isWorkerLog(name, of: worker(name, stamp)) else { return nil }
    return String(stamp)
  }

  private static func worker(_ name: String, _ stamp: Substring) -> String {
    String(name.dropFirst("worker-".count).dropLast(stamp.count + ".log".count + 1))
  }

  /// `worker-SLUG-YYYY-MM-DD-HHMMSS.log`, or with `.old`
  package static func isWorkerLog(_ name: String, of slug: String) -> Bool {
    let name = WorkerLog.latest(name)
    let start = "worker-\(slug)-"
    guard !slug.isEmpty, name.hasPrefix(start), name.hasSuffix(".log") else { return false }
    return SessionID.isStamp(name.dropFirst(start.count).dropLast(".log".count))
  }
}
