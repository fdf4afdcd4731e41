/// The keys that mean the same on every step: on, back, again, stop.
extension Turn {
  mutating func goOn() {
    switch (state.step, state.phase) {
    case (.scan, .choosing): scanChosen()
    case (.review, _): reviewed()
    case (.select, _): proposalChosen()
    case (.connect, .signingIn): askForSignIn()
    case (.connect, .creating) where !state.isCreating && !state.failures.isEmpty:
      unitsAccepted()
    case (.connect, .creating) where !state.isCreating: refuse("It was stopped; r goes on.")
    case (.connect, .creating) where isForPersonToDecide: refuseUndecided()
    case (.targets, .binding) where !state.failures.isEmpty: deliver()
    case (.worker, _) where !state.isChecked, (.targets, _) where !state.isChecked,
      (.verify, _) where !state.isChecked:
      isSignedOut ? askForSignIn() : refuseUnchecked()
    case (.verify, _) where state.session.report != nil && !isRunning({ $0.isVerify }):
      complete(.verify, then: .complete)
      save()
    case (.complete, _): leaveNow(.init(code: 0))
    case (_, _) where isSignedOut: askForSignIn()
    case (_, _) where state.problem != nil: refuse("Press r to try again.")
    case (.connect, .confirming): refuse("Choose Create to begin, or Back.")
    case (.worker, .choosing): refuse("Choose a worker, or go on without one with s.")
    default: refuse(Turn.byItself)
    }
  }

  static let byItself = "This goes on by itself as soon as it can."

  private var isSignedOut: Bool {
    if case .signedOut = state.signIn { true } else { false }
  }

  /// Goes on with the units that exist, leaving out those that failed.
  private mutating func unitsAccepted() {
    guard !state.session.unitsCreated.isEmpty else {
      return refuse("No unit was created yet; r tries again.")
    }
    state.failures = [:]
    complete(.connect, then: .worker, .choosing)
    save()
    enterWorker()
  }

  /// One step or phase back; what was chosen stays chosen.
  mutating func goBack() {
    guard !state.isWriting || !state.isCreating else {
      return refuse("Units are being created; esc stops after the ones under way.")
    }
    switch (state.step, state.phase) {
    case (.scan, .scanning):
      // Moving on ends the scan itself.
      state.arriving = []
      state.isStopping = false
      move(to: .scan, .choosing)
      save()
      if state.contexts == nil || state.namespaces == nil { enterScan() }
    case (.scan, _) where !state.session.scope.context.isEmpty:
      abandon { if case .listNamespaces = $0 { true } else { false } }
      state.namespaces = nil
      state.problem = nil
      state.session.scope.context = ""
      saveSoon()
      if state.contexts == nil { enterScan() }
    case (.scan, _): refuse("This is the first step.")
    case (.review, _): back(to: .scan, .choosing)
    case (.select, _) where state.hasWritten: refuse(state.whatStays)
    case (.select, _): back(to: .review)
    case (.connect, _) where state.hasWritten: refuse(state.whatStays)
    case (.connect, _): back(to: .select)
    case (.worker, .connecting): cancel()
    case (.worker, _): refuse(state.whatStays)
    case (.targets, _): back(to: .worker, .choosing)
    case (.verify, _): back(to: .worker, .choosing)
    case (.complete, _): refuse("The import is complete; a new one begins with --new.")
    }
  }

  private mutating func back(to step: Step, _ phase: Phase? = nil) {
    abandon { !$0.changesOutside && $0 != .pause(.autosave) && $0 != .pause(.saveRetry) }
    state.isCreating = false
    rewind(to: step, phase)
    save()
    switch step {
    case .scan: enterScan()
    case .worker:
      state.isWorkerAnswerTaken = true
      enterWorker()
    default: break
    }
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
    switch (state.step, state.phase) {
    case (.scan, .choosing) where state.contexts != nil && !state.session.scope.context.isEmpty:
      begin(.listNamespaces(context: state.session.scope.context))
    case (.scan, .choosing): enterScan()
    case (.review, _): scanChosen()
    case (.connect, _), (.worker, _), (.targets, _), (.verify, _): retryConnected()
    case (.complete, _):
      if state.isChecked { verify() } else { recheck() }
      // Which cub is there tells what is left to do.
      if state.isChecked, state.signIn == nil { begin(.readSignIn) }
    default: refuse("There is nothing to try again here.")
    }
  }

  private mutating func retryConnected() {
    if !state.isChecked {
      return recheck()
    }
    guard case .signedIn = state.signIn else {
      if !isRunning({ $0 == .signIn }) { begin(.readSignIn) }
      return
    }
    switch (state.step, state.phase) {
    case (.connect, .creating):
      state.failures = [:]
      state.isCreating = true
      // Who knows how long ago it was listed.
      if state.conflicts.isEmpty { state.listings = [:] }
      advanceUnits()
      if isForPersonToDecide { refuseUndecided() }
    case (.connect, _): begin(.readSignIn)
    case (.worker, _): retryWorker()
    case (.targets, _):
      state.failures = [:]
      enterTargets()
    default: enterVerify()
    }
  }

  /// Tries one failed unit again and leaves the other failed ones alone.
  mutating func retryOne(_ id: WorkloadKey) {
    guard state.failures[id] != nil else { return refuse("There is nothing to try again here.") }
    guard state.isChecked else { return refuseUnchecked() }
    guard case .signedIn = state.signIn else {
      return refuse("Sign in to ConfigHub first: enter does it here.")
    }
    state.problem = nil
    switch (state.step, state.phase) {
    case (.connect, .creating):
      state.failures[id] = nil
      state.isCreating = true
      advanceUnits()
    case (.targets, .binding):
      state.failures[id] = nil
      bindUnits()
    default: refuse("There is nothing to try again here.")
    }
  }

  /// Stops what runs and can be stopped without losing anything.
  mutating func cancel() {
    switch (state.step, state.phase) {
    case (.scan, .scanning): stopScan()
    case (.connect, .creating) where state.isCreating:
      state.isCreating = false
      abandon { if case .prepareUnit = $0 { true } else { false } }
      state.notice = "Stopped. What was created stays and is recorded; r goes on."
    case (.worker, .connecting):
      abandon { !$0.changesOutside }
      move(to: .worker, .choosing)
      save()
      enterWorker()
    default: goBack()
    }
  }
}

extension Work {
  var isVerify: Bool {
    if case .verify = self { true } else { false }
  }
}
