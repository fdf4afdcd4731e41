/// Steps 2 and 3: what to import, and as what.
extension Turn {
  mutating func setWorkloads(_ keys: WorkloadKeys, _ chosen: Bool) {
    guard state.step == .review else {
      return refuse("Workloads are chosen in step 2; backspace leads back to it.")
    }
    let workloads = state.session.scan?.workloads ?? []
    let places = workloads.choosablePlaces(of: keys)
    let edited = places.filter { state.session.areChosen[$0] != chosen }
    guard !edited.isEmpty else {
      let fixed = places.isEmpty ? keys.first : nil
      return refuse(fixed.map(whyNotChoosable) ?? "They are \(chosen ? "all" : "not") chosen.")
    }
    state.session.selection.choose(chosen, at: edited)
    let names = WorkloadKeys(of: workloads, at: edited)
    made(.workloads(added: chosen ? names : [], removed: chosen ? [] : names))
  }

  private func whyNotChoosable(_ key: WorkloadKey) -> String {
    let owner = state.session.scan?.workloads.first { $0.key == key }?.owner
    return switch owner?.tool {
    case .configHub: "\(key.name) is in ConfigHub already."
    case .controller:
      "\(key.name) is made by \(owner?.name ?? "a controller"): import that instead."
    default: "There is no workload \(key.name)."
    }
  }

  mutating func reviewed() {
    if let plan = state.answers.plan, !state.isPlanTaken, !state.hasWritten {
      guard takePlan(plan) else { return }
      state.isPlanTaken = true
      complete(.review, then: .select)
      askForSpaces()
      return save()
    }
    let all = state.session.scan?.workloads ?? []
    let isWanted = zip(all, state.session.areChosen).map { $1 && $0.isChoosable }
    // Most often all of them, of which no second list need be made.
    let workloads =
      isWanted.allSatisfy(\.self) ? all : zip(all, isWanted).lazy.filter(\.1).map(\.0)
    guard !workloads.isEmpty else {
      return refuse("Choose at least one workload: space chooses one, a all that are shown.")
    }
    let old = state.session.proposal
    let answers = state.answers
    let fresh = Naming.propose(
      for: workloads, layout: old?.layout ?? answers.layout ?? answers.lastLayout ?? .appSpace,
      unitContents: old?.unitContents ?? answers.unitContents ?? answers.lastUnitContents ?? .app)
    state.session.proposal = merge(fresh, into: state.session.proposal)
    complete(.review, then: .select)
    askForSpaces()
    save()
  }

  /// Keeps the names a person gave to what is still there.
  private func merge(_ fresh: Proposal, into old: Proposal?) -> Proposal {
    var merged = fresh
    merged.appSpace = old?.appSpace ?? state.answers.appSpace ?? fresh.appSpace
    merged.hub = old?.hub ?? state.answers.hub ?? fresh.hub
    let grouped = regrouped(merged.units, as: old?.units ?? [])
    if grouped != nil { merged.units = grouped ?? [] }
    let known = Dictionary((old?.units ?? []).map { ($0.id, $0) }) { first, _ in first }
    for (index, unit) in merged.units.enumerated() {
      if let kept = known[unit.id] ?? known[unit.id.withoutKind] {
        (merged.units[index].slug, merged.units[index].space) = (kept.slug, kept.space)
        if !kept.labels.isEmpty { merged.units[index].labels = kept.labels }
      }
    }
    return merged
  }

  /// How a person has put units together is kept for those whose workloads are all still chosen;
  /// `nil` if nothing was put together otherwise than it would be now.
  private func regrouped(_ fresh: [UnitPlan], as old: [UnitPlan]) -> [UnitPlan]? {
    guard !old.isEmpty else { return nil }
    let chosen = Set(fresh.flatMap(\.members))
    let asNow = Set(fresh.map(\.members))
    var kept = old.filter { unit in
      !unit.members.isEmpty && unit.members.allSatisfy(chosen.contains)
        && !asNow.contains(unit.members)
    }
    guard !kept.isEmpty else { return nil }
    let placed = Set(kept.flatMap(\.members))
    var rest: [UnitPlan] = []
    for var unit in fresh {
      unit.members.removeAll { placed.contains($0) }
      guard !unit.members.isEmpty else { continue }
      // What is new with a workload goes where the workload is.
      if let home = kept.firstIndex(where: { $0.holds(unit.id) }) {
        kept[home].members = Naming.inApplyOrder(kept[home].members + unit.members)
      } else {
        rest.append(unit)
      }
    }
    return (kept + rest).sorted { $0.id < $1.id }
  }

