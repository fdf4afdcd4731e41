import Testing

@testable import Wizard

/// How a run without a terminal ends after changes that failed before.
struct StandingFailureTests {
  private let answers = Answers(
    namespaces: ["order-prod", "payment-prod"], appSpace: "payment-team", onConflict: .skip,
    isUnattended: true)

  /// A session in which a worker could not be made, and the person went on with what is chosen then.
  private func wentOn(with choice: WorkerChoice) -> (WizardRun, SimulatedWorld) {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(appSpace: "payment-team"))
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.saveAll(in: &world)
    run.answer(.createWorker, in: &world, as: .refused)
    run.settle(in: &world)
    #expect(run.state.operation(.createWorker, on: "payment-team/own")?.state == .failed)
    run.send(.goBack)
    run.settle(in: &world)
    world.workers["payment-team/dev"] = .init(id: "worker", listsUntilReady: 0)
    run.send(.retry)
    run.settle(in: &world)
    run.send(.chooseWorker(choice))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    return (run, world)
  }

  private func resumed(_ world: inout SimulatedWorld) -> WizardRun {
    .unattended(answers, .resume(sessionID: nil), in: &world)
  }

  @Test(
    "A worker that could not be made counts no longer once the import went on otherwise",
    arguments: [WorkerChoice.existing(slug: "dev"), .server(slug: "other"), .skip])
  func otherWorker(choice: WorkerChoice) {
    let (run, before) = wentOn(with: choice)
    var world = before
    #expect(run.state.operation(.createWorker, on: "payment-team/own")?.state == .failed)
    #expect(Autopilot.failures(run.state) == nil)
    let left = resumed(&world).left
    #expect(left?.exit == .done, "\(left?.reason ?? "")")
  }

  @Test("The same worker that was made in the end counts no longer, and one that is wanted does")
  func sameWorker() {
    let (run, _) = wentOn(with: .server(slug: "own"))
    #expect(run.state.operation(.createWorker, on: "payment-team/own")?.state == .done)
    #expect(Autopilot.failures(run.state) == nil)
    var state = run.state
    for index in state.session.operations.indices
    where state.session.operations[index].kind == .createWorker {
      state.session.operations[index].fail("It is too big.")
    }
    #expect(Autopilot.failures(state) == "payment-team/own failed: It is too big.")
  }

  @Test(
    "A unit left unfinished counts, whatever else became of the import",
    arguments: [Operation.State.failed, .intent])
  func unit(end: Operation.State) throws {
    var state = wentOn(with: .existing(slug: "dev")).0.state
    let place = try #require(state.session.operations.firstIndex { $0.kind == .createUnit })
    let key = state.session.operations[place].key
    state.session.operations[place].state = end
    #expect(Autopilot.failures(state)?.hasPrefix("\(key) failed: ") == true)
    // Of one that was begun something may be there, though nobody wants it any more.
    let proposal = try #require(state.session.proposal)
    state.session.proposal?.units.removeAll { proposal.key(of: $0) == key }
    #expect((Autopilot.failures(state) == nil) == (end == .failed))
    // Of one that was never begun there is no operation.
    state = wentOn(with: .existing(slug: "dev")).0.state
    state.session.operations.removeAll { $0.key == key }
    state.operationIndex = OperationIndex()
    #expect(Autopilot.failures(state) == "Unit \(key) was not created.")
  }
}
