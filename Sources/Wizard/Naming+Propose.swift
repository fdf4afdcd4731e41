extension Naming {
  /// One unit for each workload, in the order of their keys, under names that are valid and differ
  /// in more than case; the same workloads always get the same names.
  ///
  /// What several of them use goes with the first.
  public static func propose(for workloads: [Workload]) -> Proposal {
    let workloads = workloads.inKeyOrder
    var taken: Set<ObjectReference> = []
    let units = zip(workloads, slugs(for: workloads)).map { workload, slug in
      let belongings = workload.belongings.filter { taken.insert($0).inserted }
      return UnitPlan(
        id: workload.key, slug: slug, labels: labels(of: workload),
        members: inApplyOrder([workload.reference] + belongings))
    }
    return Proposal(hub: "platform-team", appSpace: appSpace(for: workloads), units: units)
  }

  private static func labels(of workload: Workload) -> [String: String] {
    var labels = ["app": app(of: workload), "owner": workload.owner.tool.rawValue]
    labels["variant"] = variant(of: workload)
    return labels.merging(place(of: workload)) { own, _ in own }
  }

  /// What a workload needs before it, what points at it after it.
  static func inApplyOrder(_ members: [ObjectReference]) -> [ObjectReference] {
    func rank(_ kind: String) -> Int {
      switch kind {
      case "ServiceAccount": 0
      case "ConfigMap": 1
      case _ where WorkloadKind(rawValue: kind) != nil: 2
      case "Service": 3
      case "HorizontalPodAutoscaler": 4
      case "PodDisruptionBudget": 5
      case "Ingress": 6
      default: 7
      }
    }
    return members.sorted { (rank($0.kind), $0) < (rank($1.kind), $1) }
  }

  // MARK: Slugs

  /// One slug per workload. Those that collide all get a more telling one, until none do; what
  /// still collides then is numbered.
  private static func slugs(for workloads: [Workload]) -> [String] {
    var levels = workloads.map { _ in 0 }
    // Only the ones that are tried are kept: there are six times as many.
    var slugs = workloads.map { candidates(for: $0)[0] }
    while true {
      let counts = slugs.reduce(into: [:]) { $0[$1, default: 0] += 1 }
      var isChanged = false
      for index in workloads.indices where counts[slugs[index], default: 0] > 1 {
        let candidates = candidates(for: workloads[index])
        guard levels[index] + 1 < candidates.count else { continue }
        levels[index] += 1
        slugs[index] = candidates[levels[index]]
        isChanged = true
      }
      if !isChanged { break }
    }
    return numbered(slugs)
  }

  /// From the shortest to the most telling.
  private static func candidates(for workload: Workload) -> [String] {
    let key = workload.key
    let kind = key.kind?.rawValue ?? ""
    if key.kind?.runsApplications == false {
      let name = slug("\(key.name)-\(key.kind == .namespace ? "namespace" : "crd")")
      return [name, slug("\(key.name)-\(kind)")].map { $0.isEmpty ? "unit" : $0 }
    }
    let (app, variant) = (app(of: workload), variant(of: workload) ?? "")
    return [
      [app], [app, variant], [app, variant, kind], [key.name], [key.namespace, key.name],
      [key.namespace, key.name, kind],
    ].map { slug($0.joined(separator: "-")) }.map { $0.isEmpty ? "unit" : $0 }
  }

  private static func numbered(_ slugs: [String]) -> [String] {
    var taken = Set(slugs)
    var seen: Set<String> = []
    return slugs.map { slug in
      if seen.insert(slug).inserted { return slug }
      var number = 2
      while true {
        let suffix = "-\(number)"
        let longer = self.slug(slug.prefix(longestSlug - suffix.utf8.count)) + suffix
        if taken.insert(longer).inserted { return longer }
        number += 1
      }
    }
  }

  // MARK: The App Space

  private static func appSpace(for workloads: [Workload]) -> String {
    let suffix = "-team"
    guard let name = dominantApp(of: workloads) ?? commonStem(of: workloads) else {
      return "imported" + suffix
    }
    return slug(name.prefix(longestSlug - suffix.utf8.count)) + suffix
  }

  /// The app that more workloads have than any other one, and at least two.
  private static func dominantApp(of workloads: [Workload]) -> String? {
    let counts = workloads.lazy.filter { $0.key.kind?.runsApplications != false }
      .reduce(into: [:]) { $0[slug(app(of: $1)), default: 0] += 1 }
    guard let most = counts.values.max(), most > 1 else { return nil }
    let leaders = counts.filter { $0.value == most && !$0.key.isEmpty }
    return leaders.count == 1 ? leaders.first?.key : nil
  }

  /// What most workloads' namespaces are named after; of equals, the first by name.
  private static func commonStem(of workloads: [Workload]) -> String? {
    let stems = workloads.lazy.map(\.key.namespace).filter { !$0.isEmpty && !isNobodys($0) }
      .compactMap { parts(ofNamespace: $0).stem }.map { slug($0) }.filter { !$0.isEmpty }
    let counts = stems.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    return counts.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }

  /// Namespaces that say nothing about whose workloads they hold.
  private static func isNobodys(_ namespace: String) -> Bool {
    ScanScope.systemNamespaces.contains(namespace) || namespace.hasPrefix("local-path-")
      || ["default", "cert-manager", "ingress-nginx"].contains(namespace)
  }
}
