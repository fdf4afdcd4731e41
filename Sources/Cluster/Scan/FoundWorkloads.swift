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
  ///   - roles: of the whole cluster, by name.
  ///   - whole: the kinds of which everything was read.
  /// - Returns: what becomes of the rest, by namespace, kind and name.
  mutating func assemble(
    _ belongings: inout [String: [PackedList<RelatedObject>]], roles: [String: RelatedObject],
    whole: Set<String>
  ) -> [FoundObject] {
    let places = arrangeByNamespace()
    var objects: [String: [FoundObject]] = [:]
    var start = 0
    while start < workloads.count {
      let namespace = workloads[start].key.namespace
      let end = workloads[start...].firstIndex { $0.key.namespace != namespace } ?? workloads.count
      let found = (start..<end).map { FoundWorkload(workloads[$0], clues[places[$0]]) }
      let assembly = Assembly(
        found, belongings.removeValue(forKey: namespace).unpacked(with: roles), whole: whole)
      for (index, workload) in zip(start..<end, assembly.workloads) { workloads[index] = workload }
      objects[namespace] = assembly.objects
      start = end
    }
    for (namespace, packed) in belongings {
      objects[namespace] = Assembly([], Optional(packed).unpacked(with: roles)).objects
    }
    belongings = [:]
    // Bindings of the whole cluster are told of once.
    var seen: Set<ObjectReference> = []
    return objects.sorted { $0.key < $1.key }.flatMap(\.value).filter {
      $0.reference.namespace != nil || seen.insert($0.reference).inserted
    }
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

extension [PackedList<RelatedObject>]? {
  /// With those roles of the whole cluster that bindings among them need.
  fileprivate func unpacked(with roles: [String: RelatedObject]) -> [RelatedObject] {
    let belongings = self?.flatMap(\.self) ?? []
    if roles.isEmpty { return belongings }
    var needed: Set<String> = []
    for belonging in belongings {
      guard case .other(let links) = belonging.link else { continue }
      needed.formUnion(links.needs.filter { $0.kind == "ClusterRole" }.map(\.name))
    }
    return belongings + needed.sorted().compactMap { roles[$0] }
  }
}

/// Belongings by their namespace.
struct FoundBelongings: KeptPage, Sendable {
  private(set) var byNamespace: [String: PackedList<RelatedObject>] = [:]

  mutating func append(_ belonging: RelatedObject) {
    byNamespace[belonging.reference.namespace ?? "", default: PackedList()].append(belonging)
  }
}
