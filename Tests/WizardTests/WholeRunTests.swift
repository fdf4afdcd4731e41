import Testing
import Wizard

struct WholeRunTests {
  @Test("A whole run leads through the seven steps and creates everything once")
  func wholeRun() {
    var world = SimulatedWorld(workloads: 6)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(run.state.session.stepsCompleted == Step.seven)
    #expect(run.state.session.stepsSkipped == [])
    #expect(run.state.session.unitsCreated.count == 6)
    #expect(run.state.session.report?.isVerified == true)
    #expect(world.created.count == 8)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(world.units.values.allSatisfy { $0.target != nil })
    #expect(run.state.session.operations.allSatisfy { $0.state == .done })
    run.send(.goOn)
    #expect(run.state.isAskedToLeave, "the worker that was started here ends with the wizard")
    run.send(.goOn)
    run.send(.leave)
    #expect(run.left == .init(.done))
  }
}
