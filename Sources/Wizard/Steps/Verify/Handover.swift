/// What a person has to do about an owner that would put its workloads back, once ConfigHub
/// delivers them. Nothing of it is done for them.
public struct Handover: Hashable, Sendable {
  public struct Step: Hashable, Sendable {
    public var words: String
    /// To be run in a shell; `nil` where it is done elsewhere, as in Git.
    public var command: String?
  }

  /// `Kustomization flux-system/payment`
  public var owner: String
  public var workloads: [WorkloadKey]
  public var steps: [Step]
}

extension Session {
  /// One for each owner of what was imported that still reverts changes, by name.
  public var handovers: [Handover] {
    let contested = (scan?.workloads ?? []).filter { $0.owner.tool.reverts }
    if contested.isEmpty { return [] }
    let imported = imported
    return handovers(of: contested.filter { imported.contains($0.key) })
  }

  /// The workloads in units that ConfigHub has because of this session.
  private var imported: Set<WorkloadKey> {
    let done = Set(operations.filter { $0.kind == .createUnit && $0.state == .done }.map(\.key))
    guard let proposal, !done.isEmpty else { return [] }
    return proposal.units.filter { done.contains(proposal.key(of: $0)) }.reduce(into: []) {
      $0.insert($1.id)
      for member in $1.members {
        guard let kind = WorkloadKind(rawValue: member.kind) else { continue }
        $0.insert(
          WorkloadKey(kind: kind, namespace: member.namespace ?? "", name: member.name))
      }
    }
  }

  private func handovers(of contested: [Workload]) -> [Handover] {
    return Dictionary(grouping: contested, by: \.owner).map { owner, workloads in
      Handover(
        owner: owner.title, workloads: workloads.map(\.key).sorted(),
        steps: steps(for: owner, of: scan?.ownerObjects ?? []))
    }.sorted { $0.owner < $1.owner }
  }

  private func steps(for owner: Owner, of objects: [OwnerObject]) -> [Handover.Step] {
    guard let name = owner.name else {
      return [
        .init(words: "Find out what \(owner.tool.rawValue) object applies them: no mark names it.")
      ]
    }
    let object = objects.first {
      $0.name == name && (owner.kind == nil || $0.kind == owner.kind)
        && (owner.namespace == nil || $0.namespace == owner.namespace)
    }
    var steps: [Handover.Step] = []
    if object?.standing == .missing {
      steps.append(
        .init(
          words: "No such object was found: perhaps only the marks are left, and nothing reverts."))
    }
    let namespace = owner.namespace ?? object?.namespace
    switch owner.tool {
    case .argoCD: steps += argoSteps(name, namespace, parent: object?.parent)
    default:
      steps += fluxSteps(name, namespace ?? "flux-system", isRelease: owner.kind == "HelmRelease")
    }
    return steps
  }

  private func fluxSteps(_ name: String, _ namespace: String, isRelease: Bool) -> [Handover.Step] {
    let kind = isRelease ? "helmrelease" : "kustomization"
    let object = "\(kind) \(quoted(name)) --namespace=\(quoted(namespace))"
    return [
      .init(words: "Stop Flux from putting them back", command: "flux suspend \(object)"),
      .init(words: "Deliver from ConfigHub, and look whether they stay as they are"),
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

  private func argoSteps(
    _ name: String, _ namespace: String?, parent: String?
  ) -> [Handover.Step] {
    let app = quoted(namespace.map { "\($0)/\(name)" } ?? name)
    var steps: [Handover.Step] = []
    if let parent {
      steps.append(
        .init(
          words: "The Application \(parent) makes this one: change it in Git, or it is put back"))
    }
    return steps + [
      .init(
        words: "Stop Argo CD from putting them back",
        command: "argocd app set \(app) --sync-policy none"),
      .init(words: "Deliver from ConfigHub, and look whether they stay as they are"),
      .init(
        words: "Take the Application away and leave its objects; without the flag they are deleted",
        command: "argocd app delete \(app) --cascade=false"),
    ]
  }

  /// As a shell takes it: a name comes from a label or an annotation, which anybody may write.
  private func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy {
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-".unicodeScalars.contains(
        $0)
    }
    if isPlain, !text.isEmpty, !text.hasPrefix("-") { return text }
    return "'"
      + text.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
  }
}

extension Owner {
  /// `Kustomization flux-system/payment`, as far as it is known.
  public var title: String {
    let kind = kind ?? tool.rawValue
    guard let name else { return kind }
    return "\(kind) \(namespace.map { "\($0)/" } ?? "")\(name)"
  }
}
