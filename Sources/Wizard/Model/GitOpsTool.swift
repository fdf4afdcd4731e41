/// What is particular about a tool that puts back what others change. A new one is a case of
/// `Owner.Tool` and a value here.
public struct GitOpsTool: Sendable {
  /// Where it runs, if a scan is to read that namespace only when it is named.
  public let namespace: String?
  /// The kinds of its objects that own workloads, and can be looked up.
  public let objectKinds: [String]
  /// What a person does so that an object of it puts nothing back any more.
  let handover: @Sendable (Place) -> [Handover.Step]

  /// One of its objects, as far as it is known.
  struct Place {
    var kind: String?
    var name: String
    var namespace: String?
    /// The object of the same kind that made it.
    var parent: String?
  }

  static let flux = GitOpsTool(
    namespace: "flux-system", objectKinds: ["Kustomization", "HelmRelease"],
    handover: { fluxSteps($0) })

  static let argoCD = GitOpsTool(
    namespace: "argocd", objectKinds: ["Application"], handover: { argoSteps($0) })

  static let delivery = Handover.Step(
    words: "Deliver from ConfigHub, and look whether they stay as they are")

  /// A HelmRelease, or else a Kustomization.
  private static func fluxSteps(_ place: Place) -> [Handover.Step] {
    let isRelease = place.kind == "HelmRelease"
    let namespace = place.namespace ?? "flux-system"
    let kind = isRelease ? "helmrelease" : "kustomization"
    let object =
      "\(kind) \(CommandLineText.quoted(place.name)) --namespace=\(CommandLineText.quoted(namespace))"
    return [
      .init(words: "Stop Flux from putting them back", command: "flux suspend \(object)"),
      delivery,
      .init(
        words: isRelease
          ? "In Git, remove the HelmRelease only after its objects were marked with the annotation "
            + "helm.sh/resource-policy: keep; removing it before uninstalls them"
          : "In Git, set spec.prune: false in the Kustomization and let that be applied before "
            + "their manifests are removed; otherwise Flux deletes them from the cluster"),
      .init(
        words: "If it applies other things as well, let it go on for those",
        command: "flux resume \(object)"),
    ]
  }

  private static func argoSteps(_ place: Place) -> [Handover.Step] {
    let app = CommandLineText.quoted(place.namespace.map { "\($0)/\(place.name)" } ?? place.name)
    var steps: [Handover.Step] = []
    if let parent = place.parent {
      steps.append(
        .init(
          words: "The Application \(parent) makes this one: change it in Git, or it is put back"))
    }
    return steps + [
      .init(
        words: "Stop Argo CD from putting them back",
        command: "argocd app set \(app) --sync-policy none"),
      delivery,
      .init(
        words: "Take the Application away and leave its objects; without the flag they are deleted",
        command: "argocd app delete \(app) --cascade=false"),
    ]
  }
}
