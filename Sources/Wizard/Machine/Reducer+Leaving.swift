/// The way out: nothing that is being written is left behind unsaved.
extension Reducer {
  mutating func leave() {
    let hasReason = state.changesUnderWay > 0 || state.workerToEnd != nil
    if hasReason, !state.isAskedToLeave, state.leaving == nil {
      state.isAskedToLeave = true
    } else {
      leaveNow(.init(.done))
    }
  }

  /// Begins nothing more; ends when what is being written has ended and is saved. What was
  /// intended but not begun stays an intent, which the next run settles by reading.
  mutating func leaveNow(_ leaving: WizardState.Leaving) {
    guard state.leaving == nil else { return }
    state.leaving = leaving
    state.isAskedToLeave = false
    abandonReading()
    state.afterSave = []
    state.ready = []
    // A last try, unless the session has become somebody else's.
    if case .failed = state.saving, leaving.exit != .sessionHeld { save() }
    leaveWhenQuiet()
    if case .left = state.stage { return }
    pauseBeforeLeaving()
  }

  mutating func leaveUnfinished() {
    guard state.leaving != nil else { return }
    if isRunning({ if case .session(.save) = $0 { true } else { false } }) {
      state.saving = .failed(reason: "The last save did not end in time.")
    }
    state.running = [:]
    leaveWhenQuiet()
  }

  mutating func leaveWhenQuiet() {
    // Whoever wanted to leave need not be asked any more.
    if state.isAskedToLeave, state.changesUnderWay == 0, state.workerToEnd == nil {
      return leaveNow(.init(.done))
    }
    guard var leaving = state.leaving, !state.isWriting else { return }
    if case .changed = state.saving { return save() }
    if case .failed(let reason) = state.saving {
      // To have left with 0 means that everything is on the disk.
      if leaving.exit == .done { leaving.exit = .failed }
      leaving.reason = leaving.reason ?? reason
    }
    state.running = [:]
    state.stage = .left(leaving)
  }
}

extension WizardState {
  /// The worker that was started here and ends with this run, though units were bound to its target;
  /// whoever leaves is asked about that.
  public var workerToEnd: String? {
    guard isWorkerStarted, !hasWorkerEnded, !keepsWorker, session.workerMode == .local,
      !session.isUndone, session.boundCount > 0
    else { return nil }
    return session.workerSlug
  }

  /// Changes to ConfigHub that are under way, being prepared, or begin when their intent is saved.
  public var changesUnderWay: Int {
    afterSave.count + ready.count
      + running.values.count {
        $0.work.change != nil || (isCreating && $0.work.unit != nil)
      }
  }
}
