import Testing

@testable import Wizard

@Suite("What no workload claims")
struct UnclaimedTests {
  static func object(
    _ kind: String, _ name: String, in namespace: String = "payment-prod",
    of apiVersion: String = "v1"
  ) -> ObjectReference {
    ObjectReference(apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
  }

  static let objects: [FoundObject] = [
    (object("ConfigMap", "flags"), NamespacePart.config),
    (object("Role", "people", of: "rbac.authorization.k8s.io/v1"), .rbac),
    (object("ServiceAccount", "people"), .rbac),
    (object("NetworkPolicy", "deny", of: "networking.k8s.io/v1"), .policy),
    (object("Widget", "spare", of: "example.com/v1"), .crds),
    (object("Prometheus", "k8s", of: "monitoring.coreos.com/v1"), .operators),
    (object("ConfigMap", "flags", in: "order-prod"), .config),
  ].map { FoundObject($0, .unclaimed($1), why: "no workload refers to it") }

  /// In step 3, with these objects beside the sample's three workloads.
  private static func select(
    _ answers: Answers = Answers(), _ objects: [FoundObject] = objects
  ) throws -> WizardRun {
    var world = SimulatedWorld(workloads: 3)
    world.objects = objects
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    try #require(run.state.step == .select)
    return run
  }

  private static func lines(_ run: WizardRun) -> [String] {
    (run.state.session.proposal?.units ?? []).filter { $0.id.kind == nil }.map { unit in
      "\(unit.slug): \(unit.members.map { "\($0.kind) \($0.name)" }.joined(separator: ", "))"
    }
  }

  private static let wanted = [
    "order-prod-config: ConfigMap flags", "payment-prod-config: ConfigMap flags",
    "payment-prod-policy: NetworkPolicy deny", "k8s-prometheus: Prometheus k8s",
    "payment-prod-rbac: Role people, ServiceAccount people", "payment-prod-crds: Widget spare",
  ]

  @Test("It is left out by name, or is units of the namespaces, as a person chooses")
  func chosen() throws {
    var run = try Self.select()
    let before = run.state.session.proposal
    #expect(Self.lines(run) == [])
    #expect(Accounting(run.state.session).leftOut == Self.objects)
    run.send(.setUnclaimed(.leftOut))
    #expect(run.state.notice == "That is what becomes of them already.")
    run.send(.setUnclaimed(.units))
    #expect(Self.lines(run) == Self.wanted)
    #expect(Accounting(run.state.session).leftOut == [])
    #expect(run.state.proposalProblems == [])
    // Divided otherwise, they stay.
    run.send(.setUnitContents(.resource))
    #expect(Self.lines(run).count == 7 + (before?.units.first?.members.count ?? 1) * 3 - 3)
    run.send(.undo)
    run.send(.setLayout(.component))
    #expect(
      run.state.session.proposal?.units.filter { $0.id.kind == nil }.map(\.space)
        == ["order-prod"] + Array(repeating: "payment-prod", count: 5))
    run.send(.undo)
    run.send(.setUnclaimed(.leftOut))
    #expect(run.state.session.proposal == before)
    for _ in 0..<2 { run.send(.undo) }
    #expect(run.state.session.proposal == before)
  }

  @Test("The command line says it in advance, and the wizard says it for the next time")
  func given() throws {
    var answers = Answers()
    answers.unclaimed = .units
    let run = try Self.select(answers)
    #expect(Self.lines(run) == Self.wanted)
    let twin = EquivalentCommand(run.state)
    #expect(twin.groups.contains(["--unclaimed", "units"]))
    #expect(twin.notes == [])
  }

  @Test("Of a namespace of whose workloads none is chosen, nothing is offered")
  func namespaces() throws {
    var session = try Self.select().state.session
    let workloads = session.scan?.workloads ?? []
    session.selected = workloads.filter { $0.key.namespace == "order-prod" }.map {
      .init(key: $0.key, owner: "Native")
    }
    #expect(session.offered.map(\.reference.namespace) == ["order-prod"])
    // One without workloads is nobody else's.
    session.scan?.objects.append(
      FoundObject(Self.object("ConfigMap", "x", in: "empty"), .unclaimed(.config), why: ""))
    #expect(session.offered.map(\.reference.namespace) == ["order-prod", "empty"])
  }

  @Test("What goes with a workload that is not imported is left out with it, and by name")
  func withWorkloads() throws {
    var run = try Self.select(Answers(), [])
    let unit = try #require(run.state.session.proposal?.units.first)
    run.send(.leaveOut(units: [unit.id]))
    let accounting = Accounting(run.state.session)
    #expect(Set(accounting.leftOut.map(\.reference)) == Set(unit.members))
    #expect(accounting.leftOut.first?.why == "it is not chosen")
    let name = "\(unit.id.kind?.rawValue ?? "") \(unit.id.name)"
    #expect(
      accounting.leftOut.dropFirst().allSatisfy {
        $0.why == "it goes with \(name), which is not imported"
      })
  }

  @Test("For a person, what is the same to say of one namespace is said once")
  func grouped() {
    #expect(
      Self.objects.suffix(3).grouped.map { "\($0.what): \($0.why)" } == [
        "Widget payment-prod/spare, Prometheus payment-prod/k8s: no workload refers to it",
        "ConfigMap order-prod/flags: no workload refers to it",
      ])
  }
}
