/// When the session is saved without a change that waits for it.
extension Reducer {
  /// Saves a little later, so that a burst of edits is one save.
  mutating func saveSoon() {
    if state.answers.run.dryRun || state.isStillNothing { return }
    state.isDirty = true
    if case .failed = state.saving { return }
    if case .underWay = state.saving { return }
    state.saving = .changed
    begin(Pause.autosave)
  }

  mutating func saveFailed(_ failure: Failure) {
    state.saving = .failed(reason: failure.message)
    guard failure.kind == .held else { return begin(Pause.saveRetry) }
    let leaving = WizardState.Leaving(.sessionHeld, reason: failure.message)
    if state.leaving?.exit == .done { state.leaving = leaving } else { leaveNow(leaving) }
  }
}

extension WizardState {
  /// Begun without anybody to ask, and it may yet turn out that what was asked for cannot be: a
  /// session that has nothing in it is not kept, and does not become the latest.
  var isStillNothing: Bool {
    guard answers.run.isUnattended, session.generation == 0 else { return false }
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
