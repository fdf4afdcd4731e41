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
    position(from: start, notBefore: key)
  }

  public func key(at index: Int) -> WorkloadKey { withUnsafeBufferPointer { $0[index].key } }

  func isChoosable(at index: Int) -> Bool {
    let tool = withUnsafeBufferPointer { $0[index].owner.tool }
    return tool.isChoosable
  }
}

/// What is kept sorted by key.
public protocol Keyed {
  var key: WorkloadKey { get }
}

extension Workload: Keyed {}
extension Session.SelectedWorkload: Keyed {}

extension Array where Element: Keyed {
  /// Where the first one from `start` on is whose key is not before this one.
  func position(from start: Int = 0, notBefore key: WorkloadKey) -> Int {
    // An element taken out of an array is copied whole; one that is pointed at is not.
    withUnsafeBufferPointer { elements in
      // Whoever walks through two lists mostly finds the next one at once.
      if start < elements.count, elements[start].key == key { return start }
      return gallop(from: start, to: elements.count) { elements[$0].key < key }
    }
  }

  /// Where those of the keys are that it holds, in its own order, each once.
  func places(of keys: [WorkloadKey]) -> [Int] {
    var places: [Int] = []
    places.reserveCapacity(keys.count)
    var isInOrder = true
    withUnsafeBufferPointer { elements in
      var next = 0
      for key in keys {
        // Whoever names many names them in order, so that mostly the next one is it.
        if next == elements.count || elements[next].key != key {
          if next > 0, !(elements[next - 1].key < key) {
            isInOrder = false
            next = 0
          }
          next = gallop(from: next, to: elements.count) { elements[$0].key < key }
        }
        guard next < elements.count, elements[next].key == key else { continue }
        places.append(next)
        next += 1
      }
    }
    return isInOrder ? places : Set(places).sorted()
  }
}

extension [Workload] {
  /// The same, without what may not be chosen.
  func choosablePlaces(of keys: [WorkloadKey]) -> [Int] {
    places(of: keys).filter(isChoosable)
  }

  func selected(at places: [Int]) -> [Session.SelectedWorkload] {
    withUnsafeBufferPointer { workloads in
      places.map {
        .init(key: workloads[$0].key, owner: workloads[$0].owner.tool.rawValue)
      }
    }
  }
}

extension [Session.SelectedWorkload] {
  public func holds(_ key: WorkloadKey) -> Bool {
    let index = position(notBefore: key)
    return index < count && self[index].key == key
  }

  /// Those of the places in `workloads` whose workload is chosen, or is not.
  func places(_ places: [Int], of workloads: [Workload], areChosen: Bool) -> [Int] {
    var next = 0
    return workloads.withUnsafeBufferPointer { workloads in
      places.filter { place in
        next = position(from: next, notBefore: workloads[place].key)
        let isChosen = next < count && self[next].key == workloads[place].key
        if isChosen { next += 1 }
        return isChosen == areChosen
      }
    }
  }

  /// In place, because there may be tens of thousands; `false` if all of it was so already.
  mutating func change(adding added: [Element], removing keys: [WorkloadKey]) -> Bool {
    let before = count
    remove(at: places(of: keys))
    let isChanged = count < before
    let kept = count
    insert(added)
    return isChanged || count > kept
  }

  private mutating func remove(at places: [Int]) {
    if places.count < Self.fewest {
      for place in places.reversed() { remove(at: place) }
      return
    }
    if places.count == count {
      self = []
      return
    }
    var kept: [Element] = []
    kept.reserveCapacity(count - places.count)
    var next = 0
    for place in places {
      if next < place { kept += self[next..<place] }
      next = place + 1
    }
    kept += self[next...]
    self = kept
  }

  private mutating func insert(_ added: [Element]) {
    if isEmpty {
      self = added
      return
    }
    if added.count < Self.fewest {
      for element in added {
        let index = position(notBefore: element.key)
        if index == count || self[index].key != element.key { insert(element, at: index) }
      }
      return
    }
    var merged: [Element] = []
    merged.reserveCapacity(count + added.count)
    var next = 0
    for element in added {
      let index = position(from: next, notBefore: element.key)
      if next < index { merged += self[next..<index] }
      next = index
      if index == count || self[index].key != element.key { merged.append(element) }
    }
    merged += self[next...]
    self = merged
  }

  /// Fewer are put in or taken out one by one; more make a new list.
  private static var fewest: Int { 8 }
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
