import Testing
import Wizard

extension WizardRun {
  /// A run without a terminal, to its end.
  static func unattended(
    _ answers: Answers, _ start: Start = .automatic, in world: inout SimulatedWorld
  ) -> WizardRun {
    var answers = answers
    answers.run.isUnattended = true
    var run = WizardRun(answers)
    run.send(.begin(start))
    run.answerAll(in: &world)
    return run
  }

  /// Lets the world and the autopilot answer until the run has ended, or has come to that.
  mutating func answerAll(
    in world: inout SimulatedWorld, until isThere: (WizardRun) -> Bool = { _ in false }
  ) {
    while left == nil, !isThere(self) {
      let answer = state.isLeaving ? .wait : Autopilot.answer(state)
      switch answer {
      case .event(let event): send(event)
      case .stop(let leaving): send(.leaveNow(leaving))
      case .wait:
        // Five seconds are long: what is under way ends before them.
        guard let effect = pending.first(where: { $0.work.sort != .leaving }) ?? pending.first
        else { return }
        self.answer(effect, in: &world)
      }
    }
  }
}
