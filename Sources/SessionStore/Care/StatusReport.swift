import Documents
import Files
import TerminalText
import Wizard

/// What `--status` says about a session, as text and as JSON.
package struct StatusReport: Hashable, Sendable {
  private let header: SessionHeader?
  private let path: String?
  private let lockedBy: SessionHolder?
  private let now: Timestamp
  private let warnings: [String]
  private let staleAfter: Int64
  /// The one that was asked for.
  private let wanted: String?
  private let isArchived: Bool

  /// `path` is the session's file, absolute. No session means that none was found.
  package init(
    header: SessionHeader?, path: String? = nil, lockedBy: SessionHolder? = nil,
    warnings: [String] = [], at now: Timestamp, staleAfter: Int64 = Age.usualStaleAfter,
    wanted: String? = nil, isArchived: Bool = false, lastActivityAt: Timestamp? = nil,
    abandonedAfter: Int64 = SessionStatus.usualAbandonedAfter, zone: Zone = .utc.marked
  ) {
    self.zone = zone
    self.lastActivityAt = lastActivityAt ?? header?.updatedAt
    self.abandonedAfter = abandonedAfter
    self.wanted = wanted
    self.isArchived = isArchived
    self.header = header
    self.path = path
    self.lockedBy = lockedBy
    self.warnings = warnings
    self.now = now
    self.staleAfter = staleAfter
  }

  package var hasSession: Bool { header != nil }

  /// `nil` for no session.
  package var status: SessionStatus? {
    if isArchived { return .archived }
    return header?.status(
      idle: Age(
        since: lockedBy == nil ? lastActivityAt : nil, at: now, staleAfter: abandonedAfter))
  }

  /// When somebody was at work in it last.
  package let lastActivityAt: Timestamp?
  /// Seconds without activity after which it is abandoned.
  private let abandonedAfter: Int64
  /// That of the times in the text.
  private let zone: Zone

  private var age: Age { Age(since: header?.updatedAt, at: now, staleAfter: staleAfter) }

  /// Lines for a person, each with a newline at its end; safe for a terminal.
  package var text: String {
    let facts =
      header.map(lines) ?? [
        wanted.map { "There is no session \($0)." } ?? "No previous session found."
      ]
    return (facts + warnings.map { "Warning: \($0)" }).map { escaped($0) + "\n" }.joined()
  }

  private func lines(_ header: SessionHeader) -> [String] {
    let summary = SessionSummary(header, age: age)
    var lines = [summary.lastSession(in: zone)]
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { lines.append("\(label): \(value)") }
    }
    add("Name", header.name)
    add("Cluster", header.cluster.context)
    if header.isComplete {
      let count = header.counts.created
      // What was removed again is not there, so that its line says it.
      if summary.isWhole {
        let open = summary.facts.failed + summary.facts.unclear
        lines.append(
          (open == 0 ? "✓ Complete" : "! Ended")
            + " — \(count) \(count == 1 ? "unit" : "units") imported"
            + (open > 0 ? ", \(open) not" : ""))
      }
      add("Left out", header.stepsSkipped.map(\.rawValue).joined(separator: ", "))
    } else {
      add("Step", summary.step)
      add("Workloads", summary.workloads)
    }
    lines += summary.facts.sentences
    add("Log file", header.logFile)
    if summary.facts.removing > 0 {
      lines.append(
        "`map-import sessions undo \(header.id)` finds out, and goes on with taking it back")
    } else if summary.isWhole, summary.facts.failed + summary.facts.unclear > 0 {
      lines.append("`map-import --resume \(header.id)` offers to try again what was not imported")
    } else if header.counts.created > 0, summary.isWhole {
      lines.append("What is left to do: `map-import --resume \(header.id)` shows it")
    } else if let reason = summary.facts.lastFailure, !header.isOver {
      lines.append("Failed: \(reason)")
      lines.append("`map-import --resume \(header.id)` goes on there")
    }
    let sync = header.lastKnownSync
    if let syncedAt = header.syncedAt {
      if header.isComplete, sync == .synced {
        add("Last upload", "\(syncedAt.minute(in: zone)) ✓")
      } else {
        let age = Age(since: syncedAt, at: now)
        add("Last upload to ConfigHub", "\(syncedAt.minute(in: zone)) (\(age.words))")
        lines.append(sync == .synced ? "✓ Session synced" : "! \(sync.words)")
        if let reason = sync.reason { lines.append("  \(reason)") }
      }
    } else {
      lines.append("○ Not synced to ConfigHub" + (sync.reason == nil ? " (offline)" : ""))
      if let reason = sync.reason { lines.append("  \(reason)") }
      if let words = summary.whereKept {
        lines.append("  \(words) `map-import sessions export \(header.id)` takes it elsewhere.")
      }
    }
    if summary.isStale { lines.append("Session may be stale") }
    add("In use by", lockedBy?.sentence(in: zone))
    return lines
  }

  /// As last known, and how old that is; `null` if it never went to ConfigHub.
  private var sync: JSONValue {
    guard let header, let sync = header.sync else { return .null }
    func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
    let shown = header.lastKnownSync
    return .object([
      "state": .string(shown.name), "space": .string(sync.space), "unit": .string(sync.unit),
      "revision": number(sync.revision), "generation": number(sync.generation),
      "scope": .string(sync.scope.rawValue), "at": text(sync.at?.rfc3339),
      "age_seconds": Age(since: sync.at, at: now).seconds.map(JSONValue.integer) ?? .null,
      "error": text(sync.error),
    ])
  }

  /// One JSON object, with a newline at its end; the same keys whether or not there is a session.
  package var json: [UInt8] {
    func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
    let position = header?.position
    let facts = header?.counts.facts.sentences ?? []
    let object: [String: JSONValue] = [
      "session_id": text(header?.id), "name": text(header?.name), "path": text(path),
      "cluster_context": text(header?.cluster.context), "step": text(position?.step.rawValue),
      "phase": text(position?.phase?.rawValue), "step_number": number(position?.step.number),
      "steps_total": number(Step.seven.count),
      "steps_completed": .array((header?.stepsCompleted ?? []).map { .string($0.rawValue) }),
      "status": text(status?.rawValue), "complete": .bool(header?.isComplete ?? false),
      "stale": .bool(header.map { SessionSummary($0, age: age).isStale } ?? false),
      "last_activity_at": text(lastActivityAt?.rfc3339),
      "age_seconds": age.seconds.map(JSONValue.integer) ?? .null,
      "workloads": .object([
        "detected": number(header?.counts.detected ?? 0),
        "selected": number(header?.counts.selected ?? 0),
        "imported": number(header?.counts.imported ?? 0),
      ]),
      "log_file": text(header?.logFile), "locked_by": lockedBy?.json ?? .null,
      "synced": .bool(header?.lastKnownSync == .synced), "sync": sync,
      "partial": .bool(header?.isScanPartial ?? false),
      "warnings": .array((warnings + facts).map(JSONValue.string)),
    ]
    return JSONValue.object(object).serialized(pretty: true)
  }
}

