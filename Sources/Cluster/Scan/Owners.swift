import Wizard

/// What an object carries that may say who manages it.
struct OwnerMarks {
  var object: ObjectReference
  var labels: [String: String] = [:]
  var annotations: [String: String] = [:]
  var ownerReferences: [Metadata.OwnerReference] = []
  /// The managers of its fields.
  var managers: Set<String> = []
}

extension OwnerMarks {
  init(_ object: ObjectReference, _ metadata: Metadata) {
    self.object = object
    labels = metadata.labels ?? [:]
    annotations = metadata.annotations?.values ?? [:]
    ownerReferences = metadata.ownerReferences ?? []
    managers = Set((metadata.managedFields ?? []).compactMap(\.manager))
  }

  /// Who manages the object: the first rule that has an answer, in the order of `rules`.
  var owner: Owner { claims.first ?? .native }

  /// Whoever says that it manages the object: the owner first, then those that it does not explain.
  var claims: [Owner] {
    let all = Self.rules.compactMap { $0(self) }
    guard let owner = all.first else { return [] }
    return [owner] + all.dropFirst().filter { !$0.isExplained(by: owner) }
  }

  /// What Flux and Argo CD apply for Helm carries Helm's marks, too, so theirs come first.
  private static let rules: [@Sendable (OwnerMarks) -> Owner?] = [
    { $0.flux("kustomize.toolkit.fluxcd.io", "Kustomization") },
    { $0.flux("helm.toolkit.fluxcd.io", "HelmRelease") },
    \.argoCDByTrackingID, \.argoCDByLabel, \.configSync, \.fleet, \.kapp, \.sveltos, \.addonManager,
    \.helm, \.terraform, \.configHub, \.crossplane, \.kro, \.olm, \.controller, \.companion,
    \.namedTool,
  ]

  // MARK: GitOps

  private func flux(_ prefix: String, _ kind: String) -> Owner? {
    guard let name = labels["\(prefix)/name"] else { return nil }
    return Owner(
      .flux, kind: kind, name: name, namespace: labels["\(prefix)/namespace"] ?? "flux-system",
      source: "label:\(prefix)/name")
  }

  /// `APP:GROUP/KIND:NAMESPACE/NAME`, where APP may be `APP-NAMESPACE_APP`.
  ///
  /// Like Argo CD, this believes an id only on the object that it names: anywhere else it was
  /// copied, as operators do with annotations. The id of an object without a namespace names the
  /// Application's destination. An id of no known form still is a sign.
  private var argoCDByTrackingID: Owner? {
    let key = "argocd.argoproj.io/tracking-id"
    guard let id = annotations[key] else { return nil }
    let parts = id.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty else {
      return Owner(
        .argoCD, kind: "Application", source: "annotation:\(key)", confidence: .low)
    }
    let place = parts[2].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[1] == "\(object.group)/\(object.kind)", place.count == 2, place[1] == object.name,
      object.namespace == nil || place[0] == object.namespace ?? ""
    else { return nil }
    return Owner(application: parts[0], source: "annotation:\(key)", confidence: .high)
  }

  private var argoCDByLabel: Owner? {
    let key = "argocd.argoproj.io/instance"
    return labels[key].map {
      Owner(application: $0[...], source: "label:\(key)", confidence: .medium)
    }
  }

  // MARK: Other tools

  private var helm: Owner? {
    let (release, chart, managedBy) = (
      "meta.helm.sh/release-name", "helm.sh/chart", "app.kubernetes.io/managed-by"
    )
    let isManaged = labels[managedBy] == "Helm"
    if isManaged, let name = annotations[release] {
      return Owner(
        .helm, name: name, namespace: annotations["meta.helm.sh/release-namespace"],
        source: "annotation:\(release)")
    }
    // What `helm template` writes carries these, too, and belongs to no release.
    let name = labels["app.kubernetes.io/instance"]
    if labels[chart] != nil {
      return Owner(.helm, name: name, source: "label:\(chart)", confidence: .medium)
    }
    return isManaged
      ? Owner(.helm, name: name, source: "label:\(managedBy)", confidence: .low) : nil
  }

  private var terraform: Owner? {
    let (run, managed) = ("app.terraform.io/run-id", "app.terraform.io/managed")
    let workspace = annotations["app.terraform.io/workspace-name"]
    if annotations[run] != nil {
      return Owner(.terraform, name: workspace, source: "annotation:\(run)")
    }
    if labels[managed] != nil {
      return Owner(.terraform, name: workspace, source: "label:\(managed)")
    }
    // The Kubernetes provider leaves no other mark.
    return managers.intersection(["Terraform", "HashiCorp"]).sorted().first.map {
      Owner(.terraform, source: "fieldManager:\($0)", confidence: .medium)
    }
  }

