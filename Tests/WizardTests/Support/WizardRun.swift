import Testing
import Wizard

/// A run of the wizard led by hand: effects wait in `pending` until a test answers them, and time
/// passes only when the test says so. What must always be true is checked after every event.
struct WizardRun {
  private(set) var state: WizardState
  /// Begun and neither answered nor given up, in the order they were begun.
  private(set) var pending: [Effect] = []
  /// The sorts of everything that was ever begun, in order.
  private(set) var begun: [WorkKind] = []
  private(set) var events = 0
  /// What was wrong, if anything ever was.
  private(set) var violations: [String] = []
  var clock = Timestamp(seconds: 1_767_969_022)
  private var invariants = Invariants()

  /// Says which run it is where there are many.
  private let name: String

  init(_ answers: Answers = Answers(), name: String = "") {
    self.name = name
    state = WizardState(answers: answers, now: clock)
  }

  /// The session as it was last saved.
  var durable: Session? { invariants.durable }

  /// What is pending, but for the limit of how long leaving may take.
  var kinds: [WorkKind] { pending.map(\.work.sort).filter { $0 != .leaving } }

  /// The way out, if it was taken.
  var left: WizardState.Leaving? {
    if case .left(let leaving) = state.stage { leaving } else { nil }
  }

  mutating func send(_ event: Event, sourceLocation: SourceLocation = #_sourceLocation) {
    let before = state
    let (after, effects) = reduce(before, event, at: clock)
    state = after
    events += 1
    if case .finished(let id, _) = event { pending.removeAll { $0.id == id } }
    for effect in effects {
      begun.append(effect.work.sort)
      if case .cancel(let id) = effect.work {
        // A scan that is stopped still brings what it has read.
        if after.running[id] == nil { pending.removeAll { $0.id == id } }
      } else {
        pending.append(effect)
      }
    }
    let wrong = invariants.check(before, event, after, effects)
    violations += wrong
    for sentence in wrong {
      Issue.record("\(name) event \(events), \(event): \(sentence)", sourceLocation: sourceLocation)
    }
  }

  /// Answers the oldest pending effect of a sort.
  mutating func answer(
    _ kind: WorkKind, _ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let effect = pending.first(where: { $0.work.sort == kind }) else {
      Issue.record(
        "no \(kind) is pending, only \(kinds)", sourceLocation: sourceLocation)
      return
    }
    send(.finished(effect.id, outcome), sourceLocation: sourceLocation)
  }

  /// Lets the world answer the oldest pending effect of a sort.
  mutating func answer(
    _ kind: WorkKind, in world: inout SimulatedWorld, as fate: Fate = .done,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let effect = pending.first(where: { $0.work.sort == kind }) else {
      Issue.record(
        "no \(kind) is pending, only \(kinds)", sourceLocation: sourceLocation)
      return
    }
    answer(effect, in: &world, as: fate, sourceLocation: sourceLocation)
  }

  mutating func answer(
    _ effect: Effect, in world: inout SimulatedWorld, as fate: Fate = .done,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    if case .pause(let pause) = effect.work {
      clock.seconds += Int64(pause.milliseconds / 1000)
    }
    let outcome = world.outcome(of: effect.work, as: fate, at: clock)
    send(.finished(effect.id, outcome), sourceLocation: sourceLocation)
  }

  /// Lets the world answer saves until none is pending.
  mutating func saveAll(
    in world: inout SimulatedWorld, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    while kinds.contains(.save) { answer(.save, in: &world, sourceLocation: sourceLocation) }
  }

  /// A run that has taken up the latest session.
  static func resumed(
    in world: inout SimulatedWorld, _ answers: Answers = Answers(), readsKubeconfig: Bool = true
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.send(.begin(.resume(sessionID: nil)))
    run.answer(.load, in: &world)
    run.answer(.open, in: &world)
    run.saveAll(in: &world)
    if readsKubeconfig { run.readKubeconfig(in: &world) }
    return run
  }

  /// A resumed run reads the kubeconfig before it reaches the cluster.
  mutating func readKubeconfig(
    in world: inout SimulatedWorld, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard kinds.contains(.listContexts) else { return }
    answer(.listContexts, in: &world, sourceLocation: sourceLocation)
  }

  /// Lets the world answer everything, oldest first, until nothing is pending.
  mutating func settle(
    in world: inout SimulatedWorld, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for _ in 0..<1000 {
      // Five seconds are long: what is under way ends before them.
      guard let effect = pending.first(where: { $0.work.sort != .leaving }) ?? pending.first
      else { return }
      answer(effect, in: &world, sourceLocation: sourceLocation)
    }
    Issue.record("it does not come to rest: \(kinds)", sourceLocation: sourceLocation)
  }

  /// Answers what is pending and does what a willing person would, until `isThere`.
  mutating func go(
    in world: inout SimulatedWorld, sourceLocation: SourceLocation = #_sourceLocation,
    until isThere: (WizardRun) -> Bool
  ) {
    for _ in 0..<2000 {
      if isThere(self) || left != nil { return }
      if let effect = pending.first {
        answer(effect, in: &world, sourceLocation: sourceLocation)
      } else if let event = Person.nextEvent(state) {
        send(event, sourceLocation: sourceLocation)
      } else {
        break
      }
    }
    let problem = state.problem?.message ?? "none"
    Issue.record(
      "\(name) stuck at \(state.session.position.text): pending \(kinds), problem \(problem)",
      sourceLocation: sourceLocation)
  }

  mutating func go(
    to step: Step, _ phase: Phase? = nil, in world: inout SimulatedWorld,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    go(in: &world, sourceLocation: sourceLocation) {
      $0.state.session.position == Position(step, phase)
    }
  }
}
