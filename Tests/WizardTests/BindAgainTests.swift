import Testing
import Wizard

@Test("A unit that could not be bound is bound by the next run")
func bindAgain() {
  var (run, world) = Place.bindingFailed.arrive()
  run.send(.goOn)
  run.settle(in: &world)
  #expect(run.state.step == .verify)
  run = run.restarted()
  run.send(.begin(.resume(sessionID: nil)))
  run.go(to: .complete, in: &world)
  #expect(world.units.values.allSatisfy { $0.target != nil })
  #expect(world.created.values.allSatisfy { $0 == 1 })
}

@Test("What is bound after a release was published is in another one")
func releasedAgain() {
  var world = SimulatedWorld()
  world.hub?.deliversReleasesOnly = true
  world.nextHub = world.hub
  // One of them alone is refused.
  var run = WizardRun(Answers(bulk: 1))
  run.send(.begin(.automatic))
  run.go(to: .worker, .choosing, in: &world)
  run.settle(in: &world)
  run.send(.chooseWorker(.server(slug: "own")))
  run.go(in: &world) { $0.kinds.contains(.setTargets) }
  run.answer(.setTargets, in: &world, as: .refused)
  run.settle(in: &world)
  // Without it.
  run.send(.goOn)
  run.settle(in: &world)
  #expect(run.state.step == .verify && world.releases == 1)
  run = run.restarted()
  run.send(.begin(.resume(sessionID: nil)))
  run.go(to: .complete, in: &world)
  #expect(world.units.values.allSatisfy { $0.target != nil })
  #expect(world.releases == 2)
}
