import Documents
import Files
import Logs
import SessionStore
import Wizard

extension SessionVerbs {
  func show(_ id: String?) throws {
    let result = try store.read(id)
    guard let found = result.found else {
      if let id { throw missing(id, result.warnings) }
      throw Refusal(3, (result.warnings + ["No previous session found."]).joined(separator: " "))
    }
    result.warnings.forEach(complain)
    let session = found.document.session
    let backups = try store.backups(of: session.id)
    let audit = (try? AuditLog(root: store.root).lines(about: session.id)) ?? []
    let report = try store.status(id, at: now)
    if options.output == .json {
      var object = found.document.json
      object["status"] = JSONValue(report.status?.rawValue)
      object["last_activity_at"] = JSONValue(report.lastActivityAt?.rfc3339)
      object["path"] = .string(store.root.absolutePath(found.path))
      object["age_seconds"] = age(session.updatedAt).seconds.map(JSONValue.integer) ?? .null
      object["backups"] = .array(backups.map(json))
      object["time_per_step"] = StepTimes(session).json
      object["interactions"] = Interactions(session).json
      object["audit"] = .array(audit.map(JSONValue.string))
      return print(object, [])
    }
    let active = report.lastActivityAt.map {
      "Last activity: \($0.minute(in: store.zone)) (\(age($0).words))"
    }
    let status = report.text.split(separator: "\n").map(String.init)
    print(
      .null,
      ["Session: \(session.id)", "Status: \(report.status?.rawValue ?? "")"]
        + [active].compactMap(\.self) + status
        + syncLines(session) + facts(session)
        + list("Backups", backups.map(line)) + list("Changed from outside", audit) + [
          "File: \(found.path)"
        ])
  }

  /// What is known of it in ConfigHub, as it was last seen.
  private func syncLines(_ session: Session) -> [String] {
    guard let sync = session.sync else { return [] }
    let scope =
      switch sync.scope {
      case .personal: "not shared"
      case .team: "shared"
      case .organization: "shared with the organisation"
      }
    let place = "unit \(sync.unit) in Space \(sync.space)"
    return [
      sync.revision.map { "In ConfigHub: \(place), revision \($0), \(scope)" }
        ?? "In ConfigHub: not yet, as \(place)",
      sync.at.map {
        "Last upload: \($0.minute(in: store.zone)) (\(age($0).words)), generation "
          + "\(sync.generation ?? 0)"
      },
      sync.revision.map { _ in
        sync.epoch.map { "Held by this machine, in epoch \($0)" }
          ?? "Not held by this machine: `map-import sessions take \(session.id)` takes it over."
      },
      sync.error.map { "The latest state is not up: \($0)" },
    ].compactMap(\.self)
  }

  private func facts(_ session: Session) -> [String] {
    let completed = session.stepsCompleted.filter { !session.stepsSkipped.contains($0) }.map(
      \.rawValue
    ).joined(separator: ", ")
    return ["Steps completed: \(completed.isEmpty ? "none" : completed)"]
      + list("History", session.history.map { "\($0.at.second(in: store.zone))  \($0.words)" })
      + list("Time", StepTimes(session).lines)
      + ["Interactions: \(Interactions(session).words)"]
      + list("Operations", session.operations.map(line)) + list("Logs", session.logs)
  }

  private func list(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["\(title):"] + lines.map { "  \($0)" }
  }

  private func line(_ operation: Operation) -> String {
    let state =
      operation.state == .intent
      ? "intent: its outcome is not known" : operation.result?.rawValue ?? operation.state.rawValue
    return "\(operation.id)  \(operation.kind.rawValue) \(operation.key): \(state)"
      + (operation.reason.map { " (\($0))" } ?? "")
  }

  private func line(_ backup: SessionBackup) -> String {
    let what = backup.savedAt.map { "saved \($0.second(in: store.zone))" } ?? "cannot be used"
    return "generation \(backup.generation)  \(what)" + (backup.problem.map { ": \($0)" } ?? "")
  }

  private func json(_ backup: SessionBackup) -> JSONValue {
    .object([
      "generation": JSONValue(backup.generation),
      "path": .string(store.root.absolutePath(backup.path)), "bytes": JSONValue(backup.size),
      "saved_at": JSONValue(backup.savedAt?.rfc3339), "problem": JSONValue(backup.problem),
    ])
  }
}
