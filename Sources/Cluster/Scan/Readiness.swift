import Wizard

/// Whether a workload is as it should be, by the rules of kstatus.
struct Readiness: Hashable {
  /// Why it is not ready, in a few words; `nil` if it is.
  var reason: String?

  var isReady: Bool { reason == nil }

  init(_ kind: WorkloadKind, _ object: WorkloadObject) {
    reason =
      object.metadata.deletionTimestamp == nil
      ? Self.lag(object) ?? Self.reason(kind, object) : "is being deleted"
  }

  /// Until the controller has seen the latest change, the rest of the status is about the one
  /// before it.
  private static func lag(_ object: WorkloadObject) -> String? {
    guard let generation = object.metadata.generation,
      let observed = object.status?.observedGeneration, observed < generation
    else { return nil }
    return "its latest change has not been acted on yet"
  }

  private static func reason(_ kind: WorkloadKind, _ object: WorkloadObject) -> String? {
    switch kind {
    case .deployment: deployment(object)
    case .statefulSet: statefulSet(object)
    case .daemonSet: daemonSet(object)
    case .job: job(object)
    case .customResourceDefinition: definition(object)
    case .cronJob, .namespace: nil
    }
  }

  /// A Job that runs is as it should be; one that waits for somebody, or has failed, is not.
  private static func job(_ object: WorkloadObject) -> String? {
    let conditions = object.status?.conditions ?? []
    func isTrue(_ type: String) -> Bool {
      conditions.contains { $0.type == type && $0.status == "True" }
    }
    if let failed = conditions.first(where: { $0.type == "Failed" && $0.status == "True" }) {
      return ["it failed", failed.told ?? failed.reason].compactMap(\.self)
        .joined(separator: ": ")
    }
    if isTrue("Complete") { return nil }
    if isTrue("Suspended") { return nil }
    return object.status?.startTime == nil ? "it has not been started yet" : nil
  }

  private static func definition(_ object: WorkloadObject) -> String? {
    let conditions = object.status?.conditions ?? []
    if conditions.contains(where: { $0.type == "Established" && $0.status == "True" }) {
      return nil
    }
    let refused = conditions.first { $0.type == "NamesAccepted" && $0.status == "False" }
    return ["it is not established", refused?.told].compactMap(\.self).joined(separator: ": ")
  }

  private static func deployment(_ object: WorkloadObject) -> String? {
    let status = object.status
    let wanted = object.spec?.replicas ?? 1
    if let stuck = status?.conditions?.first(where: {
      $0.type == "Progressing" && $0.reason == "ProgressDeadlineExceeded"
    }) {
      return ["its rollout is stuck", stuck.told].compactMap(\.self).joined(separator: ": ")
    }
    let (updated, available) = (status?.updatedReplicas ?? 0, status?.availableReplicas ?? 0)
    return shortage(status?.replicas, of: wanted, "created")
      ?? shortage(updated, of: wanted, "updated")
      ?? surplus(status?.replicas, over: wanted)
      ?? shortage(status?.readyReplicas, of: wanted, "ready")
      ?? shortage(available, of: updated, "available")
      ?? unavailable(status?.conditions)
  }

  private static func statefulSet(_ object: WorkloadObject) -> String? {
    if object.spec?.updateStrategy?.type == "OnDelete" { return nil }
    let status = object.status
    let wanted = object.spec?.replicas ?? 1
    let count =
      shortage(status?.replicas, of: wanted, "created")
      ?? shortage(status?.readyReplicas, of: wanted, "ready")
      ?? surplus(status?.replicas, over: wanted)
    if count != nil { return count }
    if let partition = object.spec?.updateStrategy?.rollingUpdate?.partition, partition > 0 {
      return shortage(status?.updatedReplicas, of: wanted - partition, "updated")
    }
    return status?.currentRevision == status?.updateRevision ? nil : "its rollout is under way"
  }

  private static func daemonSet(_ object: WorkloadObject) -> String? {
    if object.spec?.updateStrategy?.type == "OnDelete" { return nil }
    let status = object.status
    guard let wanted = status?.desiredNumberScheduled else {
      return "it has not been scheduled yet"
    }
    return shortage(status?.currentNumberScheduled, of: wanted, "scheduled", "nodes")
      ?? shortage(status?.updatedNumberScheduled, of: wanted, "updated", "nodes")
      ?? shortage(status?.numberAvailable, of: wanted, "available", "nodes")
      ?? shortage(status?.numberReady, of: wanted, "ready", "nodes")
  }

  private static func unavailable(_ conditions: [WorkloadObject.Condition]?) -> String? {
    conditions?.first { $0.type == "Available" && $0.status != "True" }.map {
      ["it is not available", $0.told ?? $0.reason].compactMap(\.self).joined(separator: ": ")
    }
  }

  private static func shortage(
    _ count: Int?, of wanted: Int, _ state: String, _ things: String = "replicas"
  ) -> String? {
    let count = count ?? 0
    return count < wanted ? "\(count) of \(wanted) \(things) \(state)" : nil
  }

  private static func surplus(_ count: Int?, over wanted: Int) -> String? {
    let extra = (count ?? 0) - wanted
    return extra > 0 ? "\(extra) more replica\(extra == 1 ? "" : "s") than wanted" : nil
  }
}

extension WorkloadObject {
  /// `nil` for the kinds that keep no pods up, and for what has not been scheduled.
  func readyReplicas(_ kind: WorkloadKind) -> ReadyReplicas? {
    switch kind {
    case .deployment, .statefulSet:
      ReadyReplicas(ready: status?.readyReplicas ?? 0, of: spec?.replicas ?? 1)
    case .daemonSet:
      status?.desiredNumberScheduled.map {
        ReadyReplicas(ready: status?.numberReady ?? 0, of: $0)
      }
    case .job, .cronJob, .namespace, .customResourceDefinition: nil
    }
  }
}

extension WorkloadObject.Condition {
  /// The words of whoever set it.
  fileprivate var told: String? { message.map { "\($0)" } }
}
