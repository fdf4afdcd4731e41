import TerminalText
import Wizard

/// The moment of every sample: 2026-01-09T16:45:33Z, two hours after the seed's session was saved.
let sampleNow = Timestamp(seconds: 1_767_977_133)

enum Sample {
  static let created = Timestamp(seconds: sampleNow.seconds - 8111)

  static func workload(
    _ name: String, _ namespace: String = "payment-prod", kind: WorkloadKind = .deployment,
    owner: Owner = Owner(
      .flux, name: "payments", namespace: "flux-system",
      source: "label:kustomize.toolkit.fluxcd.io/name"),
    isReady: Bool = true, reason: String? = nil
  ) -> Workload {
    Workload(
      key: WorkloadKey(kind: kind, namespace: namespace, name: name), apiVersion: "apps/v1",
      owner: owner, isReady: isReady, reason: reason, labels: ["app": name],
      belongings: [
        ObjectReference(apiVersion: "v1", kind: "Service", namespace: namespace, name: name)
      ], secrets: [])
  }

  static let workloads: [Workload] =
    ["payment-api", "payment-fraud", "payment-gateway", "payment-ledger", "payment-worker"].map {
      workload($0)
    } + [
      workload("payment-db", kind: .statefulSet, isReady: false, reason: "1 of 3 replicas ready"),
      workload("payment-agent", kind: .daemonSet),
      workload("order-api", "order-prod"),
      workload("order-cart", "order-prod", owner: argo),
      workload("order-search", "order-prod", owner: argo),
      workload("order-web", "order-prod", owner: argo),
      workload("debug-shell", "order-prod", owner: .native),
    ]

  private static let argo = Owner(
    .argoCD, name: "order-web", source: "annotation:argocd.argoproj.io/tracking-id")

  static var session: Session {
    var session = Session(id: "import-2026-01-09-143022", lineage: "l", createdAt: created)
    session.updatedAt = Timestamp(seconds: sampleNow.seconds - 7200)
    session.cluster = ClusterIdentity(
      context: "kind-atk", server: "https://127.0.0.1:6443", uid: "uid-1")
    session.scope = ScanScope(context: "kind-atk", namespaces: ["order-prod", "payment-prod"])
    session.logFile = "~/.confighub/logs/tui-import-2026-01-09-143022.log"
    session.logs = ["~/.confighub/logs/tui-import-2026-01-09-143022.log"]
    return session
  }

  static func state(at position: Position, done: [Step] = []) -> WizardState {
    var state = WizardState(now: sampleNow)
    state.stage = .working
    state.session = session
    state.session.position = position
    state.session.stepsCompleted = Step.seven.filter { $0 < position.step }
    state.saving = .saved(at: Timestamp(seconds: sampleNow.seconds - 3))
    state.contexts = [
      ContextChoice(name: "kind-atk", server: "https://127.0.0.1:6443"),
      ContextChoice(
        name: "prod-east", server: "https://prod-east.example.com:6443",
        credentialPlugin: "aws eks get-token --cluster-name prod-east"),
    ]
    state.currentContext = "kind-atk"
    state.namespaces = ["argocd", "default", "kube-system", "order-prod", "payment-prod"]
    if position.step >= .review { scanned(&state) }
    if position.step >= .select { proposed(&state) }
    if position.step >= .connect {
      state.signIn = .signedIn(identity)
      state.session.hub = identity
      state.spaceExists = false
    }
    if position.step >= .worker { created(&state) }
    if position.step >= .targets { connected(&state) }
    return state
  }

  static let identity = HubIdentity(
    server: "https://hub.confighub.com", organization: "Acme Corp", user: "user@example.com")

  private static func scanned(_ state: inout WizardState) {
    state.session.scan = ScanResult(
      namespaces: ["order-prod", "payment-prod"], workloads: workloads,
      leftOut: [LeftOut(what: "namespace kube-system", why: "the cluster's own", isGap: false)],
      scannedAt: created)
    state.session.selected = workloads.prefix(2).map {
      .init(key: $0.key, owner: $0.owner.tool.rawValue)
    }
  }

  private static func proposed(_ state: inout WizardState) {
    state.session.proposal = Proposal(
      hub: "platform-team", appSpace: "payment-team",
      units: workloads.prefix(2).map {
        UnitPlan(
          id: $0.key, slug: $0.key.name,
          labels: ["app": $0.key.name, "variant": "prod", "owner": $0.owner.tool.rawValue],
          members: [$0.reference] + $0.belongings)
      })
  }

  private static func created(_ state: inout WizardState) {
    state.spaceExists = true
    state.session.operations = [
      Operation(
        id: "op-0001", kind: .createSpace, key: "payment-team", state: .done, result: .created)
    ]
    state.session.operations += ["payment-api", "payment-fraud"].enumerated().map {
      Operation(
        id: "op-000\($0 + 2)", kind: .createUnit, key: "payment-team/\($1)", digest: "d",
        state: .done, result: .created)
    }
    state.workers = [
      Worker(slug: "dev", id: "w1", condition: "Ready"),
      Worker(slug: "old", id: "w2", condition: "Disconnected"),
    ]
  }

  private static func connected(_ state: inout WizardState) {
    state.session.workerSlug = "dev"
    state.session.workerStatus = "ready"
    state.session.workerMode = .existing
    state.waitingSince = Timestamp(seconds: sampleNow.seconds - 14)
  }

  static let report = Report(checks: [
    .init(subject: "unit payment-api", verdict: .ok, detail: "holds the intended 2 objects"),
    .init(subject: "unit payment-fraud", verdict: .mismatch, detail: "holds other content"),
    .init(subject: "worker dev", verdict: .ok, detail: "Ready"),
    .init(subject: "targets", verdict: .notVerified, detail: "left out"),
  ])
}
