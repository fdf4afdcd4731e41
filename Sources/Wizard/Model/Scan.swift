/// What to read from the cluster.
public struct ScanScope: Hashable, Sendable {
  /// The kubeconfig context. Empty until one is chosen.
  public var context: String
  /// The namespaces to read, sorted; all (but the skipped ones) if `allNamespaces`.
  public var namespaces: [String]
  public var allNamespaces: Bool
  public var excluded: [String]
  /// A label selector, as kubectl's `-l` takes it, for the workloads; empty for all of them.
  public var selector: String
  /// The kinds to read, sorted by name; empty for all that run an application.
  public var kinds: [WorkloadKind]
  /// With `allNamespaces`: system namespaces, too.
  public var includesSystem: Bool

  public init(
    context: String, namespaces: [String] = [], allNamespaces: Bool = false,
    excluded: [String] = [], selector: String = "", kinds: [WorkloadKind] = [],
    includesSystem: Bool = false
  ) {
    self.context = context
    self.namespaces = namespaces
    self.allNamespaces = allNamespaces
    self.excluded = excluded
    self.selector = selector
    self.kinds = kinds
    self.includesSystem = includesSystem
  }

  /// What of the namespaces is read, where that is not all that runs: the flags that said so.
  public var restriction: String? {
    let flags =
      (selector.isEmpty ? [] : ["-l \(CommandLineText.quoted(selector))"])
      + kinds.map { "--kind \($0.rawValue)" }
    return flags.isEmpty ? nil : flags.joined(separator: " ")
  }

  /// Read only when named: the cluster's own and its tools' namespaces.
  public static let systemNamespaces = Set(
    ["kube-system", "kube-public", "kube-node-lease", "local-path-storage"]
      + Owner.Tool.allCases.compactMap(\.gitOps?.namespace))
}

/// Which cluster it is, beyond its name in somebody's kubeconfig.
public struct ClusterIdentity: Hashable, Sendable {
  public var context: String
  /// The API server's URL.
  public var server: String?
  /// The UID of namespace `kube-system`; `nil` if it could not be read.
  public var uid: String?

  public init(context: String, server: String? = nil, uid: String? = nil) {
    self.context = context
    self.server = server
    self.uid = uid
  }

  /// What to say where nothing tells the cluster from another one; `nil` where something does.
  public var whyNotPinned: String? {
    guard uid == nil, !context.isEmpty else { return nil }
    return "Nothing tells the cluster of \(context) from another one: the UID of its namespace "
      + "kube-system could not be read. Should the context lead elsewhere meanwhile, that is not "
      + "noticed. Who may get that namespace is safe from that."
  }
}

/// A context of the kubeconfig.
public struct ContextChoice: Hashable, Sendable {
  public var name: String
  public var server: String?
  /// The namespace that it is for, if the kubeconfig says one.
  public var namespace: String?
  /// The program that the kubeconfig runs for credentials, with its arguments.
  public var credentialPlugin: String?

  public init(
    name: String, server: String? = nil, namespace: String? = nil, credentialPlugin: String? = nil
  ) {
    self.name = name
    self.server = server
    self.namespace = namespace
    self.credentialPlugin = credentialPlugin
  }
}

/// How far a scan is, for one resource.
public struct ScanProgress: Hashable, Sendable {
  /// The resource, as the API names it: `deployments`.
  public var resource: String
  public var read: Int
  /// `nil` while the server has not said how many there are.
  public var total: Int?

  public init(resource: String, read: Int, total: Int?) {
    self.resource = resource
    self.read = read
    self.total = total
  }
}

/// Something the scan could not or would not read, and why.
public struct Omission: Hashable, Sendable {
  /// What, for a person: `namespace kube-system`, `deployments in payment-prod`, `Secret x/y`.
  public var what: String
  public var why: String
  /// True if it would have been read had the cluster allowed it: then the scan is partial.
  public var isGap: Bool

  public init(what: String, why: String, isGap: Bool) {
    self.what = what
    self.why = why
    self.isGap = isGap
  }
}

/// What a scan found.
public struct ScanResult: Hashable, Sendable {
  public var namespaces: [String]
  /// Sorted by key. Empty for a session file that only kept the counts.
  public var workloads: [Workload]
  /// At least `workloads.count`; more only where the session file kept no workloads.
  public var detected: Int
  /// Tool → count, as in the seed's `owners`.
  public var owners: [String: Int]
  /// The owners' objects that were looked up, sorted by kind, namespace and name.
  public var ownerObjects: [OwnerObject]
  public var leftOut: [Omission]
  /// What becomes of the objects that are no workloads, sorted by namespace, kind and name; see
  /// ``FoundObject`` for which are not among them.
  public var objects: [FoundObject]
  public var scannedAt: Timestamp?

