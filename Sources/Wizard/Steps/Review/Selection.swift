/// Which workloads are chosen: a mark for each one of the scan, because keys of tens of thousands
/// would be compared and copied with every key that a person presses.
public struct Selection: Hashable, Sendable {
  /// For each workload of the scan, in its order.
  public private(set) var areChosen: [Bool] = []
  /// Chosen ones that the scan does not have, as where a session file kept no workloads; sorted.
  public private(set) var others: [Session.SelectedWorkload] = []
  public private(set) var count = 0

  init() {}

  init(_ selected: [Session.SelectedWorkload], in workloads: [Workload]) {
    areChosen = [Bool](repeating: false, count: workloads.count)
    let sorted = selected.sorted { $0.key < $1.key }
    var next = 0
    for chosen in sorted {
      next = workloads.firstIndex(from: next, notBefore: chosen.key)
      if next < workloads.count, workloads.key(at: next) == chosen.key {
        if !areChosen[next] { count += 1 }
        areChosen[next] = true
      } else {
        others.append(chosen)
      }
    }
    count += others.count
  }

  /// - Parameter others: those that the workloads do not have.
  fileprivate init(
    at places: [Range<Int>], and others: [Session.SelectedWorkload], in workloads: [Workload]
  ) {
    self.init(others, in: workloads)
    for range in places { choose(true, at: Array(range)) }
  }

  /// - Parameter places: each at most once.
  mutating func choose(_ isChosen: Bool, at places: [Int]) {
    for place in places where areChosen[place] != isChosen {
      areChosen[place] = isChosen
      count += isChosen ? 1 : -1
    }
  }

  /// All that are chosen, sorted by key.
  func selected(of workloads: [Workload]) -> [Session.SelectedWorkload] {
    let scanned = workloads.withUnsafeBufferPointer { workloads in
      areChosen.indices.filter { areChosen[$0] }.map {
        Session.SelectedWorkload(
          key: workloads[$0].key, owner: workloads[$0].owner.tool.rawValue)
      }
    }
    return others.isEmpty ? scanned : (scanned + others).sorted { $0.key < $1.key }
  }
}

extension Session {
  /// The chosen workloads, sorted by key. There may be tens of thousands: ``selectedCount`` and
  /// ``areChosen`` cost nothing, this makes a list.
  public var selected: [SelectedWorkload] {
    get { selection.selected(of: scan?.workloads ?? []) }
    set { selection = Selection(newValue, in: scan?.workloads ?? []) }
  }

  /// Chooses workloads of the scan by where they are in it, and some that it perhaps does not have.
  public mutating func select(at places: [Range<Int>], and others: [SelectedWorkload]) {
    selection = Selection(at: places, and: others, in: scan?.workloads ?? [])
  }

  public var selectedCount: Int { selection.count }

  /// For each workload of the scan, in its order, whether it is chosen.
  public var areChosen: [Bool] { selection.areChosen }
}

extension Workload {
  /// True for what may be imported: not what a controller made or ConfigHub already has.
  public var isChoosable: Bool { owner.tool.isChoosable }
}

extension Owner.Tool {
  fileprivate var isChoosable: Bool { self != .controller && self != .configHub }
}

extension [Workload] {
  public func key(at index: Int) -> WorkloadKey { withUnsafeBufferPointer { $0[index].key } }

  /// Where the workload of that key is, in a scan's order.
  public func index(of key: WorkloadKey) -> Int? {
    let index = firstIndex(notBefore: key)
    return index < count && self.key(at: index) == key ? index : nil
  }

  /// Where the first one from `start` on is whose key is not before this one.
  public func firstIndex(from start: Int = 0, notBefore key: WorkloadKey) -> Int {
    // An element taken out of an array is copied whole; one that is pointed at is not.
    withUnsafeBufferPointer { elements in
      // Whoever walks through two lists mostly finds the next one at once.
      if start < elements.count, elements[start].key == key { return start }
      return gallop(from: start, to: elements.count) { elements[$0].key < key }
    }
  }

  /// Where those of the keys are that it holds and that may be chosen, in its own order, each once.
  func choosablePlaces(of keys: WorkloadSet) -> [Int] {
    if let places = keys.places(in: self) {
      return withUnsafeBufferPointer { elements in
        places.filter { elements[$0].owner.tool.isChoosable }
      }
    }
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
        if elements[next].owner.tool.isChoosable { places.append(next) }
        next += 1
      }
    }
    return isInOrder ? places : Set(places).sorted()
  }

  /// True for what another value shares its storage with: then nothing in it can differ.
  func sharesStorage(with other: [Workload]) -> Bool {
    count == other.count
      && withUnsafeBufferPointer { own in
        other.withUnsafeBufferPointer { own.baseAddress == $0.baseAddress }
      }
  }
}

extension WizardState {
  /// The workloads that may be chosen.
  public var choosable: [Workload] { (session.scan?.workloads ?? []).filter(\.isChoosable) }

  public func isSelected(_ key: WorkloadKey) -> Bool {
    place(of: key).map { session.areChosen[$0] } ?? false
  }

  /// As it was scanned.
  func workload(_ key: WorkloadKey) -> Workload? {
    place(of: key).flatMap { session.scan?.workloads[$0] }
  }

  private func place(of key: WorkloadKey) -> Int? {
    session.scan?.workloads.index(of: key)
  }

  /// How many selected workloads somebody may put back after a change, and who.
  public var contest: (count: Int, tools: Set<Owner.Tool>) {
    let chosen = session.areChosen
    return (session.scan?.workloads ?? []).withUnsafeBufferPointer { workloads in
      let indices = workloads.indices.filter { chosen[$0] && workloads[$0].owner.tool.reverts }
      return (indices.count, Set(indices.map { workloads[$0].owner.tool }))
    }
  }
}
