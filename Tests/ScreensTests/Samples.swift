import TerminalText

@testable import Wizard

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
      ], replicas: ReadyReplicas(ready: isReady ? 2 : 1, of: isReady ? 2 : 3),
      created: Timestamp(seconds: sampleNow.seconds - 12 * 86_400))
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

  static func key(_ name: String) -> WorkloadKey {
    workloads.first { $0.key.name == name }?.key
      ?? WorkloadKey(kind: .deployment, namespace: "payment-prod", name: name)
  }

  /// A review with everything that a second scan may bring: changes, lies, conflicts, images.
  static var arranged: WizardState {
    var state = state(at: Position(.review))
    var workloads = workloads
    for index in workloads.indices {
      workloads[index].images = ["registry.example.com/\(workloads[index].key.name):1.4"]
      workloads[index].labels["team"] = "payments"
      switch workloads[index].key.name {
      case "payment-db":
        workloads[index].images = ["docker.io/library/postgres:16"]
        workloads[index].owner.kind = "Kustomization"
        workloads[index].belongings = [
          ObjectReference(
            apiVersion: "v1", kind: "ConfigMap", namespace: "payment-prod", name: "payment-config"),
          ObjectReference(
            apiVersion: "v1", kind: "Service", namespace: "payment-prod", name: "payment-db"),
        ]
        workloads[index].needed = [
          ObjectReference(
            apiVersion: "v1", kind: "PersistentVolumeClaim", namespace: "payment-prod",
            name: "payment-archive"),
          ObjectReference(
            apiVersion: "v1", kind: "Secret", namespace: "payment-prod",
            name: "payment-db-password"),
        ]
      case "payment-api":
        workloads[index].belongings.append(
          ObjectReference(
            apiVersion: "v1", kind: "ConfigMap", namespace: "payment-prod", name: "payment-config"))
      case "order-web":
        workloads[index].owner.kind = "Application"
        workloads[index].otherOwners = [
          Owner(
            .helm, name: "order-web", source: "label:app.kubernetes.io/managed-by",
            confidence: .medium)
        ]
      default: break
      }
    }
    state.session.scan = ScanResult(
      namespaces: ["order-prod", "payment-prod"], workloads: workloads,
      ownerObjects: [
        OwnerObject(
          tool: .argoCD, kind: "Application", namespace: "argocd", name: "order-web",
          standing: .missing),
        OwnerObject(
          tool: .flux, kind: "Kustomization", namespace: "flux-system", name: "payments",
          standing: .found,
          source: "./apps/payments of GitRepository flux-system/fleet", isAutomatic: true),
      ],
      leftOut: [
        Omission(what: "namespace kube-system", why: "a system namespace", isGap: false),
        Omission(what: "Secret payment-prod/payment-db-password", why: "never read", isGap: false),
      ], scannedAt: Timestamp(seconds: sampleNow.seconds - 7200))
    state.changes = ScanChanges(
      new: [key("order-web")], gone: [key("payment-old")], changed: [key("payment-db")])
    return state
  }

  /// A review of a scan that could not read everything.
  static var partial: WizardState {
    var state = arranged
    state.session.scan?.leftOut += (1...20).map {
      Omission(
        what: "cronjobs in team-\($0)-prod",
        why: "cronjobs.batch is forbidden: User \"viewer\" cannot list resource \"cronjobs\"",
        isGap: true)
    }
    return state
  }

  /// Names as long and as wide as they come.
  static var wide: WizardState {
    var state = state(at: Position(.review))
    let names = [
      "支払いサービス-本番環境-東京リージョン", "주문-서비스", "🚀-launcher-🧑‍🚀-team", "e\u{301}te\u{301}",
      "a-name-that-goes-on-and-on-until-nobody-can-remember-how-it-began-0001",
      "a-name-that-goes-on-and-on-until-nobody-can-remember-how-it-began-0002", "\u{1B}[31mred",
    ]
    state.session.scan = ScanResult(
      namespaces: ["支払い"],
      workloads: names.map {
        workload($0, "支払い-prod", owner: Owner(.helm, name: "リリース", source: "label:x"))
      }, scannedAt: created)
    state.session.selected = []
    return state
  }

  /// A scan under way that has found a few.
  static var scanning: WizardState {
    var state = state(at: Position(.scan, .choosing))
    state.now = Timestamp(seconds: sampleNow.seconds - 12)
    (state, _) = reduce(state, .goOn, at: state.now)
    state.now = sampleNow
    state.arriving += Array(workloads.prefix(5))
    state.scanProgress = [
      "deployments": ScanProgress(resource: "deployments", read: 500, total: 1240),
      "statefulsets": ScanProgress(resource: "statefulsets", read: 31, total: 31),
      "services": ScanProgress(resource: "services", read: 211, total: nil),
    ]
    return state
  }

  /// A unit is being written while a person wants to go.
  static var leaving: WizardState {
    var state = state(at: Position(.connect, .creating))
    state.running[EffectID(99)] = WizardState.Running(
      work: .change(.createSpace(SpacePlan(slug: "payment-team"))),
      since: Timestamp(seconds: sampleNow.seconds - 4))
    state.isAskedToLeave = true
    state.isCreating = true
    return state
  }

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
      state.listings = [state.appSpace: SpaceListing(exists: false)]
    }
    if position.step >= .worker { created(&state) }
    if position.step >= .targets { connected(&state) }
    return state
  }

  static let identity = HubIdentity(
    server: "https://hub.confighub.com", organization: "Acme Corp", user: "user@example.com")

  /// Signed in through a cub before 0.5.
  static var applying: HubIdentity {
    var identity = identity
    identity.appliesUnits = true
    return identity
  }

  /// Signed in through a cub that says which one it is, and delivers releases alone.
  static func withCub(_ state: inout WizardState) {
    var identity = identity
    identity.cubVersion = "v0.8.12"
    identity.deliversReleasesOnly = true
    state.signIn = .signedIn(identity)
  }

  private static func scanned(_ state: inout WizardState) {
    state.session.scan = ScanResult(
      namespaces: ["order-prod", "payment-prod"], workloads: workloads,
      leftOut: [Omission(what: "namespace kube-system", why: "a system namespace", isGap: false)],
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
    state.listings = [state.appSpace: SpaceListing(exists: true)]
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
