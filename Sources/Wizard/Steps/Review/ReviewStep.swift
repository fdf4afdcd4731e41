enum ReviewStep: StepRules {
  static let firstPhase: Phase? = nil

  static func enter(_ reducer: inout Reducer) {}
  static func enterAgain(_ reducer: inout Reducer) {}

  static func resume(_ reducer: inout Reducer) -> Bool {
    guard reducer.state.hasWorkloads else { return false }
    reducer.scanAgain()
    return true
  }

  static func signedIn(_ reducer: inout Reducer) {}
  static func poll(_ reducer: inout Reducer) {}
  static func goOn(_ reducer: inout Reducer) { reducer.reviewed() }
  static func goBack(_ reducer: inout Reducer) { reducer.back() }
  static func retry(_ reducer: inout Reducer) { reducer.scanChosen() }

  static func retryUnit(_ id: WorkloadKey, _ reducer: inout Reducer) {
    reducer.refuse(Reducer.nothingToRetry)
  }

  static func cancel(_ reducer: inout Reducer) { reducer.goBack() }
  static func skip(_ reducer: inout Reducer) { reducer.refuse(Reducer.cannotSkip) }

  static func unattendedAnswer(_ state: WizardState) -> Autopilot.Answer {
    guard state.session.selectedCount == 0, state.answers.plan == nil else { return .event(.goOn) }
    return .stop(.init(.failed, reason: nothingToImport(state)))
  }

  private static func nothingToImport(_ state: WizardState) -> String {
    let found = state.choosable
    guard let first = found.first, let why = first.whyNotByItself else {
      let names = state.session.scan?.namespaces.joined(separator: ", ") ?? ""
      let restriction = state.session.scope.restriction.map { " with \($0)" } ?? ""
      return "There is nothing to import in \(names)\(restriction)."
    }
    let rest = found.count == 1 ? "" : ", and so on for \(found.count - 1) more"
    return
      "Nothing of what was found is chosen by itself (\(first.reference.words): \(why)\(rest)). "
      + "Choose it on the screen, or in a plan with --plan."
  }
}

/// What to import.
extension Reducer {
  mutating func setWorkloads(_ keys: WorkloadSet, _ chosen: Bool) {
    guard state.step == .review else {
      return refuse(
        "Workloads are chosen in step \(Step.review.number).", Way(.goBack, "leads back to it"))
    }
    let workloads = state.session.scan?.workloads ?? []
    let places = workloads.choosablePlaces(of: keys)
    let edited = places.filter { state.session.areChosen[$0] != chosen }
    guard !edited.isEmpty else {
      let fixed = places.isEmpty ? keys.first : nil
      return refuse(fixed.map(whyNotChoosable) ?? "They are \(chosen ? "all" : "not") chosen.")
    }
    state.session.selection.choose(chosen, at: edited)
    let names = WorkloadSet(of: workloads, at: edited)
    made(.workloads(added: chosen ? names : [], removed: chosen ? [] : names))
  }

  private func whyNotChoosable(_ key: WorkloadKey) -> String {
    let owner = state.session.scan?.workloads.first { $0.key == key }?.owner
    return switch owner?.tool {
    case .configHub: "\(key.name) is in ConfigHub already."
    case .controller:
      "\(key.name) is made by \(owner?.name ?? "a controller"): import that instead."
    case .flux, .argoCD, .configSync, .fleet, .kapp, .sveltos, .addonManager, .helm, .terraform,
      .crossplane, .kro, .olm, .other, .native, nil:
      "There is no workload \(key.name)."
    }
  }

  mutating func reviewed() {
    if let plan = state.answers.plan, !state.isPlanTaken, !state.hasWritten {
      guard takePlan(plan) else { return }
      state.isPlanTaken = true
      return complete(.review)
    }
    let all = state.session.scan?.workloads ?? []
    let isWanted = zip(all, state.session.areChosen).map { $1 && $0.isChoosable }
    // Most often all of them, of which no second list need be made.
    let workloads =
      isWanted.allSatisfy(\.self) ? all : zip(all, isWanted).lazy.filter(\.1).map(\.0)
    guard !workloads.isEmpty else {
      return refuse(
        "Choose at least one workload.", Way(.choose, "chooses one"),
        Way(.chooseShown, "chooses all that are shown"))
    }
    let old = state.session.proposal
    let answers = state.answers
    let unclaimed = old?.unclaimed ?? answers.unclaimed ?? .leftOut
    let fresh = Naming.propose(
      for: workloads,
      layout: old?.layout ?? answers.layout ?? answers.run.lastLayout
        ?? Naming.layout(for: workloads),
      unitContents: old?.unitContents ?? answers.unitContents ?? answers.run.lastUnitContents
        ?? .app,
      unclaimed: unclaimed == .units ? state.session.offered : [])
    state.session.proposal = merge(fresh, into: state.session.proposal)
    complete(.review)
  }

  /// Keeps the names a person gave to what is still there.
  private func merge(_ fresh: Proposal, into old: Proposal?) -> Proposal {
    var merged = fresh
    merged.appSpace = old?.appSpace ?? state.answers.appSpace ?? fresh.appSpace
    merged.unclaimed = old?.unclaimed ?? state.answers.unclaimed ?? .leftOut
    merged.replicas = old?.replicas ?? state.answers.replicas ?? .autoscaler
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
}
