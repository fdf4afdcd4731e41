/// Where every object is that a scan found: in a unit, or left out and why.
public struct Accounting: Sendable {
  /// In no unit; workloads first, then by namespace, kind and name. Of what is not chosen yet it is
  /// said why it would not be.
  public private(set) var leftOut: [FoundObject] = []
  /// What several workloads use, and one unit has.
  public private(set) var shared: [FoundObject] = []

  public init(_ session: Session) {
    guard let scan = session.scan else { return }
    var members = MembersByNamespace(session.proposal?.units ?? [])
    let isProposed = session.proposal != nil
    if isProposed { addNotImported(scan, &members) }
    for object in scan.objects {
      let isIn = members.hold(object.reference)
      switch object.place {
      case .shared where isIn || !isProposed: shared.append(object)
      case .unclaimed, .leftOut: if !isIn { leftOut.append(object) }
      case .claimed, .shared: break
      }
    }
  }

  /// The workloads that are in no unit, and what goes with none but these.
  private mutating func addNotImported(_ scan: ScanResult, _ members: inout MembersByNamespace) {
    var rest: [FoundObject] = []
    var seen: Set<ObjectReference> = []
    for object in scan.objects {
      if case .unclaimed = object.place { seen.insert(object.reference) }
    }
    for workload in scan.workloads where !members.hold(workload.reference) {
      let reference = workload.reference
      leftOut.append(FoundObject(reference, .leftOut, why: workload.whyNotImported))
      for belonging in workload.belongings
      where !members.hold(belonging) && seen.insert(belonging).inserted {
        let why = "it goes with \(reference.kind) \(reference.name), which is not imported"
        rest.append(FoundObject(belonging, .leftOut, why: why))
      }
    }
    leftOut += rest
  }
}

/// Which objects are in units, looked up namespace by namespace: a set of all of them would take as
/// much room again as they do.
private struct MembersByNamespace {
  private let units: [UnitPlan]
  /// Where the units are that hold something of each namespace.
  private var places: [String: [Int]] = [:]
  /// Those of the namespace that was asked for last.
  private var known: Set<ObjectReference> = []
  private var namespace: String?

  init(_ units: [UnitPlan]) {
    self.units = units
    for (index, unit) in units.enumerated() {
      var last: String?
      for member in unit.members where member.namespace ?? "" != last {
        let namespace = member.namespace ?? ""
        if places[namespace]?.last != index { places[namespace, default: []].append(index) }
        last = namespace
      }
    }
  }

  mutating func hold(_ object: ObjectReference) -> Bool {
    if namespace != object.namespace ?? "" {
      namespace = object.namespace ?? ""
      known = Set((places[namespace ?? ""] ?? []).flatMap { units[$0].members })
    }
    return known.contains(object)
  }
}

extension Workload {
  fileprivate var whyNotImported: String {
    switch owner.tool {
    case .configHub: "ConfigHub has it already"
    case .controller:
      "\(owner.kind ?? "a controller") \(owner.name ?? "") made it, and makes it again"
    case .flux, .argoCD, .configSync, .fleet, .kapp, .sveltos, .addonManager, .helm, .terraform,
      .crossplane, .kro, .olm, .other, .native:
      whyNotByItself ?? "it is not chosen"
    }
  }
}

extension [FoundObject] {
  /// For a person: those of one namespace of which the same is to be said, together and by name.
  public var grouped: [Omission] {
    var places: [String: Int] = [:]
    var groups: [(objects: [FoundObject], why: String)] = []
    for object in self {
      let key = "\(object.reference.namespace ?? "")\n\(object.why)"
      if let place = places[key] {
        groups[place].objects.append(object)
      } else {
        places[key] = groups.count
        groups.append(([object], object.why))
      }
    }
    return groups.map { objects, why in
      Omission(
        what: objects.map(\.reference.words).joined(separator: ", "), why: why, isGap: false)
    }
  }
}

extension Session {
  /// What is not imported, for a person: what could not be read or was passed over, what the wanted
  /// workloads need, and the objects that are in no unit.
  ///
  /// - Parameter isWanted: whose needs are told.
  public func omissions(
    _ accounting: Accounting, neededBy isWanted: (WorkloadKey) -> Bool
  ) -> [Omission] {
    (scan?.leftOut ?? []) + (scan?.needed(by: isWanted) ?? []) + accounting.leftOut.grouped
  }
}
