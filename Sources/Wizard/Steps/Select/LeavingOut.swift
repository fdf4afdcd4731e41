/// What could be a unit, and is none.
public struct LeftOutUnit: Hashable, Sendable {
  /// As it was, or as it would be proposed.
  public var unit: UnitPlan
  /// For a person: `left out here`.
  public var why: String
}

/// Step 3: units are left out, and taken back.
extension Reducer {
  mutating func leaveOut(_ ids: [WorkloadKey]) {
    guard let proposal = editableProposal() else { return }
    let placed = proposal.placed(ids)
    guard let first = placed.first else { return refuse("There is no such unit.") }
    guard placed.count < proposal.units.count else {
      return refuse(
        placed.count == 1 ? "This is the last unit." : "These are all units.",
        Way(.goBack, "leads back to the workloads"))
    }
    let what = placed.count == 1 ? first.unit.name : "\(placed.count) units"
    make(
      placed.count == 1
        ? .leaveOut(first.unit, at: first.index)
        : .units(title: "\(what) left out", removed: placed, added: []))
    confirmDone(
      "\(what) left out.", Way(.undo, "takes that back"),
      Way(.viewLeftOut, "lists all that is left out"))
  }

  mutating func takeBack(_ ids: [WorkloadKey]) {
    guard let proposal = editableProposal() else { return }
    let wanted = Set(ids)
    let back = state.leftOutUnits.map(\.unit).filter { wanted.contains($0.id) }
    guard let first = back.first else { return refuse("That is not left out.") }
    var taken = Set(proposal.units.map { UnitPlan.folded($0.name) })
    var added: [PlacedUnit] = []
    var place = 0
    for var unit in back {
      unit.findFreeName(besides: &taken)
      while place < proposal.units.count, proposal.units[place].id < unit.id { place += 1 }
      added.append(PlacedUnit(unit, at: place + added.count))
    }
    let title = "\(back.count == 1 ? first.name : "\(back.count) units") taken back"
    make(.units(title: title, removed: [], added: added))
    confirmDone("\(title).")
  }
}

extension WizardState {
  /// What may be imported and is in no unit, in the order of the units: what was left out in this step
  /// as it was, and the workloads that were not chosen as they would be proposed.
  public var leftOutUnits: [LeftOutUnit] {
    guard let proposal = session.proposal else { return [] }
    let offered = proposal.unclaimed == .units ? session.offered : []
    var placed = Set(proposal.units.lazy.flatMap(\.members))
    let ids = Set(proposal.units.lazy.map(\.id))
    let known = Set(choosable.lazy.flatMap { [$0.reference] + $0.belongings })
      .union((session.scan?.objects ?? []).lazy.filter(\.isUnclaimed).map(\.reference))
    var found: [LeftOutUnit] = []
    for unit in session.formerUnits
    where (unit.space == nil) == (proposal.layout == .appSpace) && !ids.contains(unit.id)
      && !unit.members.isEmpty
      && unit.members.allSatisfy({ known.contains($0) && !placed.contains($0) })
    {
      placed.formUnion(unit.members)
      found.append(LeftOutUnit(unit: unit, why: "left out here"))
    }
    let rest = choosable.filter { !placed.contains($0.reference) }
    let fresh = Naming.propose(
      for: rest, layout: proposal.layout, unitContents: proposal.unitContents,
      unclaimed: offered.filter { !placed.contains($0.reference) })
    let reasons = Dictionary(rest.map { ($0.key, $0.whyNotByItself) }) { first, _ in first }
    for var unit in fresh.units {
      unit.members.removeAll(where: placed.contains)
      guard !unit.members.isEmpty, !ids.contains(unit.id) else { continue }
      let why = reasons[unit.id].flatMap(\.self) ?? "not chosen"
      found.append(LeftOutUnit(unit: unit, why: why))
    }
    return found.sorted { $0.unit.id < $1.unit.id }
  }
}

extension Session {
  /// The units that a choice of step 3 took out, the latest first.
  fileprivate var formerUnits: [UnitPlan] {
    undo.reversed().flatMap { edit -> [UnitPlan] in
      switch edit {
      case .leaveOut(let unit, _): [unit]
      case .units(_, let removed, _): removed.map(\.unit)
      case .namespaces, .workloads, .appSpace, .hub, .slug, .putBack, .labels, .proposal: []
      }
    }
  }
}

extension FoundObject {
  fileprivate var isUnclaimed: Bool { if case .unclaimed = place { true } else { false } }
}

extension Proposal {
  /// Those of the units that it has, in its order, and where they stand.
  func placed(_ ids: [WorkloadKey]) -> [PlacedUnit] {
    let wanted = Set(ids)
    return units.indices.filter { wanted.contains(units[$0].id) }.map {
      PlacedUnit(units[$0], at: $0)
    }
  }
}
