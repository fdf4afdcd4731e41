import Documents

/// Takes out of an object what the cluster put in, so that what is left is what somebody wanted;
/// sent back to the same cluster, it changes nothing.
///
/// What users write stays, defaults and all: a selector, a template's labels and annotations, any
/// text in a ConfigMap, every ownership mark of a GitOps tool.
enum Cleaning {
  ///
  /// - Parameter withoutReplicas: their number is an autoscaler's, unless somebody has stopped that
  ///   by 0.
  static func clean(_ object: JSONValue, withoutReplicas: Bool = false) -> JSONValue {
    var object = object
    if object["kind"] == "PersistentVolumeClaim" { cleanClaim(&object) }
    if withoutReplicas, object["spec", "replicas"] != 0 { object["spec"]?["replicas"] = nil }
    object["status"] = nil
    for field in serverFields { object["metadata"]?[field] = nil }
    prune(&object["metadata"], "annotations", where: isServerAnnotation)
    prune(&object["metadata"], "labels", where: serverLabels.contains)
    switch object["kind"]?.string {
    case "Service": cleanService(&object)
    case "Job": cleanJob(&object)
    case "ServiceAccount": cleanServiceAccount(&object)
    case "Namespace": cleanNamespace(&object)
    default: break
    }
    cleanTemplates(&object)
    return object
  }

  // MARK: Metadata

  private static let serverFields = [
    "managedFields", "creationTimestamp", "resourceVersion", "generation", "uid", "selfLink",
    "finalizers", "ownerReferences", "deletionTimestamp", "deletionGracePeriodSeconds",
  ]

  /// Only what a component of Kubernetes or kubectl itself writes. A prefix of Kubernetes alone is
  /// no proof: people write the class of an Ingress and the node selector of a Namespace with it.
  private static let serverAnnotations: Set<String> = [
    "kubectl.kubernetes.io/last-applied-configuration", "kubernetes.io/limit-ranger",
    "volume.kubernetes.io/selected-node", "volume.kubernetes.io/storage-provisioner",
    "volume.kubernetes.io/storage-resizer", "volume.beta.kubernetes.io/storage-provisioner",
    "endpoints.kubernetes.io/last-change-trigger-time", "endpoints.kubernetes.io/over-capacity",
    "control-plane.alpha.kubernetes.io/leader", "batch.kubernetes.io/job-tracking",
    "batch.kubernetes.io/cronjob-scheduled-timestamp",
    "deprecated.daemonset.template.generation", "autoscaling.alpha.kubernetes.io/conditions",
    "autoscaling.alpha.kubernetes.io/current-metrics",
  ]

  /// All annotations with these belong to a controller, or to the kubelet.
  private static let serverAnnotationPrefixes = [
    "deployment.kubernetes.io/", "pv.kubernetes.io/", "kubernetes.io/config.",
  ]

  private static func isServerAnnotation(_ key: String) -> Bool {
    serverAnnotations.contains(key) || serverAnnotationPrefixes.contains(where: key.hasPrefix)
  }

  private static let serverLabels: Set<String> = [
    "controller-uid", "batch.kubernetes.io/controller-uid", "pod-template-hash",
    "statefulset.kubernetes.io/pod-name",
  ]

  /// A map that is empty then goes, too.
  private static func prune(
    _ metadata: inout JSONValue?, _ map: String, where isNoise: (String) -> Bool
  ) {
    guard let members = metadata?[map]?.object else { return }
    let kept = members.filter { !isNoise($0.key) }
    guard kept.count < members.count else { return }
    metadata?[map] = kept.isEmpty ? nil : .object(kept)
  }

  // MARK: Kinds

  /// An address is the cluster's choice. That there be none, `None`, is a user's.
  private static func cleanService(_ service: inout JSONValue) {
    service["spec"]?["clusterIPs"] = nil
    if service["spec", "clusterIP"] != "None" { service["spec"]?["clusterIP"] = nil }
  }

  /// Unless a user chose it, the selector of a Job is the cluster's, and so are the labels that it
  /// selects by: no other cluster takes them, nor this one for a Job of another uid.
  private static func cleanJob(_ job: inout JSONValue) {
    guard job["spec", "manualSelector"] != true else { return }
    job["spec"]?["selector"] = nil
    prune(&job["metadata"], "labels", where: jobLabels.contains)
    job.change(at: ["spec", "template"]) { template in
      prune(&template["metadata"], "labels", where: jobLabels.contains)
      if template["metadata"] == .object([:]) { template["metadata"] = nil }
    }
  }

  private static let jobLabels: Set<String> = [
    "controller-uid", "job-name", "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-name",
  ]

  /// The volume that the cluster found for it, which is nobody else's to have.
  private static func cleanClaim(_ claim: inout JSONValue) {
    let chosen = claim["metadata", "annotations"]?["pv.kubernetes.io/bound-by-controller"]
    if chosen == "yes" { claim["spec"]?["volumeName"] = nil }
  }

  /// The Secrets that the cluster made for the account, which another cluster does not have.
  private static func cleanServiceAccount(_ account: inout JSONValue) {
    guard let name = account["metadata", "name"]?.string else { return }
    let prefixes = ["\(name)-token-", "\(name)-dockercfg-"]
    for list in ["secrets", "imagePullSecrets"] {
      guard let references = account[list]?.array else { continue }
      let kept = references.filter { reference in
        let secret = reference["name"]?.string ?? ""
        return !prefixes.contains {
          secret.hasPrefix($0) && isGenerated(secret.dropFirst($0.count))
        }
      }
      if kept.count < references.count { account[list] = kept.isEmpty ? nil : .array(kept) }
    }
  }

  /// Five signs at random, as the API server ends a generated name with.
  private static func isGenerated(_ suffix: Substring) -> Bool {
    suffix.utf8.count == 5
      && suffix.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789".utf8.contains($0) }
  }

  /// The finalizer that every Namespace gets from the API server.
  private static func cleanNamespace(_ namespace: inout JSONValue) {
    guard namespace["spec", "finalizers"] == ["kubernetes"] else { return }
    namespace["spec"]?["finalizers"] = nil
    if namespace["spec"] == .object([:]) { namespace["spec"] = nil }
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
