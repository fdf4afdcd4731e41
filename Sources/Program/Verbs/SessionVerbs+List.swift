import Documents
import Glibc
import SessionFormat
import SessionStore
import TerminalText
import Wizard

extension SessionVerbs {
  func list() throws {
    let all = try store.list()
    let entries = command.listing.chosen(of: all, at: now, status: status)
    let none = all.isEmpty ? "No sessions." : "No such sessions."
    if options.output == .text, isatty(STDOUT_FILENO) != 1 {
      if entries.isEmpty { MapImport.complain(none) }
      MapImport.out(entries.map { fields($0) + "\n" }.joined())
      return
    }
    print(
      .array(entries.map(json)),
      entries.isEmpty ? [none] : Self.heading + entries.flatMap(lines))
  }

  func status(_ entry: SessionEntry) -> SessionStatus {
    entry.status(at: now, abandonedAfter: store.retention.abandonedAfter)
  }

  /// One line for a program: nothing is cut, and what is not known is empty.
  private func fields(_ entry: SessionEntry) -> String {
    let header = entry.header
    return [
      entry.id, status(entry).rawValue,
      header.map { SessionSummary($0, age: age($0.updatedAt)).step }, header?.cluster.context,
      header?.counts.detected.map(String.init), header.map { "\($0.counts.selected)" },
      header.map { "\($0.counts.imported)" }, entry.lastActivityAt?.rfc3339, header?.hub?.user,
      header?.name, remarks(entry).first,
    ].map { escaped($0 ?? "") }.joined(separator: "\t")
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
      Self.row([
        entry.id, statusWords(entry), entry.header.map { age($0.updatedAt).words } ?? "",
      ])
    ]
    if let header = entry.header {
      let counts = [header.counts.detected ?? 0, header.counts.selected, header.counts.imported]
      lines.append(
        Self.row([
          "  " + SessionSummary(header, age: age(header.updatedAt)).step,
          header.cluster.context, counts.map(String.init).joined(separator: "/"),
        ]))
    }
    let facts = entry.header?.counts.facts.sentences ?? []
    let name = entry.header?.name.map { "Name: \($0)" }
    return lines
      + ([name].compactMap(\.self) + facts + remarks(entry)).map {
        cut("  \($0)", to: 80)
      }
  }

  private func remarks(_ entry: SessionEntry) -> [String] {
    [
      entry.problem.map { "cannot be used: \($0)" }, entry.trust.flatMap(\.remark),
      entry.lockedBy.map { "held by \($0.sentence(in: store.zone))" }, entry.lockProblem,
    ].compactMap(\.self)
  }

  private func statusWords(_ entry: SessionEntry) -> String {
    status(entry).rawValue + (entry.day.map { " \($0)" } ?? "") + (entry.isLatest ? ", latest" : "")
  }

  func json(_ entry: SessionEntry) -> JSONValue {
    let header = entry.header
    return .object([
      "session_id": .string(entry.id), "name": JSONValue(header?.name),
      "state": .string(status(entry).rawValue), "user": JSONValue(header?.hub?.user),
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
      "last_activity_at": JSONValue(entry.lastActivityAt?.rfc3339),
      "age_seconds": age(header?.updatedAt).seconds.map(JSONValue.integer) ?? .null,
      "sync": JSONValue(header?.sync == nil ? nil : header?.lastKnownSync.name),
      "synced_at": JSONValue(header?.syncedAt?.rfc3339),
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
}

extension String {
  fileprivate var trimmingSpaces: String {
    var text = self[...]
    while text.last == " " { text = text.dropLast() }
    return String(text)
  }
}
