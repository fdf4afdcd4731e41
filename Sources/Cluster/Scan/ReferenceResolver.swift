import Wizard

/// For each belonging of a namespace, the indices of the workloads that it belongs to.
struct ReferenceResolver {
  private(set) var of: [Set<Int>]
  /// What says so, by the belonging's index, where it is neither a name nor a selector.
  private(set) var why: [Int: String] = [:]

  init(_ workloads: [FoundWorkload], _ belongings: [RelatedObject]) {
    let index = WorkloadIndex(workloads, hasOthers: belongings.contains(where: \.isOther))
    of = belongings.map { index.users(of: $0) }
    spread(belongings)
    let before = why.count
    claimByRelease(workloads, belongings)
    claimByOwner(index, belongings)
    if why.count > before { spread(belongings) }
  }

  // MARK: What leads to others, or needs them

  /// An Ingress leads to Services, and so belongs to whom they belong; a Role is needed by whoever is
  /// bound to it.
  private mutating func spread(_ belongings: [RelatedObject]) {
    let services = belongings.filter { $0.reference.kind == "Service" }
    let ways = belongings.enumerated().compactMap { index, belonging in
      Way(index, belonging, services)
    }
    if ways.isEmpty { return }
    let asked = ways.reduce(into: Set<ObjectName>()) { $0.formUnion($1.leadsTo.union($1.needs)) }
    var places: [ObjectName: [Int]] = [:]
    for (index, belonging) in belongings.enumerated() {
      let name = ObjectName(belonging.reference)
      if asked.contains(name) { places[name, default: []].append(index) }
    }
    // Chains are short: a Certificate, its Issuer, the Ingress that wants it, its Service.
    for _ in 0..<4 where !spreadOnce(ways, places) { break }
  }

  private struct Way {
    var index: Int
    var leadsTo: Set<ObjectName> = []
    var needs: Set<ObjectName> = []

    init?(_ index: Int, _ belonging: RelatedObject, _ services: [RelatedObject]) {
      self.index = index
      let namespace = belonging.reference.namespace ?? ""
      switch belonging.link {
      case .routes(let services, let secrets):
        leadsTo = Set(services.map { ObjectName("Service", namespace, $0) })
        needs = Set(secrets.map { ObjectName("Secret", namespace, $0) })
      case .other(let links):
        (leadsTo, needs) = (links.leadsTo, links.needs)
        if let selector = links.services {
          leadsTo.formUnion(
            services.filter { selector.matches($0.labels) }.map { ObjectName($0.reference) })
        }
      case .named, .account, .selects, .scales: return nil
      }
      if leadsTo.isEmpty && needs.isEmpty { return nil }
    }
  }

  /// Whether anything came of it.
  private mutating func spreadOnce(_ ways: [Way], _ places: [ObjectName: [Int]]) -> Bool {
    var isChanged = false
    var needed: [ObjectName: Set<Int>] = [:]
    for way in ways where !of[way.index].isEmpty {
      for name in way.needs { needed[name, default: []].formUnion(of[way.index]) }
    }
    func add(_ users: Set<Int>, to index: Int, _ of: inout [Set<Int>]) {
      if users.isSubset(of: of[index]) { return }
      of[index].formUnion(users)
      isChanged = true
    }
    for way in ways {
      for name in way.leadsTo {
        for place in places[name] ?? [] { add(of[place], to: way.index, &of) }
        if let users = needed[name] { add(users, to: way.index, &of) }
      }
      for name in way.needs {
        for place in places[name] ?? [] { add(of[way.index], to: place, &of) }
      }
    }
    return isChanged
  }

  // MARK: Other signs

  /// What is labelled as part of a release goes with the workloads of it; with that of the same name,
  /// if there is one.
  private mutating func claimByRelease(_ workloads: [FoundWorkload], _ belongings: [RelatedObject])
  {
    for key in RelatedObject.releaseLabels {
      var releases: [String: [Int]]?
      for (index, belonging) in belongings.enumerated()
      where of[index].isEmpty && belonging.obstacle == nil && belonging.reference.namespace != nil {
        guard let release = belonging.labels[key] else { continue }
        let known =
          releases
          ?? Dictionary(
            grouping: workloads.indices.filter { workloads[$0].workload.owner.tool != .controller }
          ) { workloads[$0].workload.labels[key] ?? "" }
        releases = known
        let all = known[release] ?? []
        guard !all.isEmpty, !release.isEmpty else { continue }
        let name = belonging.labels[RelatedObject.nameLabel]
        let alike = all.filter {
          name != nil && workloads[$0].workload.labels[RelatedObject.nameLabel] == name
        }
        of[index] = Set(alike.isEmpty ? all : alike)
        why[index] = "both are labelled \(key)=\(release)"
      }
    }
  }

  private mutating func claimByOwner(_ index: WorkloadIndex, _ belongings: [RelatedObject]) {
    for (number, belonging) in belongings.enumerated()
    where of[number].isEmpty && belonging.obstacle == nil && !belonging.owners.isEmpty {
      let users = belonging.owners.reduce(into: Set<Int>()) { $0.formUnion(index.users(of: $1)) }
      guard !users.isEmpty else { continue }
      of[number] = users
      why[number] =
        "an ownerReference names \(belonging.owners[0].kind) \(belonging.owners[0].name)"
    }
  }
}

extension RelatedObject {
  fileprivate var isOther: Bool { if case .other = link { true } else { false } }
}
