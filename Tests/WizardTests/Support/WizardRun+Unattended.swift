import Testing
import Wizard

extension WizardRun {
  /// A run that the autopilot answers, to its end or to where it waits for ever.
  static func unattended(
    _ answers: Answers, _ start: Start = .automatic, in world: inout SimulatedWorld
  ) -> WizardRun {
    var answers = answers
    answers.isUnattended = true
    var run = WizardRun(answers)
    run.send(.begin(start))
    run.settle(in: &world)
    while run.left == nil {
      switch Autopilot.answer(run.state) {
      case .event(let event): run.send(event)
      case .stop(let leaving): run.send(.leaveNow(leaving))
      case .wait: return run
      }
      run.settle(in: &world)
    }
    return run
  }
}
