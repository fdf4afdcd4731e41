/// The command line without questions that does what was chosen so far.
public struct EquivalentCommand: Hashable, Sendable {
  /// One flag with its argument, or a word, for each; the program comes first.
  public private(set) var groups: [[String]]
  /// What was chosen that no flag can say, as sentences.
  public private(set) var notes: [String] = []
  /// What has to be chosen before there is such a command, as a sentence; `nil` if nothing.
  public let missing: String?

  /// - Parameter program: how it is called, with the flags that are no answers.
  public init(_ state: WizardState, program: [String] = ["map-import"]) {
    groups = program.map { [$0] } + [["--yes"]]
    let session = state.session
    missing =
      session.scope.allNamespaces || !session.scope.namespaces.isEmpty
      ? nil
      : "No namespaces are chosen yet, so that there is no command yet: it needs -n for each, or -A."
    addScope(session.scope)
    // A plan says them itself.
    if let proposal = session.proposal, state.answers.plan == nil {
      groups += [["--app-space", proposal.appSpace], ["--hub", proposal.hub]]
      groups += Self.division(of: proposal, state)
    }
    addWorker(state)
    addConflicts(state)
    if state.answers.run.parallel != Answers().run.parallel {
      groups.append(["--parallel", "\(state.answers.run.parallel)"])
    }
    if state.answers.run.dryRun { groups.append(["--dry-run"]) }
    addNotes(state)
  }

  private static func division(of proposal: Proposal, _ state: WizardState) -> [[String]] {
    var groups: [[String]] = []
    if proposal.layout != .appSpace || Naming.layout(for: state.choosable) != .appSpace {
      groups.append(["--layout", proposal.layout.rawValue])
    }
    if proposal.unitContents != .app { groups.append(["--units", proposal.unitContents.rawValue]) }
    if proposal.replicas != .autoscaler {
      groups.append(["--replicas", proposal.replicas.rawValue])
    }
    if proposal.unclaimed != .leftOut {
      groups.append(["--unclaimed", proposal.unclaimed.rawValue])
    }
    return groups
  }

  private mutating func addScope(_ scope: ScanScope) {
    if !scope.context.isEmpty { groups.append(["--context", scope.context]) }
    if scope.allNamespaces {
      groups.append(["-A"])
      groups += scope.excluded.map { ["--exclude", $0] }
      if scope.includesSystem { groups.append(["--include-system"]) }
    } else {
      groups += scope.namespaces.map { ["-n", $0] }
    }
    if !scope.selector.isEmpty { groups.append(["-l", scope.selector]) }
    groups += scope.kinds.map { ["--kind", $0.rawValue] }
  }

  private mutating func addWorker(_ state: WizardState) {
    let session = state.session
    if session.stepsSkipped.contains(.worker) {
      groups.append(["--worker-mode", WorkerMode.skip.rawValue])
    } else if let mode = session.workerMode ?? state.answers.workerMode {
      groups.append(["--worker-mode", mode.rawValue])
      if mode != .skip, let slug = session.workerSlug ?? state.answers.worker {
        groups.append(["--worker", slug])
      }
      if mode == .local, state.keepsWorker { groups.append(["--keep-worker"]) }
      if mode == .cluster {
        notes.append("A worker in the cluster is confirmed on a terminal, with the word yes.")
      }
    }
  }

  private mutating func addConflicts(_ state: WizardState) {
    let units = state.session.operations.filter { $0.kind == .createUnit }
    if state.answers.onConflict != .ask {
      groups.append(["--on-conflict", state.answers.onConflict.rawValue])
    } else if units.contains(where: { $0.result == .updated }) {
      groups.append(["--on-conflict", ConflictPolicy.update.rawValue])
    }
  }

  private mutating func addNotes(_ state: WizardState) {
    if !state.session.decisions.isEmpty {
      notes.append(
        "What was decided about single units is kept in the session, and no flag can "
          + "say it: --on-conflict is about all of them.")
    }
    guard let proposal = state.session.proposal, !isProposed(proposal, state) else { return }
    let flags = ["--app-space", "--hub"] + Self.division(of: proposal, state).map { $0[0] }
    let said = flags.dropLast().joined(separator: ", ") + " and " + flags[flags.count - 1]
    notes.append(
      "Workloads were left out, or units changed by hand, which no flag can say. As a plan they "
        + "go with --plan FILE, in place of \(said): E in step \(Step.select.number) opens the plan to be "
        + "saved under a name of yours, or --plan-out FILE has it written when the wizard ends.")
  }

  /// True if a run without questions would propose the same.
  private func isProposed(_ proposal: Proposal, _ state: WizardState) -> Bool {
    if let plan = state.answers.plan { return plan.proposal == proposal }
    let choosable = state.choosable
    return choosable.allSatisfy { state.isSelected($0.key) }
      && Naming.propose(
        for: choosable, layout: proposal.layout, unitContents: proposal.unitContents,
        unclaimed: proposal.unclaimed == .units ? state.session.offered : []
      ).units == proposal.units
  }

  /// For a POSIX shell, each flag on a line of its own where it does not fit.
  public func lines(width: Int) -> [String] {
    CommandLineText.lines(groups, width: width)
  }
}
