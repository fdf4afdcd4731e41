/// One ConfigHub unit to be: a workload together with what belongs to it.
public struct UnitPlan: Hashable, Sendable {
  /// Stable while names change: the key of its first workload.
  public var id: WorkloadKey
  public var slug: String
  /// `app`, `variant`, `owner` and what a person adds; see `hubLabels`.
  public var labels: [String: String]
  /// The workloads and everything with them, in the order they are written.
  public var members: [ObjectReference]

  public init(id: WorkloadKey, slug: String, labels: [String: String], members: [ObjectReference]) {
    self.id = id
    self.slug = slug
    self.labels = labels
    self.members = members
  }
}

/// Where the workloads are to go.
public struct Proposal: Hashable, Sendable {
  public var hub: String
  public var appSpace: String
  public var units: [UnitPlan]

  public init(hub: String, appSpace: String, units: [UnitPlan]) {
    self.hub = hub
    self.appSpace = appSpace
    self.units = units
  }
}
