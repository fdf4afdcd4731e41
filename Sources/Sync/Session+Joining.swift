import Wizard

extension Session {
  /// Takes over what another state of it knows of changes to ConfigHub.
  package mutating func joinFacts(of other: Session) {
    let joined = Facts(operations).joined(with: Facts(other.operations)).list
    if !joined.elementsEqual(operations) { operations = OperationList(joined) }
  }

  /// Takes over, of a state that went on elsewhere and lost, what must not be forgotten: its facts, and
  /// the names of what it created. The step becomes the earlier of the two, so that all that follows is
  /// verified anew.
  package mutating func join(loser: Session) {
    joinFacts(of: loser)
    keepNames(of: loser)
    if loser.position.isBefore(position) {
      position = loser.position
      report = nil
    }
    stepsCompleted = Array(
      stepsCompleted.prefix(loser.stepsCompleted.count).prefix { $0 < position.step })
    stepsSkipped = stepsSkipped.filter { stepsCompleted.contains($0) }
  }

  /// A unit that was renamed here, and created under another name there, keeps the name that exists:
  /// else it would be created twice.
  private mutating func keepNames(of loser: Session) {
    guard var proposal, let other = loser.proposal else { return }
    let created = Set(
      operations.filter { $0.kind == .createUnit && ($0.state == .done || $0.state == .intent) }
        .map(\.key))
    let planned = Set(proposal.units.map(proposal.key(of:)))
    var others: [WorkloadKey: UnitPlan] = [:]
    for unit in other.units where created.contains(other.key(of: unit)) {
      if !planned.contains(other.key(of: unit)) { others[unit.id] = unit }
    }
    if others.isEmpty { return }
    for index in proposal.units.indices {
      let unit = proposal.units[index]
      guard let existing = others[unit.id], !created.contains(proposal.key(of: unit)) else {
        continue
      }
      proposal.units[index].slug = existing.slug
      proposal.units[index].space = other.key(of: existing).space
    }
    self.proposal = proposal
  }
}

extension Position {
  /// Of one step, what has no phase is its beginning.
  fileprivate func isBefore(_ other: Position) -> Bool {
    if step != other.step { return step < other.step }
    func place(_ phase: Phase?) -> Int {
      phase.flatMap { Position.phases(of: step).firstIndex(of: $0) } ?? -1
    }
    return place(phase) < place(other.phase)
  }
}
