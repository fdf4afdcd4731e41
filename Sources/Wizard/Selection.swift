// What is chosen is sorted by key, as what was scanned is: one walk through both compares them, and
// neither a set nor a search is needed for each of many thousand rows.

extension Workload {
  /// True for what may be imported: not what a controller made or ConfigHub already has.
  public var isChoosable: Bool { owner.tool.isChoosable }
}

extension Owner.Tool {
  fileprivate var isChoosable: Bool { self != .controller && self != .configHub }
}

extension [Workload] {
  /// The first one from `start` on whose key is not before this one.
  public func firstIndex(from start: Int = 0, notBefore key: WorkloadKey) -> Int {
    // An element taken out of an array is copied whole; one that is pointed at is not.
    withUnsafeBufferPointer { workloads in
      // Whoever walks through both lists mostly finds the next one at once.
      if start < workloads.count, workloads[start].key == key { return start }
      return gallop(from: start, to: workloads.count) { workloads[$0].key < key }
    }
  }

  public func key(at index: Int) -> WorkloadKey { withUnsafeBufferPointer { $0[index].key } }

  func isChoosable(at index: Int) -> Bool {
    let tool = withUnsafeBufferPointer { $0[index].owner.tool }
    return tool.isChoosable
  }
}

extension [Session.SelectedWorkload] {
  /// The first one from `start` on whose key is not before this one.
  func firstIndex(from start: Int = 0, notBefore key: WorkloadKey) -> Int {
    withUnsafeBufferPointer { selected in
      if start < selected.count, selected[start].key == key { return start }
      return gallop(from: start, to: selected.count) { selected[$0].key < key }
    }
  }

  public func holds(_ key: WorkloadKey) -> Bool {
    let index = firstIndex(notBefore: key)
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
      let next = firstIndex(from: position, notBefore: key)
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
      index = workloads.firstIndex(from: index, notBefore: workload.key)
      if index == workloads.count { break }
      guard workloads.key(at: index) == workload.key else { continue }
      chosen[index] = true
      index += 1
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
    let indices = contestedIndices
    let tools = (session.scan?.workloads ?? []).withUnsafeBufferPointer { workloads in
      indices.reduce(into: Set<Owner.Tool>()) { $0.insert(workloads[$1].owner.tool) }
    }
    return (indices.count, tools)
  }

  private var contestedIndices: [Int] {
    let chosen = session.areChosen
    return (session.scan?.workloads ?? []).withUnsafeBufferPointer { workloads in
      workloads.indices.filter { chosen[$0] && workloads[$0].owner.tool.reverts }
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
