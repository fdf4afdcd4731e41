import Testing
import Wizard

/// What has to be true after every single event, whatever a person or the world does.
struct Invariants {
  /// The session as it is on the disk.
  private(set) var durable: Session?
  private var saving: [EffectID: Session] = [:]
  private var changing: [EffectID: Set<String>] = [:]

  /// Looks at one turn and answers with what is wrong with it.
  mutating func check(
    _ before: WizardState, _ event: Event, _ after: WizardState, _ effects: [Effect]
  ) -> [String] {
    var wrong: [String] = []
    if case .finished(let id, let outcome) = event {
      if let session = saving.removeValue(forKey: id), case .saved = outcome { durable = session }
      changing[id] = nil
    }
    if case .left = before.stage {
      if !effects.isEmpty { wrong.append("effects after leaving: \(effects.map(\.work.title))") }
      if after.stage != before.stage { wrong.append("left, and came back") }
    }
    for effect in effects {
      if case .session(.save(let session)) = effect.work {
        if !saving.isEmpty { wrong.append("two saves at once") }
        saving[effect.id] = session
      }
      wrong += check(effect)
    }
    wrong += check(after)
    return wrong
  }

  private mutating func check(_ effect: Effect) -> [String] {
    let wrong = effect.work.changes.flatMap { check($0.kind, $0.key, of: effect.work) }
    let names = Set(effect.work.changes.map { "\($0.kind.rawValue) \($0.key)" })
    let twice = changing.values.filter { !$0.isDisjoint(with: names) }
    changing[effect.id] = names.isEmpty ? nil : names
    return wrong + twice.map { "two changes at once of \($0.intersection(names).sorted())" }
  }

  private func check(_ kind: Operation.Kind, _ key: OperationKey, of work: Work) -> [String] {
    var wrong: [String] = []
    let name = "\(kind.rawValue) \(key)"
    let recorded = durable?.operations.last { $0.kind == kind && $0.key == key }
    if recorded?.state != .intent { wrong.append("\(name) was begun before its intent was saved") }
    switch work {
    case .change(.createUnit(_, _, let operation, let content)),
      .change(.updateUnit(_, _, let operation, let content)):
      if recorded?.id != operation.id || recorded?.digest != content.digest {
        wrong.append("\(name) is not what was saved")
      }
    case .change(.setTargets(_, let target, _)):
      if recorded?.detail != target { wrong.append("\(name) is not what was saved") }
    default: break
    }
    return wrong
  }

  private func check(_ state: WizardState) -> [String] {
    var wrong: [String] = []
    let session = state.session
    if session.stepsCompleted != Array(Step.seven.prefix(session.stepsCompleted.count)) {
      wrong.append("the completed steps are no prefix: \(session.stepsCompleted)")
    }
    if session.stepsCompleted.contains(where: { $0 >= state.step }) {
      wrong.append("\(state.step) is current and among \(session.stepsCompleted)")
    }
    let operations = session.operations
    if Set(operations.map(\.id)).count != operations.count {
      wrong.append("two operations have one id")
    }
    let names = operations.map { "\($0.kind.rawValue) \($0.key)" }
    if Set(names).count != names.count { wrong.append("two operations for one thing") }
    if state.running.values.count(where: { $0.work.sort == .createUnit })
      > state.answers.run.parallel
    {
      wrong.append("more units at once than were asked for")
    }
    if case .saved = state.saving, let durable, !state.isLike(durable) {
      wrong.append("it says saved, but what is on the disk is different")
    }
    if !state.answers.run.dryRun, state.running.isEmpty, !state.isAsking {
      wrong.append("nothing runs and nothing is asked at \(session.position.text)")
    }
    if Set(state.running.values.map(\.work)).count != state.running.count {
      wrong.append("the same is done twice: \(state.running.values.map(\.work.title))")
    }
    return wrong
  }
}

extension WizardState {
  /// True if everything in the session but the bookkeeping of saving is as in `durable`.
  fileprivate func isLike(_ durable: Session) -> Bool {
    var mine = session
    mine.generation = durable.generation
    mine.updatedAt = durable.updatedAt
    return mine == durable
  }

  /// A person can see what to do next, or why it does not go on.
  var isAsking: Bool {
    switch stage {
    case .prompt, .left: return true
    case .starting: return false
    case .working: break
    }
    if problem != nil { return true }
    if case .signedOut = signIn, step >= .connect { return true }
    if let removal { return removal.phase == .asking || removal.phase == .over }
    let failed = session.proposal?.units.contains { failure(of: $0) != nil } == true
    switch (step, phase) {
    case (.scan, .choosing): return contexts != nil
    case (.review, _), (.select, _), (.complete, _): return true
    case (.connect, .confirming): return canConfirm
    case (.connect, .creating): return !isCreating || !conflicts.isEmpty || failed
    case (.worker, .choosing): return workers != nil
    case (.worker, .connecting): return manifest != nil
    case (.targets, .binding): return failed
    case (.verify, _): return session.report != nil
    default: return false
    }
  }
}
