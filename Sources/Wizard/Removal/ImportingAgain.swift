/// After an import was taken back.
extension Reducer {
  /// Begins another session with the choices of this one, which is put away for it.
  mutating func importAgain() {
    guard state.removal?.phase == .over, state.session.isUndone else {
      return refuse("There is no import to begin again here.")
    }
    if let reason = state.reasonToKeepOpen {
      state.reply = reason
      return
    }
    replaceSession(with: state.answers.again(with: state.session))
  }

  /// Puts this session away and begins another one, about which nothing is known.
  mutating func replaceSession(with answers: Answers) {
    guard !state.isWriting, !state.hasUnsaved else {
      return refuse("Wait until this session is saved.")
    }
    abandonReading()
    var next = WizardState(answers: answers, now: state.now)
    next.nextEffect = state.nextEffect
    next.commandLine = state.commandLine
    next.start = .new
    let old = state.session.id
    state = next
    open(.new(replacing: old, deleting: false))
  }
}

extension Answers {
  /// For another import of what this session was about.
  fileprivate func again(with session: Session) -> Answers {
    var answers = Answers(
      context: session.scope.context, namespaces: session.scope.namespaces,
      allNamespaces: session.scope.allNamespaces, excluded: session.scope.excluded,
      selector: session.scope.selector, kinds: session.scope.kinds,
      includesSystem: session.scope.includesSystem, appSpace: session.proposal?.appSpace,
      hub: session.proposal?.hub, layout: session.proposal?.layout,
      unitContents: session.proposal?.unitContents, replicas: session.proposal?.replicas,
      unclaimed: session.proposal?.unclaimed,
      onConflict: onConflict)
    answers.run = run
    return answers
  }
}
