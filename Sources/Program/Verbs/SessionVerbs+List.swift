import Documents
import SessionFormat
import SessionStore
import TerminalText
import Wizard

extension SessionVerbs {
  func list() throws {
    let entries = try store.list()
    print(
      .array(entries.map(json)),
      entries.isEmpty ? ["No sessions."] : Self.heading + entries.flatMap(lines))
  }

  // MARK: A table of two lines for each session, 80 columns wide

  private static let heading = [
    row(["SESSION", "STATUS", "CHANGED"]),
    row(["  STEP", "CLUSTER", "FOUND/CHOSEN/IMPORTED"]),
  ]

  private static func row(_ cells: [String]) -> String {
    zip(cells, [32, 22, 26]).map { cell, width in
      padded(cut(cell, to: width - 1), to: width)
    }.joined().trimmingSpaces
  }

  private func lines(_ entry: SessionEntry) -> [String] {
    var lines = [
      Self.row([entry.id, entry.statusWords, entry.header.map { age($0.updatedAt).words } ?? ""])
    ]
    if let header = entry.header {
      let counts = [header.counts.detected ?? 0, header.counts.selected, header.counts.imported]
      lines.append(
        Self.row([
          "  " + SessionSummary(header, age: age(header.updatedAt)).step,
          header.cluster.context, counts.map(String.init).joined(separator: "/"),
        ]))
    }
    let remarks = [
      entry.problem.map { "cannot be used: \($0)" }, entry.trust.flatMap(\.remark),
      entry.lockedBy.map { "held by \($0.sentence)" }, entry.lockProblem,
    ]
    let facts = entry.header?.counts.facts.sentences ?? []
    return lines + (facts + remarks).compactMap { $0.map { cut("  \($0)", to: 80) } }
  }

  func json(_ entry: SessionEntry) -> JSONValue {
    let header = entry.header
    return .object([
      "session_id": .string(entry.id), "state": .string(entry.status.rawValue),
      "archived_on": JSONValue(entry.day), "latest": .bool(entry.isLatest),
      "path": .string(store.root.absolutePath(entry.path)),
      "step": JSONValue(header?.position.step.rawValue),
      "phase": JSONValue(header?.position.phase?.rawValue),
      "step_number": JSONValue(header?.position.step.number),
      "steps_total": JSONValue(Step.seven.count),
      "complete": .bool(header?.isComplete ?? false),
      "undone": .bool(header?.isUndone ?? false),
      "cluster_context": JSONValue(header?.cluster.context),
      "workloads": .object([
        "detected": JSONValue(header?.counts.detected ?? 0),
        "selected": JSONValue(header?.counts.selected ?? 0),
        "imported": JSONValue(header?.counts.imported ?? 0),
      ]),
      "updated_at": JSONValue(header?.updatedAt.rfc3339),
      "age_seconds": age(header?.updatedAt).seconds.map(JSONValue.integer) ?? .null,
      "locked_by": entry.lockedBy?.json ?? .null,
      "partial": .bool(header?.isScanPartial ?? false),
      "warnings": .array(
        (header?.counts.facts.sentences ?? []).map { JSONValue.string($0) }),
      "problem": JSONValue(entry.problem ?? entry.trust?.remark ?? entry.lockProblem),
    ])
  }
}

extension SessionEntry {
  var day: String? { if case .archived(let day) = place { day } else { nil } }

  /// For a person.
  var statusWords: String {
    status.rawValue + (day.map { " \($0)" } ?? "") + (isLatest ? ", latest" : "")
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
