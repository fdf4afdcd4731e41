import Wizard

/// Where each unit of the proposal stands, and in how many Spaces they are; it is made again only when
/// the proposal has changed, since there may be very many units.
struct UnitIndex: Sendable {
  /// Of each unit among those of the proposal.
  private var places: [WorkloadKey: Int] = [:]
  /// Where the units go: `3 Spaces`, or the one that holds all of them.
  var placeWords: String { words ?? "" }
  /// `nil` before they are needed.
  private var words: String?
  private var proposal: Proposal?

  /// `false` if the same units stand in the same places.
  mutating func update(for state: WizardState) -> Bool {
    if state.step >= .connect, words == nil || proposal != state.session.proposal {
      words = state.session.proposal?.placeWords
    }
    guard proposal != state.session.proposal else { return false }
    let before = proposal?.units ?? []
    proposal = state.session.proposal
    let units = proposal?.units ?? []
    // While names are edited, all stay where they are.
    let isSame =
      units.count == before.count && units.indices.allSatisfy { units[$0].id == before[$0].id }
    if !isSame {
      places = [:]
      places.reserveCapacity(units.count)
      for place in units.indices { places[units[place].id] = place }
    }
    return !isSame
  }

  /// The place of the unit that the row is about.
  func place(of row: Row.ID?) -> Int? {
    if case .unit(let id)? = row { places[id] } else { nil }
  }

  func unit(of row: Row.ID?) -> UnitPlan? { place(of: row).flatMap { proposal?.units[$0] } }
}

/// What is in no unit; it is looked for again only when that may have changed.
struct LeftOutUnits: Sendable {
  private(set) var all: [LeftOutUnit] = []
  /// Of each unit among them.
  private(set) var places: [WorkloadKey: Int] = [:]
  private var proposal: Proposal?
  private var scannedAt: Timestamp?

  /// `false` if it was up to date.
  mutating func update(for state: WizardState) -> Bool {
    let session = state.session
    guard proposal != session.proposal || scannedAt != session.scan?.scannedAt else { return false }
    (proposal, scannedAt) = (session.proposal, session.scan?.scannedAt)
    all = state.leftOutUnits
    places = Dictionary(all.enumerated().map { ($1.unit.id, $0) }) { first, _ in first }
    return true
  }
}
