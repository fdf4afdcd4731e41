import Wizard

/// A kind of object as the API serves it, and where.
struct Resource: Hashable, Sendable {
  /// As in paths: `deployments`.
  var name: String
  var kind: String
  /// The best first; the next is tried where a cluster does not serve it.
  var apiVersions: [String]
  /// Whether a cluster may well have none of its versions.
  var isOptional = false
  /// Its objects are in no namespace.
  var isOfCluster = false
  /// Whether the cluster has told of it, so that nothing else is known of it.
  var isDiscovered = false
  /// Whose objects these are, for those in ``owners``.
  private(set) var owner = Owner.Tool.native

  static let namespaces = Resource(
    name: "namespaces", kind: "Namespace", apiVersions: ["v1"], isOfCluster: true)

  static let workloads = [
    Resource(name: "deployments", kind: "Deployment", apiVersions: ["apps/v1"]),
    Resource(name: "statefulsets", kind: "StatefulSet", apiVersions: ["apps/v1"]),
    Resource(name: "daemonsets", kind: "DaemonSet", apiVersions: ["apps/v1"]),
    Resource(
      name: "cronjobs", kind: "CronJob", apiVersions: ["batch/v1", "batch/v1beta1"],
      isOptional: true),
    Resource(name: "jobs", kind: "Job", apiVersions: ["batch/v1"]),
  ]

  /// What belongs to workloads. Secrets are not among them, and so are never asked for.
  static let belongings = [
    Resource(name: "services", kind: "Service", apiVersions: ["v1"]),
    Resource(name: "configmaps", kind: "ConfigMap", apiVersions: ["v1"]),
    Resource(name: "serviceaccounts", kind: "ServiceAccount", apiVersions: ["v1"]),
    Resource(
      // v1 writes most of the specification, and the status with it, into annotations.
      name: "horizontalpodautoscalers", kind: "HorizontalPodAutoscaler",
      apiVersions: ["autoscaling/v2", "autoscaling/v2beta2", "autoscaling/v1"], isOptional: true),
    Resource(
      name: "poddisruptionbudgets", kind: "PodDisruptionBudget",
      apiVersions: ["policy/v1", "policy/v1beta1"], isOptional: true),
    Resource(
      name: "ingresses", kind: "Ingress", apiVersions: ["networking.k8s.io/v1"], isOptional: true),
    Resource(
      name: "networkpolicies", kind: "NetworkPolicy", apiVersions: ["networking.k8s.io/v1"],
      isOptional: true),
  ]

  /// Of the whole cluster, and read only on request.
  static let ofCluster = [
    namespaces,
    Resource(
      name: "customresourcedefinitions", kind: "CustomResourceDefinition",
      apiVersions: ["apiextensions.k8s.io/v1"], isOfCluster: true),
  ]

  /// What owns workloads and says where they come from.
  static let owners: [Resource] = [
    Resource(
      of: .flux, name: "kustomizations", kind: "Kustomization",
      apiVersions: [
        "kustomize.toolkit.fluxcd.io/v1", "kustomize.toolkit.fluxcd.io/v1beta2",
        "kustomize.toolkit.fluxcd.io/v1beta1",
      ]),
    Resource(
      of: .flux, name: "helmreleases", kind: "HelmRelease",
      apiVersions: [
        "helm.toolkit.fluxcd.io/v2", "helm.toolkit.fluxcd.io/v2beta2",
        "helm.toolkit.fluxcd.io/v2beta1",
      ]),
    Resource(
      of: .argoCD, name: "applications", kind: "Application",
      apiVersions: ["argoproj.io/v1alpha1"]),
  ]

  /// The resource that a reference names; `nil` for a kind or version that no unit holds.
  static func of(_ object: ObjectReference) -> Resource? {
    (workloads + belongings + ofCluster).first {
      $0.kind == object.kind && $0.apiVersions.contains(object.apiVersion)
    }
  }
}

extension Resource {
  var group: Substring { ObjectReference.group(of: apiVersions[0]) }

  /// As kubectl takes it: `roles.rbac.authorization.k8s.io`.
  var fullName: String { group.isEmpty ? name : "\(name).\(group)" }

  /// One whose objects own workloads.
  private init(of owner: Owner.Tool, name: String, kind: String, apiVersions: [String]) {
    self.init(name: name, kind: kind, apiVersions: apiVersions, isOptional: true)
    self.owner = owner
  }
}

/// A path of the API. Every part of it that comes from outside is checked and percent-encoded.
struct APIPath {
  var text: String

  /// `nil` if a name is none that an object can have.
  ///
  /// - Parameter namespace: `nil` for the whole cluster.
  init?(
    _ resource: String, of apiVersion: String, namespace: String? = nil, name: String? = nil,
    query: [(String, String)] = []
  ) {
    text = apiVersion.contains("/") ? "/apis/\(apiVersion)" : "/api/\(apiVersion)"
    if let namespace {
      guard let segment = Self.segment(namespace) else { return nil }
      text += "/namespaces/\(segment)"
    }
    text += "/\(resource)"
    if let name {
      guard let segment = Self.segment(name) else { return nil }
      text += "/\(segment)"
    }
    for (index, (key, value)) in query.enumerated() {
      text += "\(index == 0 ? "?" : "&")\(key)=\(Self.encoded(value))"
    }
  }

  /// What Kubernetes takes for one segment of a path; kubectl decodes it before it sends it, so
  /// that encoding alone would not do.
  private static func segment(_ text: String) -> String? {
    guard !text.isEmpty, text != ".", text != "..", !text.contains("/"), !text.contains("%") else {
      return nil
    }
    return encoded(text)
  }

  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}
