extension Naming {
  /// One unit for each workload, or for each object of it, in the order of the workloads' keys, under
  /// names that are valid and differ in more than case within a Space; the same workloads always get
  /// the same names.
  ///
  /// What several of them use goes with the first.
  ///
  /// - Parameter unclaimed: what goes with none of them, and is to be units of the namespaces.
  public static func propose(
    for workloads: [Workload], layout: Layout = .appSpace, unitContents: UnitContents = .app,
    unclaimed: [FoundObject] = []
  ) -> Proposal {
    let workloads = workloads.inKeyOrder
    let spaces = layout == .component ? spaces(for: workloads) : []
    let isBare = layout == .component || unitContents == .resource
    var taken: Set<ObjectReference> = []
    var units: [UnitPlan] = []
    // Of which workload each is.
    var places: [Int] = []
    for (place, workload) in workloads.enumerated() {
      let belongings = workload.belongings.filter { taken.insert($0).inserted }
      let unit = UnitPlan(
        id: workload.key, slug: "", space: spaces.isEmpty ? nil : spaces[place],
        labels: labels(of: workload), members: [workload.reference])
      switch unitContents {
      case .app:
        units.append(unit)
        units[units.count - 1].members = inApplyOrder(unit.members + belongings)
      case .resource:
        units += [unit] + belongings.map { unit.holding($0) }
      }
      places += Array(repeating: place, count: units.count - places.count)
    }
    let parts = NamespaceUnits(unclaimed, layout, unitContents)
    units += parts.units
    let slugs = slugs(in: units.map(\.space)) { index in
      if index >= places.count { return parts.candidates(index - places.count) }
      let (workload, object) = (workloads[places[index]], units[index].members[0])
      return unitContents == .app || object == workload.reference
        ? candidates(for: workload, isBare: isBare) : candidates(for: object)
    }
    for index in units.indices { units[index].slug = slugs[index] }
    if !unclaimed.isEmpty { units.sort { $0.id < $1.id } }
    return Proposal(
      hub: "platform-team", appSpace: appSpace(for: workloads), layout: layout,
      unitContents: unitContents, unclaimed: unclaimed.isEmpty ? .leftOut : .units, units: units)
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
      case "ServiceAccount", "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding": 0
      case "ConfigMap", "PersistentVolumeClaim": 1
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

  private struct Place: Hashable {
    var space: String?
    var slug: String

    init(_ space: String?, _ slug: String) { (self.space, self.slug) = (space, slug) }
  }

  /// One slug for each unit. Those that collide in a Space all get a more telling one, until none do;
  /// what still collides then is numbered.
  private static func slugs(in spaces: [String?], candidates: (Int) -> [String]) -> [String] {
    var levels = spaces.map { _ in 0 }
    // Only the ones that are tried are kept: there are six times as many.
    var slugs = spaces.indices.map { candidates($0)[0] }
    while true {
      let counts = spaces.indices.reduce(into: [:]) {
        $0[Place(spaces[$1], slugs[$1]), default: 0] += 1
      }
      var isChanged = false
      for index in spaces.indices where counts[Place(spaces[index], slugs[index]), default: 0] > 1 {
        let candidates = candidates(index)
        guard levels[index] + 1 < candidates.count else { continue }
        levels[index] += 1
        slugs[index] = candidates[levels[index]]
        isChanged = true
      }
      if !isChanged { break }
    }
    return numbered(slugs, in: spaces)
  }

  /// From the shortest to the most telling.
  ///
  /// - Parameter isBare: begins with the workload's own name, as ConfigHub's own upload does.
  private static func candidates(for workload: Workload, isBare: Bool) -> [String] {
    let key = workload.key
    let kind = key.kind?.rawValue ?? ""
    if key.kind?.runsApplications == false {
      let name = slug("\(key.name)-\(key.kind == .namespace ? "namespace" : "crd")")
      return [name, slug("\(key.name)-\(kind)")].map { $0.isEmpty ? "unit" : $0 }
    }
    let (app, variant) = (app(of: workload), variant(of: workload) ?? "")
    let first =
      isBare ? [[key.name], [key.name, kind]] : [[app], [app, variant], [app, variant, kind]]
    let last = [[key.name], [key.namespace, key.name], [key.namespace, key.name, kind]]
    return (first + last).map { slug($0.joined(separator: "-")) }.map { $0.isEmpty ? "unit" : $0 }
  }

  /// Of what is no workload, as ConfigHub's own upload names it.
  static func candidates(for object: ObjectReference) -> [String] {
    let name = "\(object.name)-\(object.kind)"
    return [name, "\(object.namespace ?? "")-\(name)"].map { slug($0) }
  }

  private static func numbered(_ slugs: [String], in spaces: [String?]) -> [String] {
    var taken = Set(zip(spaces, slugs).map(Place.init))
    var seen: Set<Place> = []
    return zip(spaces, slugs).map { space, slug in
      if seen.insert(Place(space, slug)).inserted { return slug }
      var number = 2
      while true {
        let longer = self.slug(slug, suffix: "-\(number)")
        if taken.insert(Place(space, longer)).inserted { return longer }
        number += 1
      }
    }
  }

  /// The longest that ConfigHub takes; the suffix is always whole.
  private static func slug(_ text: String, suffix: String) -> String {
    slug(text.prefix(longestSlug - suffix.utf8.count)) + suffix
  }

  // MARK: Spaces

  /// For each workload the Space of its component and variant, named as ConfigHub's own importers do:
  /// `COMPONENT-VARIANT`. Where nothing says which variant it is, the namespace does.
  private static func spaces(for workloads: [Workload]) -> [String] {
    let parts = workloads.map { workload in
      [app(of: workload), variant(of: workload) ?? workload.key.namespace].map { slug($0) }
    }
    // Two of them may read the same once they are joined.
    var names: [[String]: String] = [:]
    var taken: Set<String> = []
    for part in parts where names[part] == nil {
      var name = slug(part.filter { !$0.isEmpty }.joined(separator: "-"))
      if name.isEmpty { name = "unit" }
      let free =
        taken.contains(name)
        ? (2...).lazy.map { slug(name, suffix: "-\($0)") }.first { !taken.contains($0) } : name
      names[part] = free
      taken.insert(free ?? name)
    }
    return parts.map { names[$0] ?? "" }
  }

  // MARK: The App Space

  /// One Space for what has something in common, or is in one namespace; else one for each
  /// application, as the name of a single one would say nothing of most of them.
  public static func layout(for workloads: [Workload]) -> Layout {
    let namespaces = Set(workloads.lazy.map(\.key.namespace))
    return namespaces.count < 2 || commonName(of: workloads) != nil ? .appSpace : .component
  }

  private static func appSpace(for workloads: [Workload]) -> String {
    slug(commonName(of: workloads) ?? "imported", suffix: "-team")
  }

  private static func commonName(of workloads: [Workload]) -> String? {
    dominantApp(of: workloads) ?? commonStem(of: workloads)
  }

  /// The app that more workloads have than any other one, at least two and half of all.
  private static func dominantApp(of workloads: [Workload]) -> String? {
    let counts = workloads.lazy.filter { $0.key.kind?.runsApplications != false }
      .reduce(into: [:]) { $0[slug(app(of: $1)), default: 0] += 1 }
    guard let most = counts.values.max(), most > 1, fits(most, workloads) else { return nil }
    let leaders = counts.filter { $0.value == most && !$0.key.isEmpty }
    return leaders.count == 1 ? leaders.first?.key : nil
  }

  /// Whether what so many of them have is what a Space with all of them may be named after.
  private static func fits(_ count: Int, _ workloads: [Workload]) -> Bool {
    2 * count >= workloads.count
  }

  /// What half of the workloads' namespaces, or more, are named after; of equals, the first by name.
  private static func commonStem(of workloads: [Workload]) -> String? {
    let stems = workloads.lazy.map(\.key.namespace).filter { !$0.isEmpty && !isNobodys($0) }
      .compactMap { parts(ofNamespace: $0).stem }.map { slug($0) }.filter { !$0.isEmpty }
    let counts = stems.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let most = counts.min { ($1.value, $0.key) < ($0.value, $1.key) }
    return most.flatMap { fits($0.value, workloads) ? $0.key : nil }
  }

  /// Namespaces that say nothing about whose workloads they hold.
  private static func isNobodys(_ namespace: String) -> Bool {
    ScanScope.systemNamespaces.contains(namespace) || namespace.hasPrefix("local-path-")
      || ["default", "cert-manager", "ingress-nginx"].contains(namespace)
  }
}
