import Wizard

/// A workload, and what says which other objects belong to it.
struct FoundWorkload: Sendable {
  var workload: Workload
  var podLabels: Labels
  /// The names of those that its pods mount or read, sorted.
  var configMaps: [String]
  var serviceAccount: String?

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
      generation: metadata.generation, secrets: (template?.secrets ?? []).sorted())
    let claims = OwnerMarks(workload.reference, metadata).claims
    workload.sharedOwner = interner(claims.first ?? .native)
    workload.otherOwners = claims.dropFirst().map { interner($0).value }
    workload.labels = interner(metadata.labels ?? [:])
    podLabels = interner(template?.metadata?.labels ?? [:])
    configMaps = (template?.configMaps ?? []).sorted()
    serviceAccount = template?.spec?.serviceAccountName.map { interner($0) }
  }
}
