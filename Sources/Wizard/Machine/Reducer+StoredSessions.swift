/// Looking after the sessions that are kept, and going from one to another.
extension Turn {
  mutating func keptSessions(_ event: Event) {
    switch event {
    case .switchSession(let id): switchSession(to: id)
    case .restoreSession(let id, let generation):
      guard id != state.session.id else {
        return refuse(
          "This session is open here. Leave it, then `map-import sessions restore \(id)` can.")
      }
      begin(.restoreSession(id, generation: generation))
    default: begin(.listSessions)
    }
  }

  mutating func keptSessionsResult(_ outcome: Outcome) {
    switch outcome {
    case .sessions(let sessions):
      state.sessions = sessions
      // Said together with the list in which it can be seen.
      state.notice = state.restoration ?? state.notice
      state.restoration = nil
    case .sessionRestored(let sentence):
      state.restoration = sentence
      begin(.listSessions)
    case .failed(let failure): state.notice = failure.message
    default: break
    }
  }

  private mutating func switchSession(to id: String) {
    guard id != state.session.id else { return refuse("This session is the one that is open.") }
    guard !state.answers.dryRun else {
      return refuse("A dry run keeps no session, so it opens none either.")
    }
    guard state.changesUnderWay == 0 else {
      return refuse("Something is being written to ConfigHub; esc stops it first.")
    }
    guard !state.isWorkerStarted else {
      return refuse(
        "Worker \(state.session.workerSlug ?? "") runs for this session; leave with q to end both.")
    }
    if case .failed(let reason) = state.saving {
      return refuse("This session is not saved, so it is not left: \(reason)")
    }
    state.switchingTo = id
    abandon { !$0.changesOutside }
    if state.hasUnsaved { save() }
    switchWhenSaved()
  }

  /// Begins anew with the other session once everything of this one is on the disk.
  mutating func switchWhenSaved() {
    guard let id = state.switchingTo else { return }
    if case .failed(let reason) = state.saving {
      state.switchingTo = nil
      return refuse("This session is not saved, so it is not left: \(reason)")
    }
    guard !state.isWriting, !state.hasUnsaved else { return }
    // The command line's answers were about the session that is left.
    var answers = Answers(
      onConflict: state.answers.onConflict, staleAfter: state.answers.staleAfter)
    answers.isUnattended = state.answers.isUnattended
    var next = WizardState(answers: answers, now: state.now)
    next.nextEffect = state.nextEffect
    next.start = .resume(sessionID: id)
    state = next
    begin(.load(sessionID: id))
  }
}
