import Testing
import Wizard

struct ParallelTests {
  @Test(
    "As many units are created as was asked for, and twice as many are prepared meanwhile",
    arguments: [1, 2, 4, 8])
  func limit(parallel: Int) {
    var world = SimulatedWorld(workloads: 12)
    var run = WizardRun(Answers(parallel: parallel))
    run.send(.begin(.automatic))
    var most = 0
    var prepared = 0
    run.go(in: &world) { run in
      most = max(most, run.pending.count { $0.work.sort == .createUnit })
      prepared = max(prepared, run.pending.count { $0.work.sort == .prepareUnit })
      return run.state.step > .connect
    }
    #expect(most == parallel)
    #expect(prepared == min(12, 2 * parallel))
    #expect(world.created.values.allSatisfy { $0 == 1 })
  }

  @Test("One failed unit is tried again alone; the others that failed stay as they are")
  func one() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.filter { $0 == .createUnit }.count == 3 }
    for _ in 0..<2 { run.answer(.createUnit, in: &world, as: .refused) }
    run.settle(in: &world)
    let failed = try #require(
      run.state.session.proposal?.units.filter { run.state.failure(of: $0) != nil })
    #expect(failed.count == 2)
    run.send(.retryOne(unit: failed[0].id))
    run.settle(in: &world)
    #expect(run.state.failure(of: failed[0]) == nil)
    #expect(run.state.failure(of: failed[1]) != nil)
    #expect(run.state.session.unitsCreated.count == 2)
    #expect(run.state.step == .connect)
    run.send(.retryOne(unit: failed[0].id))
    #expect(run.state.notice?.contains("nothing to try again") == true)
    run.send(.retryOne(unit: failed[1].id))
    run.go(to: .complete, in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
  }

  @Test("One of the units that could not be bound is bound alone")
  func oneBinding() throws {
    var (run, world) = Place.bindingFailed.arrive()
    let failed = try #require(
      run.state.session.proposal?.units.filter { run.state.failure(of: $0) != nil })
    #expect(failed.count == 3)
    run.send(.retryOne(unit: failed[0].id))
    run.settle(in: &world)
    #expect(world.units.values.count { $0.target != nil } == 1)
    #expect(run.state.step == .targets)
    run.send(.retry)
    run.go(to: .complete, in: &world)
    #expect(world.units.values.allSatisfy { $0.target != nil })
  }

  @Test("A sign-in that runs out while units are created is asked for, and it goes on")
  func expired() {
    for fate in [Fate.signInNeeded, .brokenAfter(.signInNeeded)] {
      var world = SimulatedWorld(workloads: 6)
      var run = WizardRun()
      run.send(.begin(.automatic))
      run.go(in: &world) { $0.kinds.contains(.createUnit) && !$0.kinds.contains(.save) }
      run.answer(.createUnit, in: &world, as: fate)
      world.hub = nil
      run.settle(in: &world)
      #expect(run.state.session.position == Position(.connect, .signingIn))
      run.send(.signIn)
      run.go(to: .complete, in: &world)
      #expect(world.created.count == 8)
      #expect(world.created.values.allSatisfy { $0 == 1 })
      #expect(!run.begun.contains(.updateUnit))
    }
  }

  @Test("Stopping while units are created loses nothing, wherever it happens")
  func stopped() {
    for after in 0..<40 {
      var world = SimulatedWorld(workloads: 6)
      var run = WizardRun()
      run.send(.begin(.automatic))
      run.go(to: .connect, .creating, in: &world)
      for _ in 0..<after {
        guard let effect = run.pending.first, run.state.step == .connect else { break }
        run.answer(effect, in: &world)
      }
      guard run.state.step == .connect else { break }
      run.send(.cancel)
      run.settle(in: &world)
      #expect(run.state.session.operations.allSatisfy { $0.state == .done })
      run.send(.retry)
      run.go(to: .complete, in: &world)
      #expect(world.created.values.allSatisfy { $0 == 1 })
    }
  }
}
