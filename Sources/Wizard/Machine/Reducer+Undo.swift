/// The choices of steps 1 to 3, made, taken back and made again.
extension Reducer {
  /// Besides too many, the oldest are forgotten of those that name more than so many rows in all: they
  /// are saved with the session.
  static let rowsKept = 200_000

  /// Makes a choice of a person; what had been undone cannot be redone after it.
  mutating func make(_ edit: Edit) {
    if apply(edit) { made(edit) }
  }

  /// The same for one that is applied already.
  mutating func made(_ edit: Edit) {
    state.session.undo.append(edit)
    forgetOldest()
    state.session.redo = []
    saveSoon()
  }

  private mutating func forgetOldest() {
    var rows = 0
    let kept = state.session.undo.reversed().prefix(state.answers.run.kept.edits).prefix { edit in
      rows += edit.rows
      return rows <= Reducer.rowsKept
    }
    state.session.undo.removeFirst(state.session.undo.count - max(1, kept.count))
  }

  mutating func undo() {
    guard let edit = mayRepeat(state.session.undo.last, "undo") else { return }
    guard apply(edit.inverse) else { return }
    state.session.undo.removeLast()
    state.session.redo.append(edit)
    confirmDone("Undone: \(edit.title).")
    saveSoon()
  }

  mutating func redo() {
    guard let edit = mayRepeat(state.session.redo.last, "redo") else { return }
    guard apply(edit) else { return }
    state.session.redo.removeLast()
    state.session.undo.append(edit)
    confirmDone("Redone: \(edit.title).")
    saveSoon()
  }

  private mutating func mayRepeat(_ edit: Edit?, _ verb: String) -> Edit? {
    guard let edit else {
      refuse("There is nothing to \(verb).")
      return nil
    }
    guard edit.step == state.step, state.phase != .scanning else {
      refuse(
        "That choice was made in step \(edit.step.number), \(edit.step.rawValue): go back there to "
          + "\(verb) it.")
      return nil
    }
    guard !state.hasWritten else {
      refuse(state.whatStays)
      return nil
    }
    return edit
  }

  /// `false` if it changes nothing: it is so already, or what it is about is not there.
  private mutating func apply(_ edit: Edit) -> Bool {
    switch edit {
    case .namespaces(let added, let removed):
      let kept = state.session.scope.namespaces.filter { !removed.contains($0) }
      let names = Set(kept + added).sorted()
      if state.session.scope.namespaces == names { return false }
      state.session.scope.namespaces = names
      return true
    case .workloads(let added, let removed):
      let isChanged = state.session.choose(false, removed)
      return state.session.choose(true, added) || isChanged
    case .proposal(let old, let new):
      guard state.session.proposal == old else { return false }
      take(new)
      return true
    case .appSpace, .hub, .slug, .leaveOut, .putBack, .labels, .units:
      // Taken out meanwhile, because a copy beside it would have all units copied.
      guard var proposal = state.session.proposal.take() else { return false }
      defer { state.session.proposal = proposal }
      return apply(edit, to: &proposal)
    }
  }

  private mutating func apply(_ edit: Edit, to proposal: inout Proposal) -> Bool {
    func index(of id: WorkloadKey) -> Int? { proposal.units.firstIndex { $0.id == id } }
    switch edit {
    case .namespaces, .workloads, .proposal: return false
    case .appSpace(_, let name): return set(&proposal.appSpace, to: name)
    case .hub(_, let name): return set(&proposal.hub, to: name)
    case .slug(let id, _, let slug):
      guard let index = index(of: id) else { return false }
      var unit = proposal.units[index]
      unit.take(name: slug)
      return set(&proposal.units[index], to: unit)
    case .labels(let id, _, let labels):
      return index(of: id).map { set(&proposal.units[$0].labels, to: labels) } ?? false
    case .leaveOut(let unit, _):
      guard let index = index(of: unit.id) else { return false }
      proposal.units.remove(at: index)
      _ = state.session.choose(false, WorkloadSet(members(of: unit)))
      return true
    case .putBack(let unit, let place):
      guard index(of: unit.id) == nil else { return false }
      proposal.units.insert(unit, at: min(max(0, place), proposal.units.count))
      _ = state.session.choose(true, WorkloadSet(members(of: unit)))
      return true
    case .units(_, let removed, let added):
      guard let units = proposal.units.replacing(removed, with: added) else { return false }
      let (before, after) = (workloads(of: removed), workloads(of: added))
      _ = state.session.choose(false, WorkloadSet(before.subtracting(after).sorted()))
      _ = state.session.choose(true, WorkloadSet(after.subtracting(before).sorted()))
      return set(&proposal.units, to: units)
    }
  }

  private func workloads(of placed: [PlacedUnit]) -> Set<WorkloadKey> {
    Set(placed.lazy.flatMap { members(of: $0.unit) })
  }

  /// The keys of the workloads among the unit's members.
  private func members(of unit: UnitPlan) -> [WorkloadKey] {
    [unit.id] + unit.workloads
  }

  /// `false` if it was so already.
  private func set<Value: Equatable>(_ place: inout Value, to value: Value) -> Bool {
    if place == value { return false }
    place = value
    return true
  }
}

extension [UnitPlan] {
  /// The same with other units in place of some; `nil` if these are not all there. There may be very
  /// many of both, so each list is gone through once.
  fileprivate func replacing(
    _ removed: [PlacedUnit], with added: [PlacedUnit]
  ) -> [UnitPlan]? {
    let gone = Dictionary(removed.map { ($0.unit.id, $0.unit) }) { first, _ in first }
    let rest = filter { gone[$0.id] != $0 }
    guard rest.count == count - removed.count else { return nil }
    var units: [UnitPlan] = []
    units.reserveCapacity(rest.count + added.count)
    var next = 0
    for placed in added.sorted(by: { $0.index < $1.index }) {
      while next < rest.count, units.count < placed.index {
        units.append(rest[next])
        next += 1
      }
      units.append(placed.unit)
    }
    return units + rest[next...]
  }
}

extension WizardState {
  /// Whether a choice of this step can be taken back now, or made again.
  public var canUndo: Bool { mayRepeat(session.undo.last) }
  public var canRedo: Bool { mayRepeat(session.redo.last) }

  private func mayRepeat(_ edit: Edit?) -> Bool {
    edit?.step == step && phase != .scanning && !hasWritten
  }
}
