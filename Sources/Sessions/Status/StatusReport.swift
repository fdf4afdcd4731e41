import Documents
import TerminalText
import Wizard

/// What `--status` says about a session, as text and as JSON.
public struct StatusReport: Hashable, Sendable {
  private let session: Session?
  private let path: String?
  private let lockedBy: LockHolder?
  private let now: Timestamp
  private let warnings: [String]
  private let staleAfter: Int64

  /// `path` is the session's file, absolute. No session means that none was found.
  public init(
    session: Session?, path: String? = nil, lockedBy: LockHolder? = nil, warnings: [String] = [],
    at now: Timestamp, staleAfter: Int64 = Age.usualStaleAfter
  ) {
    self.session = session
    self.path = path
    self.lockedBy = lockedBy
    self.warnings = warnings
    self.now = now
    self.staleAfter = staleAfter
  }

  public var hasSession: Bool { session != nil }

  private var age: Age { Age(since: session?.updatedAt, at: now, staleAfter: staleAfter) }

  /// Lines for a person, each with a newline at its end; safe for a terminal.
  public var text: String {
    let facts = session.map(lines) ?? ["No previous session found."]
    return (facts + warnings.map { "Warning: \($0)" }).map { escaped($0) + "\n" }.joined()
  }

  private func lines(_ session: Session) -> [String] {
    let summary = SessionSummary(session, age: age)
    var lines = [summary.lastSession]
    func add(_ label: String, _ value: String?) {
      if let value, !value.isEmpty { lines.append("\(label): \(value)") }
    }
    add("Cluster", session.cluster.context)
    if session.isComplete {
      let count = session.unitsCreated.count
      // What was removed again is not there, so that its line says it.
      if summary.facts.removed == 0 {
        lines.append("✓ Complete — \(count) \(count == 1 ? "unit" : "units") imported")
      }
      add("Left out", session.stepsSkipped.map(\.rawValue).joined(separator: ", "))
    } else {
      add("Step", summary.step)
      add("Workloads", summary.workloads)
    }
    lines += summary.facts.sentences
    add("Log file", session.logFile)
    if let syncedAt = session.syncedAt {
      if session.isComplete {
        add("Last upload", "\(syncedAt.minute) ✓")
      } else {
        add("Last upload to ConfigHub", syncedAt.minute)
        lines.append("✓ Session synced")
      }
    } else {
      lines.append("○ Not synced to ConfigHub (offline)")
    }
    if summary.isStale { lines.append("Session may be stale") }
    add("In use by", lockedBy?.sentence)
    return lines
  }

  /// One JSON object, with a newline at its end; the same keys whether or not there is a session.
  public var json: [UInt8] {
    func text(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }
    func number(_ number: Int?) -> JSONValue { number.map { .integer(Int64($0)) } ?? .null }
    let position = session?.position
    let facts = session.map { SessionFacts($0).sentences } ?? []
    let object: [String: JSONValue] = [
      "session_id": text(session?.id), "path": text(path),
      "cluster_context": text(session?.cluster.context), "step": text(position?.step.rawValue),
      "phase": text(position?.phase?.rawValue), "step_number": number(position?.step.number),
      "steps_total": number(Step.seven.count),
      "steps_completed": .array((session?.stepsCompleted ?? []).map { .string($0.rawValue) }),
      "complete": .bool(session?.isComplete ?? false),
      "stale": .bool(session.map { SessionSummary($0, age: age).isStale } ?? false),
      "age_seconds": age.seconds.map(JSONValue.integer) ?? .null,
      "workloads": .object([
        "detected": number(session?.scan?.detected ?? 0),
        "selected": number(session?.selectedCount ?? 0),
        "imported": number(session?.importedCount ?? 0),
      ]),
      "log_file": text(session?.logFile), "locked_by": lockedBy?.json ?? .null,
      "synced": .bool(session?.syncedAt != nil),
      "partial": .bool(session?.scan?.isPartial ?? false),
      "warnings": .array((warnings + facts).map(JSONValue.string)),
    ]
    return JSONValue.object(object).serialized(pretty: true)
  }
}

extension SessionStore {
  /// What there is to say about the latest session, or that of an id. Changes nothing.
  public func status(_ id: String? = nil, at now: Timestamp) throws(StoreError) -> StatusReport {
    let result = try load(id, mutating: false)
    guard let found = result.found else {
      return StatusReport(session: nil, warnings: result.warnings, at: now)
    }
    var warnings = result.warnings
    switch found.standing {
    case .sound: break
    case .editedByHand: warnings.append("The session file was edited by hand.")
    case .newer(let version):
      warnings.append(
        "The session file was written by a later version (\(version)) and can only be looked at.")
    }
    if case .archive(let day) = found.origin {
      warnings.append("The session was archived on \(day).")
    }
    let session = found.document.session
    return StatusReport(
      session: session, path: root.absolute(found.path),
      lockedBy: try lockHolder(session.id), warnings: warnings, at: now,
      staleAfter: retention.staleAfter)
  }
}