  mutating func proposalChoice(_ event: Event) {
    guard state.step == .select, let proposal = state.session.proposal else {
      return refuse("Names are edited in step 3.")
    }
    guard !state.hasWritten else { return refuse(state.whatStays) }
    switch event {
    case .setAppSpace(let name): make(.appSpace(from: proposal.appSpace, to: name))
    case .setHub(let name): make(.hub(from: proposal.hub, to: name))
    case .setLayout(let layout): divide(proposal, layout, proposal.unitContents)
    case .setUnitContents(let contents): divide(proposal, proposal.layout, contents)
    case .rename(let id, let slug):
      guard let unit = proposal.units.first(where: { $0.id == id }) else {
        return refuse("There is no such unit.")
      }
      make(.slug(unit: id, from: unit.name, to: slug))
    case .leaveOut(let id):
      guard let index = proposal.units.firstIndex(where: { $0.id == id }) else {
        return refuse("There is no such unit.")
      }
      guard proposal.units.count > 1 else {
        return refuse("This is the last unit; backspace leads back to the workloads.")
      }
      make(.leaveOut(proposal.units[index], at: index))
    default: break
    }
  }

  /// The same workloads in other units or Spaces, which get the names that are proposed for them.
  private mutating func divide(_ old: Proposal, _ layout: Layout, _ contents: UnitContents) {
    guard (layout, contents) != (old.layout, old.unitContents) else {
      return refuse("They are divided like that already.")
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
    var new = Naming.propose(for: workloads, layout: layout, unitContents: contents)
    (new.hub, new.appSpace) = (old.hub, old.appSpace)
    return new
  }

  mutating func proposalChosen() {
    if let problem = state.proposalProblems.first { return refuse(problem.sentence) }
    complete(.select, then: .connect, .confirming)
    save()
    askConfigHub()
  }
}

/// Something in the proposal that ConfigHub would not take.
public struct ProposalProblem: Hashable, Sendable {
  /// The unit it is about; `nil` for the App Space or hub.
  public var unit: WorkloadKey?
  public var sentence: String
}

extension WizardState {
  /// Bad names and collisions, found before anything is written.
  public var proposalProblems: [ProposalProblem] {
    guard let proposal = session.proposal else { return [] }
    var problems: [ProposalProblem] = []
    for (what, name) in [("App Space", proposal.appSpace), ("Hub", proposal.hub)]
    where !Naming.isValidSlug(name) {
      problems.append(.init(unit: nil, sentence: "\(what) \"\(name)\": \(Naming.slugRule)."))
    }
    var seen: Set<String> = []
    for unit in proposal.units {
      if !unit.hasValidName {
        problems.append(
          .init(unit: unit.id, sentence: "Unit \"\(unit.name)\": \(Naming.slugRule)."))
      } else if !seen.insert(unit.name.lowercased()).inserted {
        problems.append(
          .init(unit: unit.id, sentence: "Two units are named \(unit.name); rename one."))
      }
    }
    return problems
  }

  /// Why earlier answers cannot be changed any more.
  var whatStays: String {
    let count = session.createdCount
    let space = session.proposal?.appSpace ?? "the App Space"
    return
      "ConfigHub already has \(count) unit\(count == 1 ? "" : "s") in \(space) and they stay there;"
      + " go on, or begin a new session with --new."
  }
}

extension WorkloadKey {
  /// The same as an older file has it.
  var withoutKind: WorkloadKey { WorkloadKey(kind: nil, namespace: namespace, name: name) }
}

extension UnitPlan {
  /// True for each workload of the unit.
  func holds(_ key: WorkloadKey) -> Bool {
    key == id
      || members.contains {
        $0.kind == key.kind?.rawValue && $0.namespace == key.namespace && $0.name == key.name
      }
  }
}
