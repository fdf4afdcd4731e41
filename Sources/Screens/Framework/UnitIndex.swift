import Wizard

/// Where each unit of the proposal stands, and in how many Spaces they are; it is made again only when
/// the proposal has changed, since there may be very many units.
struct UnitIndex: Sendable {
  /// Of each unit among those of the proposal.
  private var places: [WorkloadKey: Int] = [:]
  /// Where the units go: `3 Spaces`, or the one that holds all of them.
  private(set) var placeWords = ""
  private var proposal: Proposal?

  mutating func update(for state: WizardState) {
    guard proposal != state.session.proposal else { return }
    proposal = state.session.proposal
    let units = proposal?.units ?? []
    places = [:]
    places.reserveCapacity(units.count)
    for place in units.indices { places[units[place].id] = place }
    placeWords = proposal?.placeWords ?? ""
  }

  /// The place of the unit that the row is about.
  func place(of row: Row.ID?) -> Int? {
    if case .unit(let id)? = row { places[id] } else { nil }
  }

  func unit(of row: Row.ID?) -> UnitPlan? { place(of: row).flatMap { proposal?.units[$0] } }
}
