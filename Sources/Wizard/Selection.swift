// What is chosen is sorted by key, as what was scanned is: one walk through both compares them, and
// neither a set nor a search is needed for each of many thousand rows.

extension Workload {
  /// True for what may be imported: not what a controller made or ConfigHub already has.
  public var isChoosable: Bool { owner.tool != .controller && owner.tool != .configHub }
}

extension [Session.SelectedWorkload] {
  public func holds(_ key: WorkloadKey) -> Bool {
    let index = gallop(from: 0, to: count) { self[$0].key < key }
    return index < count && self[index].key == key
  }

  /// With `added` and without `removed`, both sorted by key.
  func changed(adding added: [Element], removing removed: [WorkloadKey]) -> [Element] {
    var result: [Element] = []
    result.reserveCapacity(count + added.count)
    var (position, nextAdded, nextRemoved) = (0, 0, 0)
    while nextAdded < added.count || nextRemoved < removed.count {
      let adds =
        nextAdded < added.count
        && (nextRemoved == removed.count || added[nextAdded].key <= removed[nextRemoved])
      let key = adds ? added[nextAdded].key : removed[nextRemoved]
      let next = gallop(from: position, to: count) { self[$0].key < key }
      result += self[position..<next]
      position = next
      let isThere = position < count && self[position].key == key
      if adds {
        if !isThere { result.append(added[nextAdded]) }
        nextAdded += 1
      } else {
        if isThere { position += 1 }
        nextRemoved += 1
      }
    }
    return result + self[position...]
  }
}

extension Session {
  /// For each workload of the scan, in its order, whether it is chosen.
  public var areChosen: [Bool] {
    let workloads = scan?.workloads ?? []
    var chosen = [Bool](repeating: false, count: workloads.count)
    var index = 0
    for workload in selected {
      index = gallop(from: index, to: workloads.count) { workloads[$0].key < workload.key }
      if index == workloads.count { break }
      if workloads[index].key == workload.key { chosen[index] = true }
    }
    return chosen
  }
}

extension WizardState {
  /// The workloads that may be chosen.
  public var choosable: [Workload] { (session.scan?.workloads ?? []).filter(\.isChoosable) }

  public func isSelected(_ key: WorkloadKey) -> Bool { session.selected.holds(key) }

  /// Selected workloads that Flux or Argo CD would put back after a change, by owner.
  public var contested: [Workload] {
    let workloads = session.scan?.workloads ?? []
    return contestedIndices.map { workloads[$0] }
  }

  /// How many those are, and whose.
  public var contest: (count: Int, tools: Set<Owner.Tool>) {
    let workloads = session.scan?.workloads ?? []
    let indices = contestedIndices
    return (indices.count, indices.reduce(into: []) { $0.insert(workloads[$1].owner.tool) })
  }

  private var contestedIndices: [Int] {
    guard let workloads = session.scan?.workloads else { return [] }
    let chosen = session.areChosen
    return workloads.indices.filter {
      chosen[$0] && workloads[$0].owner.tool.reverts && workloads[$0].isChoosable
    }
  }
}

extension [WorkloadKey] {
  /// Sorted; whoever chooses many rows names them in order, so that mostly nothing is to be done.
  func inOrder() -> [WorkloadKey] {
    for index in indices.dropFirst() where self[index] < self[index - 1] { return sorted() }
    return self
  }
}
