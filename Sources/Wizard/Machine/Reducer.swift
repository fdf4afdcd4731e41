/// The state machine: what an event makes of a state, and what is to be done outside. Pure; the
/// moment comes in with the event.
public func reduce(
  _ state: WizardState, _ event: Event, at now: Timestamp
) -> (WizardState, [Effect]) {
  var turn = Turn(state: state)
  turn.state.now = now
  turn.take(event)
  return (turn.state, turn.effects)
}

extension WizardState {
  /// The same, in place: what has tens of thousands of elements is changed, not copied.
  public mutating func take(_ event: Event, at now: Timestamp) -> [Effect] {
    var turn = Turn(state: WizardState(now: now))
    swap(&turn.state, &self)
    turn.state.now = now
    turn.take(event)
    swap(&turn.state, &self)
    return turn.effects
  }
}

/// One call of `reduce`: the state as it becomes, and the effects so far.
struct Turn {
  var state: WizardState
  var effects: [Effect] = []

  mutating func take(_ event: Event) {
    if case .left = state.stage { return }
    if case .tick = event { return }
    state.operationIndex.follow(state.session)
    if !event.opensNoUnit { state.firstOpenUnit = 0 }
    switch event {
    case .tick: return
    case .finished(let id, let outcome): return finish(id, outcome)
    case .progress(let id, let progress):
      if state.running[id] != nil { state.scanProgress[progress.resource] = progress }
      return
    case .waiting(let id, let wait):
      let until = Timestamp(seconds: state.now.seconds + Int64(wait.seconds.rounded(.up)))
      state.running[id]?.waits[wait.what] = .init(wait: wait, until: until)
      return
    case .found(let id, let workloads):
      // Nobody looks at what arrives where nobody is there, or an earlier scan is shown.
      if state.running[id] != nil, state.step == .scan, !state.answers.isUnattended {
        state.arriving += workloads
      }
      return
    case .workerEnded(let slug, let reason): return workerEnded(slug, reason)
    case .workerNotLogged(let reason): return workerNotLogged(reason)
    case .leave, .leaveNow, .stay: break
    default: state.notice = nil
    }
    // Whoever leaves has said their last word.
    if state.leaving == nil { takePerson(event) }
  }

  /// What a person asks for, refused with a notice where it makes no sense.
  private mutating func takePerson(_ event: Event) {
    switch (event, state.stage) {
    case (.begin(let start), .starting) where state.nextEffect == 1: startRun(start)
    case (.begin, _): refuse("The run has begun already.")
    case (.leave, _): leave()
    case (.leaveNow(let leaving), _): leaveNow(leaving)
    case (.stay, _): state.isAskedToLeave = false
    case (.resume, _), (.resumeBackup, _), (.startNew, _), (.deleteAndStartNew, _):
      answerPrompt(event)
    case (.listSessions, _), (.restoreSession, _), (.switchSession, .prompt),
      (.switchSession, .working):
      keptSessions(event)
    case (_, .working): takeKey(event)
    case (_, .prompt): refuse("Answer the question first.")
    default: refuse("Wait until the session is open.")
    }
  }

  /// A key of one of the seven steps.
  private mutating func takeKey(_ event: Event) {
    switch event {
    case .chooseContext, .setNamespaces: scanChoice(event)
    case .setWorkloads(let keys, let chosen): setWorkloads(keys, chosen)
    case .rename, .leaveOut, .setAppSpace, .setHub, .setLayout, .setUnitContents:
      proposalChoice(event)
    case .merge, .split, .move: regroup(event)
    case .setLabels(let unit, let text): setLabels(unit, text)
    case .replaceProposal(let plan): replaceProposal(plan)
    case .preview(let unit): preview(unit)
    case .closePreview: state.preview = nil
    case .signIn: askForSignIn()
    case .confirm: confirm()
    case .resolve(let unit, let resolution): resolve(unit, resolution)
    case .resolveAll(let sort): resolveAll(sort)
    case .compare(let unit): compare(unit)
    case .chooseWorker(let choice): chooseWorker(choice)
    case .keepWorker(let isKept): keepWorker(isKept)
    case .confirmInstallation(let word): confirmInstallation(word)
    case .retryOne(let unit): retryOne(unit)
    case .skip: skip()
    case .readObject(let reference): readObject(reference)
    case .goOn: goOn()
    case .goBack: goBack()
    case .retry: retry()
    case .cancel: cancel()
    case .undo: undo()
    case .redo: redo()
    default: break
    }
  }

  // MARK: Effects

  /// Begins an effect that needs nothing saved before it, unless the same is under way already.
  /// Whoever leaves begins nothing more.
  mutating func begin(_ work: Work) {
    precondition(!work.changesConfigHub, "changes are begun by saveThen")
    guard state.leaving == nil, !isRunning({ $0 == work }) else { return }
    if work.reachesCluster, !state.isPluginSeen { hold(work) } else { launch(work) }
  }

