import Testing
import Wizard

@Suite("What failed is tried again in every later step")
struct RetryFailedTests {
  /// One unit failed, and the person went on without it to that step.
  private func goneOn(
    to step: Step, with choice: WorkerChoice = .existing(slug: "dev")
  ) -> (run: WizardRun, world: SimulatedWorld) {
    var (run, world) = Place.unitFailed.arrive()
    world.workers["\(run.state.appSpace)/dev"] = .init(id: "worker", listsUntilReady: 0)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.worker, .choosing))
    if step == .worker { return (run, world) }
    run.send(.chooseWorker(choice))
    run.settle(in: &world)
    #expect(run.state.step == .verify, "what is missing is a check that is not as intended")
    if step == .complete {
      run.send(.goOn)
      run.settle(in: &world)
    }
    #expect(run.state.step == step)
    return (run, world)
  }

  @Test(
    "It is created once, bound, and what was chosen later holds again",
    arguments: [Step.worker, .verify, .complete])
  func again(step: Step) {
    var (run, world) = goneOn(to: step)
    #expect(run.state.unitsToRetry.count == 1)
    run.send(.retryFailed)
    run.settle(in: &world)
    if step == .worker {
      #expect(run.state.session.position == Position(.worker, .choosing), "nothing was chosen yet")
      run.send(.chooseWorker(.existing(slug: "dev")))
      run.settle(in: &world)
    }
    #expect(run.state.step == .complete)
    #expect(run.state.session.workerSlug == "dev")
    #expect(run.state.session.report?.isVerified == true)
    #expect(world.units.count == 3 && world.units.values.allSatisfy { $0.target != nil })
    #expect(world.created.values.allSatisfy { $0 == 1 } && world.createdInVain == [])
    #expect(run.state.unitsToRetry.isEmpty)
  }

  @Test("A worker that was left out stays left out", arguments: [Step.verify, .complete])
  func leftOut(step: Step) {
    var (run, world) = goneOn(to: step, with: .skip)
    run.send(.retryFailed)
    run.settle(in: &world)
    #expect(run.state.step == .complete)
    #expect(run.state.session.stepsSkipped == [.worker, .targets])
    #expect(world.units.count == 3)
  }

  @Test("Failed once more, it is said so with its reason, and can be gone on without again")
  func failsAgain() throws {
    var (run, world) = goneOn(to: .complete)
    run.send(.retryFailed)
    run.go(in: &world) { $0.kinds.contains(.createUnit) }
    run.answer(.createUnit, .changed(.refused("It is still too big.")))
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.connect, .creating))
    #expect(run.state.failures.values.sorted() == ["It is still too big."])
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.step == .verify)
    #expect(world.units.count == 2)
  }

  @Test("Where nothing failed, or it is not a later step, nothing is tried")
  func nothing() {
    for place in [Place.complete, .unitFailed, .confirming, .review] {
      var (run, _) = place.arrive()
      let before = run.state.session
      run.send(.retryFailed)
      #expect(run.state.reply?.kind == .refused, "\(place)")
      #expect(run.state.session == before, "\(place)")
    }
  }

  @Test("Units that could not be bound are bound from the steps after that")
  func unbound() {
    var (run, world) = Place.bindingFailed.arrive()
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.step == .verify)
    #expect(run.state.unboundCount > 0)
    run.send(.retryFailed)
    run.settle(in: &world)
    #expect(run.state.unboundCount == 0)
    #expect(world.units.values.allSatisfy { $0.target != nil })
    #expect(run.state.step == .complete)
  }
}
