/// What becomes of an object that is no workload, where that is not plain from the workloads: what
/// one of them alone refers to, or what refers to it, is not among these.
public struct FoundObject: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// It goes with a workload for another reason than its kind tells.
    case claimed
    /// It belongs to several workloads, and goes with the first of them that is imported.
    case shared
    /// No workload claims it: it may be imported with others of its namespace.
    case unclaimed(NamespacePart)
    case leftOut
  }

  public var reference: ObjectReference
  public var place: Place
  /// For a person: who says so, or why not.
  public var why: String

  public init(_ reference: ObjectReference, _ place: Place, why: String) {
    self.reference = reference
    self.place = place
    self.why = why
  }

  /// The same as an omission.
  public var omission: LeftOut { LeftOut(what: reference.words, why: why, isGap: false) }
}

/// What of a namespace is imported together, where no workload claims it.
public enum NamespacePart: String, CaseIterable, Sendable {
  /// Of Kubernetes itself, and none of these.
  case config
  case rbac
  case policy
  /// Of a kind that the cluster has learnt from somebody.
  case crds
  /// One that an operator makes workloads of: each is a unit of its own.
  case operators

  public init(_ object: ObjectReference) {
    let group = object.group
    switch object.kind {
    case "ServiceAccount": self = .rbac
    case "NetworkPolicy", "PodDisruptionBudget", "ResourceQuota", "LimitRange": self = .policy
    case _ where group == "rbac.authorization.k8s.io": self = .rbac
    // Only Kubernetes itself has groups without a domain.
    case _ where !group.contains(".") || Self.own.contains(String(group)): self = .config
    default: self = .crds
    }
  }

  private static let own: Set = [
    "networking.k8s.io", "storage.k8s.io", "coordination.k8s.io", "discovery.k8s.io",
    "resource.k8s.io", "scheduling.k8s.io",
  ]
}

/// What becomes of what no workload claims.
public enum Unclaimed: String, CaseIterable, Sendable {
  case leftOut = "left-out"
  /// Units of their namespaces.
  case units
}
