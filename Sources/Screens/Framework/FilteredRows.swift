import Wizard

/// Which rows the filter lets through; looked for again only when the rows may have changed.
struct Matches: Sendable {
  private var scope: Scope?
  private var filter = ""
  private var units: [UnitPlan] = []
  private var operations: OperationList = []
  private var report: Report?
  private var failures = 0
  private var places: [Int] = []

  mutating func rows(
    of page: Page, _ scope: Scope, _ filter: String, _ state: WizardState
  ) -> Rows {
    let all = page.all
    if filter.isEmpty {
      if self.scope != nil { self = Matches() }
      return all
    }
    let session = state.session
    let units = session.proposal?.units ?? []
    // Few are looked through at once; their words change with more than is compared here.
    let isSame =
      all.count > 1000 && scope == self.scope && units == self.units
      && failures == state.failureCount && report == session.report
      && operations == session.operations
    if !isSame || filter != self.filter {
      // Whoever types on looks for it among what was found.
      let isNarrower = isSame && filter.hasPrefix(self.filter)
      let text = Array(filter.lowercased().utf8)
      places = (isNarrower ? places : Array(all.indices)).filter { all[$0].contains(text) }
      self.scope = scope
      self.filter = filter
      self.units = units
      operations = session.operations
      report = session.report
      failures = state.failureCount
    }
    let places = places
    return Rows(count: places.count) { all[places[$0]] }
  }
}

/// What is wrong with a proposal; looked for again only when it has changed.
struct Problems: Sendable {
  private(set) var all: [ProposalProblem] = []
  /// The units that they are about.
  private(set) var units: Set<WorkloadKey> = []
  private var proposal: Proposal?

  mutating func follow(_ state: WizardState) {
    guard proposal != state.session.proposal else { return }
    proposal = state.session.proposal
    all = state.proposalProblems
    units = Set(all.compactMap(\.unit))
  }
}
