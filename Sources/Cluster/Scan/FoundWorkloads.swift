import Wizard

/// The workloads that were found, in hardly more room than these alone take.
struct FoundWorkloads: KeptPage, Sendable {
  private(set) var workloads: [Workload] = []
  private var clues = PackedList<FoundWorkload.Clues>()

  init() {}

  /// Those of all pages, each of which is let go of as soon as its workloads are here.
  init(draining pages: inout [FoundWorkloads]) {
    workloads.reserveCapacity(pages.reduce(0) { $0 + $1.workloads.count })
    while let page = pages.popLast() {
      workloads += page.workloads
      clues.append(contentsOf: page.clues)
    }
  }

  mutating func append(_ found: FoundWorkload) {
    workloads.append(found.workload)
    clues.append(found.clues)
  }

  /// Gives every workload what belongs to it, namespace by namespace, and sorts them by key.
  ///
  /// - Parameters:
  ///   - belongings: by namespace; each namespace's are let go of as soon as they are used.
  ///   - whole: the kinds of which everything was read.
  /// - Returns: what is left out of it, sorted.
  mutating func assemble(
    _ belongings: inout [String: [PackedList<Belonging>]], whole: Set<String>
  ) -> [LeftOut] {
    let places = arrangeByNamespace()
    var leftOut: [LeftOut] = []
    var start = 0
    while start < workloads.count {
      let namespace = workloads[start].key.namespace
      let end = workloads[start...].firstIndex { $0.key.namespace != namespace } ?? workloads.count
      let found = (start..<end).map { FoundWorkload(workloads[$0], clues[places[$0]]) }
      let assembly = Assembly(
        found, belongings.removeValue(forKey: namespace).unpacked, whole: whole)
      for (index, workload) in zip(start..<end, assembly.workloads) { workloads[index] = workload }
      leftOut += assembly.leftOut
      start = end
    }
    for packed in belongings.values { leftOut += Assembly([], Optional(packed).unpacked).leftOut }
    belongings = [:]
    return leftOut.sorted { $0.what < $1.what }
  }

  /// Answers where the workload at each place was before. Sorting them, instead of their places,
  /// would need room for half of them once more, and part them from their clues.
  private mutating func arrangeByNamespace() -> [Int] {
    let places = workloads.indices.sorted {
      workloads[$0].key.namespace < workloads[$1].key.namespace
    }
    var isDone = Array(repeating: false, count: places.count)
    for start in places.indices where !isDone[start] {
      var place = start
      while places[place] != start {
        workloads.swapAt(place, places[place])
        isDone[place] = true
        place = places[place]
      }
      isDone[place] = true
    }
    return places
  }
}

extension [PackedList<Belonging>]? {
  fileprivate var unpacked: [Belonging] { self?.flatMap(\.self) ?? [] }
}

/// Belongings by their namespace.
struct FoundBelongings: KeptPage, Sendable {
  private(set) var byNamespace: [String: PackedList<Belonging>] = [:]

  mutating func append(_ belonging: Belonging) {
    byNamespace[belonging.reference.namespace ?? "", default: PackedList()].append(belonging)
  }
}
