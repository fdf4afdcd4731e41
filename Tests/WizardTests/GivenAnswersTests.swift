import Testing

@testable import Wizard

@Suite("What the command line answered in advance is kept for the runs that go on")
struct GivenAnswersTests {
  private static let given = Answers(
    context: "kind-atk", namespaces: ["order-prod", "payment-prod"], appSpace: "mine", hub: "east",
    layout: .component, unitContents: .resource, replicas: .unit, unclaimed: .units,
    workerMode: .skip, onConflict: .update)

  /// A run that is gone as soon as its session was saved for the first time, before anything is
  /// scanned.
  private func killedEarly(_ answers: Answers) -> SimulatedWorld {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.durable != nil }
    #expect(run.state.step == .scan && run.state.session.proposal == nil)
    return world
  }

  @Test("Killed during the scan, a resume without flags imports as it was to be")
  func resumed() throws {
    var world = killedEarly(Self.given)
    var run = WizardRun.resumed(in: &world)
    run.go(in: &world) { $0.state.step == .connect }
    let proposal = try #require(run.state.session.proposal)
    #expect((proposal.appSpace, proposal.hub) == ("mine", "east"))
    #expect((proposal.layout, proposal.unitContents) == (.component, .resource))
    #expect((proposal.replicas, proposal.unclaimed) == (.unit, .units))
    #expect(run.state.answers.onConflict == .update && run.state.session.workerMode == .skip)
  }

  @Test("A flag of the run that goes on comes before, and is kept for the next one")
  func newer() throws {
    var world = killedEarly(Self.given)
    let newer = Answers(appSpace: "other", workerMode: .server)
    var run = WizardRun.resumed(in: &world, newer)
    run.go(in: &world) { $0.state.step == .connect }
    #expect(run.state.session.proposal?.appSpace == "other")
    #expect(run.state.session.proposal?.hub == "east")
    #expect(run.durable?.given.appSpace == "other" && run.durable?.given.hub == "east")
    #expect(run.state.session.workerMode == .server)
  }

  @Test("A plan that was not come to is asked for, and nothing is imported without it")
  func plan() throws {
    var answers = Self.given
    answers.plan = Plan(
      proposal: Proposal(hub: "h", appSpace: "s", units: []), file: "my plan.json", lines: [:])
    var world = killedEarly(answers)
    var run = WizardRun(Answers(isUnattended: true))
    run.send(.begin(.resume(sessionID: nil)))
    for kind in [WorkKind.listContexts, .load, .open] { run.answer(kind, in: &world) }
    #expect(run.left?.exit == .wrongUsage)
    #expect(
      run.left?.reason?.contains("--plan 'my plan.json'") == true, "\(run.left?.reason ?? "")")
    #expect(world.units.isEmpty)
  }
}
