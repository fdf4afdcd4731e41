import Effects
import Glibc
import Terminal
import Wizard

/// The wizard without a terminal: the same events and effects, answered by the autopilot.
struct Unattended: Front {
  let runner: Runner
  let signals: SignalQueue
  var state: WizardState
  /// The credential plugin of the session before the event that is taken.
  private var pluginBefore: String?
  private var wasGoingOn = false
  private let answer: (WizardState) -> Autopilot.Answer

  init(
    options: Options, runner: Runner, signals: SignalQueue,
    answer: @escaping (WizardState) -> Autopilot.Answer = Autopilot.answer
  ) {
    self.runner = runner
    self.signals = signals
    self.answer = answer
    var answers = options.answers
    answers.run.isUnattended = true
    state = WizardState(answers: answers, now: runner.world.clock())
  }

  mutating func show() -> Wait? {
    switch answer(state) {
    case .event(let event):
      take(event)
      // An answer that was refused would be given again for ever.
      if let reply = state.reply, reply.kind == .refused {
        take(.leaveNow(.init(.failed, reason: reply.sentence)))
      }
      return nil
    case .stop(let leaving):
      take(.leaveNow(leaving))
      return Wait()
    case .wait: return Wait()
    }
  }

  mutating func take(signal: Int32) {
    guard signal != SIGWINCH, signal != SIGCONT else { return }
    take(.leaveNow(.init(.signal(signal))))
  }

  mutating func isAbout(toTake event: Event) {
    pluginBefore = state.session.credentialPlugin
    wasGoingOn = state.goingOn != nil
    if case .waiting(_, let wait) = event { MapImport.complain(wait.sentence) }
  }

  mutating func hasTaken(_ event: Event) {
    if let sentence = state.goingOn, !wasGoingOn { MapImport.complain(sentence) }
    if let plugin = state.session.credentialPlugin, plugin != pluginBefore {
      MapImport.complain("To sign in, kubectl runs: \(plugin)")
    }
    if case .finished(_, .saved(_, let warning?)) = event {
      MapImport.complain(state.answers.run.wayBack.told(warning))
    }
  }
}
