import Wizard

/// Which rows the filter shows; they are looked for again only when the rows may have changed.
struct FilteredRows: Sendable {
  private var screen: ScreenID?
  private var filter = ""
  private var units: [UnitPlan] = []
  private var operations: OperationList = []
  private var report: Report?
  private var failures = 0
  private var indices: [Int] = []
  /// Why the filter cannot be used; a sentence.
  private(set) var problem: String?

  mutating func rows(
    of page: Page, _ screen: ScreenID, _ filter: String, _ state: WizardState
  ) -> Rows {
    let all = page.rows
    if filter.isEmpty {
      if self.screen != nil { self = FilteredRows() }
      return all
    }
    let session = state.session
    let units = session.proposal?.units ?? []
    // Few rows are searched each time: their words also depend on what is not compared here.
    let isSame =
      all.count > Metrics.manyRows && screen == self.screen && units == self.units
      && failures == state.failureCount && report == session.report
      && operations == session.operations
    if !isSame || filter != self.filter {
      // A longer filter only has to search what the shorter one has found.
      let text = FilterText(filter)
      let isNarrower =
        isSame && filter.hasPrefix(self.filter) && text.isNarrowing && problem == nil
      let rows = RowFilter(text, on: page)
      problem = rows.problem
      indices =
        problem == nil
        ? (isNarrower ? indices : Array(all.indices)).filter { rows.shows(all[$0]) } : []
      self.screen = screen
      self.filter = filter
      self.units = units
      operations = session.operations
      report = session.report
      failures = state.failureCount
    }
    let indices = indices
    return Rows(count: indices.count) { all[indices[$0]] }
  }
}

/// What is wrong with a proposal; it is checked again only when it has changed.
struct ProposalCheck: Sendable {
  private(set) var problems: [ProposalProblem] = []
  /// The units that they are about.
  private(set) var units: Set<WorkloadKey> = []
  /// How many of its workloads something scales.
  private(set) var scaled = 0
  /// How many objects no workload claims.
  private(set) var offered = 0
  private var proposal: Proposal?

  mutating func update(for state: WizardState) {
    guard proposal != state.session.proposal else { return }
    proposal = state.session.proposal
    problems = state.proposalProblems
    units = Set(problems.compactMap(\.unit))
    scaled = state.session.scaled((proposal?.units ?? []).flatMap(\.members)).count
    offered = state.session.offered.count
  }
}
