/// The state machine: what an event makes of a state, and what is to be done outside. Pure; the
/// moment comes in with the event.
public func reduce(
  _ state: WizardState, _ event: Event, at now: Timestamp
) -> (WizardState, [Effect]) {
  var reducer = Reducer(state: state)
  reducer.state.now = now
  reducer.handle(event)
  return (reducer.state, reducer.effects)
}

extension WizardState {
  /// The same, in place: what has tens of thousands of elements is changed, not copied.
  public mutating func take(_ event: Event, at now: Timestamp) -> [Effect] {
    var reducer = Reducer(state: WizardState(now: now))
    swap(&reducer.state, &self)
    reducer.state.now = now
    reducer.handle(event)
    swap(&reducer.state, &self)
    return reducer.effects
  }
}

/// One call of `reduce`: the state as it becomes, and the effects so far.
struct Reducer {
  var state: WizardState
  var effects: [Effect] = []

  mutating func handle(_ event: Event) {
    if case .left = state.stage { return }
    if case .tick = event { return }
    state.operationIndex.follow(state.session)
    route(event)
  }

  /// The one place that knows every event: it hands each to the function that knows what to do.
  private mutating func route(_ event: Event) {
    switch event {
    // What happened.
    case .tick: break
    case .finished(let id, let outcome): finish(id, outcome)
    case .progress(let id, let progress): scanProgressed(id, progress)
    case .waiting(let id, let wait): putOff(id, wait)
    case .found(let id, let workloads): workloadsArrived(id, workloads)
    case .workerEnded(let slug, let reason): happened { $0.workerEnded(slug, reason) }
    case .workerNotLogged(let reason): happened { $0.workerNotLogged(reason) }
    case .sync(let session, let news): happened { $0.syncNews(session, news) }

    // Beginning and leaving.
    case .begin(let start): asked { $0.startRun(start) }
    case .resume: asked { $0.answerPrompt(.resume) }
    case .resumeBackup: asked { $0.answerPrompt(.resumeBackup) }
    case .startNew:
      asked { $0.state.stage == .working ? $0.startAnother() : $0.answerPrompt(.startNew) }
    case .deleteAndStartNew: asked { $0.answerPrompt(.deleteAndStartNew) }
    case .leave: leaving { $0.leave() }
    case .leaveNow(let leaving): self.leaving { $0.leaveNow(leaving) }
    case .stay: leaving { $0.state.isAskedToLeave = false }

    // The sessions that are kept.
    case .listSessions: asked { $0.begin(.list) }
    case .restoreSession(let id, let generation): asked { $0.restoreSession(id, generation) }
    case .nameSession(let id, let name): asked { $0.nameSession(id, name) }
    case .switchSession(let id): asked { $0.switchSession(to: id) }

    // What every step is asked.
    case .goOn: working { $0.goOn() }
    case .goBack: working { $0.goBack() }
    case .retry: working { $0.retry() }
    case .retryOne(let unit): working { $0.retryOne(unit) }
    case .retryFailed: choosing { $0.retryFailed() }
    case .cancel: working { $0.cancel() }
    case .skip: working { $0.skip() }
    case .undo: choosing { $0.undo() }
    case .redo: choosing { $0.redo() }
    case .signIn: working { $0.askForSignIn() }
    case .readObject(let reference): looking { $0.readObject(reference) }
    // Nobody has pressed a key for it: the answer to the last one stays.
    case .glance(let subject): glance(at: subject)
    case .setSync(let isOn): looking { $0.setSync(isOn) }
    case .showArrivals(let isShown): asked { $0.showArrivals(isShown) }
    case .takeArrival(let slug, let context): asked { $0.takeArrival(slug, context) }
    case .listTeam: asked { $0.listTeam() }
    case .readTeamLog(let slug): asked { $0.readTeamLog(slug) }
    case .takeOver: looking { $0.takeOver() }

    // Taking the import back.
    case .undoImport: working { $0.undoImport() }
    case .importAgain: working { $0.importAgain() }

    // Scan and review.
    case .chooseContext(let context): choosing { $0.chooseContext(context) }
    case .setNamespaces(let names, let chosen): choosing { $0.setNamespaces(names, chosen) }
    case .setWorkloads(let keys, let chosen): choosing { $0.setWorkloads(keys, chosen) }

    // Select.
    case .setAppSpace(let name): choosing { $0.setAppSpace(name) }
    case .setHub(let name): choosing { $0.setHub(name) }
    case .setLayout(let layout): choosing { $0.setLayout(layout) }
    case .setUnitContents(let contents): choosing { $0.setUnitContents(contents) }
    case .setReplicas(let replicas): choosing { $0.setReplicas(replicas) }
    case .setUnclaimed(let unclaimed): choosing { $0.setUnclaimed(unclaimed) }
    case .rename(let unit, let slug): choosing { $0.rename(unit, to: slug) }
    case .leaveOut(let units): choosing { $0.leaveOut(units) }
    case .takeBack(let units): choosing { $0.takeBack(units) }
    case .merge(let units, let name): choosing { $0.merge(units, into: name) }
    case .split(let unit): choosing { $0.split(unit) }
    case .move(let members, let unit, let name): choosing { $0.move(members, of: unit, to: name) }
    case .setLabels(let units, let text): choosing { $0.setLabels(units, text) }
    case .replaceProposal(let plan): choosing { $0.replaceProposal(plan) }
    case .preview(let unit): choosing { $0.preview(unit) }
    case .closePreview: looking { $0.state.preview = nil }

    // Connect.
    case .confirm: working { $0.state.removal == nil ? $0.confirm() : $0.confirmRemoval() }
    case .resolve(let unit, let resolution): choosing { $0.resolve(unit, resolution) }
    case .resolveAll(let sort): choosing { $0.resolveAll(sort) }
    case .undecide(let unit): choosing { $0.undecide { $0.id == unit } }
    case .undecideAll: choosing { $0.undecide { _ in true } }
    case .compare(let unit): choosing { $0.compare(unit) }

    // Worker.
    case .chooseWorker(let choice): choosing { $0.chooseWorker(choice) }
    case .keepWorker(let isKept): working { $0.keepWorker(isKept) }
    case .confirmInstallation(let word): choosing { $0.confirmInstallation(word) }
    }
  }

