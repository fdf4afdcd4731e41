/// Names one object of the cluster's API.
public struct ObjectReference: Hashable, Comparable, Sendable {
  /// As the API serves it, e.g. `apps/v1` or `v1`.
  public var apiVersion: String
  public var kind: String
  /// `nil` for cluster-scoped objects.
  public var namespace: String?
  public var name: String

  public init(apiVersion: String, kind: String, namespace: String?, name: String) {
    self.apiVersion = apiVersion
    self.kind = kind
    self.namespace = namespace
    self.name = name
  }

  public var group: Substring { Self.group(of: apiVersion) }

  /// Empty for `v1`.
  public static func group(of apiVersion: String) -> Substring {
    apiVersion.contains("/") ? apiVersion.prefix { $0 != "/" } : ""
  }

  /// `nil` for what is no workload.
  public var workloadKey: WorkloadKey? {
    WorkloadKind(rawValue: kind).map {
      WorkloadKey(kind: $0, namespace: namespace ?? "", name: name)
    }
  }

  /// What a unit is known by whose first member this is.
  public var unitKey: WorkloadKey {
    workloadKey
      ?? WorkloadKey(kind: nil, namespace: namespace ?? "", name: "\(kind)/\(name)")
  }

  public static func < (a: ObjectReference, b: ObjectReference) -> Bool {
    (a.kind, a.namespace ?? "", a.name) < (b.kind, b.namespace ?? "", b.name)
  }
}
