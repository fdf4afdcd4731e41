import Testing
import Wizard

struct ChoiceTests {
  @Test("Nothing goes on to step 3 before a workload is chosen")
  func nothingChosen() {
    var (run, world) = Place.review.arrive()
    let keys = world.workloads.map(\.key)
    run.send(.setWorkloads(WorkloadSet(keys), chosen: false))
    run.send(.goOn)
    #expect(run.state.step == .review)
    #expect(run.state.notice?.contains("at least one") == true)
    run.send(.setWorkloads([keys[1]], chosen: true))
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.select))
    #expect(run.state.session.stepsCompleted == [.scan, .review])
    #expect(run.state.session.proposal?.units.map(\.id) == [keys[1]])
  }

  @Test("A Deployment and a StatefulSet of one name are chosen apart")
  func twoKinds() {
    var world = SimulatedWorld(workloads: 1)
    world.workloads.append(.sample(0, kind: .statefulSet))
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .review, in: &world)
    run.send(.setWorkloads([world.workloads[1].key], chosen: false))
    #expect(run.state.session.selected.map(\.key) == [world.workloads[0].key])
  }

  @Test("Choosing a workload that is not there is refused")
  func unknown() {
    var (run, _) = Place.review.arrive()
    let before = run.state.session
    run.send(.setWorkloads([WorkloadKey(kind: .job, namespace: "x", name: "y")], chosen: true))
    #expect(run.state.session == before)
    #expect(run.state.notice == "There is no workload y.")
  }

  @Test("Names that a person gave survive a change of the choice")
  func namesSurvive() throws {
    var (run, world) = Place.select.arrive()
    let units = try #require(run.state.session.proposal?.units)
    run.send(.setAppSpace("mine"))
    run.send(.setHub("our-hub"))
    run.send(.rename(unit: units[1].id, slug: "my-name"))
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.session.stepsCompleted == [.scan])
    run.send(.setWorkloads([units[0].id], chosen: false))
    run.go(to: .select, in: &world)
    let proposal = try #require(run.state.session.proposal)
    #expect(proposal.appSpace == "mine")
    #expect(proposal.hub == "our-hub")
    #expect(proposal.units.map(\.id) == [units[1].id, units[2].id])
    #expect(proposal.units[0].slug == "my-name")
  }

  @Test("Names given in advance are proposed")
  func answers() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(appSpace: "given-space", hub: "given-hub"))
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    #expect(run.state.appSpace == "given-space")
    #expect(run.state.session.proposal?.hub == "given-hub")
  }

  @Test("A unit that is left out takes all its workloads with it; the last one stays")
  func leaveOut() throws {
    var (run, world) = Place.select.arrive()
    let units = try #require(run.state.session.proposal?.units)
    run.send(.leaveOut(units: [units[0].id]))
    #expect(run.state.session.proposal?.units.count == 2)
    #expect(run.state.session.selected.count == 2)
    run.send(.leaveOut(units: [units[0].id]))
    #expect(run.state.notice == "There is no such unit.")
    run.send(.leaveOut(units: [units[1].id]))
    run.send(.leaveOut(units: [units[2].id]))
    #expect(run.state.notice?.contains("last unit") == true)
    #expect(run.state.session.proposal?.units.map(\.id) == [units[2].id])
    run.settle(in: &world)
    #expect(run.durable?.proposal?.units.count == 1)
  }

  @Test("A merged unit that is left out takes the workloads of all its members along")
  func leaveOutMerged() throws {
    var world = SimulatedWorld()
    var session = try #require(Place.select.arrive().run.durable)
    var units = try #require(session.proposal?.units)
    units[0].members += units[1].members
    units.remove(at: 1)
    session.proposal?.units = units
    world.sessions[session.id] = session
    world.latest = session.id
    var run = WizardRun()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    run.send(.leaveOut(units: [units[0].id]))
    #expect(run.state.session.selected.map(\.key) == [units[1].id])
  }

  @Test(
    "Names that ConfigHub would not take are found before anything is written",
    arguments: [
      Event.setAppSpace(""), .setHub(""),
      .rename(unit: Workload.sample(0).key, slug: ""),
      .rename(unit: Workload.sample(0).key, slug: "APP1"),
    ])
  func badNames(event: Event) {
    var (run, world) = Place.select.arrive()
    run.send(.rename(unit: Workload.sample(1).key, slug: "app1"))
    run.send(event)
    run.settle(in: &world)
    #expect(run.state.proposalProblems.count == 1)
    run.send(.goOn)
    #expect(run.state.notice == run.state.proposalProblems.first?.sentence)
    #expect(run.state.step == .select)
    #expect(run.pending.isEmpty)
  }

  @Test("A dry run ends with the plan: ConfigHub is asked, and told nothing")
  func dryRun() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(dryRun: true))
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.connect, .confirming))
    #expect(run.state.plan.words == "3 to create")
    run.send(.confirm)
    #expect(run.state.notice?.contains("dry run") == true)
    #expect(run.pending.isEmpty)
    #expect(world.changes == 0 && world.saves == 0)
  }
}
