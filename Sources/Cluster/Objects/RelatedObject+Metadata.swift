import Wizard

extension RelatedObject {
  static let releaseLabels = ["app.kubernetes.io/instance", "app.kubernetes.io/part-of"]
  static let nameLabel = "app.kubernetes.io/name"

  /// - Parameter obstacle: what speaks against it, beside what its metadata say.
  init(
    _ reference: ObjectReference, _ link: Link, _ metadata: Metadata, obstacle: String? = nil,
    _ interner: inout Interner
  ) {
    let why = obstacle ?? metadata.obstacle ?? Self.obstacle(reference, metadata)
    self.init(reference: reference, link: link, obstacle: why.map { interner($0) })
    let all = metadata.labels ?? [:]
    // Monitors choose Services by any of these; of others, only those matter that name a release.
    let wanted =
      reference.kind == "Service"
      ? all : all.filter { Self.releaseLabels.contains($0.key) || $0.key == Self.nameLabel }
    if !wanted.isEmpty { labels = interner(wanted) }
    owners = (metadata.ownerReferences ?? []).filter { $0.controller != true }.map {
      ObjectName($0.kind, reference.namespace ?? "", $0.name)
    }
    guard reference.kind != "Service", self.obstacle == nil else { return }
    if let owner = OwnerMarks(reference, metadata).claims.first(where: \.tool.reverts) {
      let words = [owner.tool.rawValue, owner.kind, owner.name].compactMap(\.self)
      applier = interner(words.joined(separator: " "))
    }
  }

  /// Every namespace has these, made by the cluster or a mesh.
  static func isEverywhere(_ object: ObjectReference) -> Bool {
    switch (object.kind, object.name) {
    case ("ConfigMap", "kube-root-ca.crt"), ("ConfigMap", "openshift-service-ca.crt"),
      ("ConfigMap", "istio-ca-root-cert"), ("ServiceAccount", "default"):
      true
    default: false
    }
  }

  /// What a program keeps for itself, or what applies others.
  private static func obstacle(_ object: ObjectReference, _ metadata: Metadata) -> String? {
    let labels = metadata.labels ?? [:]
    if labels["kubernetes.io/bootstrapping"] != nil || object.name.hasPrefix("system:") {
      return "every cluster has it"
    }
    switch (object.kind, object.group) {
    case ("Service", "") where object.name == "kubernetes" && object.namespace == "default":
      return "the API server makes it"
    case ("ConfigMap", "") where labels["OWNER"] == "TILLER" || labels["owner"] == "helm":
      return "it is Helm's record of a release"
    case ("ConfigMap", ""), ("Endpoints", ""):
      let election = "control-plane.alpha.kubernetes.io/leader"
      return metadata.annotations?.values[election].map { _ in "it is the record of an election" }
    case ("Pod", ""): return "it is a Pod that no controller made: a unit would not bring it back"
    case ("ReplicaSet", "apps"): return "it is a ReplicaSet of no Deployment"
    case ("Application", "argoproj.io"), ("ApplicationSet", "argoproj.io"),
      ("AppProject", "argoproj.io"):
      return "it is Argo CD's, and says what Argo CD applies"
    case (_, let group) where group.hasSuffix(".toolkit.fluxcd.io"):
      return "it is Flux's, and says what Flux applies"
    default: return nil
    }
  }
}

extension Metadata {
  var obstacle: String? {
    if let controller = ownerReferences?.first(where: { $0.controller == true }) {
      return "\(controller.kind)/\(controller.name) made it, and makes it again"
    }
    return deletionTimestamp == nil ? nil : "it is being deleted"
  }
}
