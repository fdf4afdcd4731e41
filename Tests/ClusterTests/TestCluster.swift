import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Cluster

/// The tests that start programs: one after another, because some of them look at the time.
@Suite("Through programs", .serialized, .waiting)
enum Programs {}

/// A recorded cluster behind the real kubectl, under the context `dev`.
struct TestCluster {
  let sandbox: Sandbox
  let server: RecordedAPIServer

  init(
    _ recording: String = "kind-atk", user: String = "admin",
    viewerNamespaces: Set<String> = [], faults: [Fault] = [], kubectl: String? = nil,
    hasProxy: Bool = true
  ) throws {
    sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let kubectl = try kubectl ?? Sandbox.find("kubectl")
    if hasProxy {
      try sandbox.link("kubectl", to: kubectl)
    } else {
      let script = "#!/bin/sh\n\(ScriptedKubectl.withoutProxy)\nexec \(kubectl) \"$@\"\n"
      try sandbox.write(script, to: "bin/kubectl", mode: 0o700)
    }
    server = try RecordedAPIServer(
      recording: Recording.path(recording), viewerNamespaces: viewerNamespaces, faults: faults)
    try sandbox.writeKubeconfig([server.context("dev", user: user)])
  }

  /// A cluster that holds the objects of one of the cases.
  init(case name: String) throws { try self.init(objectsAt: Recording.casePath(name)) }

  init(objectsAt path: String) throws {
    sandbox = try Sandbox(kubectl: .real, cub: .absent)
    server = try RecordedAPIServer(objectsAt: path)
    try sandbox.writeKubeconfig([server.context("dev", user: "admin")])
  }

  func client(
    timeout: Double = 30, limits: Patience.Limits = .quick,
    waiting: @escaping @Sendable (ClusterWait) -> Void = { _ in }
  ) -> ClusterClient {
    ClusterClient(
      kubectl(timeout: timeout, patience: Patience(limits: limits, tell: waiting)))
  }

  func kubectl(
    timeout: Double = 30, patience: Patience = Patience(limits: .quick),
    proxies: KubectlProxies = KubectlProxies(), observer: Command.Observer? = nil
  ) -> Kubectl {
    Kubectl(
      executable: "\(sandbox.bin)/kubectl", kubeconfig: sandbox.kubeconfig,
      environment: sandbox.environment.merging(["XDG_RUNTIME_DIR": runtime]) { $1 },
      timeout: timeout, observer: observer, patience: patience, proxies: proxies)
  }

  /// Where the sockets are.
  var runtime: String { "\(sandbox.directory)/tmp" }

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

/// What a body is refused with; `nil` if it is not.
func refusal(_ body: () throws(KubectlError) -> some Any) -> KubectlError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

extension ScanResult {
  var gaps: [Omission] { leftOut.filter(\.isGap) }

  func workload(_ kind: WorkloadKind, _ namespace: String, _ name: String) -> Workload? {
    workloads.first { $0.key == WorkloadKey(kind: kind, namespace: namespace, name: name) }
  }
}
