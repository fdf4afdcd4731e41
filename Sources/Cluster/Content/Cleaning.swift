import Documents

/// Takes out of an object what the cluster put in, so that what is left is what somebody wanted;
/// sent back to the same cluster, it changes nothing.
///
/// What users write stays, defaults and all: a selector, a template's labels and annotations, any
/// text in a ConfigMap, every ownership mark of a GitOps tool.
enum Cleaning {
  static func clean(_ object: JSONValue) -> JSONValue {
    var object = object
    object["status"] = nil
    for field in serverFields { object["metadata"]?[field] = nil }
    prune(&object, "annotations", where: isServerAnnotation)
    prune(&object, "labels", where: isServerLabel)
    if object["kind"] == "Service" { cleanService(&object) }
    cleanTemplates(&object)
    return object
  }

  // MARK: Metadata

  private static let serverFields = [
    "managedFields", "creationTimestamp", "resourceVersion", "generation", "uid", "selfLink",
    "finalizers", "ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds",
  ]

  private static let serverAnnotationPrefixes = [
    "kubectl.kubernetes.io/", "kubernetes.io/", "deployment.kubernetes.io/", "pv.kubernetes.io/",
    "volume.beta.kubernetes.io/", "endpoints.kubernetes.io/",
    "control-plane.alpha.kubernetes.io/", "scheduler.alpha.kubernetes.io/",
    "batch.kubernetes.io/",
  ]

  /// A generation, and an autoscaler's status: they differ from one reading to the next.
  private static let serverAnnotations: Set<String> = [
    "deprecated.daemonset.template.generation", "autoscaling.alpha.kubernetes.io/conditions",
    "autoscaling.alpha.kubernetes.io/current-metrics",
  ]

  /// Of the annotations with a server's prefix, those that only users write: an Ingress without
  /// its class would be served by another controller, or by none.
  private static let userAnnotationPrefixes = [
    "kubernetes.io/ingress.", "kubernetes.io/tls-acme", "kubernetes.io/description",
    "kubernetes.io/enforce-mountable-secrets",
  ]

  private static func isServerAnnotation(_ key: String) -> Bool {
    serverAnnotations.contains(key)
      || serverAnnotationPrefixes.contains(where: key.hasPrefix)
        && !userAnnotationPrefixes.contains(where: key.hasPrefix)
  }

  private static func isServerLabel(_ key: String) -> Bool {
    ["controller-uid", "pod-template-hash", "statefulset.kubernetes.io/pod-name"]
      .contains(where: key.hasPrefix)
  }

  /// A map that is empty then goes, too.
  private static func prune(
    _ object: inout JSONValue, _ map: String, where isNoise: (String) -> Bool
  ) {
    guard let members = object["metadata", map]?.object else { return }
    let kept = members.filter { !isNoise($0.key) }
    guard kept.count < members.count else { return }
    object["metadata"]?[map] = kept.isEmpty ? nil : .object(kept)
  }

  // MARK: Kinds

  /// An address is the cluster's choice. That there be none, `None`, is a user's.
  private static func cleanService(_ service: inout JSONValue) {
    service["spec"]?["clusterIPs"] = nil
    if service["spec", "clusterIP"] != "None" { service["spec"]?["clusterIP"] = nil }
  }

  /// Templates are written with a creation time of null, and claims with a status, because their
  /// types have one.
  private static func cleanTemplates(_ object: inout JSONValue) {
    for path in [["template"], ["jobTemplate"], ["jobTemplate", "spec", "template"]] {
      object.change(at: ["spec"] + path) { dropCreationTime(&$0) }
    }
    guard var claims = object["spec", "volumeClaimTemplates"]?.array else { return }
    for index in claims.indices {
      dropCreationTime(&claims[index])
      let status = claims[index]["status"]
      if status == ["phase": "Pending"] || status == .object([:]) || status == .null {
        claims[index]["status"] = nil
      }
    }
    object["spec"]?["volumeClaimTemplates"] = .array(claims)
  }

  private static func dropCreationTime(_ template: inout JSONValue) {
    guard template["metadata", "creationTimestamp"] == .null else { return }
    template["metadata"]?["creationTimestamp"] = nil
    if template["metadata"] == .object([:]) { template["metadata"] = nil }
  }
}

extension JSONValue {
  /// Changes the value at the end of a path of keys, if there is one.
  fileprivate mutating func change(at path: [String], _ body: (inout JSONValue) -> Void) {
    guard let key = path.first else { return body(&self) }
    guard var member = self[key] else { return }
    member.change(at: Array(path.dropFirst()), body)
    self[key] = member
  }
}
