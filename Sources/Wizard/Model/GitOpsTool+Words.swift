/// The tools whose objects are not looked up: what is to be done is told in words alone.
extension GitOpsTool {
  private init(_ steps: @escaping @Sendable (Place) -> [String]) {
    self.init(namespace: nil, objectKinds: []) { place in
      steps(place).map { $0 == Self.delivery.words ? Self.delivery : .init(words: $0) }
    }
  }

  // https://cloud.google.com/kubernetes-engine/enterprise/config-sync/docs/how-to/managing-objects
  static let configSync = GitOpsTool { _ in
    [
      "In their source, mark them with the annotation configmanagement.gke.io/managed: disabled: "
        + "Config Sync leaves them alone then",
      delivery.words,
      "Remove their manifests from the source only after that; otherwise Config Sync deletes them "
        + "from the cluster",
    ]
  }

  // https://fleet.rancher.io/ref-fleet-yaml and https://fleet.rancher.io/ref-gitrepo
  static let fleet = GitOpsTool { _ in
    [
      "Stop Fleet from putting them back: set spec.paused: true in their GitRepo", delivery.words,
      "In fleet.yaml, set keepResources: true and let that be applied before their manifests are "
        + "removed from Git; otherwise Fleet deletes them from the cluster",
    ]
  }

  // https://carvel.dev/kapp-controller/docs/latest/app-spec
  static let kapp = GitOpsTool { _ in
    [
      "Have nobody run kapp deploy for them any more; where kapp-controller does, set "
        + "spec.paused: true in its App or PackageInstall",
      delivery.words,
      "Do not run kapp delete, and delete that App only with spec.noopDelete: true; otherwise they "
        + "are deleted from the cluster",
    ]
  }

  // https://projectsveltos.github.io/sveltos/addons/clusterprofile
  static let sveltos = GitOpsTool { place in
    [
      "In the \(place.kind ?? "ClusterProfile") of Sveltos, set spec.stopMatchingBehavior: "
        + "LeavePolicies, so that it does not delete what it no longer deploys",
      "Remove them from what it deploys", delivery.words,
    ]
  }

  // https://github.com/kubernetes/kubernetes/tree/master/cluster/addons/addon-manager
  static let addonManager = GitOpsTool { _ in
    [
      "Remove their manifests from the control plane's add-ons; where somebody else runs the "
        + "control plane, turn the add-on off, or leave them to it",
      delivery.words,
    ]
  }

  // https://olm.operatorframework.io/docs/concepts/crds/clusterserviceversion
  static let olm = GitOpsTool { _ in
    [
      "OLM puts them back as the ClusterServiceVersion says, and deletes them with it: leave them "
        + "to OLM as long as their operator comes from it"
    ]
  }

  static let other = GitOpsTool { place in
    let who = [place.kind, place.name].compactMap(\.self).joined(separator: " ")
    return [
      "Find out whether \(who.isEmpty ? "their owner" : who) puts them back or deletes them, and "
        + "have it leave them alone",
      delivery.words,
    ]
  }
}