  private var configHub: Owner? {
    let (unit, space) = ("confighub.com/UnitSlug", "confighub.com/SpaceName")
    let inSpace = labels[space] ?? annotations[space]
    if let slug = labels[unit] {
      return Owner(.configHub, name: slug, namespace: inSpace, source: "label:\(unit)")
    }
    if let slug = annotations[unit] {
      return Owner(.configHub, name: slug, namespace: inSpace, source: "annotation:\(unit)")
    }
    let origin = "confighub.com/origin"
    return annotations[origin].map { _ in
      Owner(.configHub, namespace: inSpace, source: "annotation:\(origin)")
    }
  }

  // MARK: Controllers

  private var crossplane: Owner? {
    let (claim, composite, resource) = (
      "crossplane.io/claim-name", "crossplane.io/composite",
      "crossplane.io/composition-resource-name"
    )
    if let name = labels[claim] {
      return Owner(
        .crossplane, name: name, namespace: labels["crossplane.io/claim-namespace"],
        source: "label:\(claim)")
    }
    if let name = labels[composite] {
      return Owner(.crossplane, name: name, source: "label:\(composite)")
    }
    if annotations[resource] != nil {
      return Owner(.crossplane, source: "annotation:\(resource)")
    }
    return owner(.crossplane, ofGroups: ["crossplane.io", "upbound.io"])
  }

  private var kro: Owner? {
    let prefix = "kro.run/"
    let name = labels["kro.run/instance-name"]
    let namespace = labels["kro.run/instance-namespace"]
    if let key = labels.keys.filter({ $0.hasPrefix(prefix) }).min() {
      return Owner(.kro, name: name, namespace: namespace, source: "label:\(key)")
    }
    if let key = annotations.keys.filter({ $0.hasPrefix(prefix) }).min() {
      return Owner(.kro, source: "annotation:\(key)")
    }
    return owner(.kro, ofGroups: ["kro.run"])
  }

  private var controller: Owner? {
    ownerReferences.first { $0.controller == true }.map { Owner(.controller, $0) }
  }

  /// An object that it is deleted with, and that may well be what made it. Kubernetes' own objects
  /// put nothing back.
  private var companion: Owner? {
    ownerReferences.first { $0.controller != true && $0.apiVersion.contains("/") }
      .map { Owner(.other, $0, confidence: .medium) }
  }

  /// People write what they like here, and tools their name.
  private var namedTool: Owner? {
    let key = "app.kubernetes.io/managed-by"
    guard let name = labels[key], !name.isEmpty else { return nil }
    return Owner(.other, name: name, source: "label:\(key)", confidence: .low)
  }

  func owner(_ tool: Owner.Tool, ofGroups groups: [String]) -> Owner? {
    let owners = ownerReferences.filter { reference in
      let group = reference.apiVersion.prefix { $0 != "/" }
      return groups.contains { group == $0 || group.hasSuffix(".\($0)") }
    }
    return (owners.first { $0.controller == true } ?? owners.first).map { Owner(tool, $0) }
  }
}

extension Owner {
  /// Whether the mark of this owner is what that owner leaves, too.
  func isExplained(by owner: Owner) -> Bool {
    switch (owner.tool, tool) {
    // The object that both name; or a word of its authors, where there is more than that.
    case _ where kind != nil && (kind, name) == (owner.kind, owner.name): true
    case (_, .other) where kind == nil: true
    // These install charts as Helm does; whoever applies a rendered one leaves its labels.
    case (.flux, .helm): owner.kind == "HelmRelease" || confidence != .high
    case (.fleet, .helm), (.sveltos, .helm): true
    case (.argoCD, .helm), (.configSync, .helm), (.kapp, .helm): confidence != .high
    case (.argoCD, .argoCD): owner.name == nil || mayBeCut(from: owner)
    case (.crossplane, .controller), (.kro, .controller): true
    // A reference is how these mark what is theirs.
    case (.crossplane, .other), (.kro, .other), (.olm, .other), (.controller, .other): true
    case (.sveltos, .other): true
    default: false
    }
  }

  /// The instance name of an Application: its own, after its namespace and `_` where it is in
  /// another one than Argo CD itself. No name has that sign in it.
  fileprivate init(
    application instance: Substring, source: String, confidence: Confidence
  ) {
    let words = instance.split(separator: "_", maxSplits: 1)
    self.init(
      .argoCD, kind: "Application", name: words.last.map(String.init),
      namespace: words.count == 2 ? String(words[0]) : nil, source: source, confidence: confidence)
  }

  /// Whether a label that says this can stand for that Application. Argo CD cuts what a label says
  /// at 63 signs, and at the last letter or digit of these.
  func mayBeCut(from application: Owner) -> Bool {
    application.name == name || isAsLongAsLabels && application.instance.hasPrefix(instance)
  }

  var isAsLongAsLabels: Bool { (60...63).contains(instance.utf8.count) }

  private var instance: String { [namespace, name].compactMap(\.self).joined(separator: "_") }

  /// An owner reference names an object of the same namespace, or of none; which is not said.
  fileprivate init(
    _ tool: Tool, _ reference: Metadata.OwnerReference, confidence: Confidence = .high
  ) {
    self.init(
      tool, kind: reference.kind, name: reference.name,
      source: "ownerRef:\(reference.kind)/\(reference.name)", confidence: confidence)
  }
}
