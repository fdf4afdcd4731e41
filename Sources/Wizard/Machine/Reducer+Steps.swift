/// What every step is asked: on, back, again, stop. Each answers for itself; see `StepRules`.
extension Reducer {
  private var rules: any StepRules.Type { state.rules }

  mutating func goOn() { rules.goOn(&self) }

  /// What `goOn` comes to where the step itself has nothing to do.
  mutating func goOnLater(_ sentence: String = Reducer.byItself) {
    if isSignedOut { return askForSignIn() }
    if state.problem != nil { return refuse("The step cannot go on like this.", .retry) }
    refuse(sentence)
  }

  /// False, with what is done about it, before it is known that all is as it was.
  mutating func isCheckedToGoOn() -> Bool {
    if state.isChecked { return true }
    if isSignedOut { askForSignIn() } else { refuseUnchecked() }
    return false
  }

  static let byItself = "This goes on by itself as soon as it can."

  private var isSignedOut: Bool {
    if case .signedOut = state.signIn { true } else { false }
  }

  /// One step or phase back; what was chosen stays chosen.
  mutating func goBack() {
    guard !state.isWriting || !state.isCreating else {
      return refuse("Units are being created.", Way(.stop, "stops after the ones under way"))
    }
    rules.goBack(&self)
  }

  /// Tries again what failed, or reads again what is shown; or lets a program run that was shown.
  mutating func retry() {
    let begun = effects.count
    defer {
      if effects.count == begun, state.notice == nil { refuse("That is under way already.") }
    }
    if case .failed = state.saving { save() }
    let isPluginShown = state.problem?.kind == .unseenPlugin
    state.problem = nil
    if isPluginShown {
      let isHeld = !state.held.isEmpty
      allowPlugin()
      if isHeld { return }
    }
    rules.retry(&self)
  }

  /// False, with what is done about it, where ConfigHub has to be asked first.
  mutating func isReadyToRetry() -> Bool {
    if !state.isChecked {
      recheck()
      return false
    }
    guard case .signedIn = state.signIn else {
      if !isRunning({ $0 == .read(.signIn) }) { begin(.readSignIn) }
      return false
    }
    return true
  }

  static let nothingToRetry = "There is nothing to try again here."

  /// Tries one failed unit again and leaves the other failed ones alone.
  mutating func retryOne(_ id: WorkloadKey) {
    guard state.failures[id] != nil else { return refuse(Reducer.nothingToRetry) }
    guard state.isChecked else { return refuseUnchecked() }
    guard case .signedIn = state.signIn else {
      return refuse("Sign in to ConfigHub first.", Way(.goOn, "does it here"))
    }
    state.problem = nil
    rules.retryUnit(id, &self)
  }

  /// Stops what runs and can be stopped without losing anything.
  mutating func cancel() { rules.cancel(&self) }

  /// Leaves the step out.
  mutating func skip() {
    state.isWorkerAnswerTaken = true
    rules.skip(&self)
  }

  static let cannotSkip = "Only the worker and the targets can be left out."

  mutating func poll() { rules.poll(&self) }

  /// Goes on where the session was left. What may have changed meanwhile is read anew; an older file
  /// may lack what its step builds on.
  mutating func resumeStep() {
    if rules.resume(&self) { return }
    if state.hasWorkloads { return rewind(to: .review) }
    rewind(to: .scan)
    enterScan()
  }

  // MARK: Moving

  /// Enters a step or phase, and remembers when.
  mutating func move(to step: Step, _ phase: Phase? = nil) {
    let position = Position(step, phase)
    state.problem = nil
    state.waitingSince = nil
    state.pace = nil
    state.preview = nil
    if state.session.position == position { return }
    if state.notice == Reducer.byItself { state.reply = nil }
    // Whoever moves on waits for no scan.
    abandon { if case .cluster(.scan) = $0 { true } else { false } }
    state.session.position = position
    remember(.init(position: position, at: state.now))
  }

  /// The oldest are forgotten.
  mutating func remember(_ visit: Session.Visit) {
    state.session.history.append(visit)
    let excess = state.session.history.count - state.answers.run.kept.visits
    if excess > 0 { state.session.history.removeFirst(excess) }
  }

  /// Marks a step as finished, and enters the next one.
  mutating func complete(_ step: Step) {
    state.session.stepsCompleted = Step.seven.filter { $0 <= step }
    let next = step.next ?? .complete
    move(to: next, next.rules.firstPhase)
    save()
    next.rules.enter(&self)
  }

  /// Takes the session back to a step that has to be finished again, to its first phase if none is
  /// named.
  mutating func rewind(to step: Step, _ phase: Phase? = nil) {
    state.session.stepsCompleted = Step.seven.filter { $0 < step }
    state.session.stepsSkipped.removeAll { $0 >= step }
    move(to: step, phase ?? step.rules.firstPhase)
  }

  /// A person goes back to a step.
  mutating func back(to step: Step) {
    abandonLooking()
    state.isCreating = false
    rewind(to: step)
    save()
    step.rules.enterAgain(&self)
  }

  /// To the step before this one.
  mutating func back() {
    if let previous = state.step.previous { back(to: previous) }
  }

  /// Everything that can be read again, but not what leads to a save.
  mutating func abandonLooking() {
    abandon { !$0.changesOutside && $0 != .pause(.autosave) && $0 != .pause(.saveRetry) }
  }
}

extension WizardState {
  /// There is a step, or a phase, before this one that can still be gone back to.
  public var canGoBack: Bool {
    if isWriting, isCreating { return false }
    if let removal { return removal.phase != .removing && !session.isUndone && !hasOpenRemovals }
    return switch step {
    case .scan: phase == .scanning || !session.scope.context.isEmpty
    case .select, .connect: !hasWritten
    case .worker: phase == .connecting
    case .review, .targets, .verify: true
    case .complete: false
    }
  }

  var hasWorkloads: Bool { session.scan?.workloads.isEmpty == false }
  var hasUnits: Bool { session.proposal?.units.isEmpty == false }
}
