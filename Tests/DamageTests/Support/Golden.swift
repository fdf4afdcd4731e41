import TestWorld
import Testing
import Wizard

@testable import Files
@testable import SessionFormat
@testable import SessionStore

/// Sound session files, to be damaged.
struct Golden: Sendable, CustomTestStringConvertible {
  let name: String
  let session: Session
  let bytes: [UInt8]

  static let id = "import-2026-01-09-143022"

  var testDescription: String { name }

  /// The session file as it is printed in the design of the session state, saved once by us.
  static func printed() throws -> Golden {
    var document = try SessionCodec.decode(Array(seedSession.utf8), named: id).document
    document.session.generation = 1
    return try Golden("the printed sample", document)
  }

  /// A session in the middle of an import, with everything in it that a session can have.
  static func rich() throws -> Golden {
    try Golden("a rich session", SessionDocument(session: richSession))
  }

  static func both() throws -> [Golden] { [try printed(), try rich()] }

  private init(_ name: String, _ document: SessionDocument) throws {
    self.name = name
    self.session = document.session
    self.bytes = try SessionCodec.encode(document)
  }

  private static var richSession: Session {
    let begun = Timestamp(seconds: 1_767_969_022)
    var session = Session(
      id: id, lineage: "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b", createdAt: begun)
    session.generation = 17
    session.updatedAt = Timestamp(seconds: 1_767_969_933)
    session.cluster = ClusterIdentity(
      context: "kind-atk", server: "https://127.0.0.1:6443",
      uid: "1c2d3e4f-0000-4000-8000-00000000abcd")
    session.position = Position(.targets, .binding)
    session.stepsCompleted = [.scan, .review, .select, .connect, .worker]
    session.stepsSkipped = [.worker]
    session.scope = ScanScope(
      context: "kind-atk", namespaces: ["payment-prod", "größe"], excluded: ["kube-system"])

    let service = ObjectReference(
      apiVersion: "v1", kind: "Service", namespace: "payment-prod", name: "payment-api")
    let workloads = [
      Workload(
        key: WorkloadKey(kind: .deployment, namespace: "payment-prod", name: "payment-api"),
        apiVersion: "apps/v1",
        owner: Owner(
          .flux, name: "payments", namespace: "flux-system", source: "./apps/\"prod\"\\payment",
          confidence: .medium),
        isReady: false, reason: "0 of 2 pods are ready: Back-off\n\tpulling image \u{1b}[31m",
        labels: ["app": "payment-api", "team": "名前"], belongings: [service],
        needed: [
          ObjectReference(
            apiVersion: "v1", kind: "Secret", namespace: "payment-prod", name: "payment-db")
        ]),
      Workload(
        key: WorkloadKey(kind: .cronJob, namespace: "größe", name: "nightly"),
        apiVersion: "batch/v1"),
    ]
    var scan = ScanResult(
      namespaces: ["payment-prod", "größe"], workloads: workloads,
      leftOut: [Omission(what: "namespace order-prod", why: "Forbidden", isGap: true)],
      scannedAt: begun)
    scan.detected = 12
    session.scan = scan
    session.selected = workloads.map {
      Session.SelectedWorkload(key: $0.key, owner: $0.owner.tool.rawValue)
    }
    session.proposal = Proposal(
      hub: "platform-team", appSpace: "payment-team",
      units: workloads.map {
        UnitPlan(
          id: $0.key, slug: $0.key.name, labels: ["app": $0.key.name],
          members: [$0.reference] + $0.belongings)
      })
    session.hub = HubIdentity(
      server: "https://hub.example", organization: "acme-corp", organizationID: "org-1",
      user: "user@example.com")
    session.workerMode = .existing
    session.workerSlug = "dev"
    session.workerStatus = "ready"
    session.targetSlug = "dev-kubernetes"
    session.operations = OperationList(operations(service))
    session.report = Report(
      checks: [Report.Check(subject: "unit payment-api", verdict: .mismatch, detail: "2 ≠ 3")],
      at: begun)
    session.logs = ["~/.confighub/logs/tui-import-2026-01-09-143022.log"]
    session.logFile = session.logs.last
    session.history = [
      Session.Visit(position: Position(.scan, .choosing), at: begun),
      Session.Visit(position: Position(.targets, .binding), at: session.updatedAt),
    ]
    return session
  }

  private static func operations(_ service: ObjectReference) -> [Operation] {
    [
      Operation(
        id: "op-0001", kind: .createSpace, key: "payment-team", state: .done, result: .unchanged),
      Operation(
        id: "op-0002", kind: .createUnit, key: "payment-team/payment-api",
        source: [Operation.Source(object: service, uid: "u-1", resourceVersion: "4711")],
        digest: String(repeating: "0", count: 64), state: .done, result: .created, attempt: 2,
        remoteID: "unit-1", remoteVersion: 3),
      Operation(id: "op-0003", kind: .createUnit, key: "payment-team/nightly"),
      Operation(
        id: "op-0004", kind: .setTarget, key: "payment-team/payment-api", state: .failed,
        reason: "the target is gone", detail: "dev-kubernetes"),
    ]
  }
}
