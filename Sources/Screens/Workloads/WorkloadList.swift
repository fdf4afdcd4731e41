import Wizard

/// Which workloads are shown, and in which order. The list is computed again only when something
/// that it depends on changes, not for every key or frame.
struct WorkloadList: Sendable {
  /// Where the rows come from.
  enum Source: Hashable, Sendable {
    /// What a scan found, and what only the scan before it found.
    case scan([Workload], gone: [WorkloadKey])
    /// What a running scan has found so far.
    case arriving(WorkloadBatches)
  }

  /// A line of the list.
  enum Item: Hashable, Sendable {
    case group(Int)
    case workload(Int)
  }

  struct Group: Sendable {
    var name: String
    /// Its workloads that the filter shows, as a range of `members`.
    var range: Range<Int>
    var choosable = 0
    var chosen = 0
  }

  private(set) var source = Source.scan([], gone: [])
  private(set) var items: [Item] = []
  private(set) var groups: [Group] = []
  /// The workloads that the filter shows, group after group.
  private(set) var members: [Int32] = []
  /// For each workload, whether it is chosen.
  private(set) var chosen: [Bool] = []
  private(set) var chosenCount = 0
  /// How many workloads are chosen that a tool would put back after a change, for each tool.
  private(set) var contested: [Owner.Tool: Int] = [:]
  private(set) var index = WorkloadIndex()
  private(set) var filter = Filter("")

  private(set) var changes: ScanChanges?
  private(set) var new: Set<WorkloadKey> = []
  private(set) var changed: Set<WorkloadKey> = []
  private var filterText = ""
  private(set) var arrangement = Arrangement()
  private(set) var folded: Set<String> = []
  /// The row of each workload, or -1 if it is hidden.
  private(set) var rows: [Int32] = []

  mutating func update(_ source: Source, _ session: Session, _ changes: ScanChanges?) -> Bool {
    var isStale = false
    if source != self.source {
      read(source)
      isStale = true
    }
    self.source = source
    if choose(session, afresh: isStale) {
      // Only a filter with a term about choice shows other rows then.
      isStale = isStale || filter.isAboutChoice
      if !isStale { countChosen() }
    }
    if changes != self.changes {
      self.changes = changes
      new = Set(changes?.new ?? [])
      changed = Set(changes?.changed ?? [])
      isStale = true
    }
    return isStale
  }

  /// Takes over what is chosen, if it has changed or the list is `afresh`; `false` otherwise.
  private mutating func choose(_ session: Session, afresh: Bool) -> Bool {
    var now = session.areChosen
    if case .arriving = source { now = [] }
    // A workload that is gone cannot be chosen.
    if now.count < count { now += repeatElement(false, count: count - now.count) }
    guard afresh || now != chosen else { return false }
    chosen = now
    chosenCount = session.selectedCount
    contested = [:]
    for workload in chosen.indices where chosen[workload] && index.tools[workload].reverts {
      contested[index.tools[workload], default: 0] += 1
    }
    return true
  }

  mutating func arrange(
    _ arrangement: Arrangement, folded: Set<String>, filter: String, isStale: Bool
  ) {
    guard
      isStale || arrangement != self.arrangement || folded != self.folded || filter != filterText
    else { return }
    self.arrangement = arrangement
    self.folded = folded
    if filter != filterText {
      filterText = filter
      self.filter = Filter(filter)
    }
    makeItems()
  }

  /// Indexes the workloads. While more of them arrive, only the new ones are added.
  private mutating func read(_ source: Source) {
    var known = 0
    if case .arriving(let before) = self.source, case .arriving(let now) = source,
      now.count >= before.count, now.batches.first == before.batches.first
    {
      known = before.count
    } else {
      index = WorkloadIndex()
    }
    switch source {
    case .arriving(let arrivals):
      for workload in arrivals.dropFirst(known) { index.append(workload) }
    case .scan(let workloads, let gone):
      for position in workloads.indices { index.append(workloads[position]) }
      for key in gone {
        index.append(Workload(key: key, apiVersion: "", owner: .native), isGone: true)
      }
    }
  }

  private mutating func makeItems() {
    let order: [Int32]
    // Workloads that arrive stay in the order of their arrival.
    if case .arriving = source {
      order = Array(0..<Int32(count))
    } else {
      order = index.order(by: arrangement.column)
    }
    let all = index.groups(by: arrangement.grouping)
    let shown = filtered()
    var ends = [Int](repeating: 0, count: all.names.count + 1)
    for workload in 0..<order.count where shown[workload] { ends[Int(all.of[workload]) + 1] += 1 }
    for group in 0..<all.names.count { ends[group + 1] += ends[group] }
    groups = all.names.indices.map { Group(name: all.names[$0], range: ends[$0]..<ends[$0 + 1]) }
      .filter { !$0.range.isEmpty }
    members = [Int32](repeating: 0, count: ends.last ?? 0)
    for position in 0..<order.count {
      let workload = order[arrangement.isReversed ? order.count - 1 - position : position]
      guard shown[Int(workload)] else { continue }
      let group = Int(all.of[Int(workload)])
      members[ends[group]] = workload
      ends[group] += 1
    }
    countChosen()
    makeRows()
  }

  private mutating func makeRows() {
    items = []
    items.reserveCapacity(members.count + groups.count)
    rows = [Int32](repeating: -1, count: count)
    for (number, group) in groups.enumerated() {
      if isGrouped {
        items.append(.group(number))
        if isFolded(group) { continue }
      }
      for member in members[group.range] {
        rows[Int(member)] = Int32(items.count)
        items.append(.workload(Int(member)))
      }
    }
  }

  /// Counts for the heads of the groups.
  private mutating func countChosen() {
    guard isGrouped else { return }
    let scanned = scannedCount
    for number in groups.indices {
      var (ofChosen, ofChoosable) = (0, 0)
      for member in members[groups[number].range] {
        if chosen[Int(member)] { ofChosen += 1 }
        if member < scanned, index.isChoosable[Int(member)] { ofChoosable += 1 }
      }
      groups[number].chosen = ofChosen
      groups[number].choosable = ofChoosable
    }
  }

  /// Whether the filter shows each workload.
  private func filtered() -> [Bool] {
    var shown = [Bool](repeating: filter.problem == nil, count: count)
    for clause in filter.clauses {
      if !clause.isNegated, clause.terms.count == 1 {
        narrow(&shown, to: clause.terms[0])
        continue
      }
      var found = [Bool](repeating: false, count: count)
      for term in clause.terms {
        var some = shown
        narrow(&some, to: term)
        for index in found.indices where some[index] { found[index] = true }
      }
      for index in shown.indices where found[index] == clause.isNegated { shown[index] = false }
    }
    return shown
  }

  /// Hides the workloads that the term does not hold for.
  private func narrow(_ shown: inout [Bool], to term: Filter.Term) {
    func keep(_ holds: (Int) -> Bool) {
      for index in shown.indices where shown[index] { shown[index] = holds(index) }
    }
    switch term {
    case .text(let text): index.narrow(&shown, to: text, in: nil)
    case .letters(let letters): index.narrow(&shown, toLetters: letters)
    case .field(let field, let text): index.narrow(&shown, to: text, in: field)
    case .label(let key, let value): source.narrow(&shown, toLabel: key, value)
    case .ready(let isReady): keep { index.isReady[$0] == isReady }
    case .chosen(let isChosen): keep { chosen[$0] == isChosen }
    case .new(let isNew):
      keep { (!new.isEmpty && new.contains(source.key(of: $0))) == isNew }
    }
  }
}
