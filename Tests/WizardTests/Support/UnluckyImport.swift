import Wizard

/// An import without a terminal to which planned things happen. Only what was saved outlives a
/// death of the process; then it is started again.
struct UnluckyImport {
  /// What stands between an outcome and the state machine; the control of the matrix meddles here.
  typealias Meddling = @Sendable (Work, Outcome) -> Outcome

  private(set) var world: SimulatedWorld
  private var plan: [PlannedMisfortune]
  private let meddle: Meddling
  private let answers: Answers
  private let layout: Layout
  private var clock = Timestamp(seconds: 1_767_969_022)
  /// Starts of the process so far.
  private(set) var starts = 0
  /// How the last start ended; `nil` if it died.
  private(set) var ending: WizardState.Leaving?

  static let units = 20
  static let space = "payment-team"
  /// A unit of somebody else's that has the name of one of the workloads, and two that have not.
  static let foreign = ["app20", "somebody-elses", "another"]

  init(
    _ plan: [PlannedMisfortune], workerMode: WorkerMode = .existing,
    layout: Layout = .appSpace, meddle: @escaping Meddling = { _, outcome in outcome }
  ) {
    self.plan = plan
    self.meddle = meddle
    self.layout = layout
    world = SimulatedWorld(workloads: UnluckyImport.units + 1)
    // A hub that makes a unit of ours again rather than say that there is one already: that each is
    // created once is then up to us alone.
    world.hasUniqueNames = false
    if layout == .component {
      // Releases are made of each Space.
      world.hub?.deliversReleasesOnly = true
      world.nextHub = world.hub
      world.spaces = ["order-prod"]
    }
    for slug in UnluckyImport.foreign {
      world.units[Self.foreignKey(slug, layout)] = .init(
        digest: "somebody's", id: "foreign \(slug)")
    }
    if workerMode == .existing {
      world.workers["\(UnluckyImport.space)/dev"] = .init(id: "worker", listsUntilReady: 0)
    }
    answers = Answers(
      namespaces: ["order-prod", "payment-prod"], appSpace: UnluckyImport.space,
      layout: layout, workerMode: workerMode == .existing ? nil : workerMode,
      // One that comes with its App Space cannot be named before that is there.
      worker: workerMode == .existing ? nil : "dev", onConflict: .skip, bulk: 3,
      isUnattended: true)
  }

  /// Starts it, and starts it again until it has ended well, at most three times.
  mutating func run() {
    while starts < 3, ending?.exit != .done { start() }
  }

  // MARK: One process

  private mutating func start() {
    starts += 1
    ending = nil
    var state = WizardState(answers: answers, now: clock)
    var pending: [Effect] = []
    var events: [Event] = [.begin(.automatic)]
    for _ in 0..<20_000 {
      while !events.isEmpty {
        let (after, effects) = reduce(state, events.removeFirst(), at: clock)
        state = after
        for effect in effects {
          if case .cancel(let id) = effect.work {
            pending.removeAll { $0.id == id }
          } else {
            pending.append(effect)
          }
        }
      }
      if case .left(let leaving) = state.stage {
        ending = leaving
        return
      }
      if case .event(let event) = Autopilot.answer(state) {
        events.append(event)
        continue
      }
      if case .stop(let leaving) = Autopilot.answer(state), !isLeaving(pending) {
        events.append(.leaveNow(leaving))
        continue
      }
      guard !pending.isEmpty else { return }
      let effect = pending.removeFirst()
      guard let outcome = outcome(of: effect.work) else { return die(pending) }
      events.append(.finished(effect.id, meddle(effect.work, outcome)))
    }
  }

  private func isLeaving(_ pending: [Effect]) -> Bool {
    pending.contains { $0.work == .pause(.leaving) }
  }

  /// Of what was under way elsewhere, one half was done all the same.
  private mutating func die(_ pending: [Effect]) {
    for (index, effect) in pending.enumerated()
    where !effect.work.changes.isEmpty && index % 2 == 0 {
      _ = world.outcome(of: effect.work, as: .done, at: clock)
    }
  }

