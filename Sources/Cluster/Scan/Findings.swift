import Synchronization
import Wizard

/// What the readers of a scan have found so far; they run side by side.
final class Findings: Sendable {
  struct State {
    var workloads: [FoundWorkload] = []
    var belongings: [Belonging] = []
    var identity: ClusterIdentity
    /// The namespaces of everything that was read, wanted or not.
    var seen: Set<String> = []
    var leftOut: [LeftOut] = []
    /// By the resource's name.
    var outcomes: [String: ReadingOutcome] = [:]
    /// Ends the scan: every other request would be refused likewise.
    var refusal: (resource: String, Refusal)?
  }

  private let state: Mutex<State>

  init(_ identity: ClusterIdentity) { state = Mutex(State(identity: identity)) }

  func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

  var current: State { state.withLock { $0 } }

  var isOver: Bool { state.withLock { $0.refusal != nil } }
}

/// How the reading of a resource went.
enum ReadingOutcome: Sendable {
  /// At least somewhere.
  case read
  case notServed
  case failed(Refusal)
}

/// A workload, and what says which other objects belong to it.
struct FoundWorkload: Sendable {
  var workload: Workload
  var podLabels: [String: String]
  var configMaps: Set<String>
  var serviceAccount: String?

  init?(_ object: WorkloadObject, _ resource: Resource, apiVersion: String) {
    guard let kind = WorkloadKind(rawValue: resource.kind) else { return nil }
    let metadata = object.metadata
    let key = WorkloadKey(kind: kind, namespace: metadata.namespace ?? "", name: metadata.name)
    let template = object.podTemplate
    let readiness = Readiness(kind, object)
    workload = Workload(
      key: key, apiVersion: apiVersion, isReady: readiness.isReady, reason: readiness.reason,
      labels: (metadata.labels ?? [:]).filter { Self.namingLabels.contains($0.key) },
      secrets: (template?.secrets ?? []).sorted())
    workload.owner = OwnerMarks(workload.reference, metadata).owner
    podLabels = template?.metadata?.labels ?? [:]
    configMaps = template?.configMaps ?? []
    serviceAccount = template?.spec?.serviceAccountName
  }

  private static let namingLabels: Set<String> = [
    "app.kubernetes.io/name", "app.kubernetes.io/instance", "app", "environment", "env",
  ]
}
