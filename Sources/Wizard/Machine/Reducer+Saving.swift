/// When the session is saved, and what may begin only after that.
extension Turn {
  /// Saves; changes to ConfigHub begin only after that save is durable.
  mutating func saveThen(_ changes: Work...) {
    state.afterSave += changes
    save()
  }

  mutating func save() {
    if state.answers.dryRun || state.isStillNothing { return }
    if isRunning({ if case .save = $0 { true } else { false } }) {
      state.isDirty = true
      return
    }
    state.isDirty = false
    state.session.updatedAt = state.now
    state.saving = .underWay
    state.coveredBySave = state.afterSave.count
    launch(.save(state.session))
  }

  /// Saves a little later, so that a burst of edits is one save.
  mutating func saveSoon() {
    if state.answers.dryRun || state.isStillNothing { return }
    state.isDirty = true
    if case .failed = state.saving { return }
    if case .underWay = state.saving { return }
    state.saving = .changed
    begin(.pause(.autosave))
  }

  mutating func saved(_ generation: Int, _ warning: String?) {
    state.session.generation = generation
    if let warning { state.notice = warning }
    // What is to be done since that save began waits for the next one.
    let changes = state.afterSave.prefix(state.coveredBySave)
    state.afterSave.removeFirst(changes.count)
    if state.isDirty { save() } else { state.saving = .saved(at: state.now) }
    for work in changes where state.leaving == nil {
      if work.unit == nil { launch(work) } else { state.ready.append(work) }
    }
    launchReady()
  }

  /// As many units are written at once as was asked for; the others are prepared meanwhile.
  mutating func launchReady() {
    if case .signedOut = state.signIn { return }
    guard state.leaving == nil else { return }
    var writing = state.running.values.count { $0.work.unit != nil && $0.work.changesConfigHub }
    while writing < state.answers.parallel, !state.ready.isEmpty {
      launch(state.ready.removeFirst())
      writing += 1
    }
  }

  mutating func saveFailed(_ failure: Failure) {
    state.saving = .failed(reason: failure.message)
    guard failure.kind == .held else { return begin(.pause(.saveRetry)) }
    let leaving = WizardState.Leaving(code: 5, reason: failure.message)
    if state.leaving?.code == 0 { state.leaving = leaving } else { leaveNow(leaving) }
  }
}

extension WizardState {
  /// Begun without anybody to ask, and it may yet turn out that what was asked for cannot be: a
  /// session that has nothing in it is not kept, and does not become the latest.
  fileprivate var isStillNothing: Bool {
    guard answers.isUnattended, session.generation == 0 else { return false }
    let isBeforeScan = session.history.count <= 1 && step == .scan && phase == .choosing
    return isBeforeScan || (answers.plan != nil && session.proposal == nil)
  }

  /// What is on the screen is not all on the disk, and no save is under way.
  var hasUnsaved: Bool {
    switch saving {
    case .changed, .failed: true
    case .never, .saved, .underWay: false
    }
  }
}