  public init(
    namespaces: [String], workloads: [Workload], ownerObjects: [OwnerObject] = [],
    leftOut: [Omission] = [], objects: [FoundObject] = [], scannedAt: Timestamp? = nil
  ) {
    self.namespaces = namespaces
    self.objects = objects
    self.workloads = workloads.inKeyOrder
    self.detected = workloads.count
    self.owners = workloads.reduce(into: [:]) { $0[$1.owner.tool.rawValue, default: 0] += 1 }
    self.ownerObjects = ownerObjects
    self.leftOut = leftOut
    self.scannedAt = scannedAt
  }

  /// For a session file that holds counts alone.
  public init(
    namespaces: [String], detected: Int, owners: [String: Int], scannedAt: Timestamp? = nil
  ) {
    self.init(namespaces: namespaces, workloads: [], scannedAt: scannedAt)
    self.detected = detected
    self.owners = owners
  }

  /// True if something that was asked for could not be read.
  public var isPartial: Bool { leftOut.contains(where: \.isGap) }
}

extension ScanScope {
  /// Whether a scan of this scope reads a workload of that name, labels apart.
  func covers(_ key: WorkloadKey) -> Bool {
    let isKindRead =
      kinds.isEmpty
      ? key.kind?.runsApplications != false : key.kind.map { kinds.contains($0) } ?? false
    guard isKindRead else { return false }
    if key.kind == .customResourceDefinition { return true }
    let namespace = key.kind == .namespace ? key.name : key.namespace
    if excluded.contains(namespace) { return false }
    if namespaces.contains(namespace) { return true }
    return allNamespaces && (includesSystem || !Self.systemNamespaces.contains(namespace))
  }
}

/// How a scan differs from the one before it. Sorted.
public struct ScanChanges: Hashable, Sendable {
  /// Not there when the scan before looked for it, and never shown before in this session.
  public var new: [WorkloadKey]
  public var gone: [WorkloadKey]
  /// Another object of that name, a new generation of it, another owner or other readiness.
  public var changed: [WorkloadKey]

  public init(new: [WorkloadKey] = [], gone: [WorkloadKey] = [], changed: [WorkloadKey] = []) {
    self.new = new
    self.gone = gone
    self.changed = changed
  }

  public var isEmpty: Bool { new.isEmpty && gone.isEmpty && changed.isEmpty }

  /// What was not read is not gone for that: in a scan that is not whole nothing is, nor is what
  /// `scope`, that of `now`, does not cover. Where labels were asked for, what is not found may
  /// have lost them, so that nothing is gone either.
  ///
  /// What the scan before was not to read is not new for that either.
  ///
  /// - Parameters:
  ///   - earlier: the scope of `before`; `nil` if it is not known.
  ///   - isKnown: whether a workload was shown before, in whichever scan.
  public init(
    from before: ScanResult, in earlier: ScanScope?, to now: ScanResult, in scope: ScanScope,
    isKnown: (WorkloadKey) -> Bool
  ) {
    self.init()
    let old = Dictionary(before.workloads.map { ($0.key, $0) }) { $1 }
    var seen: Set<WorkloadKey> = []
    for workload in now.workloads {
      seen.insert(workload.key)
      guard let previous = old[workload.key] else {
        let wasRead = earlier.map { $0.selector.isEmpty && $0.covers(workload.key) } ?? true
        if wasRead, !isKnown(workload.key) { new.append(workload.key) }
        continue
      }
      if workload.differs(from: previous) { changed.append(workload.key) }
    }
    guard !now.isPartial, scope.selector.isEmpty else { return }
    gone = before.workloads.map(\.key).filter { !seen.contains($0) && scope.covers($0) }
  }
}

extension Workload {
  /// Another object of that name, a new generation of it, another owner or other readiness. What
  /// an older session file did not say has not changed.
  fileprivate func differs(from previous: Workload) -> Bool {
    func isOther<Value: Equatable>(_ a: Value?, _ b: Value?) -> Bool {
      if let a, let b { a != b } else { false }
    }
    return isOther(uid, previous.uid) || isOther(generation, previous.generation)
      || owner.tool != previous.owner.tool || owner.name != previous.owner.name
      || isReady != previous.isReady
  }
}