  mutating func launch(_ work: Work) {
    let id = EffectID(state.nextEffect)
    state.nextEffect += 1
    state.running[id] = .init(work: work, since: state.now)
    effects.append(Effect(id: id, work: work))
  }

  /// Forgets effects of one sort, and asks the runner to end them.
  mutating func abandon(where matches: (Work) -> Bool) {
    state.held.removeAll(where: matches)
    for (id, running) in state.running.sorted(by: { $0.key < $1.key })
    where matches(running.work) {
      state.running[id] = nil
      effects.append(Effect(id: EffectID(state.nextEffect), work: .cancel(id)))
      state.nextEffect += 1
    }
  }

  func isRunning(_ matches: (Work) -> Bool) -> Bool {
    state.running.values.contains { matches($0.work) }
  }

  // MARK: Results

  private mutating func finish(_ id: EffectID, _ outcome: Outcome) {
    // Nobody waits for the result of an effect that was given up.
    guard let running = state.running.removeValue(forKey: id) else { return }
    switch (running.work, outcome) {
    case (.save, .saved(let generation, let warning)): saved(generation, warning)
    case (.save, .failed(let failure)): saveFailed(failure)
    case (.load, _), (.open, _): started(running.work, outcome)
    case (.listContexts, _) where state.stage == .starting: started(running.work, outcome)
    case (.listContexts, _) where state.isAsking:
      if case .contexts(_, let current) = outcome { state.currentContext = current }
    case (.listContexts, _), (.listNamespaces, _), (.scan, _): scanResult(running.work, outcome)
    case (.readObject, _): objectResult(running.work, outcome)
    case (.readSignIn, _), (.signIn, _), (.recheck, _), (.listSpaces, _),
      (.listUnits, _):
      connectResult(running.work, outcome)
    case (.createSpace, _), (.prepareUnit, _), (.createUnit, _), (.updateUnit, _):
      unitResult(running.work, outcome)
    case (.listWorkers, _), (.startWorker, _), (.createWorker, _), (.exportWorker, _),
      (.installWorker, _):
      workerResult(running.work, outcome)
    case (.createTarget, _), (.setReleaseTarget, _), (.publishRelease, _):
      deliveryResult(running.work, outcome)
    case (.listTargets, _), (.setTargets, _): targetResult(running.work, outcome)
    case (.verify, _): verifyResult(outcome)
    case (.listSessions, _), (.restoreSession, _): keptSessionsResult(outcome)
    case (.preview(let unit, _), _), (.compare(let unit, _, _), _): previewed(unit, outcome)
    case (.pause(let pause), _): paused(pause)
    default: fail(Failure(.other, "\(running.work.title) brought an answer of another kind."))
    }
    switchWhenSaved()
    leaveWhenQuiet()
  }

  private mutating func paused(_ pause: Pause) {
    switch (pause, state.step, state.phase) {
    case (.saveRetry, _, _), (.autosave, _, _): if state.hasUnsaved { save() }
    case (.poll, .worker, .connecting): begin(.listWorkers(space: state.appSpace))
    case (.poll, .targets, _): begin(.listTargets(space: state.appSpace))
    case (.poll, _, _): break
    case (.leaving, _, _): leaveUnfinished()
    }
  }

  mutating func fail(_ failure: Failure) { state.problem = failure }

  static var retryKey: String { "Press r to try again." }

  // MARK: Moving

  /// Enters a step or phase, and remembers when.
  mutating func move(to step: Step, _ phase: Phase? = nil) {
    let position = Position(step, phase)
    state.problem = nil
    state.waitingSince = nil
    state.preview = nil
    if state.session.position == position { return }
    if state.notice == Turn.byItself { state.notice = nil }
    // Whoever moves on waits for no scan.
    abandon { if case .scan = $0 { true } else { false } }
    state.session.position = position
    state.session.history.append(.init(position: position, at: state.now))
  }

  /// Marks a step as finished and enters the next one.
  mutating func complete(_ step: Step, then next: Step, _ phase: Phase? = nil) {
    state.session.stepsCompleted = Step.seven.filter { $0 <= step }
    move(to: next, phase)
  }

  /// Takes the session back to a step that has to be finished again.
  mutating func rewind(to step: Step, _ phase: Phase? = nil) {
    state.session.stepsCompleted = Step.seven.filter { $0 < step }
    state.session.stepsSkipped.removeAll { $0 >= step }
    move(to: step, phase)
  }

  mutating func refuse(_ sentence: String) { state.notice = sentence }
}

extension WizardState {
  /// The App Space that the units go to.
  public var appSpace: String { session.proposal?.appSpace ?? "" }
}

extension Work {
  /// True for work that may begin only after its intent was saved.
  var changesConfigHub: Bool {
    switch self {
    case .createSpace, .createUnit, .updateUnit, .startWorker, .createWorker, .installWorker,
      .createTarget, .setTargets, .setReleaseTarget, .publishRelease:
      true
    default: false
    }
  }
}
