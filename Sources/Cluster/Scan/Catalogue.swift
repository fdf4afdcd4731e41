import Wizard

/// What of a cluster's kinds a scan lists beside workloads and what it reads for them in any case.
struct Catalogue: Sendable {
  /// Of namespaces, and the two of the cluster that give rights to accounts.
  private(set) var others: [Resource] = []
  /// The kinds that are left out whole, and what could not be found out.
  private(set) var leftOut: [Omission] = []

  init(_ answer: Discovery.Answer) {
    let known = Set(
      (Resource.workloads + Resource.belongings).map { [String($0.group), $0.name] })
    var made: [String] = []
    var secrets = false
    for kind in answer.kinds {
      let group = String(ObjectReference.group(of: kind.apiVersion))
      guard kind.verbs.contains("list"), !kind.name.contains("/"),
        !known.contains([group, kind.name])
      else { continue }
      // What this old group serves, its successors serve, too.
      if group == "extensions" { continue }
      let resource = kind.resource
      if !kind.isNamespaced {
        if Self.ofCluster.contains(resource.fullName) { others.append(resource) }
      } else if resource.fullName == "secrets" {
        secrets = true
      } else if Self.made.contains(resource.fullName) || group == "metrics.k8s.io" {
        made.append(kind.kind)
      } else if kind.verbs.contains("get") {
        others.append(resource)
      }
    }
    others.sort { $0.fullName < $1.fullName }
    if secrets {
      leftOut.append(
        Omission(
          what: "Secrets", why: "they are never read; those that workloads refer to are named",
          isGap: false))
    }
    if !made.isEmpty {
      leftOut.append(
        Omission(
          what: Set(made).sorted().joined(separator: ", "),
          why: "the cluster makes all objects of these kinds itself", isGap: false))
    }
    if others.contains(where: { !$0.selector.isEmpty }) {
      leftOut.append(
        Omission(
          what: "Pods and ReplicaSets of workloads", why: "these are made anew from the workloads",
          isGap: false))
    }
    for (path, refusal) in answer.refusals {
      leftOut.append(
        Omission(what: "the kinds served at \(path)", why: refusal.words, isGap: true))
    }
  }

  private static let ofCluster: Set = [
    "clusterroles.rbac.authorization.k8s.io", "clusterrolebindings.rbac.authorization.k8s.io",
  ]

  /// Kinds of which people write none. There may be more of these than of all others together.
  private static let made: Set = [
    "events", "events.events.k8s.io", "endpoints", "endpointslices.discovery.k8s.io",
    "leases.coordination.k8s.io", "controllerrevisions.apps",
    "csistoragecapacities.storage.k8s.io", "ciliumendpoints.cilium.io",
    "policyreports.wgpolicyk8s.io", "ephemeralreports.reports.kyverno.io",
  ]
}

extension Resource {
  /// Leaves out what workloads make of themselves, of which there is much.
  var selector: String {
    switch fullName {
    case "pods": "!pod-template-hash,!controller-revision-hash,!job-name"
    case "replicasets.apps": "!pod-template-hash"
    default: ""
    }
  }
}
