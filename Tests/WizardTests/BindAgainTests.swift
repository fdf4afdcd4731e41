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
