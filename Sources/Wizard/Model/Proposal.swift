/// Which Spaces the units go to.
public enum Layout: String, CaseIterable, Sendable {
  /// All of them to the App Space.
  case appSpace = "app-space"
  /// Those of each component and variant to a Space of their own, as ConfigHub's own importers do it;
  /// the App Space has the worker and the target.
  case component
}

/// What makes one unit.
public enum UnitContents: String, CaseIterable, Sendable {
  /// A workload together with what belongs to it.
  case app
  /// One object.
  case resource
}

/// Whose word the number of replicas is, where something scales a workload.
public enum Replicas: String, CaseIterable, Sendable {
  /// A unit says nothing of it, so that no delivery takes back what the autoscaler chose.
  case autoscaler
  /// A unit holds the number of the moment.
  case unit
}

/// One ConfigHub unit to be: a workload together with what belongs to it, or one object of that.
public struct UnitPlan: Hashable, Sendable {
  /// Stable while names change: the key of its first workload.
  public var id: WorkloadKey
  public var slug: String
  /// The Space that it goes to; `nil` for the App Space.
  public var space: String?
  /// The name that it was to have, where ConfigHub had another unit of that name.
  public var insteadOf: String?
  /// `app`, `variant`, `owner` and what a person adds; see `hubLabels`.
  public var labels: [String: String]
  /// The workloads and everything with them, in the order they are written.
  public var members: [ObjectReference]
  /// Of its members, those to be read without their number of replicas, besides what an autoscaler
  /// among the members scales; `nil` if each number is written down. Only said in what is to be done,
  /// see ``Session/reading(_:)``.
  public var withoutReplicas: Set<ObjectReference>?

  public init(
    id: WorkloadKey, slug: String, space: String? = nil, labels: [String: String],
    members: [ObjectReference]
  ) {
    self.id = id
    self.slug = slug
    self.space = space
    self.labels = labels
    self.members = members
  }

  /// Its members that are workloads.
  public var workloads: [WorkloadKey] { members.compactMap(\.workloadKey) }

  /// For a person: `SLUG`, or `SPACE/SLUG` where it has a Space of its own.
  public var name: String { space.map { "\($0)/\(slug)" } ?? slug }

  /// A unit beside it that holds nothing else.
  func holding(_ object: ObjectReference) -> UnitPlan {
    UnitPlan(id: object.unitKey, slug: slug, space: space, labels: labels, members: [object])
  }

  /// The names of its Space and its own in a name as `name` has them; one that names no Space keeps it.
  mutating func take(name: String) {
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    if space != nil, parts.count == 2 { space = String(parts[0]) }
    slug = space == nil ? name : String(parts[parts.count - 1])
  }
}

/// Where the workloads are to go.
public struct Proposal: Hashable, Sendable {
  public var hub: String
  public var appSpace: String
  public var layout: Layout
  public var unitContents: UnitContents
  public var replicas: Replicas
  public var unclaimed: Unclaimed
  public var units: [UnitPlan]

  public init(
    hub: String, appSpace: String, layout: Layout = .appSpace, unitContents: UnitContents = .app,
    replicas: Replicas = .autoscaler, unclaimed: Unclaimed = .leftOut, units: [UnitPlan]
  ) {
    self.hub = hub
    self.appSpace = appSpace
    self.layout = layout
    self.unitContents = unitContents
    self.replicas = replicas
    self.unclaimed = unclaimed
    self.units = units
  }

  /// The Space that a unit goes to.
  public func space(of unit: UnitPlan) -> String { unit.space ?? appSpace }

  /// The key of every operation on the unit.
  public func key(of unit: UnitPlan) -> OperationKey {
    OperationKey(space: space(of: unit), name: unit.slug)
  }
}
