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
  public var omission: Omission { Omission(what: reference.words, why: why, isGap: false) }
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

extension ScanResult {
  /// What may be imported as units of the namespaces: of those in which something is chosen, and of
  /// those that have no workloads at all.
  ///
  /// - Parameter isChosen: for each workload, in their order.
  public func offered(where isChosen: [Bool]) -> [FoundObject] {
    let candidates = objects.filter { if case .unclaimed = $0.place { true } else { false } }
    guard !candidates.isEmpty else { return [] }
    var namespaces: [String: Bool] = [:]
    workloads.withUnsafeBufferPointer { workloads in
      for index in workloads.indices where workloads[index].isChoosable {
        let isIn = index < isChosen.count && isChosen[index]
        namespaces[workloads[index].key.namespace, default: false] =
          isIn || namespaces[workloads[index].key.namespace] == true
      }
    }
    return candidates.filter { namespaces[$0.reference.namespace ?? ""] != false }
  }

  /// Why objects are members of a unit, where their kind does not say.
  public var reasons: [ObjectReference: String] {
    let claimed = objects.filter { if case .leftOut = $0.place { false } else { true } }
    return Dictionary(claimed.map { ($0.reference, $0.why) }) { first, _ in first }
  }
}

extension Session {
  /// What may be imported as units of the namespaces.
  public var offered: [FoundObject] { scan?.offered(where: areChosen) ?? [] }
}

extension ObjectReference {
  /// What its kind says of why it goes with a workload.
  private static let reasons = [
    "Service": "it selects its pods", "ConfigMap": "its pods read it",
    "ServiceAccount": "its pods run as it", "HorizontalPodAutoscaler": "it scales it",
    "PodDisruptionBudget": "it selects its pods", "NetworkPolicy": "it selects its pods",
    "Ingress": "it leads to its Service", "PersistentVolumeClaim": "its pods mount it",
    "Role": "its account has it", "ClusterRole": "its account has it",
    "RoleBinding": "it is for its account", "ClusterRoleBinding": "it is for its account",
    "ServiceMonitor": "it selects its Service", "PodMonitor": "it selects its pods",
    "Certificate": "it makes a Secret of its", "ExternalSecret": "it makes a Secret of its",
    "SealedSecret": "it makes a Secret of its", "ScaledObject": "it scales it",
    "VerticalPodAutoscaler": "it scales it", "VirtualService": "it leads to its Service",
    "DestinationRule": "it is about its Service",
  ]

  /// Why it goes with a workload; `nil` for a workload.
  public var usualReason: String? {
    if workloadKey != nil { return nil }
    if kind.hasSuffix("Route") { return "it leads to its Service" }
    return Self.reasons[kind] ?? "it, or what goes with it, refers to it"
  }
}
