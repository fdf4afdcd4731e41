import Wizard

/// The marks of tools that apply manifests, and put back what others change, or delete what they no
/// longer have.
extension OwnerMarks {
  /// The manager is `:root`, `:root_NAME`, `NAMESPACE` or `NAMESPACE_NAME`, see `ResourceManager` in
  /// Config Sync's `pkg/declared/manager.go`.
  var configSync: Owner? {
    let (managed, manager) = ("configmanagement.gke.io/managed", "configsync.gke.io/manager")
    guard annotations[managed] == "enabled" else { return nil }
    guard let words = annotations[manager]?.split(separator: "_", maxSplits: 1),
      let scope = words.first
    else { return Owner(.configSync, source: "annotation:\(managed)") }
    let isRoot = scope == ":root"
    return Owner(
      .configSync, kind: isRoot ? "RootSync" : "RepoSync",
      name: words.count == 2 ? String(words[1]) : isRoot ? "root-sync" : "repo-sync",
      namespace: isRoot ? "config-management-system" : String(scope),
      source: "annotation:\(manager)")
  }

  /// Its marks are those of Rancher's library, which others use, too: k3s, and Rancher itself. They
  /// name the object that they apply for.
  var fleet: Owner? {
    let prefix = "objectset.rio.cattle.io/"
    let hash = "\(prefix)hash"
    guard labels[hash] != nil else { return nil }
    let mark = "\(prefix)owner-gvk"
    // As in `k3s.cattle.io/v1, Kind=Addon`.
    guard let words = annotations[mark]?.split(separator: ", Kind="), words.count == 2 else {
      let id = annotations["\(prefix)id"].flatMap { $0.isEmpty ? nil : $0 }
      return Owner(.fleet, name: id, source: "label:\(hash)", confidence: .medium)
    }
    return Owner(
      words[0].hasPrefix("fleet.cattle.io/") ? .fleet : .other, kind: String(words[1]),
      name: annotations["\(prefix)owner-name"],
      namespace: annotations["\(prefix)owner-namespace"].flatMap { $0.isEmpty ? nil : $0 },
      source: "annotation:\(mark)")
  }

  /// The label holds a number that nobody knows an app by.
  var kapp: Owner? {
    let key = "kapp.k14s.io/app"
    return labels[key].map { _ in Owner(.kapp, source: "label:\(key)") }
  }

  /// Sveltos runs in another cluster, mostly, and so does what it names.
  var sveltos: Owner? {
    let (kind, name, reference) = (
      "projectsveltos.io/owner-kind", "projectsveltos.io/owner-name",
      "projectsveltos.io/reference-name"
    )
    if let owner = annotations[name] {
      return Owner(
        .sveltos, kind: annotations[kind], name: owner, source: "annotation:\(name)")
    }
    if labels[reference] != nil { return Owner(.sveltos, source: "label:\(reference)") }
    return owner(.sveltos, ofGroups: ["projectsveltos.io"])
  }

  var addonManager: Owner? {
    let key = "addonmanager.kubernetes.io/mode"
    guard let mode = labels[key], ["Reconcile", "EnsureExists"].contains(mode) else { return nil }
    return Owner(.addonManager, source: "label:\(key)")
  }

  /// Its owner references are no controllers', so that the garbage collector alone sees them.
  var olm: Owner? {
    let key = "olm.owner"
    if let name = labels[key] {
      return Owner(
        .olm, kind: labels["olm.owner.kind"] ?? "ClusterServiceVersion", name: name,
        namespace: labels["olm.owner.namespace"], source: "label:\(key)", confidence: .medium)
    }
    var owner = owner(.olm, ofGroups: ["operators.coreos.com"])
    owner?.confidence = .medium
    return owner
  }
}