  // MARK: Who wants it

  /// Nobody asked for it; it may open units that were settled.
  private mutating func happened(_ act: (inout Reducer) -> Void) {
    state.firstOpenUnit = 0
    act(&self)
  }

  /// A person asks for it, whatever is on the screen. After the request to leave nothing else counts.
  private mutating func asked(_ act: (inout Reducer) -> Void) {
    state.firstOpenUnit = 0
    state.spaceIndex.rewind()
    state.reply = nil
    if state.leaving == nil { act(&self) }
  }

  /// The same of the way out, which does not answer the last notice.
  private mutating func leaving(_ act: (inout Reducer) -> Void) {
    state.firstOpenUnit = 0
    if state.leaving == nil { act(&self) }
  }

  /// A person asks for it in a session that is open, and driven here.
  private mutating func working(_ act: (inout Reducer) -> Void) {
    looking {
      guard $0.state.otherHolder == nil else {
        let failure = $0.state.otherHolderFailure
        $0.state.reply = Notice(.refused, failure.message, failure.ways)
        return
      }
      guard $0.state.isReconciling else { return act(&$0) }
      $0.state.problem = nil
      $0.reconcileWhenQuiet()
      $0.refuse("Wait until the session was compared with what ConfigHub has.")
    }
  }

  /// The same in one that is perhaps driven elsewhere.
  private mutating func looking(_ act: (inout Reducer) -> Void) {
    asked {
      switch $0.state.stage {
      case .working: act(&$0)
      case .prompt: $0.refuse("Answer the question first.")
      case .starting, .left: $0.refuse("Wait until the session is open.")
      }
    }
  }

  /// The same of what is part of a step.
  private mutating func choosing(_ act: (inout Reducer) -> Void) {
    working {
      guard $0.state.removal == nil else {
        return $0.refuse(
          "This import is being taken back, or was: nothing is chosen here any more.")
      }
      act(&$0)
    }
  }

  mutating func refuse(_ sentence: String, _ ways: Way...) {
    state.reply = Notice(.refused, sentence, ways)
  }
  mutating func confirmDone(_ sentence: String, _ ways: Way...) {
    state.reply = Notice(.done, sentence, ways)
  }
  mutating func tell(_ sentence: String, _ ways: Way...) {
    state.reply = Notice(.news, sentence, ways)
  }

  mutating func fail(_ failure: Failure) { state.problem = failure }
}
