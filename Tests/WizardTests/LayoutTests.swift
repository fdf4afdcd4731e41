import Testing

@testable import Wizard

@Suite("Which Spaces the units go to, and what one holds")
struct LayoutTests {
  /// A run at step 3: `payment-prod/app0` with two other objects, `order-prod/app1`, `payment-prod/app2`.
  private func select(
    _ answers: Answers = Answers(), scaled: Bool = false
  ) -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld(workloads: 3)
    world.workloads[0].belongings = ["ConfigMap", "Service"].map {
      ObjectReference(apiVersion: "v1", kind: $0, namespace: "payment-prod", name: "app0")
    }
    if scaled {
      world.workloads[0].belongings.append(
        ObjectReference(
          apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", namespace: "payment-prod",
          name: "app0"))
    }
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    return (run, world)
  }

  private func proposal(_ run: WizardRun) throws -> Proposal {
    try #require(run.state.session.proposal)
  }

  @Test("Each choice divides the same objects anew, and is taken back as it was made")
  func chosen() throws {
    var (run, _) = select()
    let first = try proposal(run)
    #expect(first.layout == .appSpace && first.unitContents == .app)
    #expect(first.units.allSatisfy { $0.space == nil })
    run.send(.setHub("another-hub"))
    run.send(.setLayout(.component))
    let byComponent = try proposal(run)
    #expect(byComponent.units.allSatisfy { $0.space != nil })
    #expect(byComponent.hub == "another-hub" && byComponent.appSpace == first.appSpace)
    run.send(.setUnitContents(.resource))
    let single = try proposal(run)
    #expect(single.units.allSatisfy { $0.members.count == 1 })
    for divided in [byComponent, single] {
      #expect(Set(divided.units.flatMap(\.members)) == Set(first.units.flatMap(\.members)))
    }
    run.send(.setLayout(.component))
    #expect(run.state.notice == "They are divided like that already.")
    #expect(try proposal(run) == single)
    run.send(.undo)
    #expect(try proposal(run) == byComponent)
    for _ in 0..<2 { run.send(.undo) }
    #expect(try proposal(run) == first)
  }

  @Test("The replicas of what is scaled are left to its autoscaler, unless a person wants them")
  func replicas() throws {
    var (run, world) = select(scaled: true)
    #expect(try proposal(run).replicas == .autoscaler)
    let scaled = try #require(
      try proposal(run).units.first { $0.members.contains { $0.isAutoscaler } })
    func without(_ run: WizardRun) -> [String] {
      let units = run.pending.compactMap { effect -> UnitPlan? in
        if case .cluster(.preview(let unit, _)) = effect.work { unit } else { nil }
      }
      return units.flatMap { Array($0.withoutReplicas ?? []) }.map(\.words)
    }
    run.send(.preview(unit: scaled.id))
    #expect(without(run) == ["Deployment payment-prod/app0"])
    run.settle(in: &world)
    run.send(.setReplicas(.autoscaler))
    #expect(run.state.notice == "They are written like that already.")
    run.send(.setReplicas(.unit))
    run.send(.preview(unit: scaled.id))
    #expect(without(run) == [])
    run.settle(in: &world)
    run.send(.setLayout(.component))
    #expect(try proposal(run).replicas == .unit)
    run.send(.undo)
    run.send(.undo)
    #expect(try proposal(run).replicas == .autoscaler)
    var answers = Answers()
    answers.replicas = .unit
    #expect(try proposal(select(answers).run).replicas == .unit)
  }

  @Test("What was given comes before what was chosen last, and what the session has before both")
  func proposed() throws {
    var last = Answers()
    (last.run.lastLayout, last.run.lastUnitContents) = (.component, .resource)
    var (run, world) = select(last)
    #expect(try proposal(run).layout == .component)
    #expect(try proposal(run).unitContents == .resource)
    run.send(.setLayout(.appSpace))
    run.send(.goBack)
    run.go(to: .select, in: &world)
    #expect(try proposal(run).layout == .appSpace)
    (last.layout, last.unitContents) = (.appSpace, .app)
    #expect(try proposal(select(last).run).layout == .appSpace)
    #expect(try proposal(select(last).run).unitContents == .app)
  }

  @Test("What was chosen last contradicts no session that is resumed")
  func resumed() throws {
    // Where something was written, another layout would be refused with a warning.
    var (run, world) = Place.unitFailed.arrive()
    run.settle(in: &world)
    let before = try proposal(run)
    run.send(.leave)
    run.settle(in: &world)
    var last = Answers()
    (last.run.lastLayout, last.run.lastUnitContents) = (.component, .resource)
    run = WizardRun.resumed(in: &world, last)
    #expect(try proposal(run) == before)
    #expect(run.state.warnings.isEmpty)
  }

  @Test("A name is one unit's within its Space, and both its parts are names")
  func problems() throws {
    var (run, _) = select(Answers(layout: .component))
    let units = try proposal(run).units
    let (one, other) = (units[0], units[1])
    #expect(one.space != other.space)
    func problems(_ change: (inout [UnitPlan]) -> Void) throws -> [String] {
      var state = run.state
      var changed = units
      change(&changed)
      state.session.proposal?.units = changed
      return state.proposalProblems.map(\.sentence)
    }
    #expect(try problems { $0[1].slug = one.slug } == [])
    let twice = try problems { ($0[1].space, $0[1].slug) = (one.space, one.slug) }
    #expect(twice == ["Two units are named \(one.name); rename one."])
    let wrong = try problems { $0[1].space = "a b" }
    #expect(wrong.count == 1 && wrong[0].hasPrefix("Unit \"a b/\(other.slug)\": use letters"))
    run.send(.goOn)
    #expect(run.state.step == .connect)
  }

  @Test("A unit is renamed within its Space, or to another one, and back")
  func renamed() throws {
    var (run, _) = select(Answers(layout: .component))
    let before = try proposal(run)
    let unit = before.units[0]
    for (name, place) in [
      ("entry", "\(unit.space ?? "")/entry"), ("edge/entry", "edge/entry"), (unit.name, unit.name),
    ] {
      run.send(.rename(unit: unit.id, slug: name))
      #expect(try proposal(run).units[0].name == place)
    }
    for _ in 0..<3 { run.send(.undo) }
    #expect(try proposal(run) == before)
  }

  @Test("Units are merged, and objects moved, by the name of the Space and the unit")
  func regrouped() throws {
    var (run, _) = select(Answers(layout: .component))
    let units = try proposal(run).units
    let source = try #require(units.first { $0.slug == "app0" })
    let target = try #require(units.first { $0.slug == "app1" })
    #expect(source.name == "payment-prod/app0" && target.name == "order-prod/app1")
    run.send(.merge(units: [source.id], into: target.slug))
    #expect(run.state.notice == "There is no unit payment-prod/app1 to merge with.")
    run.send(.merge(units: [source.id], into: target.name))
    let merged = try #require(try proposal(run).units.first { $0.name == target.name })
    #expect(Set(merged.members) == Set(source.members + target.members))
    run.send(.split(unit: merged.id))
    let parts = try proposal(run).units.filter { $0.space == target.space }
    #expect(Set(parts.map(\.members)) == [source.members, target.members])
    #expect(Set(parts.map(\.slug)) == ["app0", "app1"])
    for _ in 0..<2 { run.send(.undo) }
    #expect(try proposal(run).units == units)

    let object = try #require(source.members.first { $0.kind == "Service" })
    run.send(.move([object], of: source.id, to: target.name))
    #expect(
      try proposal(run).units.first { $0.name == target.name }?.members.contains(object) == true)
    run.send(.undo)
    // Without a Space it is a new one beside it.
    run.send(.move([object], of: source.id, to: "entry"))
    let new = try #require(try proposal(run).units.first { $0.slug == "entry" })
    #expect(new.space == source.space && new.members == [object])
    run.send(.undo)
    run.send(.move([object], of: source.id, to: "edge/entry"))
    #expect(try proposal(run).units.contains { $0.name == "edge/entry" && $0.members == [object] })
  }
}
