/// Looking after the sessions that are kept, and going from one to another.
extension Reducer {
  mutating func restoreSession(_ id: String, _ generation: Int?) {
    guard id != state.session.id else {
      return refuse(
        "This session is open here. Leave it, then `map-import sessions restore \(id)` can.")
    }
    begin(.restore(id, generation: generation))
  }

  mutating func nameSession(_ id: String, _ text: String) {
    guard let name = SessionTitle.usable(text) else {
      return refuse(SessionTitle.sentence)
    }
    guard id == state.session.id, state.stage == .working else {
      return begin(.name(id, name))
    }
    guard !state.answers.run.dryRun else { return refuse("A dry run keeps no session.") }
    state.session.take(name: name)
    // Together with the list in which it can be seen.
    for index in (state.sessions ?? []).indices where state.sessions?[index].id == id {
      state.sessions?[index].header?.name = state.session.name
    }
    confirmDone(name.isEmpty ? "The session has no name now." : "The session is called \(name).")
    saveSoon()
  }

  mutating func sessionsListed(_ sessions: [StoredSession]) {
    state.sessions = sessions
    // Said together with the list in which it can be seen.
    if let sentence = state.restoration { confirmDone(sentence) }
    state.restoration = nil
  }

  mutating func sessionRestored(_ sentence: String) {
    state.restoration = sentence
    begin(.list)
  }

  mutating func switchSession(to id: String) {
    if case .starting = state.stage { return refuse("Wait until the session is open.") }
    guard id != state.session.id else { return refuse("This session is the one that is open.") }
    guard mayLeaveSession() else { return }
    state.switchingTo = id
    abandonReading()
    if state.hasUnsaved { save() }
    switchWhenSaved()
  }

  /// Says why not.
  mutating func mayLeaveSession() -> Bool {
    if state.answers.run.dryRun {
      refuse("A dry run keeps no session, so it opens none either.")
    } else if state.changesUnderWay != 0 {
      refuse("Something is being written to ConfigHub.", Way(.stop, "stops it"))
    } else if let reason = state.reasonToKeepOpen {
      state.reply = reason
    } else if case .failed(let reason) = state.saving {
      refuse("This session is not saved, so it is not left: \(reason)")
    } else {
      return true
    }
    return false
  }

  /// From the session that is open: it is put away, and another one begun.
  mutating func startAnother() {
    guard mayLeaveSession() else { return }
    var answers = state.commandLine
    // A name is one session's.
    answers.name = nil
    answers.run = state.answers.run
    replaceSession(with: answers)
  }

  /// Begins anew with the other session once everything of this one is on the disk.
  mutating func switchWhenSaved() {
    guard let id = state.switchingTo else { return }
    if case .failed(let reason) = state.saving {
      state.switchingTo = nil
      return refuse("This session is not saved, so it is not left: \(reason)")
    }
    guard !state.isWriting, !state.hasUnsaved else { return }
    var next = WizardState(answers: state.answersOfAnother, now: state.now)
    next.nextEffect = state.nextEffect
    next.commandLine = state.commandLine
    next.start = .resume(sessionID: id)
    state = next
    begin(.load(sessionID: id))
  }
}

extension WizardState {
  /// The command line's answers were about the session that is left.
  fileprivate var answersOfAnother: Answers {
    var another = Answers(onConflict: answers.onConflict)
    another.run = answers.run
    return another
  }

  /// Why this run cannot go from its session to another one.
  public var reasonToKeepOpen: Notice? {
    guard isWorkerStarted, session.workerMode == .local else { return nil }
    return Notice(
      .refused, "Worker \(session.workerSlug ?? "") runs for this session.",
      [Way(.leave, "ends both")])
  }
}
