import Testing
import Wizard

struct ManyUnitsTests {
  @Test("Hundreds of units are created and bound, each once, never more at once than asked for")
  func hundreds() {
    let count = 300
    var world = SimulatedWorld(workloads: count)
    var state = WizardState(answers: Answers(parallel: 4), now: Timestamp(seconds: 1_767_969_022))
    var pending: [Effect] = state.take(.begin(.automatic), at: state.now)
    var most = 0
    var next = 0
    while state.step != .complete, next < 40 * count {
      next += 1
      if let effect = pending.first {
        pending.removeFirst()
        var now = state.now
        if case .pause(let pause) = effect.work { now.seconds += Int64(pause.milliseconds / 1000) }
        let outcome = world.outcome(of: effect.work, as: .done, at: now)
        pending += state.take(.finished(effect.id, outcome), at: now)
      } else if let event = Person.nextEvent(state) {
        pending += state.take(event, at: state.now)
      }
      let underWay = pending.count { $0.work.sort == .createUnit }
      most = max(most, underWay)
    }
    #expect(state.step == .complete)
    #expect(most == 4)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(state.session.createdCount == count)
    #expect(world.units.values.allSatisfy { $0.target != nil })
  }
}
