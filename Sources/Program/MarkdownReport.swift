import TerminalText
import Wizard

/// What came of an import, as Markdown to hand around: no secrets, nothing of this machine.
struct MarkdownReport {
  let state: WizardState

  private var session: Session { state.session }
  private let accounting: Accounting

  init(state: WizardState) {
    self.state = state
    accounting = Accounting(state.session)
  }

  var text: String {
    (head + units + time + verification + handover + nextSteps + leftOut + shared).joined(
      separator: "\n")
      + "\n"
  }

  private var head: [String] {
    let place = session.hub?.placeName ?? "an unknown place"
    let verdict =
      session.report.map { $0.isVerified ? "Verified: everything is as it was meant to be." : nil }
      ?? nil
    return [
      "# Import \(inline(session.id))" + (session.name.map { ": \(inline($0))" } ?? ""), "",
      "- Cluster: \(inline(session.cluster.context))"
        + (session.cluster.uid.map { " (kube-system \(inline($0)))" } ?? ""),
      "- ConfigHub: \(inline(place))",
      "- App Space: \(inline(session.proposal?.appSpace ?? "none")), hub "
        + inline(session.proposal?.hub ?? "none"),
    ] + (session.cluster.whyNotPinned.map { ["- \(inline($0))"] } ?? [])
      + (session.proposal?.divisionWords.map { ["- Units: \($0)"] } ?? []) + [
        "- Worker: \(inline(session.workerSlug ?? "none")) "
          + "(\(inline(session.workerStatus ?? "left out")))",
        "- Target: \(inline(session.targetSlug ?? "none"))",
        "- Written: \(state.now.rfc3339)",
      ] + (session.usersLine.map { ["- \(inline($0))"] } ?? []) + [
        "",
        "**\(state.outcomeCounts.words). \(verdict ?? "Not everything is verified; see below.")**",
        "",
      ]
  }

  /// Those that are not there first.
  private var sortedUnits: [UnitPlan] {
    let units = session.proposal?.units ?? []
    func those(_ isMeant: (Operation.State?) -> Bool) -> [UnitPlan] {
      units.filter { isMeant(state.operation(for: $0)?.state) }
    }
    return those { $0 != .done && $0 != .skipped } + those { $0 == .skipped }
      + those { $0 == .done }
  }

  private var units: [String] {
    guard session.proposal != nil else { return [] }
    var lines = ["## Units", "", "| unit | result | objects |", "|---|---|---|"]
    lines += sortedUnits.map { unit in
      let operation = state.operation(for: unit)
      let result =
        operation?.state == .done
        ? operation?.result?.rawValue ?? "done"
        : "\(operation?.state.rawValue ?? "not begun")"
          + (operation?.reason.map { ": \($0)" } ?? "")
      let members = unit.members.map { "\($0.kind) \($0.name)" }.joined(separator: ", ")
      return "| \(cell(unit.name)) | \(cell(result)) | \(cell(members)) |"
    }
    let renamings = session.renamings.map { "- \(inline($0))" }
    return lines + [""] + (renamings.isEmpty ? [] : renamings + [""])
  }

  private var time: [String] {
    let rows = StepTimes(session).rows
    guard !rows.isEmpty else { return [] }
    return ["## Time", "", "| step | time | entered |", "|---|---|---|"]
      + rows.map { "| \($0.step.rawValue) | \(StepTimes.words($0.seconds)) | \($0.visits) |" }
      + ["", "Interactions: \(Interactions(session).words).", ""]
  }

  private var verification: [String] {
    guard let report = session.report else {
      return ["## Verification", "", "Nothing was read back yet.", ""]
    }
    var lines = ["## Verification", "", "| what | verdict | detail |", "|---|---|---|"]
    lines += report.checks.map {
      "| \(cell($0.subject)) | \(words(for: $0.verdict)) | \(cell($0.detail)) |"
    }
    return lines + [""]
  }

  private func words(for verdict: Report.Verdict) -> String {
    switch verdict {
    case .ok: "ok"
    case .mismatch: "**not as intended**"
    case .notVerified: "not verified"
    }
  }

  private var nextSteps: [String] {
    guard !state.deliverySteps.isEmpty else { return [] }
    var lines = [
      "## What is left to do", "",
      "The units are in ConfigHub; these commands, for bash or zsh, have them delivered.", "",
    ]
    for (number, step) in state.deliverySteps.enumerated() {
      lines += ["\(number + 1). \(inline(step.words))", ""]
      lines += step.lines(width: 96).map { "       \(escaped($0))" } + [""]
    }
    return lines
  }

  private var handover: [String] {
    guard !session.handovers.isEmpty else { return [] }
    var lines = [
      "## Handing over", "",
      "These are still applied by another tool. Nothing in the cluster was changed; this is what "
        + "to do next.", "",
    ]
    for handover in session.handovers {
      let names = handover.workloads.map { "\($0.namespace)/\($0.name)" }.joined(separator: ", ")
      lines += ["### \(inline(handover.owner))", "", inline(names), ""]
      for (number, step) in handover.steps.enumerated() {
        lines.append("\(number + 1). \(inline(step.words))")
        if let command = step.command { lines += ["", "       \(escaped(command))", ""] }
      }
      lines.append("")
    }
    return lines
  }

  private var leftOut: [String] {
    let leftOut = session.omissions(accounting) { state.isSelected($0) }
    guard !leftOut.isEmpty else { return [] }
    return ["## Left out", ""] + leftOut.map { "- \(inline("\($0.what): \($0.why)"))" } + [""]
  }

  private var shared: [String] {
    let shared = accounting.shared.grouped
    guard !shared.isEmpty else { return [] }
    return ["## Shared", ""] + shared.map { "- \(inline("\($0.what): \($0.why)"))" } + [""]
  }

  // MARK: Text from outside

  /// One line of text in which Markdown reads nothing but text.
  private func inline(_ text: String) -> String {
    var safe = ""
    for character in escaped(text) {
      if "\\`*_{}[]<>#|!".contains(character) { safe.append("\\") }
      safe.append(character)
    }
    return safe
  }

  private func cell(_ text: String) -> String { inline(text) }
}
