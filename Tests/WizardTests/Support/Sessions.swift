import Testing
import Wizard

extension Session {
  /// The seed's session, as it is after loading: counts instead of workloads, the units that were
  /// created without what they hold, and no word about how the worker was started.
  static var seed: Session {
    var session = Session(
      id: "import-2026-01-09-143022", lineage: "a", createdAt: Timestamp(seconds: 1_767_969_022))
    session.updatedAt = Timestamp(seconds: 1_767_969_933)
    session.cluster = ClusterIdentity(context: "kind-atk")
    session.position = Position(.worker, .connecting)
    session.stepsCompleted = [.scan, .review, .select, .connect]
    session.scope = ScanScope(context: "kind-atk", namespaces: ["order-prod", "payment-prod"])
    session.scan = ScanResult(
      namespaces: ["payment-prod", "order-prod"], detected: 12,
      owners: ["Flux": 8, "ArgoCD": 3, "Native": 1])
    session.selected = ["payment-api", "payment-worker"].map {
      .init(
        key: WorkloadKey(kind: nil, namespace: "payment-prod", name: $0), owner: "Flux")
    }
    session.proposal = Proposal(hub: "platform-team", appSpace: "payment-team", units: [])
    session.hub = HubIdentity(organization: "acme-corp", user: "user@example.com")
    session.workerSlug = "dev"
    session.workerStatus = "connecting"
    session.operations = OperationList(
      ["payment-api", "payment-worker"].enumerated().map {
        Operation(
          id: "op-000\($0.offset + 1)", kind: .createUnit, key: "payment-team/\($0.element)",
          state: .done)
      })
    return session
  }
}

extension SimulatedWorld {
  /// The world that the seed's session was left in.
  static var seed: SimulatedWorld {
    var world = SimulatedWorld(workloads: 0)
    world.workloads = ["payment-api", "payment-worker", "payment-web"].map {
      Workload(
        key: WorkloadKey(kind: .deployment, namespace: "payment-prod", name: $0),
        apiVersion: "apps/v1", owner: Owner(.flux, name: "payment"))
    }
    world.spaces = ["payment-team"]
    world.units = [
      "payment-team/payment-api": .init(digest: "api", id: "unit-api"),
      "payment-team/payment-worker": .init(digest: "worker", id: "unit-worker"),
    ]
    world.workers = ["payment-team/dev": .init(id: "worker-dev", listsUntilReady: 2)]
    world.put(.seed)
    return world
  }

  /// A disk with this session as the latest.
  mutating func put(_ session: Session) {
    sessions[session.id] = session
    latest = session.id
  }
}

extension WizardRun {
  /// A new run on the same clock, as after a crash: whatever was under way may or may not have been
  /// done.
  func restarted(_ answers: Answers = Answers(), name: String = "resumed") -> WizardRun {
    var run = WizardRun(answers, name: name)
    run.clock = clock
    return run
  }
}
