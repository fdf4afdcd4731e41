/// The kinds that run an application, and two of the whole cluster that are read on request.
public enum WorkloadKind: String, CaseIterable, Sendable {
  case deployment = "Deployment"
  case statefulSet = "StatefulSet"
  case daemonSet = "DaemonSet"
  case cronJob = "CronJob"
  case job = "Job"
  case namespace = "Namespace"
  case customResourceDefinition = "CustomResourceDefinition"

  /// False for what is read only if it is asked for, and never chosen by itself.
  public var runsApplications: Bool { self != .namespace && self != .customResourceDefinition }
}

/// What names a workload: a Deployment and a StatefulSet of one name are two workloads.
public struct WorkloadKey: Hashable, Comparable, Sendable {
  /// `nil` only where an older session file did not say.
  public var kind: WorkloadKind?
  /// Empty for what is of the whole cluster.
  public var namespace: String
  public var name: String

  public init(kind: WorkloadKind?, namespace: String, name: String) {
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  public static func < (a: WorkloadKey, b: WorkloadKey) -> Bool {
    if a.namespace != b.namespace { return a.namespace < b.namespace }
    if a.name != b.name { return a.name < b.name }
    return (a.kind?.rawValue ?? "") < (b.kind?.rawValue ?? "")
  }
}

/// One workload as the scan saw it. There may be tens of thousands, so it takes little room.
public struct Workload: Hashable, Sendable {
  public var key: WorkloadKey
  public var apiVersion: String
  /// Who manages it; workloads of one owner may share it.
  public var sharedOwner: Shared<Owner>
  /// Others that say they manage it, too: a conflict.
  public var otherOwners: [Owner]
  /// Why it is not ready, in a few words, e.g. `1 of 3 replicas ready`.
  public var reason: String?
  public var labels: Labels
  /// Of its containers, sorted.
  public var images: [String]
  /// What belongs to it (Services, ConfigMaps, …), without the workload itself, sorted.
  public var belongings: [ObjectReference]
  /// What it refers to and no unit holds: Secrets, claims, classes, and what is not there. Sorted.
  public var needed: [ObjectReference]
  private var compactUID: CompactUID
  public var isReady: Bool
  /// Why a person has to choose it, if so.
  public var reservation: Reservation?
  /// `metadata.generation`, by which a later scan sees, as by the uid, what has changed.
  public var generation: Int?
  private var compactStanding: CompactStanding

  public init(
    key: WorkloadKey, apiVersion: String, owner: Owner = .native, otherOwners: [Owner] = [],
    isReady: Bool = true, reason: String? = nil, labels: [String: String] = [:],
    images: [String] = [], uid: String? = nil, generation: Int? = nil,
    belongings: [ObjectReference] = [], needed: [ObjectReference] = [],
    reservation: Reservation? = nil, replicas: ReadyReplicas? = nil, created: Timestamp? = nil
  ) {
    self.key = key
    self.apiVersion = apiVersion
    self.sharedOwner = .value(owner)
    self.otherOwners = otherOwners
    self.isReady = isReady
    self.reason = reason
    self.labels = Labels(labels)
    self.images = images
    self.compactUID = CompactUID(uid)
    self.generation = generation
    self.belongings = belongings
    self.needed = needed
    self.reservation = reservation
    self.compactStanding = CompactStanding(replicas, created)
  }

  public var owner: Owner {
    get { sharedOwner.value }
    set { sharedOwner = .value(newValue) }
  }

  /// `metadata.uid`.
  public var uid: String? {
    get { compactUID.text }
    set { compactUID = CompactUID(newValue) }
  }

  /// How many of its pods are ready, for the kinds that say so.
  public var replicas: ReadyReplicas? {
    get { compactStanding.replicas }
    set { compactStanding = CompactStanding(newValue, created) }
  }

  /// `metadata.creationTimestamp`.
  public var created: Timestamp? {
    get { compactStanding.created }
    set { compactStanding = CompactStanding(replicas, newValue) }
  }

  public var reference: ObjectReference {
    ObjectReference(
      apiVersion: apiVersion, kind: key.kind?.rawValue ?? "",
      namespace: key.kind?.runsApplications == false ? nil : key.namespace, name: key.name)
  }
}

extension Workload {
  /// Names of the Secrets it refers to: never read, listed as left out. Sorted.
  public var secrets: [String] { needed.filter { $0.kind == "Secret" }.map(\.name) }

  /// What says how many replicas it has, whoever else says so.
  public var autoscaler: ObjectReference? {
    belongings.first(where: \.isAutoscaler) ?? needed.first(where: \.isAutoscaler)
  }
}

extension [Workload] {
  /// Sorting what is sorted would still copy it, and there may be tens of thousands.
  var inKeyOrder: [Workload] {
    zip(self, dropFirst()).allSatisfy { !($1.key < $0.key) } ? self : sorted { $0.key < $1.key }
  }
}
