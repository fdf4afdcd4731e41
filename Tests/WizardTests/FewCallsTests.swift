import Testing
import Wizard

@Suite("Few calls")
struct FewCallsTests {
  static let hub: Set<WorkKind> = [
    .listUnits, .createSpace, .createUnit, .updateUnit, .listWorkers, .createWorker, .listTargets,
    .createTarget, .setTargets, .setReleaseTarget, .publishRelease, .verify,
  ]

  @Test("One create for each unit, and beside them a handful", arguments: [1, 50, 450])
  func whole(units: Int) {
    var world = SimulatedWorld(workloads: units)
    world.workers["payment-team/dev"] = .init(id: "worker", listsUntilReady: 0)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .connect, .creating, in: &world)
    let before = run.begun.count
    for _ in 0..<20_000 where run.state.step != .complete {
      guard let effect = run.pending.first else {
        guard let event = Person.nextEvent(run.state) else { break }
        run.send(event)
        continue
      }
      run.answer(effect, in: &world)
    }
    #expect(run.state.step == .complete)
    let calls = run.begun.dropFirst(before).filter(FewCallsTests.hub.contains)
    #expect(calls.count { $0 == .createUnit } == units)
    #expect(calls.count { $0 == .setTargets } == (units + 199) / 200)
    #expect(calls.count <= units + 15)
  }

  @Test("Whatever many creates ended unclearly, one list tells about all of them")
  func unclear() {
    var world = SimulatedWorld(workloads: 12)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .connect, .creating, in: &world)
    let before = run.begun.count
    var created = 0
    while run.state.step == .connect, let effect = run.pending.first {
      guard effect.work.sort == .createUnit, created < 12 else {
        run.answer(effect, in: &world)
        continue
      }
      run.answer(effect, in: &world, as: created % 2 == 0 ? .lostAfter : .lostBefore)
      created += 1
    }
    #expect(run.state.step == .worker)
    let calls = run.begun.dropFirst(before)
    #expect(calls.count { $0 == .listUnits } == 1)
    #expect(calls.count { $0 == .createUnit } == 18)
    #expect(world.createdInVain == [])
    #expect(world.created.values.allSatisfy { $0 == 1 })
  }

  @Test("A list that fails leaves the intents, and the next try lists again")
  func listFails() throws {
    var (run, world) = Place.creating.arrive()
    run.answer(.createUnit, in: &world, as: .lostAfter)
    run.go(in: &world) { $0.kinds.contains(.listUnits) }
    run.answer(.listUnits, in: &world, as: .broken(.timedOut))
    run.settle(in: &world)
    let units = try #require(run.state.session.proposal?.units)
    #expect(units.count { run.state.failure(of: $0) != nil } == 1)
    #expect(run.state.session.operations.count { $0.state == .intent } == 1)
    run.send(.retry)
    run.go(to: .complete, in: &world)
    #expect(world.createdInVain == [])
  }

  @Test("All intents of a bulk binding are saved before it, and one half done is settled by a list")
  func bulk() {
    var (run, world) = Place.binding.arrive()
    let work = run.pending.first { $0.work.sort == .setTargets }?.work
    guard case .change(.setTargets(let units, let target, let space))? = work else {
      Issue.record("nothing is bound")
      return
    }
    #expect(units.count == 3)
    #expect(
      run.durable?.operations.count { $0.kind == .setTarget && $0.state == .intent } == 3)
    _ = world.outcome(
      of: .change(.setTargets(units: [units[0]], target: target, space: space)), as: .done,
      at: run.clock)
    run.answer(.setTargets, in: &world, as: .lostBefore)
    run.saveAll(in: &world)
    #expect(run.kinds == [.listUnits])
    run.answer(.listUnits, in: &world)
    run.saveAll(in: &world)
    let again = run.pending.first { $0.work.sort == .setTargets }?.work
    #expect(
      again
        == .change(.setTargets(units: Array(units.dropFirst()), target: target, space: space)))
    run.go(to: .complete, in: &world)
    #expect(world.units.values.allSatisfy { $0.target != nil })
  }
}
