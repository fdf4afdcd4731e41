import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Cluster

/// The tests that start programs: one after another, because some of them look at the time.
@Suite("Through programs", .serialized)
enum Programs {}

/// A recorded cluster behind the real kubectl, under the context `dev`.
struct TestCluster {
  let sandbox: Sandbox
  let server: RecordedAPIServer

  init(
    _ recording: String = "kind-atk", user: String = "admin",
    viewerNamespaces: Set<String> = [], faults: [Fault] = [], kubectl: String? = nil
  ) throws {
    sandbox = try Sandbox(kubectl: kubectl == nil ? .real : .absent, cub: .absent)
    if let kubectl { try sandbox.link("kubectl", to: kubectl) }
    server = try RecordedAPIServer(
      recording: Recording.path(recording), viewerNamespaces: viewerNamespaces, faults: faults)
    try sandbox.writeKubeconfig([server.context("dev", user: user)])
  }

  /// A cluster that holds the objects of one of the cases.
  init(case name: String) throws {
    sandbox = try Sandbox(kubectl: .real, cub: .absent)
    server = try RecordedAPIServer(objectsAt: Recording.casePath(name))
    try sandbox.writeKubeconfig([server.context("dev", user: "admin")])
  }

  func client(
    timeout: Double = 30, limits: Patience.Limits = .quick,
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) -> ClusterClient {
    ClusterClient(
      Kubectl(
        executable: "\(sandbox.bin)/kubectl", kubeconfig: sandbox.kubeconfig,
        environment: sandbox.environment, timeout: timeout,
        patience: Patience(limits: limits, tell: waiting)))
  }

  static let moment = Timestamp(seconds: 1_767_967_822)

  /// All namespaces unless some are named.
  func scan(
    _ namespaces: String..., context: String = "dev", excluded: [String] = [],
    timeout: Double = 30, limits: Patience.Limits = .quick,
    progress: @escaping @Sendable (ScanProgress) -> Void = { _ in },
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) throws(ClusterFailure) -> ScanOutcome {
    // The server stops when nobody holds it, and a scan does not.
    defer { withExtendedLifetime(server) {} }
    let scope = ScanScope(
      context: context, namespaces: namespaces, allNamespaces: namespaces.isEmpty,
      excluded: excluded)
    return try client(timeout: timeout, limits: limits, waiting: waiting).scan(
      scope, at: Self.moment, progress: progress)
  }

  /// What was asked for, but for what kubectl asks for on its own.
  var requested: [String] { server.requests.map(\.path).filter { $0 != "/version" } }

  func count(of path: String) -> Int { requested.filter { $0 == path }.count }
}

extension Patience.Limits {
  /// As many tries as ever, one right after the other where the server does not say when.
  static let quick = Self(
    pauses: [0.01, 0.01, 0.01, 0.01, 0.01], troublePauses: [0.01, 0.01], perRequest: 1.5)
}

/// What a body fails with; `nil` if it does not.
func failure(_ body: () throws(ClusterFailure) -> some Any) -> ClusterFailure? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension ScanResult {
  var gaps: [LeftOut] { leftOut.filter(\.isGap) }

  func workload(_ kind: WorkloadKind, _ namespace: String, _ name: String) -> Workload? {
    workloads.first { $0.key == WorkloadKey(kind: kind, namespace: namespace, name: name) }
  }
}
