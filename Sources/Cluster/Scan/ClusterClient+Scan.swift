import Subprocess
import Wizard

/// What a scan brings, and of which cluster.
public struct ScanOutcome: Hashable, Sendable {
  public var result: ScanResult
  public var identity: ClusterIdentity

  public init(result: ScanResult, identity: ClusterIdentity) {
    self.result = result
    self.identity = identity
  }
}

extension ClusterClient {
  /// Reads the workloads and what belongs to them, at most four lists at a time.
  ///
  /// What cannot be read is in the result's `leftOut`, as a gap; only if the cluster cannot be
  /// used at all, or no kind of workload can be read, is it a failure.
  ///
  /// - Parameter progress: called from several threads, once per page.
  public func scan(
    _ scope: ScanScope, cancellation: Cancellation? = nil, at moment: Timestamp,
    progress: @escaping @Sendable (ScanProgress) -> Void
  ) throws(ClusterFailure) -> ScanOutcome {
    let lister = Lister(kubectl: kubectl, context: scope.context, cancellation: cancellation)
    let choice = NamespaceChoice(scope: scope, known: try knownNamespaces(lister))
    let findings = Findings(ClusterIdentity(context: scope.context))
    let reader = Reader(lister: lister, choice: choice, findings: findings, progress: progress)
    var tasks: [@Sendable () -> Void] = [
      {
        let identity = identity(context: scope.context, cancellation: cancellation)
        findings.change { $0.identity = identity }
      }
    ]
    for resource in Resource.workloads { tasks.append { reader.readWorkloads(resource) } }
    for resource in Resource.belongings { tasks.append { reader.readBelongings(resource) } }
    _ = inParallel(tasks)
    let found = findings.current
    try found.check(context: scope.context)
    let assembly = Assembly(found.workloads, found.belongings)
    let gaps = found.leftOut.sorted { $0.what < $1.what }
    let result = ScanResult(
      namespaces: choice.names ?? found.seen.filter(choice.isWanted).sorted(),
      workloads: assembly.workloads,
      leftOut: choice.leftOut(seen: found.seen) + gaps + assembly.leftOut, scannedAt: moment)
    return ScanOutcome(result: result, identity: found.identity)
  }

  /// `nil` if they may not be listed. Also the first call of a scan: whoever has to sign in, or
  /// cannot reach the cluster, is told so once.
  private func knownNamespaces(_ lister: Lister) throws(ClusterFailure) -> [String]? {
    do {
      return try lister.namespaces()
    } catch
      where error.reason.concernsAllRequests || [.timedOut, .programFailed].contains(error.reason)
    {
      throw ClusterFailure("The namespaces of \(lister.context) could not be read", error)
    } catch {
      return nil
    }
  }
}

/// Reads the resources of a scan into its findings.
private struct Reader: Sendable {
  var lister: Lister
  var choice: NamespaceChoice
  var findings: Findings
  var progress: @Sendable (ScanProgress) -> Void

  func readWorkloads(_ resource: Resource) {
    let found = read(resource, as: WorkloadObject.self) {
      FoundWorkload($0, resource, apiVersion: $1)
    }
    findings.change { $0.workloads += found }
  }

  func readBelongings(_ resource: Resource) {
    switch resource.kind {
    case "Service": readBelongings(resource, as: ServiceObject.self)
    case "ConfigMap": readBelongings(resource, as: ConfigMapObject.self)
    case "ServiceAccount": readBelongings(resource, as: ServiceAccountObject.self)
    case "HorizontalPodAutoscaler": readBelongings(resource, as: AutoscalerObject.self)
    case "PodDisruptionBudget": readBelongings(resource, as: DisruptionBudgetObject.self)
    default: readBelongings(resource, as: IngressObject.self)
    }
  }

  private func readBelongings<Item: BelongingObject>(_ resource: Resource, as type: Item.Type) {
    let found = read(resource, as: type) { item, apiVersion in
      let object = ObjectReference(
        apiVersion: apiVersion, kind: resource.kind, namespace: item.metadata.namespace,
        name: item.metadata.name)
      return Self.isEverywhere(object) ? nil : Belonging(reference: object, link: item.link)
    }
    findings.change { $0.belongings += found }
  }

  private func read<Item: ClusterObject, Kept>(
    _ resource: Resource, as type: Item.Type, keep: @escaping (Item, String) -> Kept?
  ) -> [Kept] {
    if findings.isOver { return [] }
    var reading = ResourceReading(
      resource, lister, choice, findings, progress: progress, keep: keep)
    reading.conduct()
    return reading.kept
  }

  /// Every namespace has these, made by the cluster itself.
  private static func isEverywhere(_ object: ObjectReference) -> Bool {
    switch (object.kind, object.name) {
    case ("ConfigMap", "kube-root-ca.crt"), ("ServiceAccount", "default"): true
    default: false
    }
  }
}

extension Findings.State {
  /// Throws if there is nothing to show for the scan.
  fileprivate func check(context: String) throws(ClusterFailure) {
    if let (resource, refusal) = refusal {
      if refusal.reason == .cancelled {
        throw ClusterFailure(.cancelled, "The scan of \(context) was cancelled.")
      }
      throw ClusterFailure("The \(resource) of \(context) could not be read", refusal)
    }
    var refusals: [Refusal] = []
    for resource in Resource.workloads {
      switch outcomes[resource.name] {
      case .read: return
      case .failed(let refusal): refusals.append(refusal)
      case .notServed, nil: break
      }
    }
    guard let refusal = refusals.first else { return }
    throw ClusterFailure("The workloads of \(context) could not be read", refusal)
  }
}
