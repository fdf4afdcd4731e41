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
      $0.formUnion($1.workloads)
    }
  }

  private func handovers(of contested: [Workload]) -> [Handover] {
    return Dictionary(grouping: contested, by: \.owner).map { owner, workloads in
      Handover(
        owner: owner.objectName, workloads: workloads.map(\.key).sorted(),
        steps: steps(for: owner))
    }.sorted { $0.owner < $1.owner }
  }

  private func steps(for owner: Owner) -> [Handover.Step] {
    guard let tool = owner.tool.gitOps, owner.name != nil || tool.objectKinds.isEmpty else {
      return [
        .init(words: "Find out what \(owner.tool.rawValue) object applies them: no mark names it.")
      ]
    }
    let object = scan?.object(of: owner)
    var steps: [Handover.Step] = []
    if object?.standing == .missing {
      steps.append(
        .init(
          words: "It is not in this cluster: either it applies them from another one, or only its "
            + "marks are left, and nothing reverts."))
    }
    let place = GitOpsTool.Place(
      kind: owner.kind, name: owner.name ?? "", namespace: owner.namespace ?? object?.namespace,
      parent: object?.parent)
    return steps + tool.handover(place)
  }
}
