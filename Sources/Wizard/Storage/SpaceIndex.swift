/// The Spaces of a proposal and the units in each, so that not all of them are looked at whenever a
/// call about one ends.
///
/// It follows from the session, so that two states never differ by it.
struct SpaceIndex: Hashable, Sendable {
  private var proposal: Proposal?
  private(set) var slugs: [String] = []
  private var units: [String: [UnitPlan]] = [:]
  /// All Spaces before this one were listed.
  var firstUnlisted = 0
  /// All Spaces before this one are there.
  var firstUnmade = 0
  /// Of all Spaces before this one it is known what they release to.
  var firstUnreadTarget = 0
  /// What units of all Spaces before this one need to be delivered was done.
  var firstUnreleased = 0
  /// How often a Space was looked at, or a unit put into one.
  private(set) var looks = 0

  init() {}

  static func == (a: SpaceIndex, b: SpaceIndex) -> Bool { true }
  func hash(into hasher: inout Hasher) {}

  /// The units are compared by where they are kept, as long as nobody changed them.
  func isUpToDate(with proposal: Proposal) -> Bool { self.proposal == proposal }

  mutating func follow(_ proposal: Proposal) {
    if isUpToDate(with: proposal) { return }
    let before = looks
    self = .init()
    self.proposal = proposal
    slugs = proposal.spaceSlugs
    units = proposal.unitsBySpace
    looks = before + slugs.count + proposal.units.count
  }

  /// What is listed, or there, may be so no longer.
  mutating func rewind() { (firstUnlisted, firstUnmade) = (0, 0) }

  /// What Spaces release to is to be read, or set, anew.
  mutating func rewindTargets() { (firstUnreadTarget, firstUnreleased) = (0, 0) }

  /// Of a release that holds no longer what it should.
  mutating func rewindReleases() { firstUnreleased = 0 }

  /// The first Spaces that are open, in their order; those before them are not looked at again.
  mutating func open(
    from first: WritableKeyPath<SpaceIndex, Int>, of proposal: Proposal, atMost limit: Int,
    where isOpen: (String) -> Bool
  ) -> [String] {
    follow(proposal)
    var open: [String] = []
    var place = self[keyPath: first]
    while place < slugs.count, open.count < limit {
      looks += 1
      if isOpen(slugs[place]) {
        open.append(slugs[place])
      } else if open.isEmpty {
        self[keyPath: first] = place + 1
      }
      place += 1
    }
    return open
  }

  func units(of space: String) -> [UnitPlan] { units[space] ?? [] }

  func plan(of space: String) -> SpacePlan? {
    proposal?.plan(ofSpace: space, holding: units(of: space))
  }
}

extension WizardState {
  /// How often the Spaces were looked at one by one.
  package var looksAtSpaces: Int { spaceIndex.looks }
}
