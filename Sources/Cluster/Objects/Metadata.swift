import Documents

/// The parts of any object's `metadata` that are read; the rest is passed over.
struct Metadata: Sendable {
  var name: String
  var namespace: String?
  var uid: String?
  var resourceVersion: String?
  var generation: Int?
  var deletionTimestamp: String?
  var creationTimestamp: String?
  var labels: [String: String]?
  var annotations: Annotations?
  var ownerReferences: [OwnerReference]?
  var managedFields: [ManagedFields]?

  struct OwnerReference: Sendable {
    var apiVersion: String
    var kind: String
    var name: String
    var controller: Bool?
  }

  struct ManagedFields: Sendable {
    var manager: String?
  }
}

/// Those of an object's annotations that may say who manages it; the others can be long.
struct Annotations: Sendable {
  var values: [String: String] = [:]

  static let prefixes = [
    "app.terraform.io/", "argocd.argoproj.io/", "configmanagement.gke.io/managed",
    "confighub.com/", "control-plane.alpha.kubernetes.io/leader", "configsync.gke.io/manager",
    "crossplane.io/", "helm.sh/hook", "kro.run/",
    "meta.helm.sh/", "objectset.rio.cattle.io/id", "objectset.rio.cattle.io/owner-",
    "projectsveltos.io/owner-",
  ]
}

/// An object as far as it is read.
protocol ListedObject: JSONReadable, Sendable {
  var metadata: Metadata { get }
}

/// An object of which only the metadata matters.
struct AnyObjectMetadata: ListedObject {
  var metadata: Metadata
}

/// A reference within a namespace.
struct LocalName: Sendable {
  var name: String?
}
