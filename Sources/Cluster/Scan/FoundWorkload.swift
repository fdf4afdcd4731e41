import Wizard

/// A workload, and what says which other objects belong to it.
struct FoundWorkload: Sendable {
  var workload: Workload
  var clues: Clues

  /// Needed until the workload has what belongs to it.
  struct Clues: Hashable, Sendable {
    var podLabels: Labels
    /// The names of those that its pods mount or read.
    var configMaps: [String]
    var serviceAccount: String?
    /// The names of the templates of which it makes a claim for each of its pods.
    var claimTemplates: [String] = []

    /// What they name, as it is in a namespace.
    func named(in namespace: String) -> [ObjectReference] {
      let names =
        configMaps.map { ("ConfigMap", $0) }
        + [serviceAccount].compactMap(\.self).map { ("ServiceAccount", $0) }
      return names.map {
        ObjectReference(apiVersion: "v1", kind: $0.0, namespace: namespace, name: $0.1)
      }
    }
  }

  init(_ workload: Workload, _ clues: Clues) {
    self.workload = workload
    self.clues = clues
  }

  /// Without interning, for a single one.
  init?(_ object: WorkloadObject, _ resource: Resource, apiVersion: String) {
    var interner = Interner()
    self.init(object, resource, apiVersion: apiVersion, &interner)
  }

  init?(
    _ object: WorkloadObject, _ resource: Resource, apiVersion: String,
    _ interner: inout Interner
  ) {
    guard let kind = WorkloadKind(rawValue: resource.kind) else { return nil }
    let metadata = object.metadata
    // A cluster's own kinds have no namespace.
    let key = WorkloadKey(
      kind: kind, namespace: interner(metadata.namespace ?? ""), name: metadata.name)
    let template = object.podTemplate
    let readiness = Readiness(kind, object)
    workload = Workload(
      key: key, apiVersion: apiVersion, isReady: readiness.isReady,
      reason: readiness.reason.map { interner($0) },
      images: (template?.images ?? []).map { interner($0) }.sorted(), uid: metadata.uid,
      generation: metadata.generation,
      needed: object.needed(in: key.namespace).sorted(), reservation: object.reservation(kind),
      replicas: object.readyReplicas(kind),
      created: metadata.creationTimestamp.flatMap { Timestamp(rfc3339: $0) })
    let claims = OwnerMarks(workload.reference, metadata).claims
    workload.sharedOwner = interner(claims.first ?? .native)
    workload.otherOwners = claims.dropFirst().map { interner($0).value }
    workload.labels = interner(metadata.labels ?? [:])
    clues = Clues(
      podLabels: Labels(template?.metadata?.labels ?? [:]),
      configMaps: Array(template?.configMaps ?? []),
      serviceAccount: template?.spec?.serviceAccountName,
      claimTemplates: (object.spec?.volumeClaimTemplates ?? []).compactMap(\.name))
  }
}

extension WorkloadObject {
  /// What it refers to, beside ConfigMaps and its account.
  fileprivate func needed(in namespace: String) -> Set<ObjectReference> {
    var needed = podTemplate?.needed(in: namespace) ?? []
    for claim in spec?.volumeClaimTemplates ?? [] {
      guard let name = claim.storageClassName, !name.isEmpty else { continue }
      needed.insert(
        ObjectReference(
          apiVersion: "storage.k8s.io/v1", kind: "StorageClass", namespace: nil, name: name))
    }
    return needed
  }

  /// Why nobody should import it without having looked at it.
  fileprivate func reservation(_ kind: WorkloadKind) -> Reservation? {
    let annotations = metadata.annotations?.values ?? [:]
    if metadata.deletionTimestamp != nil { return .deleting }
    if annotations["helm.sh/hook"]?.isEmpty == false { return .helmHook }
    // What is skipped is not applied by Argo CD at all.
    let hook = annotations["argocd.argoproj.io/hook"] ?? ""
    if !hook.isEmpty, hook != "Skip" { return .argoHook }
    let hasFinished = (status?.conditions ?? []).contains {
      ["Complete", "Failed"].contains($0.type) && $0.status == "True"
    }
    return kind == .job && hasFinished ? .finished : nil
  }
}

extension FoundWorkload.Clues: Packable {
  func pack(into bytes: inout [UInt8]) {
    bytes.pack(podLabels)
    bytes.pack(configMaps)
    bytes.pack(ifAny: serviceAccount)
    bytes.pack(claimTemplates)
  }

  init(_ packed: inout PackedBytes) {
    self.init(
      podLabels: packed.labels(), configMaps: packed.texts(), serviceAccount: packed.textIfAny(),
      claimTemplates: packed.texts())
  }
}