extension FileStore {
  /// A later generation than that of a session's own file.
  private func later(than found: LoadedSession) throws(StoreError) -> Int? {
    switch found.origin {
    case .archive, .backup: return nil
    case .latest, .otherSession, .named: break
    }
    return try explained("The backups of \(found.header.id) could not be listed") {
      try existing().flatMap {
        try laterBackup(than: found.header.generation, of: found.header.id, in: $0)
      }
    }
  }

  /// What there is to say about the latest session, or that of an id. Changes nothing.
  ///
  /// - Parameter context: where no id is given, its unfinished session, or else the latest one if
  ///   that is of this context.
  package func status(
    _ id: String? = nil, of context: String? = nil, at now: Timestamp
  ) throws(StoreError) -> StatusReport {
    var result = try read(id, isWhole: false)
    if id == nil, let context {
      let latest = result.found?.header
      let isMeant = latest?.cluster.context == context
      if !isMeant || latest?.isOver == true {
        let unfinished = try unfinished(of: context)
        if unfinished != nil || !isMeant {
          result.found = try unfinished.flatMap { (id) throws(StoreError) in
            try read(id, isWhole: false).found
          }
        }
      }
    }
    guard let found = result.found else {
      return StatusReport(header: nil, warnings: result.warnings, at: now, wanted: id)
    }
    var warnings = result.warnings
    switch found.trust {
    case .sound: break
    case .editedByHand: warnings.append("The session file was edited by hand.")
    case .newer(let version):
      warnings.append(
        "The session file was written by a later version (\(version)) and can only be looked at.")
    }
    if let last = try later(than: found) {
      warnings.append(
        "\(found.path) \(FileStore.sentence(ofEarlier: found.header.generation, last: last)). To "
          + "resume it takes over what the backups and the logs know of ConfigHub.")
    }
    var isArchived = false
    if case .archive(let day) = found.origin {
      isArchived = true
      warnings.append("The session was archived on \(day).")
    }
    var holder: SessionHolder?
    do throws(StoreError) {
      holder = try self.holder(of: found.header.id)
    } catch {
      warnings.append(error.sentence)
    }
    return StatusReport(
      header: found.header, path: root.absolutePath(found.path), lockedBy: holder,
      warnings: warnings,
      at: now,
      staleAfter: retention.staleAfter, isArchived: isArchived,
      lastActivityAt: lastActivity(of: found.header), abandonedAfter: retention.abandonedAfter,
      zone: zone)
  }
}
