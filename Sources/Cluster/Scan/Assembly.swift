import Wizard

/// Puts together what belongs together.
struct Assembly {
  private(set) var workloads: [Workload]
  /// What more than one of the workloads uses.
  private(set) var leftOut: [LeftOut] = []

  init(_ found: [FoundWorkload], _ belongings: [Belonging]) {
    workloads = found.map(\.workload)
    let users = Users(found, belongings)
    for (index, belonging) in belongings.enumerated() {
      let using = users.of[index]
      for user in using {
        workloads[user].belongings.append(belonging.reference)
        switch belonging.link {
        case .account(let secrets), .routes(_, let secrets):
          workloads[user].secrets = Set(workloads[user].secrets).union(secrets).sorted()
        case .named, .selects, .scales: break
        }
      }
      noteIfShared(belonging.reference, using)
    }
    for index in workloads.indices { workloads[index].belongings.sort() }
    leftOut.sort { $0.what < $1.what }
  }

  /// Which of them is imported is not known yet, so all of them have it until units are proposed.
  private mutating func noteIfShared(_ object: ObjectReference, _ using: Set<Int>) {
    let importable = using.map { workloads[$0] }.filter { $0.owner.tool != .controller }
      .sorted { $0.key < $1.key }.map { "\($0.reference.kind) \($0.key.name)" }
    guard importable.count > 1, let last = importable.last else { return }
    let names = importable.dropLast().joined(separator: ", ") + " and " + last
    leftOut.append(
      LeftOut(
        what: "\(object.kind) \(object.namespace ?? "")/\(object.name)",
        why: "shared by \(names): it goes with the first of them that is imported", isGap: false))
  }
}

/// For each belonging, the indices of the workloads that it belongs to.
private struct Users {
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
    private struct Label: Hashable {
      var namespace: String
      var key: String
      var value: String
    }

    private let workloads: [FoundWorkload]
    private var byName: [ObjectReference: Set<Int>] = [:]
    private var byPodLabel: [Label: Set<Int>] = [:]
    private var byNamespace: [String: Set<Int>] = [:]

    init(_ workloads: [FoundWorkload]) {
      self.workloads = workloads
      for (number, found) in workloads.enumerated() {
        let key = found.workload.key
        byNamespace[key.namespace, default: []].insert(number)
        for (label, value) in found.podLabels {
          let label = Label(namespace: key.namespace, key: label, value: value)
          byPodLabel[label, default: []].insert(number)
        }
        let names =
          found.configMaps.map { ("ConfigMap", $0) }
          + [found.serviceAccount].compactMap(\.self).map { ("ServiceAccount", $0) }
          + [(found.workload.reference.kind, key.name)]
        for (kind, name) in names {
          byName[Self.name(kind, key.namespace, name), default: []].insert(number)
        }
      }
    }

    /// Without a version: whoever names an object by kind and name does not say one.
    private static func name(_ kind: String, _ namespace: String, _ name: String) -> ObjectReference
    {
      ObjectReference(apiVersion: "", kind: kind, namespace: namespace, name: name)
    }

    func users(of belonging: Belonging) -> Set<Int> {
      let object = belonging.reference
      let namespace = object.namespace ?? ""
      switch belonging.link {
      case .named, .account: return byName[Self.name(object.kind, namespace, object.name)] ?? []
      case .scales(let kind, let name): return byName[Self.name(kind, namespace, name)] ?? []
      case .selects(let selector): return chosen(by: selector, in: namespace)
      case .routes: return []
      }
    }

    private func chosen(by selector: LabelSelector, in namespace: String) -> Set<Int> {
      // Without a selector, a Service's endpoints are somebody else's business, and a budget is
      // about the whole namespace.
      guard !selector.isEmpty else { return [] }
      var candidates = byNamespace[namespace] ?? []
      if let (key, value) = selector.matchLabels?.min(by: { $0.key < $1.key }) {
        candidates = byPodLabel[Label(namespace: namespace, key: key, value: value)] ?? []
      }
      return candidates.filter { selector.matches(workloads[$0].podLabels) }
    }
  }
}
