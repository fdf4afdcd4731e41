import Testing

@testable import Wizard

/// Where units land: in one App Space, or in a Space for each component and variant; a workload with
/// what belongs to it, or one object.
@Suite("Several Spaces")
struct SpacesTests {
  private func workload(
    _ name: String, in namespace: String, kind: WorkloadKind = .deployment,
    labels: [String: String] = [:], with belongings: [ObjectReference] = []
  ) -> Workload {
    Workload(
      key: WorkloadKey(kind: kind, namespace: namespace, name: name), apiVersion: "apps/v1",
      owner: .native, labels: labels, belongings: belongings)
  }

  private func object(_ kind: String, _ name: String, in namespace: String) -> ObjectReference {
    ObjectReference(apiVersion: "v1", kind: kind, namespace: namespace, name: name)
  }

  private var shop: [Workload] {
    [
      workload(
        "web", in: "shop-prod", labels: ["app": "shop"],
        with: [object("Service", "web", in: "shop-prod")]),
      workload("api", in: "shop-prod", labels: ["app": "shop"]),
      workload("web", in: "shop-dev", labels: ["app": "shop"]),
      workload("grafana", in: "monitoring"),
    ]
  }

  // MARK: Names

  @Test(
    "By component each component and variant has a Space, and units have their bare names there")
  func component() {
    let proposal = Naming.propose(for: shop, layout: .component)
    #expect(
      proposal.units.map(\.name) == [
        "grafana-monitoring/grafana", "shop-dev/web", "shop-prod/api", "shop-prod/web",
      ])
    let spaces = proposal.spaces
    #expect(
      spaces.map(\.slug) == [proposal.appSpace, "grafana-monitoring", "shop-dev", "shop-prod"])
    #expect(spaces.map(\.component) == [nil, "grafana", "shop", "shop"])
    #expect(spaces.map(\.variant) == [nil, "monitoring", "dev", "prod"])
    #expect(spaces[3].labels["Environment"] == "prod" && spaces[1].labels["Environment"] == nil)
    #expect(proposal.units.allSatisfy { $0.members.count == ($0.name == "shop-prod/web" ? 2 : 1) })
  }

  @Test("By resource each object is a unit, named as ConfigHub's own upload names it")
  func resource() {
    let flat = Naming.propose(for: shop, unitContents: .resource)
    #expect(
      flat.units.map(\.name) == [
        "grafana", "shop-dev-web", "api", "shop-prod-web", "web-service",
      ])
    let deep = Naming.propose(for: shop, layout: .component, unitContents: .resource)
    #expect(
      deep.units.map(\.name) == [
        "grafana-monitoring/grafana", "shop-dev/web", "shop-prod/api", "shop-prod/web",
        "shop-prod/web-service",
      ])
    #expect((flat.units + deep.units).allSatisfy { $0.members.count == 1 })
    #expect(Set(flat.units.map(\.id)).count == flat.units.count)
  }

  @Test("Two of one name and kind in one Space, and two Spaces of one name, are told apart")
  func collisions() {
    let same = [
      workload("web", in: "a", labels: ["app": "x", "env": "prod"]),
      workload("web", in: "b", labels: ["app": "x", "env": "prod"]),
      workload("one", in: "c", labels: ["app": "a-b", "env": "c"]),
      workload("two", in: "c", labels: ["app": "a", "env": "b-c"]),
    ]
    let proposal = Naming.propose(for: same, layout: .component)
    #expect(
      proposal.units.map(\.name) == ["x-prod/a-web", "x-prod/b-web", "a-b-c/one", "a-b-c-2/two"])
    #expect(proposal.spaces.map(\.component) == [nil, "x", "a-b", "a"])
  }

  @Test("A Space of no label's variant, renamed by hand, is a variant of that name")
  func renamed() {
    var proposal = Naming.propose(for: [workload("grafana", in: "mon")], layout: .component)
    proposal.units[0].take(name: "dashboards/graphs")
    #expect(proposal.units[0].name == "dashboards/graphs")
    #expect(proposal.spaces.last?.variant == "dashboards")
    proposal.units[0].take(name: "plain")
    #expect(proposal.units[0].name == "dashboards/plain")
  }

  // MARK: The import

  private func today(_ count: Int) -> SimulatedWorld {
    var world = SimulatedWorld(workloads: count)
    world.hub?.deliversReleasesOnly = true
    world.nextHub = world.hub
    world.workers["payment-team/dev"] = .init(id: "worker", listsUntilReady: 0)
    return world
  }

  /// A Space that is there already, and releases to a target of somebody's.
  private func release(_ space: String, to target: String, in world: inout SimulatedWorld) {
    world.spaces.insert(space)
    world.releaseTargets["\(space)/\(target)"] = "somebody"
    world.releasing[space] = target
  }

  /// A whole run by component.
  private func imported(
    in world: inout SimulatedWorld, _ contents: UnitContents = .app
  ) -> WizardRun {
    var run = WizardRun(
      Answers(appSpace: "payment-team", layout: .component, unitContents: contents))
    run.send(.begin(.automatic))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    return run
  }

  @Test(
    "By component everything is made once, bound to the one target, and each Space is released",
    arguments: [UnitContents.app, .resource])
  func whole(contents: UnitContents) {
    var world = today(6)
    let run = imported(in: &world, contents)
    #expect(world.spaces == ["payment-team", "order-prod", "payment-prod"])
    #expect(world.created.values.allSatisfy { $0 == 1 } && world.createdInVain == [])
    #expect(world.units.count == 6)
    #expect(world.units.keys.allSatisfy { !$0.hasPrefix("payment-team/") })
    #expect(world.units.values.allSatisfy { $0.target == "target payment-team/dev-releases" })
    #expect(
      world.releasing == [
        "order-prod": "payment-team/dev-releases", "payment-prod": "payment-team/dev-releases",
      ])
    #expect(world.releases == 2)
    #expect(run.state.session.report?.isVerified == true)
    #expect(run.state.session.importedCount == 6)
  }

  @Test("A Space that releases to a target of its own keeps it, and its units go there")
  func ownTarget() {
    var world = today(4)
    release("order-prod", to: "theirs", in: &world)
    _ = imported(in: &world)
    #expect(world.releasing["order-prod"] == "theirs")
    #expect(world.units["order-prod/app1"]?.target == "target order-prod/theirs")
    #expect(world.units["payment-prod/app0"]?.target == "target payment-team/dev-releases")
    #expect(world.releases == 2)
  }

  @Test("What the App Space releases to already, the other Spaces are made to release to, too")
  func targetOfTheAppSpace() {
    var world = today(2)
    release("payment-team", to: "theirs", in: &world)
    _ = imported(in: &world)
    #expect(world.releasing["order-prod"] == "payment-team/theirs")
    #expect(world.releases == 2)
  }

  @Test("A handful of calls for each Space, and one create for each unit")
  func calls() {
    var world = today(40)
    var run = WizardRun(Answers(appSpace: "payment-team", layout: .component))
    run.send(.begin(.automatic))
    run.go(to: .connect, .creating, in: &world)
    let before = run.begun.count
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    let calls = run.begun.dropFirst(before).filter(FewCallsTests.hub.contains)
    #expect(calls.count { $0 == .createUnit } == 40)
    #expect(calls.count { $0 == .setTargets } == 2)
    #expect(calls.count <= 40 + 15 + 2 * 4, "\(calls.filter { $0 != .createUnit })")
  }

  @Test("A unit that is there in one Space is no unit of that name in another")
  func sameName() throws {
    var world = today(2)
    world.spaces = ["order-prod"]
    world.units["order-prod/app0"] = .init(digest: "somebody's", id: "foreign")
    var run = WizardRun(Answers(appSpace: "payment-team", layout: .component))
    run.send(.begin(.automatic))
    run.go(to: .connect, .confirming, in: &world)
    run.settle(in: &world)
    #expect(run.state.undecidedCount == 0)
    run.go(to: .complete, in: &world)
    #expect(world.units["order-prod/app0"]?.id == "foreign")
    #expect(world.created["unit payment-prod/app0"] == 1)
  }

  @Test("Each Space is asked about anew after a resume, and what is gone there is made again")
  func resumed() {
    var world = today(4)
    var run = WizardRun(Answers(appSpace: "payment-team", layout: .component))
    run.send(.begin(.automatic))
    run.go(to: .targets, .binding, in: &world)
    run.saveAll(in: &world)
    world.units["order-prod/app1"] = nil
    var next = WizardRun.resumed(in: &world)
    next.go(to: .complete, in: &world)
    #expect(world.created["unit order-prod/app1"] == 2)
    #expect(world.created.filter { $0.value > 1 }.count == 1)
  }

  @Test("The last commands name each Space, in loops that a shell takes as they stand")
  func commands() throws {
    var world = today(4)
    world.hub?.cubVersion = "v0.8.12"
    world.nextHub = world.hub
    var run = WizardRun(Answers(appSpace: "payment-team", layout: .component, workerMode: .skip))
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.send(.chooseWorker(.skip))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    let text = run.state.deliverySteps.flatMap { $0.commands.map { $0.joined(separator: " ") } }
    #expect(
      text.contains(
        "for unit in app1 app3; do cub unit set-target \"$unit\" payment-team/payment-team-worker-releases"
          + " --space order-prod; done"), "\(text)")
    #expect(
      text.contains(
        "cub space update order-prod --patch --release-target "
          + "payment-team/payment-team-worker-releases"))
    #expect(
      text.contains(
        "for space in order-prod payment-prod; do name=$space; cub release publish \"$space\"; done"
      ))
  }
}
