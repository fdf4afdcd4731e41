import Wizard

/// The workloads that Argo CD's Applications say they applied.
///
/// Up to its version 2, Argo CD marked what it applied with the label that Helm charts write, too:
/// `app.kubernetes.io/instance`. That alone is no proof; the Application of that name is.
struct AppliedWorkloads: Sendable {
  private static let label = "app.kubernetes.io/instance"

  /// From what an Application lists in `status.resources`.
  private var byResource: [OwningObject.AppliedResource: OwnerObject] = [:]
  /// By the instance name, and the namespace that the Application is for.
  private var byLabel: [Label: OwnerObject] = [:]
  /// Those that are the owner of a workload because of this.
  private(set) var claimed: Set<OwnerObject> = []

  private struct Label: Hashable {
    var instance: String
    var namespace: String
  }

  var isEmpty: Bool { byResource.isEmpty && byLabel.isEmpty }

  /// Whether an Application may be what the workload does not say is its owner.
  static func mayHold(_ workload: Workload) -> Bool { workload.labels[label] != nil }

  /// Takes note of an Application; of anything else nothing.
  mutating func note(_ owner: OwnerObject, _ object: OwningObject) {
    guard owner.kind == "Application" else { return }
    for resource in object.status?.resources ?? []
    where WorkloadKind(rawValue: resource.kind) != nil {
      byResource[resource] = owner
    }
    guard let namespace = object.spec?.destination?.namespace else { return }
    for instance in [owner.name, "\(owner.namespace)_\(owner.name)"] {
      byLabel[Label(instance: instance, namespace: namespace)] = owner
    }
  }

  /// Names the Application as owner of each workload that it applied, before Helm, whose marks a
  /// rendered chart carries, and behind Flux.
  mutating func claim(_ workloads: inout [Workload]) {
    guard !isEmpty else { return }
    for index in workloads.indices {
      guard let (object, source, confidence) = application(of: workloads[index]) else { continue }
      let owner = Owner(
        .argoCD, kind: object.kind, name: object.name, namespace: object.namespace,
        source: source, confidence: confidence)
      let claims = [workloads[index].owner] + workloads[index].otherOwners
      guard !claims.contains(where: { $0.tool == .argoCD }) else { continue }
      claimed.insert(object)
      if workloads[index].owner.tool == .flux {
        workloads[index].otherOwners.append(owner)
      } else {
        workloads[index].owner = owner
        workloads[index].otherOwners = claims.filter {
          $0.tool != .native && !$0.isExplained(by: owner)
        }
      }
    }
  }

  /// The Application of a workload, what says so, and how surely.
  private func application(
    of workload: Workload
  ) -> (OwnerObject, source: String, Owner.Confidence)? {
    let reference = workload.reference
    let applied = OwningObject.AppliedResource(
      group: String(reference.group), kind: reference.kind, namespace: reference.namespace,
      name: reference.name)
    if let object = byResource[applied] { return (object, "status:Application", .high) }
    guard let instance = workload.labels[Self.label],
      let object = byLabel[Label(instance: instance, namespace: workload.key.namespace)]
    else { return nil }
    return (object, "label:\(Self.label)", .medium)
  }
}
