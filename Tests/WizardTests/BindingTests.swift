import Testing
import Wizard

@Suite("Binding, after a run that ended in the middle of it")
struct BindingTests {
  /// A run that was killed after it had begun to bind: the change was done, or was not.
  private func resumed(isDone: Bool) -> (run: WizardRun, world: SimulatedWorld) {
    var (run, world) = Place.binding.arrive()
    run.saveAll(in: &world)
    if isDone { run.answer(.setTargets, in: &world) }
    var next = WizardRun()
    next.send(.begin(.resume(sessionID: nil)))
    return (next, world)
  }

  @Test("What was begun is read before it is done again", arguments: [true, false])
  func reads(isDone: Bool) throws {
    var (run, world) = resumed(isDone: isDone)
    run.go(in: &world) { $0.state.session.isComplete }
    #expect(run.state.session.isComplete)
    let read = try #require(run.begun.firstIndex(of: .listUnits))
    if let bound = run.begun.firstIndex(of: .setTargets) { #expect(read < bound) }
    #expect(world.createdInVain == [])
  }

  @Test("A unit that an earlier session bound is read, and not bound again")
  func boundBefore() {
    var (before, world) = Place.complete.arrive()
    before.settle(in: &world)
    var run = WizardRun()
    run.send(.begin(.new))
    run.go(to: .complete, in: &world)
    #expect(run.begun.count { $0 == .listUnits } == 2)
    #expect(!run.begun.contains(.setTargets))
    let bindings = run.state.session.operations.filter { $0.kind == .setTarget }
    #expect(!bindings.isEmpty && bindings.allSatisfy { $0.result == .unchanged })
  }

  @Test("It goes on, whichever of workers and targets is read first")
  func order() {
    var (run, world) = resumed(isDone: false)
    run.go(in: &world) { $0.kinds.contains(.listTargets) }
    run.answer(.listTargets, in: &world)
    run.go(in: &world) { $0.state.session.isComplete }
    #expect(run.state.session.isComplete)
  }
}
