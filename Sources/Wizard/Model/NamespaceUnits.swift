/// The units of what no workload claims: for each namespace and part one.
struct NamespaceUnits {
  private(set) var units: [UnitPlan] = []
  private var names: [[String]] = []

  /// - Parameter objects: unclaimed ones; others are passed over.
  init(_ objects: [FoundObject], _ layout: Layout, _ contents: UnitContents) {
    struct Place: Hashable, Comparable {
      var namespace: String
      var part: String
      static func < (a: Place, b: Place) -> Bool {
        (a.namespace, a.part) < (b.namespace, b.part)
      }
    }
    var together: [Place: [ObjectReference]] = [:]
    for object in objects {
      guard case .unclaimed(let part) = object.place else { continue }
      let reference = object.reference
      if part == .operators || contents == .resource {
        add([reference], layout, Naming.candidates(for: reference))
      } else {
        let place = Place(namespace: reference.namespace ?? "", part: part.rawValue)
        together[place, default: []].append(reference)
      }
    }
    for (place, members) in together.sorted(by: { $0.key < $1.key }) {
      let name = Naming.slug("\(place.namespace)-\(place.part)")
      add(Naming.inApplyOrder(members), layout, [name, "\(name)-objects"])
    }
  }

  /// Names for the unit at a place, from the shortest to the most telling.
  func candidates(_ index: Int) -> [String] { names[index] }

  private mutating func add(_ members: [ObjectReference], _ layout: Layout, _ names: [String]) {
    let namespace = members[0].namespace ?? ""
    let (stem, variant) = Naming.parts(ofNamespace: namespace)
    var labels = ["app": stem ?? namespace]
    labels["variant"] = variant
    units.append(
      UnitPlan(
        id: members[0].unitKey, slug: "",
        space: layout == .component ? Naming.slug(namespace) : nil, labels: labels,
        members: members))
    self.names.append(names)
  }
}
