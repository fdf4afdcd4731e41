import Subprocess
import Synchronization
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
  /// Reads the workloads and what belongs to them, four lists at a time, and beside them what else
  /// the cluster serves, as many.
  ///
  /// What cannot be read is in the result's `leftOut`, as a gap, and so is what a cancellation kept
  /// from being read; only if the cluster cannot be used at all, or nothing was found by then, is
  /// it a failure.
  ///
  /// - Parameters:
  ///   - progress: called from several threads, at most twenty times a second for each resource.
  ///   - found: likewise, with workloads of which it is not known yet what belongs to them.
  public func scan(
    _ scope: ScanScope, cancellation: Cancellation? = nil, at moment: Timestamp,
    progress: @escaping @Sendable (ScanProgress) -> Void,
    found tell: @escaping @Sendable ([Workload]) -> Void = { _ in }
  ) throws(ClusterFailure) -> ScanOutcome {
    let lister = Lister(kubectl: kubectl, context: scope.context, cancellation: cancellation)
    let known = try knownNamespaces(lister)
    let choice = NamespaceChoice(scope: scope, known: known?.map(\.name))
    let findings = Findings()
    let reader = ScanReader(
      lister: lister, choice: choice, findings: findings, progress: progress, found: tell)
    let resources = scope.resources
    let identity = Mutex(ClusterIdentity(context: scope.context))
    let others = OtherKinds(
      lister: lister, choice: choice, findings: findings, progress: progress)
    let rest = Mutex(OtherKinds.Rest())
    var tasks: [@Sendable () -> Void] = resources.workloads.map { resource in
      { reader.readWorkloads(resource) }
    }
    if !resources.belongings.isEmpty {
      tasks.insert({ rest.withLock { $0 = others.read() } }, at: 0)
    }
    tasks.append {
      let found = self.identity(
        context: scope.context, namespaces: known, cancellation: cancellation)
      identity.withLock { $0 = found }
    }
    for resource in resources.belongings { tasks.append { reader.readBelongings(resource) } }
    _ = inParallel(tasks, atMost: others.beside)
    if findings.end == nil { others.read(rest.withLock { $0 }) }

    var found = findings.take()
    try found.check(scope, resources.workloads)
    var (workloads, objects) = found.assemble()
    if !scope.isWhole { objects = objects.map(\.ofWhatWasAsked) }
    let owners = OwnerLookup(
      lister: lister, refusal: found.refusal?.1 ?? found.silence, apply: &workloads)
    let gaps = found.leftOut.sorted { $0.what < $1.what }
    let result = ScanResult(
      namespaces: choice.names ?? found.seen.filter(choice.isWanted).sorted(),
      workloads: workloads, ownerObjects: owners.objects,
      leftOut: choice.leftOut(seen: found.seen) + gaps + found.passedOver, objects: objects,
      scannedAt: moment)
    return ScanOutcome(result: result, identity: identity.withLock { $0 })
  }

  /// `nil` if they may not be listed. Also the first call of a scan: whoever has to sign in, or
  /// cannot reach the cluster, or has waited for it in vain, is told so once.
  private func knownNamespaces(_ lister: Lister) throws(ClusterFailure) -> [Metadata]? {
    do {
      return try lister.namespaces()
    } catch
      where error.reason.concernsAllRequests
      || [.timedOut, .programFailed, .busy].contains(error.reason)
    {
      throw ClusterFailure("The namespaces of \(lister.context) could not be read", error)
    } catch {
      return nil
    }
  }

  /// The UID is that of a namespace, which may be known.
  private func identity(
    context: String, namespaces: [Metadata]?, cancellation: Cancellation?
  ) -> ClusterIdentity {
    guard let uid = namespaces?.first(where: { $0.name == "kube-system" })?.uid else {
      return identity(context: context, cancellation: cancellation)
    }
    kubectl.proxies.keep(uid, of: context)
    return ClusterIdentity(
      context: context, server: server(of: context, cancellation: cancellation), uid: uid)
  }
}

extension FoundObject {
  /// What no workload refers to, others may, of which nothing is known.
  fileprivate var ofWhatWasAsked: FoundObject {
    guard case .unclaimed = place else { return self }
    return FoundObject(reference, .leftOut, why: "no workload that was asked for refers to it")
  }
}

extension ScanScope {
  /// Whether every workload of the namespaces is asked for.
  fileprivate var isWhole: Bool { selector.isEmpty && kinds.isEmpty }

  /// What to read for it.
  fileprivate var resources: (workloads: [Resource], belongings: [Resource]) {
    guard !kinds.isEmpty else { return (Resource.workloads, Resource.belongings) }
    let wanted = (Resource.workloads + Resource.ofCluster).filter { resource in
      kinds.contains { $0.rawValue == resource.kind }
    }
    return (wanted, kinds.contains(where: \.runsApplications) ? Resource.belongings : [])
  }
}

extension Findings.State {
  /// Throws if there is nothing to show for the scan.
  fileprivate func check(_ scope: ScanScope, _ resources: [Resource]) throws(ClusterFailure) {
    if let (resource, refusal) = refusal,
      workloads.allSatisfy(\.workloads.isEmpty) || refusal.reason == .signInNeeded
        || refusal.reason == .contextUnknown
    {
      if refusal.reason == .cancelled {
        throw ClusterFailure(.cancelled, "The scan of \(scope.context) was cancelled.")
      }
      throw ClusterFailure("The \(resource) of \(scope.context) could not be read", refusal)
    }
    var refusals: [KubectlError] = []
    for resource in resources {
      switch outcomes[resource.name] {
      case .read: return
      case .failed(let refusal): refusals.append(refusal)
      case .notServed, nil: break
      }
    }
    guard let refusal = refusals.first else { return }
    throw ClusterFailure("The workloads of \(scope.context) could not be read", refusal)
  }

  /// Every namespace's workloads with what belongs to them, sorted by key; and what becomes of the
  /// rest.
  fileprivate mutating func assemble() -> (workloads: [Workload], objects: [FoundObject]) {
    var found = FoundWorkloads(draining: &workloads)
    let objects = found.assemble(&belongings, roles: clusterRoles, whole: whole)
    return (found.workloads, objects)
  }

  /// What every namespace has.
  fileprivate var passedOver: [Omission] {
    guard !everywhere.isEmpty else { return [] }
    return [
      Omission(
        what: everywhere.sorted().joined(separator: ", "),
        why: "the cluster makes these in every namespace", isGap: false)
    ]
  }
}
