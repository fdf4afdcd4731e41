import Documents
import SessionStore
import TerminalText
import Wizard

extension SessionVerbs {
  func stats() throws {
    let stats = try store.stats()
    let counts = stats.counts.map { ($0.key.rawValue, JSONValue($0.value)) }
    print(
      .object(
        [
          "unsettled": JSONValue(stats.unsettled),
          "oldest_age_seconds": age(stats.oldest).seconds.map(JSONValue.integer) ?? .null,
          "newest_age_seconds": age(stats.newest).seconds.map(JSONValue.integer) ?? .null,
          "bytes": .object(
            Dictionary(stats.bytes.map { ($0.directory, .integer(Int64($0.count))) }) { $1 }),
        ].merging(counts) { $1 }), lines(stats))
  }

  private func lines(_ stats: SessionStats) -> [String] {
    var lines = SessionStatus.allCases.map {
      padded("\($0.rawValue.capitalized):", to: 10) + "\(stats.counts[$0] ?? 0)"
    }
    if let oldest = stats.oldest { lines.append("Oldest:   \(age(oldest).words)") }
    if let newest = stats.newest { lines.append("Newest:   \(age(newest).words)") }
    if stats.unsettled > 0 {
      lines.append(
        "Unknown:  the outcome of \(plural(stats.unsettled, "change")) to ConfigHub; "
          + "map-import sessions doctor names them")
    }
    return lines
      + stats.bytes.map { "\(padded($0.directory, to: 20)) \($0.count) bytes" }
  }

  /// 0 if all is well, or was made so.
  func doctor() throws -> Int32 {
    let findings = try store.examine(repairing: command.isFixing, at: now)
    let remaining = findings.count { !$0.isRepaired }
    let aside = try store.conflicts().count
    let conclusion =
      findings.isEmpty ? ["All is well."] : findings.flatMap(lines) + [summary(findings)]
    print(
      .object([
        "findings": .array(findings.map(json)), "remaining": JSONValue(remaining),
        "put_aside": JSONValue(aside),
      ]),
      conclusion
        + (aside == 0
          ? []
          : [
            "\(plural(aside, "file")) put aside: map-import sessions conflicts shows what is there."
          ]))
    return remaining == 0 ? 0 : 1
  }

  private func lines(_ finding: Finding) -> [String] {
    let what = "\(finding.path) \(finding.problem)."
    if finding.isRepaired { return ["repaired: \(what)"] }
    return [what, "  " + (finding.failure ?? finding.advice)]
  }

  private func summary(_ findings: [Finding]) -> String {
    let repaired = findings.count(where: \.isRepaired)
    let remaining = findings.count - repaired
    let repairable = findings.count { $0.isRepairable && !$0.isRepaired && $0.failure == nil }
    return [
      plural(findings.count, "finding"), repaired > 0 ? "\(repaired) repaired" : nil,
      remaining > 0 ? "\(remaining) to be seen to" : nil,
      repairable > 0 ? "--fix repairs \(repairable)" : nil,
    ].compactMap { $0 }.joined(separator: ", ") + "."
  }

  private func json(_ finding: Finding) -> JSONValue {
    .object([
      "path": .string(store.root.absolutePath(finding.path)),
      "problem": .string(finding.problem),
      "advice": .string(options.answers.wayBack.told(finding.advice)),
      "repairable": .bool(finding.isRepairable), "repaired": .bool(finding.isRepaired),
      "failure": JSONValue(finding.failure),
    ])
  }
}
