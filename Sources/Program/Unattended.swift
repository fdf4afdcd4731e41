import Effects
import Glibc
import Terminal
import Wizard

/// The wizard without a terminal: the same events and effects, answered by the autopilot.
struct Unattended {
  let world: World
  let options: Options
  let runner: Runner
  let signals: SignalQueue
  let start: Start
  let answer: (WizardState) -> Autopilot.Answer

  init(
    world: World, options: Options, runner: Runner, signals: SignalQueue, start: Start? = nil,
    answer: @escaping (WizardState) -> Autopilot.Answer = Autopilot.answer
  ) {
    self.world = world
    self.options = options
    self.runner = runner
    self.signals = signals
    self.start = start ?? options.start
    self.answer = answer
  }

  func run() -> WizardState {
    var answers = options.answers
    answers.isUnattended = true
    var state = WizardState(answers: answers, now: world.clock())
    func take(_ event: Event) {
      let plugin = state.session.credentialPlugin
      let effects = state.take(event, at: world.clock())
      if let now = state.session.credentialPlugin, now != plugin {
        MapImport.complain("To sign in, kubectl runs: \(now)")
      }
      runner.note(state)
      for effect in effects { runner.perform(effect) }
    }
    take(.begin(start))
    while true {
      if case .left = state.stage { return state }
      switch answer(state) {
      case .event(let event):
        take(event)
        // An answer that was refused would be given again for ever.
        if let reply = state.reply, reply.kind == .refused {
          take(.leaveNow(.init(.failed, reason: reply.sentence)))
        }
        continue
      case .stop(let leaving):
        take(.leaveNow(leaving))
        if case .left = state.stage { return state }
      case .wait: break
      }
      runner.queue.wait(orReadable: [signals.descriptor], milliseconds: -1)
      for signal in signals.read() where signal != SIGWINCH && signal != SIGCONT {
        take(.leaveNow(.init(.signal(signal))))
      }
      for event in runner.queue.take() {
        if case .waiting(_, let wait) = event { MapImport.complain(wait.sentence) }
        take(event)
        if case .finished(_, .saved(_, let warning?)) = event { MapImport.complain(warning) }
      }
    }
  }
}
