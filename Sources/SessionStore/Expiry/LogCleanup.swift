import Files
import Glibc
import Logs
import Wizard

/// The logs of runs and of workers, and which of them are too old or too much.
struct LogCleanup {
  private struct Log {
    package let name: String
    /// In the name: when it was begun.
    let stamp: String
    let status: FileStatus
    /// The later one of what the name and the file system say.
    let written: Timestamp
  }

  /// What was written so short a time ago may be written to.
  private static let inUse: Int64 = 3600

  private let retention: Retention
  private let now: Timestamp
  /// Oldest first.
  private let logs: [Log]

  init(in directory: Directory?, retention: Retention, at now: Timestamp) throws {
    self.retention = retention
    self.now = now
    var logs: [Log] = []
    for name in try directory?.names() ?? [] {
      guard let stamp = RunLog.stamp(name), let status = try directory?.status(of: name),
        status.kind == .regular, status.owner == geteuid()
      else { continue }
      let modified = Timestamp(seconds: Int64(status.modifiedSeconds))
      logs.append(
        Log(
          name: name, stamp: stamp, status: status,
          written: max(modified, Timestamp(stamp: stamp) ?? modified)))
    }
    self.logs = logs.sorted { ($0.written, $0.name) < ($1.written, $1.name) }
  }

  /// When something was done, as far as the logs tell.
  var dates: [Timestamp] { logs.compactMap { Timestamp(stamp: $0.stamp) } }

  /// Spares the logs of sessions that are unfinished or open, those of what cannot be read, and
  /// what was written to a short time ago.
  ///
  /// - Parameter clock: `nil` if it is trusted.
  func actions(sparing sessions: [ExpiryCandidate], clock: ClockDoubt?) -> [ExpiryAction] {
    let spared = self.spared(sessions)
    var size = logs.reduce(0) { $0 + $1.status.size }
    var actions: [ExpiryAction] = []
    func remove(_ log: Log, _ reason: String, _ outcome: ExpiryAction.Outcome = .planned) {
      actions.append(
        ExpiryAction(.removeLog, log.name, reason, seen: .log(log.status), outcome: outcome))
      if outcome == .planned {
        size -= log.status.size
      } else {
        actions[actions.count - 1].isDoubted = true
      }
    }
    var rest: [Log] = []
    for log in logs where !spared.contains(log.name) {
      let age = Age(since: log.written, at: now)
      if let seconds = age.seconds, seconds > retention.logsAfter {
        let doubt = clock?.reason(limit: retention.logsAfter) {
          $0.seconds(since: log.written) > retention.logsAfter
        }
        remove(log, "not written to for \(age.span ?? "")", doubt.map { .kept($0) } ?? .planned)
        if doubt != nil { rest.append(log) }
      } else if age.seconds.map({ $0 > Self.inUse }) ?? true {
        rest.append(log)
      }
    }
    for log in rest where size > retention.logBytes {
      actions.removeAll { $0.id == log.name }
      remove(log, "more than \(retention.logBytes / 1_000_000) MB of logs")
    }
    return actions
  }

  private func spared(_ sessions: [ExpiryCandidate]) -> Set<String> {
    let wanted = sessions.filter { !$0.isOver || !$0.isFree }
    var names = wanted.reduce(into: Set<String>()) { $0.formUnion($1.logs) }
    for slug in Set(wanted.compactMap(\.worker)) {
      let own = logs.filter { RunLog.isWorkerLog($0.name, of: slug) }
      let newest = own.map(\.stamp).max()
      names.formUnion(own.filter { $0.stamp == newest }.map(\.name))
    }
    // Only its logs can bring back a session whose file is lost; which ones those are, it says
    // no more.
    if let first = sessions.filter({ !$0.isReadable }).map({ $0.id.dropFirst("import-".count) })
      .min()
    {
      names.formUnion(logs.filter { $0.stamp >= first }.map(\.name))
    }
    return names
  }
}
