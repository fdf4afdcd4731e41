import Testing

@testable import Wizard

@Suite("The proposal, put together otherwise")
struct ProposalTests {
  /// A run at step 3 whose first workload has a Service and a ConfigMap.
  private func select() -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld(workloads: 3)
    world.workloads[0].belongings = ["ConfigMap", "Service"].map {
      ObjectReference(apiVersion: "v1", kind: $0, namespace: "payment-prod", name: "app0")
    }
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    return (run, world)
  }

  private func units(_ run: WizardRun) -> [UnitPlan] { run.state.session.proposal?.units ?? [] }

  private func unit(_ slug: String, _ run: WizardRun) throws -> UnitPlan {
    try #require(units(run).first { $0.slug == slug })
  }

  @Test("A unit holds each of its workloads, those that are in no namespace, too")
  func holding() {
    let names = ["a", "b"].map {
      ObjectReference(apiVersion: "v1", kind: "Namespace", namespace: nil, name: $0)
    }
    let unit = UnitPlan(id: names[0].unitKey, slug: "both", labels: [:], members: names)
    #expect(names.allSatisfy { unit.holds($0.unitKey) })
    #expect(!unit.holds(WorkloadKey(kind: .job, namespace: "", name: "b")))
  }

  @Test("Two units become one, and one becomes two again; undo and redo lead back and forth")
  func mergeAndSplit() throws {
    var (run, world) = select()
    let before = units(run)
    #expect(before.count == 3)
    let (first, second) = (try unit("app0", run), try unit("app2", run))
    run.send(.merge(units: [second.id], into: "app0"))
    #expect(units(run).count == 2)
    #expect(Set(try unit("app0", run).members) == Set(first.members + second.members))
    run.send(.split(unit: first.id))
    #expect(Set(units(run).map(\.members)) == Set(before.map(\.members)))
    #expect(Set(units(run).map(\.slug)).count == 3)
    let after = units(run)
    for _ in 0..<2 { run.send(.undo) }
    #expect(units(run) == before)
    for _ in 0..<2 { run.send(.redo) }
    #expect(units(run) == after)
    run.go(to: .complete, in: &world)
    #expect(run.state.session.unitsCreated.count == 3)
  }

  @Test("A member moves to another unit, or to a new one; the last one takes its unit along")
  func move() throws {
    var (run, world) = select()
    let before = units(run)
    let service = ObjectReference(
      apiVersion: "v1", kind: "Service", namespace: "payment-prod", name: "app0")
    let source = try unit("app0", run)
    run.send(.move([service], of: source.id, to: "app2"))
    #expect(try unit("app2", run).members.contains(service))
    #expect(try !unit("app0", run).members.contains(service))
    run.send(.move([service], of: try unit("app2", run).id, to: "entry"))
    #expect(try unit("entry", run).members == [service])
    #expect(units(run).count == 4)
    run.send(.move([service], of: try unit("entry", run).id, to: "app0"))
    #expect(units(run).count == 3)
    #expect(Set(units(run).flatMap(\.members)) == Set(before.flatMap(\.members)))
    for _ in 0..<3 { run.send(.undo) }
    #expect(units(run) == before)
    // The workload itself: the unit left behind is known by what it still holds.
    run.send(.move([source.members[1]], of: source.id, to: "moved"))
    #expect(Set(units(run).map(\.id)).count == 4)
    run.go(to: .complete, in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(run.state.session.unitsCreated.count == 4)
  }

  @Test("What cannot be is refused with a reason, and changes nothing")
  func refusals() throws {
    var (run, _) = select()
    let before = run.state.session
    let id = try unit("app0", run).id
    let member = try unit("app0", run).members[0]
    for (event, words) in [
      (Event.merge(units: [id], into: "nowhere"), "no unit nowhere"),
      (.merge(units: [id], into: "app0"), "itself"), (.split(unit: id), "one workload"),
      (.move([member], of: id, to: "-"), "letters, digits"),
      (.move([member], of: id, to: "app0"), "already"),
      (.setLabels(units: [id], "app"), "name=value"),
      (.setLabels(units: [id], "a=b=c"), "the value of a"),
    ] {
      run.send(event)
      #expect(run.state.notice?.contains(words) == true, "\(event): \(run.state.notice ?? "")")
      #expect(run.state.session == before)
    }
  }

  @Test("Labels are edited as a line of text, and written with the unit")
  func labels() throws {
    var (run, _) = select()
    let before = try unit("app0", run)
    let id = before.id
    run.send(.setLabels(units: [id], "app=api,  tier = web"))
    #expect(try unit("app0", run).labels == ["app": "api", "tier": "web"])
    run.send(.undo)
    #expect(try unit("app0", run) == before)
    #expect(LabelText.text(of: ["b": "2", "a": "1"]) == "a=1, b=2")
  }

  @Test("What was put together survives a change of the choice, and nothing is lost by it")
  func survives() throws {
    var (run, world) = select()
    run.send(.merge(units: [try unit("app2", run).id], into: "app0"))
    let merged = try unit("app0", run)
    run.send(.goBack)
    run.settle(in: &world)
    run.send(.setWorkloads([world.workloads[1].key], chosen: false))
    run.go(to: .select, in: &world)
    #expect(units(run) == [merged])
    run.send(.goBack)
    run.settle(in: &world)
    // Another scan finds one more thing: it goes where its workload is.
    run.send(.goBack)
    run.settle(in: &world)
    let new = ObjectReference(
      apiVersion: "v1", kind: "ServiceAccount", namespace: "payment-prod", name: "app2")
    world.workloads[2].belongings.append(new)
    run.go(to: .select, in: &world)
    let all = units(run).flatMap(\.members)
    #expect(all.contains(new))
    #expect(Set(all).count == all.count)
    #expect(units(run).first { $0.slug == "app0" }?.members.contains(new) == true)
  }

  @Test("A unit can be looked at before anything is written, and the look closed")
  func preview() throws {
    var (run, world) = select()
    run.send(.preview(unit: try unit("app0", run).id))
    run.settle(in: &world)
    #expect(run.state.preview?.slug == "app0")
    #expect(run.state.preview?.live.contains { $0.isLeftOut } == true)
    run.send(.closePreview)
    #expect(run.state.preview == nil)
    #expect(!run.begun.contains { $0.isChange })
  }

  @Test("A plan takes the place of the choices; one that does not fit is refused with its line")
  func plan() throws {
    let (run, _) = select()
    var proposal = try #require(run.state.session.proposal)
    proposal.units.removeLast()
    proposal.units[0].slug = "by-hand"
    proposal.appSpace = "planned"
    let plan = Plan(proposal: proposal, file: "plan.json", lines: [:])
    var world = SimulatedWorld(workloads: 3)
    world.workloads[0].belongings =
      run.state.session.scan?.workloads.first { $0.key.name == "app0" }?.belongings ?? []
    var planned = WizardRun(Answers(plan: plan))
    planned.send(.begin(.automatic))
    planned.go(to: .select, in: &world)
    #expect(planned.state.session.proposal == proposal)
    #expect(planned.state.session.selected.count == 2)
    planned.go(to: .complete, in: &world)
    #expect(world.created["unit planned/by-hand"] == 1)

    let member = try #require(proposal.units[0].members.last)
    let wrong = Plan(proposal: proposal, file: "plan.json", lines: [member: 17])
    world = SimulatedWorld(workloads: 3)
    world.workloads.removeAll { $0.key.name == "app0" }
    var refused = WizardRun(Answers(plan: wrong))
    refused.send(.begin(.automatic))
    refused.go(to: .review, in: &world)
    refused.settle(in: &world)
    refused.send(.goOn)
    #expect(refused.state.problem?.kind == .wrongUsage)
    #expect(refused.state.problem?.message.contains("plan.json") == true)
    #expect(refused.state.step == .review)
  }
}
