enum SelectStep: StepRules {
  static let firstPhase: Phase? = nil

  static func enter(_ reducer: inout Reducer) { reducer.askForSpaces() }
  static func enterAgain(_ reducer: inout Reducer) {}

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasWorkloads, reducer.state.hasUnits else { return false }
    reducer.askForSpaces()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {}
  static func poll(_ reducer: inout Reducer) {}
  static func goOn(_ reducer: inout Reducer) { reducer.proposalChosen() }

  static func goBack(_ reducer: inout Reducer) {
    if reducer.state.hasWritten { return reducer.refuse(reducer.state.whatStays) }
    reducer.back()
  }

  static func retry(_ reducer: inout Reducer) { reducer.refuse(Reducer.nothingToRetry) }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) { reducer.goBack() }
  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    if let problem = state.proposalProblems.first {
      return .stop(.init(.failed, reason: problem.sentence))
    }
    return .event(.goOn)
  }
}

/// As what to import it: names, and which units there are.
extension Reducer {
  /// The proposal as long as it may be edited; else says why it may not.
  mutating func editableProposal(
    else sentence: String = "Units are put together in step \(Step.select.number)."
  ) -> Proposal? {
    guard state.step == .select, let proposal = state.session.proposal else {
      refuse(sentence)
      return nil
    }
    guard !state.hasWritten else {
      refuse(state.whatStays)
      return nil
    }
    return proposal
  }

  private mutating func nameableProposal() -> Proposal? {
    editableProposal(else: "Names are edited in step \(Step.select.number).")
  }

  mutating func setAppSpace(_ name: String) {
    guard let proposal = nameableProposal() else { return }
    make(.appSpace(from: proposal.appSpace, to: name))
  }

  mutating func setHub(_ name: String) {
    guard let proposal = nameableProposal() else { return }
    make(.hub(from: proposal.hub, to: name))
  }

  mutating func setLayout(_ layout: Layout) {
    guard let proposal = nameableProposal() else { return }
    divide(proposal, layout, proposal.unitContents)
    state.answers.run.lastLayout = layout
  }

  mutating func setUnitContents(_ contents: UnitContents) {
    guard let proposal = nameableProposal() else { return }
    divide(proposal, proposal.layout, contents)
  }

  mutating func setReplicas(_ replicas: Replicas) {
    guard let old = nameableProposal() else { return }
    guard replicas != old.replicas else { return refuse("They are written like that already.") }
    var new = old
    new.replicas = replicas
    make(.proposal(from: old, to: new))
  }

  mutating func setUnclaimed(_ unclaimed: Unclaimed) {
    guard let old = nameableProposal() else { return }
    guard unclaimed != old.unclaimed else { return refuse("That is what becomes of them already.") }
    let offered = state.session.offered
    guard !offered.isEmpty else { return refuse("Every object goes with a workload.") }
    make(.proposal(from: old, to: old.with(unclaimed, of: offered)))
  }

  mutating func rename(_ id: WorkloadKey, to slug: String) {
    guard let proposal = nameableProposal() else { return }
    guard let unit = proposal.units.first(where: { $0.id == id }) else {
      return refuse("There is no such unit.")
    }
    make(.slug(unit: id, from: unit.name, to: slug))
  }

  /// The same workloads in other units or Spaces, which get the names that are proposed for them.
  private mutating func divide(_ old: Proposal, _ layout: Layout, _ contents: UnitContents) {
    guard (layout, contents) != (old.layout, old.unitContents) else {
      return refuse("They are divided like that already.")
    }
    guard state.hasWorkloads else {
      return refuse(
        "The workloads that the scan found are lost, so they cannot be divided anew.",
        Way(.goBack, "leads to where the cluster is scanned again"))
    }
    make(.proposal(from: old, to: divided(old, layout, contents)))
  }

  /// As the answers given in advance want it. What was changed by hand was about other units, and is
  /// not taken back any more.
  mutating func divideAnew() {
    guard let old = state.session.proposal else { return }
    state.session.undo.removeAll { $0.step == .select }
    state.session.redo.removeAll { $0.step == .select }
    state.session.proposal = divided(
      old, state.answers.layout ?? old.layout, state.answers.unitContents ?? old.unitContents)
  }

  private func divided(
    _ old: Proposal, _ layout: Layout, _ contents: UnitContents
  ) -> Proposal {
    let members = Set(old.units.flatMap(\.members))
    let workloads = state.choosable.filter { members.contains($0.reference) }
    // Of those that were offered, the ones that a person has not left out.
    let unclaimed = (state.session.scan?.objects ?? []).filter { members.contains($0.reference) }
    var new = Naming.propose(
      for: workloads, layout: layout, unitContents: contents, unclaimed: unclaimed)
    (new.hub, new.appSpace, new.replicas) = (old.hub, old.appSpace, old.replicas)
    new.unclaimed = old.unclaimed
    return new
  }

  mutating func proposalChosen() {
    if let problem = state.proposalProblems.first { return refuse(problem.sentence) }
    complete(.select)
  }
}

extension WizardState {
  /// Why earlier answers cannot be changed any more.
  var whatStays: String {
    let count = session.createdCount
    let space = session.proposal?.appSpace ?? "the App Space"
    let open = (session.proposal?.units.count ?? 0) - count
    return
      "ConfigHub has \(count) unit\(count == 1 ? "" : "s") of this session in \(space), which stay there."
      + (open > 0 && step > .connect
        ? " What was not imported can still be tried again."
        : " A new session begins with --new.")
  }
}

extension WorkloadKey {
  /// The same as an older file has it.
  var withoutKind: WorkloadKey { WorkloadKey(kind: nil, namespace: namespace, name: name) }
}

extension UnitPlan {
  /// True for each workload of the unit.
  func holds(_ key: WorkloadKey) -> Bool { key == id || workloads.contains(key) }
}

extension Proposal {
  /// The same with other units of the namespaces, and their members nowhere else.
  ///
  /// - Parameter offered: what may be a member of one.
  func with(_ unclaimed: Unclaimed, of offered: [FoundObject]) -> Proposal {
    let members = Set(offered.map(\.reference))
    var new = self
    new.unclaimed = unclaimed
    for index in new.units.indices { new.units[index].members.removeAll(where: members.contains) }
    new.units.removeAll(where: \.members.isEmpty)
    guard unclaimed == .units else { return new }
    var taken = Set(new.units.map { UnitPlan.folded($0.name) })
    let fresh = Naming.propose(
      for: [], layout: layout, unitContents: unitContents, unclaimed: offered)
    for var unit in fresh.units {
      unit.findFreeName(besides: &taken)
      new.units.append(unit)
    }
    new.units.sort { $0.id < $1.id }
    return new
  }
}
