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

  /// Empty for `v1`.
  public var group: Substring {
    apiVersion.contains("/") ? apiVersion.prefix { $0 != "/" } : ""
  }

  public static func < (a: ObjectReference, b: ObjectReference) -> Bool {
    (a.kind, a.namespace ?? "", a.name) < (b.kind, b.namespace ?? "", b.name)
  }
}
