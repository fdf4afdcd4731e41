import Wizard

/// What the confirmation is about to do, in sections; it is made again only when that has changed, since
/// there may be very many units.
struct PlanSections: Sendable {
  struct Section: Sendable {
    var sort: Sort
    /// Of its units, in their order.
    var places: [Int] = []
    /// Its row, below which those of its units are.
    var head = 0
  }

  /// In the order of the sections: what has to be decided comes first.
  enum Sort: Int, CaseIterable, Sendable {
    // What differs stays where it is whichever way it is decided: people go from row to row.
    case differs, notCompared, unfinished, create, unchanged, comparing
  }

  private(set) var sections: [Section] = []
  /// Of all rows, heads too.
  private(set) var rowCount = 0
  private(set) var unitCount = 0
  private(set) var objectCount = 0
  private(set) var counts = UnitCounts([])
  private(set) var decided = DecisionCounts()
  private(set) var undecidedCount = 0
  /// How many Spaces beside the App Space hold units, and how many of those are not there yet.
  private(set) var otherSpaces = (count: 0, new: 0)
  /// What is written to the Spaces themselves; none if all of them are there. Of a label that not all
  /// have with the same value, its key alone.
  private(set) var labels: [String] = []
  /// `nil` where nothing is about to be created that another session has created already.
  private(set) var createdTwice: String?

  private var units: [UnitPlan] = []
  private var comparisons: [WorkloadKey: Comparison] = [:]
  private var decisions: [OperationKey: Decision] = [:]
  private var operations: OperationList = []
  private var listings: [String: SpaceListing] = [:]
  private var earlierUnits: [WorkloadKey: EarlierUnit] = [:]
  private var proposal: Place?

  /// Where the units go, beside what they are.
  private struct Place: Equatable {
    var appSpace: String
    var layout: Layout
    var session: String
  }

  mutating func update(for state: WizardState) {
    let session = state.session
    let units = session.proposal?.units ?? []
    let place = session.proposal.map {
      Place(appSpace: $0.appSpace, layout: $0.layout, session: session.id)
    }
    let isSame =
      units == self.units && comparisons == state.comparisons && decisions == session.decisions
      && operations == session.operations && listings == state.listings && proposal == place
      && earlierUnits == state.earlierUnits
    guard !isSame else { return }
    (self.units, comparisons, decisions) = (units, state.comparisons, session.decisions)
    (operations, listings, proposal) = (session.operations, state.listings, place)
    earlierUnits = state.earlierUnits
    divide(state)
    look(at: session.proposal?.spaces ?? [], state)
    createdTwice = state.createdTwiceSentence
  }

  private mutating func look(at spaces: [SpacePlan], _ state: WizardState) {
    let new = spaces.filter { state.exists($0.slug) != true }
    let others = spaces.dropFirst()
    otherSpaces = (others.count, others.count { state.exists($0.slug) != true })
    guard let first = new.first?.labels else { return labels = [] }
    let same = first.filter { key, value in new.allSatisfy { $0.labels[key] == value } }
    let keys = Set(new.flatMap(\.labels.keys)).subtracting(same.keys).sorted()
    labels = same.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + keys
  }

  private mutating func divide(_ state: WizardState) {
    var places = Array(repeating: [Int](), count: Sort.allCases.count)
    var outlooks: [Outlook] = []
    outlooks.reserveCapacity(units.count)
    (unitCount, objectCount, undecidedCount) = (0, 0, 0)
    for place in units.indices {
      let outlook = state.outlook(of: units[place])
      outlooks.append(outlook)
      guard let sort = Sort(outlook) else { continue }
      places[sort.rawValue].append(place)
      if outlook == .differs(nil) { undecidedCount += 1 }
      unitCount += 1
      objectCount += units[place].members.count
    }
    counts = UnitCounts(outlooks)
    decided =
      comparisons.isEmpty && !units.contains { $0.insteadOf != nil }
      ? .init() : state.decisionCounts
    (sections, rowCount) = ([], 0)
    for sort in Sort.allCases where !places[sort.rawValue].isEmpty {
      sections.append(Section(sort: sort, places: places[sort.rawValue], head: rowCount))
      rowCount += places[sort.rawValue].count + 1
    }
  }

  enum Item { case head(Section), unit(Int) }

  /// What stands in that row of them.
  func item(ofRow row: Int) -> Item? {
    guard let section = sections.last(where: { $0.head <= row }) else { return nil }
    let number = row - section.head - 1
    if number < 0 { return .head(section) }
    return section.places.indices.contains(number) ? .unit(section.places[number]) : nil
  }
}

extension PlanSections.Sort {
  /// `nil` for what is not written any more.
  fileprivate init?(_ outlook: Outlook) {
    switch outlook {
    case .create: self = .create
    case .unchanged: self = .unchanged
    case .unfinished: self = .unfinished
    case .comparing: self = .comparing
    case .differs: self = .differs
    case .notCompared: self = .notCompared
    case .settled: return nil
    }
  }

  var title: String {
    switch self {
    case .differs: "Differ"
    case .notCompared: "Not compared"
    case .unfinished: "Begun by this session"
    case .create: "To create"
    case .unchanged: "Unchanged"
    case .comparing: "Being compared"
    }
  }
}
