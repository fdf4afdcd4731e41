import Testing
import Wizard

@Suite("Runs that are killed again and again")
struct KilledRunTests {
  /// Ends the run as a kill does, with its create under way, and begins the next one.
  private func killed(
    _ run: WizardRun, in world: inout SimulatedWorld
  ) -> WizardRun {
    var next = run.restarted()
    next.send(.begin(.resume(sessionID: nil)))
    next.go(in: &world) { $0.kinds.contains(.createUnit) && !$0.kinds.contains(.save) }
    return next
  }

  @Test("A try that nobody saw the end of is none of three: what it did is read, and it goes on")
  func creating() {
    var (run, world) = Place.creating.arrive()
    for _ in 0..<5 { run = killed(run, in: &world) }
    run.go(to: .complete, in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(run.state.session.operations.allSatisfy { $0.state == .done })
  }

  @Test("Three that ended unclearly are as many as ever, whatever was killed between them")
  func unclear() throws {
    var (run, world) = Place.creating.arrive()
    let create = try #require(run.pending.first { $0.work.sort == .createUnit })
    let key = try #require(create.work.change?.subjects.first)
    for _ in 0..<2 {
      run.answer(underWay(key, run), in: &world, as: .lostBefore)
      run.go(in: &world) { $0.isCreating(key) }
      run = killed(run, in: &world)
      run.go(in: &world) { $0.isCreating(key) }
    }
    run.answer(underWay(key, run), in: &world, as: .lostBefore)
    run.go(in: &world) { $0.state.hasFailures && $0.pending.isEmpty }
    let failed = run.state.session.operations.filter { $0.state == .failed }
    #expect(failed.map(\.subject) == [key])
    #expect(failed.first?.reason?.contains("tried 3 times") == true)
  }

  @Test("A unit whose create nobody saw the end of is ours, whatever its objects have become since")
  func drifted() throws {
    var (run, world) = Place.creating.arrive()
    let create = try #require(run.pending.first { $0.work.sort == .createUnit })
    let subject = try #require(create.work.change?.subjects.first)
    world.drift = ", changed since"
    run.answer(create, in: &world, as: .lostAfter)
    run.go(to: .complete, in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    let operation = try #require(
      run.state.session.operations.first { $0.subject == subject })
    #expect(operation.state == .done && operation.result == .created)
    #expect(operation.digest == world.units["\(subject.key)"]?.digest)
    #expect(operation.digest?.hasSuffix(world.drift) == false)
    // It is taken back with the others.
    run.send(.undoImport)
    run.settle(in: &world)
    run.send(.confirm)
    run.settle(in: &world)
    #expect(world.units == [:])
  }

  private func underWay(_ subject: Operation.Subject, _ run: WizardRun) -> Effect {
    run.pending.first { $0.work.change?.subjects == [subject] } ?? run.pending[0]
  }
}

extension WizardRun {
  fileprivate func isCreating(_ subject: Operation.Subject) -> Bool {
    pending.contains { $0.work.change?.subjects == [subject] } && !kinds.contains(.save)
  }
}
