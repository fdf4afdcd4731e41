import Wizard

/// For each belonging of a namespace, the indices of the workloads that it belongs to.
struct BelongingUsers {
  private(set) var of: [Set<Int>]

  init(_ workloads: [FoundWorkload], _ belongings: [Belonging]) {
    let index = Index(workloads)
    of = belongings.map { index.users(of: $0) }
    // An Ingress leads to Services, and so belongs to whom they belong.
    var services: [ObjectReference: Set<Int>] = [:]
    for (belonging, users) in zip(belongings, of) where belonging.reference.kind == "Service" {
      services[belonging.reference] = users
    }
    for (number, belonging) in belongings.enumerated() {
      guard case .routes(let names, _) = belonging.link else { continue }
      for name in names {
        let service = ObjectReference(
          apiVersion: "v1", kind: "Service", namespace: belonging.reference.namespace, name: name)
        of[number].formUnion(services[service] ?? [])
      }
    }
  }

  /// Finds workloads without looking at every one of them.
  private struct Index {
    private struct Name: Hashable {
      var kind: String
      var namespace: String
      var name: String
    }

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
    private var byName: [Name: Set<Int>] = [:]
    private var byPodLabel: [Place: [Int]] = [:]

    init(_ workloads: [FoundWorkload]) {
      self.workloads = workloads
      for (number, found) in workloads.enumerated() {
        let key = found.workload.key
        for label in found.clues.podLabels {
          byPodLabel[Place(key.namespace, label), default: []].append(number)
        }
        let names =
          found.clues.configMaps.map { ("ConfigMap", $0) }
          + [found.clues.serviceAccount].compactMap(\.self).map { ("ServiceAccount", $0) }
          + [(found.workload.reference.kind, key.name)]
        for (kind, name) in names {
          byName[Name(kind: kind, namespace: key.namespace, name: name), default: []]
            .insert(number)
        }
      }
    }

    func users(of belonging: Belonging) -> Set<Int> {
      let object = belonging.reference
      let namespace = object.namespace ?? ""
      switch belonging.link {
      case .named, .account:
        return byName[Name(kind: object.kind, namespace: namespace, name: object.name)] ?? []
      case .scales(let kind, let name):
        return byName[Name(kind: kind, namespace: namespace, name: name)] ?? []
      case .selects(let selector): return chosen(by: selector, in: namespace)
      case .routes: return []
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
}
