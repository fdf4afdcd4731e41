import Wizard

/// Finds the workloads that something names or selects, without looking at every one of them.
struct WorkloadIndex {
  private struct Place: Hashable {
    var namespace: String
    var key: String
    var value: String

    init(_ namespace: String, _ label: Labels.Element) {
      self.namespace = namespace
      (key, value) = label
    }
  }

  private let workloads: [FoundWorkload]
  private var byName: [ObjectName: Set<Int>] = [:]
  private var byPodLabel: [Place: [Int]] = [:]

  /// - Parameter hasOthers: whether anything is asked for but the usual kinds.
  init(_ workloads: [FoundWorkload], hasOthers: Bool) {
    self.workloads = workloads
    for (number, found) in workloads.enumerated() {
      let key = found.workload.key
      for label in found.clues.podLabels {
        byPodLabel[Place(key.namespace, label), default: []].append(number)
      }
      // Who names no account has this one.
      let account = found.clues.serviceAccount ?? "default"
      var names =
        found.clues.configMaps.map { ("ConfigMap", $0) }
        + [("ServiceAccount", account), (found.workload.reference.kind, key.name)]
      if hasOthers {
        names += found.workload.needed.filter { $0.namespace != nil }.map { ($0.kind, $0.name) }
      }
      for (kind, name) in names {
        byName[ObjectName(kind, key.namespace, name), default: []].insert(number)
      }
    }
  }

  func users(of name: ObjectName) -> Set<Int> { byName[name] ?? [] }

  func users(of belonging: RelatedObject) -> Set<Int> {
    let object = belonging.reference
    let namespace = object.namespace ?? ""
    switch belonging.link {
    case .named, .account: return users(of: ObjectName(object))
    case .scales(let kind, let name): return users(of: ObjectName(kind, namespace, name))
    case .selects(let selector): return chosen(by: selector, in: namespace)
    case .routes: return []
    case .other(let links):
      let named = links.leadsTo.reduce(into: users(of: ObjectName(object))) {
        $0.formUnion(users(of: $1))
      }
      return links.pods.map { named.union(chosen(by: $0, in: namespace)) } ?? named
    }
  }

  private func chosen(by selector: LabelSelector, in namespace: String) -> Set<Int> {
    // Without a selector, a Service's endpoints are somebody else's business, and a budget or a
    // policy is about the whole namespace.
    guard !selector.isEmpty else { return [] }
    // Of its labels, the one that the fewest have.
    let candidates =
      selector.labels.map { byPodLabel[Place(namespace, $0)] ?? [] }
      .min { $0.count < $1.count } ?? Array(workloads.indices)
    return Set(
      candidates.filter {
        workloads[$0].workload.key.namespace == namespace
          && selector.matches(workloads[$0].clues.podLabels)
      })
  }
}
