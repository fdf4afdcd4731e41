import Effects
import Terminal
import Wizard

/// What the wizard is shown with, and asked through. ``run(_:)`` is the one event loop.
protocol Front {
  var runner: Runner { get }
  var signals: SignalQueue { get }
  var state: WizardState { get set }

  /// Shows what is new; `nil` if that led to an event, so that there is nothing to wait for.
  mutating func show() -> Wait?
  /// Takes what a person has typed meanwhile.
  mutating func takeInput()
  mutating func take(signal: Int32)
  /// Lets cub talk with the person, if there is one; `nil` leaves it to the runner.
  mutating func signIn() -> Outcome?
  /// Before and after the state takes an event.
  mutating func isAbout(toTake event: Event)
  mutating func hasTaken(_ event: Event)
}

/// What a front waits for besides events and signals.
struct Wait {
  var descriptors: [Int32] = []
  /// At most so long; -1 is for ever.
  var milliseconds: Int32 = -1
}

extension Front {
  var world: World { runner.world }

  mutating func isAbout(toTake event: Event) {}
  mutating func hasTaken(_ event: Event) {}
  mutating func takeInput() {}
  mutating func signIn() -> Outcome? { nil }

  /// Events, signals and what is typed, one after another, until the wizard is left; the last state.
  mutating func run(_ start: Start) -> WizardState {
    take(.begin(start))
    while true {
      let wait = show()
      if case .left = state.stage { return state }
      guard let wait else { continue }
      takeNews(after: wait)
      takeInput()
    }
  }

  mutating func takeNews(after wait: Wait) {
    runner.queue.wait(
      orReadable: wait.descriptors + [signals.descriptor], milliseconds: wait.milliseconds)
    for signal in signals.read() { take(signal: signal) }
    for event in runner.queue.take() { take(event) }
  }

  mutating func take(_ event: Event) {
    isAbout(toTake: event)
    let effects = state.take(event, at: world.clock())
    runner.note(state)
    hasTaken(event)
    for effect in effects {
      if effect.work == .read(.signIn), let outcome = signIn() {
        take(.finished(effect.id, outcome))
      } else {
        runner.perform(effect)
      }
    }
  }
}
