import TerminalText
import Wizard

/// The report as lines for a person.
extension RunReport {
  var text: String {
    var lines: [String] = []
    if let scan = session.scan {
      let owners = scan.owners.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines.append(
        "Scanned \(session.cluster.context): \(plural(scan.detected, "workload")) in "
          + scan.namespaces.joined(separator: ", ")
          + (owners.isEmpty ? "" : " (\(owners.joined(separator: ", ")))"))
      if let warning = session.cluster.whyNotPinned { lines.append(warning) }
      lines += scan.leftOut.filter(\.isGap).map { "Not read: \($0.what): \($0.why)" }
      lines += omissions(scan)
      lines += accounting.shared.grouped.map { "Shared: \($0.what): \($0.why)" }
    }
    if let proposal = session.proposal {
      let place = session.hub.map { " in \($0.placeName)" } ?? ""
      lines.append("App Space \(proposal.appSpace), hub \(proposal.hub)\(place)")
      lines += proposal.divisionWords.map { ["Units: \($0)"] } ?? []
      if let users = session.usersLine { lines.append(users) }
    }
    if isDryRun {
      let units = session.proposal?.units ?? []
      lines += units.map { unit in
        let word = planWord(of: unit).map { ", \($0)" } ?? ""
        return "  \(unit.name): \(plural(unit.members.count, "object"))\(word)"
      }
      if isPlanned { lines.append("Plan: \(state.plan.words).") }
      if let planProblem { lines.append("Not compared with ConfigHub: \(planProblem)") }
      lines.append("Dry run: nothing was written.")
    } else {
      let counts = state.outcomeCounts
      let told = counts.isNothingBegun ? [] : worstFirst
      if counts.isNothingBegun { lines.append("\(counts.words).") }
      if !told.isEmpty { lines.append("\(counts.words):") }
      lines += told.map { "  \($0.unit.name): \($0.word)\($0.reason.map { ": \($0)" } ?? "")" }
      lines += session.renamings
      lines += verification
      lines += handover
      lines += nextSteps
    }
    return lines.map { escaped($0) + "\n" }.joined()
  }

  private var worstFirst: [UnitResult] {
    let all = results
    return (0...2).flatMap { rank in all.filter { $0.rank == rank } }
  }

  /// What was found and is not imported.
  private func omissions(_ scan: ScanResult) -> [String] {
    session.omissions(accounting) { selected.contains($0) }.filter { !$0.isGap }
      .map { "Left out: \($0.what): \($0.why)" }
  }

  private var nextSteps: [String] {
    state.deliverySteps.flatMap { step in
      ["To do: \(step.words):"] + step.lines(width: 76).map { "  " + $0 }
    }
  }

  private var handover: [String] {
    session.handovers.flatMap { handover in
      ["Still applied by \(handover.owner):"]
        + handover.steps.map { "  - \($0.words)\($0.command.map { ": \($0)" } ?? "")" }
    }
  }

  private var verification: [String] {
    guard let report = session.report else { return ["Not verified."] }
    if report.isVerified { return ["Verified: everything is as it was meant to be."] }
    return report.checks.filter { $0.verdict != .ok }.map {
      "\($0.verdict == .mismatch ? "Not as intended" : "Not verified"): \($0.subject): \($0.detail)"
    }
  }
}

extension Proposal {
  /// How the units are divided, for a report; `nil` for the usual.
  var divisionWords: String? {
    var words: [String] = []
    if layout == .component {
      let count = Set(units.map(space)).count
      words.append("in \(plural(count, "Space")), one for each component and variant")
    }
    if unitContents == .resource { words.append("one for each object") }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }
}