  /// `nil` if the process dies of it.
  private mutating func outcome(of work: Work) -> Outcome? {
    if case .pause(let pause) = work { clock.seconds += Int64(pause.milliseconds / 1000) }
    if case .session(.save(let session)) = work { return save(session) }
    guard let planned = plan.first, planned.what.strikesChange, planned.concerns(work) else {
      return world.outcome(of: work, as: .done, at: clock)
    }
    plan.removeFirst()
    if planned.what.isDone {
      let done = planned.what == .halfDone ? work.firstHalf : work
      _ = world.outcome(of: done, as: .done, at: clock)
    }
    return planned.what.unclear.map { .changed(.unclear($0)) }
  }

  private mutating func save(_ session: Session) -> Outcome? {
    let before = world.sessions[session.id]?.operations ?? []
    func isNews(_ operation: Operation, _ state: Operation.State) -> Bool {
      let earlier = before.first { $0.id == operation.id }
      return operation.state == state
        && (earlier?.state != state || earlier?.attempt != operation.attempt)
    }
    let struck = plan.first.flatMap { planned in
      planned.what.struckState.flatMap { state in
        session.operations.first { planned.concerns($0) && isNews($0, state) }
      }
    }
    guard struck != nil else {
      return world.outcome(of: .session(.save(session)), as: .done, at: clock)
    }
    if plan.removeFirst().what == .afterOutcome {
      _ = world.outcome(of: .session(.save(session)), as: .done, at: clock)
    }
    return nil
  }

  // MARK: What has to be true

  /// What is wrong with how it ended; empty if nothing is.
  var complaints: [String] {
    var complaints = plan.map { "did not happen: \($0.what.rawValue)" }
    if ending?.exit != .done {
      complaints.append("not finished: \(ending?.reason ?? "it died or stands still")")
    }
    let session = world.latest.flatMap { world.sessions[$0] }
    if session?.isComplete != true { complaints.append("the session is not complete") }
    let intended = (0..<UnluckyImport.units).map { Self.key($0, layout) }
    for key in intended {
      let times = world.created["unit \(key)"] ?? 0
      if times != 1 { complaints.append("\(key) was created \(times) times") }
      let operation = session?.operations.last { $0.kind == .createUnit && $0.key.text == key }
      if operation?.state != .done || operation?.remoteID != world.units[key]?.id {
        complaints.append("\(key) is not recorded")
      }
      if world.units[key]?.target == nil {
        complaints.append("\(key) is not bound")
      }
    }
    for (name, times) in world.created where times != 1 && !name.hasPrefix("unit ") {
      complaints.append("\(name) was created \(times) times")
    }
    for slug in UnluckyImport.foreign
    where world.units[Self.foreignKey(slug, layout)]
      != .init(digest: "somebody's", id: "foreign \(slug)")
    {
      complaints.append("somebody else's unit \(slug) was touched")
    }
    if world.units.count != intended.count + UnluckyImport.foreign.count {
      complaints.append("there are \(world.units.count) units")
    }
    if layout == .component, world.releases < 2 {
      complaints.append("there are \(world.releases) releases")
    }
    return complaints
  }

  /// Of the unit of a workload: by component they go to the Spaces of their namespaces.
  static func key(_ index: Int, _ layout: Layout) -> String {
    let place = index % 2 == 0 ? "payment-prod" : "order-prod"
    return "\(layout == .component ? place : space)/app\(index)"
  }

  private static func foreignKey(_ slug: String, _ layout: Layout) -> String {
    "\(layout == .component ? "payment-prod" : space)/\(slug)"
  }
}

extension Work {
  /// Of one that names many units, as much as was done when it broke off.
  fileprivate var firstHalf: Work {
    guard case .change(.setTargets(let units, let target, let space)) = self, units.count > 1 else {
      return self
    }
    return .change(
      .setTargets(units: Array(units.prefix(units.count / 2)), target: target, space: space))
  }
}

extension Misfortune {
  /// True if it happens while a change is made, not while the session is saved.
  fileprivate var strikesChange: Bool { self == .afterIntent || unclear != nil }

  /// For those that happen at a save: the state that this save would make known.
  fileprivate var struckState: Operation.State? {
    switch self {
    case .beforeIntent: .intent
    case .beforeOutcome, .afterOutcome: .done
    default: nil
    }
  }
}
