/// A session goes on with the answers that this run was given.
extension Reducer {
  mutating func resumed(_ session: Session) {
    var contrary = state.answers.contrary(
      to: session, isSameCluster: state.isOfContextGiven)
    let keepsCluster = contrary.contains { $0.question == .context && !canTake($0, session) }
    // The namespaces were meant for the other cluster.
    let refused = contrary.filter {
      !canTake($0, session) || keepsCluster && $0.question == .scope
    }
    if !refused.isEmpty {
      let sentence = session.refusal(of: refused)
      if state.answers.run.isUnattended {
        return leaveNow(
          .init(
            .wrongUsage,
            reason: "\(sentence) Go on with it by --resume \(session.id) without that, or begin "
              + "another session with --new."))
      }
      state.warnings.append("\(sentence) Begin another session with --new for that.")
      state.answers.forget(refused)
      contrary.removeAll(where: refused.contains)
    }
    // The namespaces of another cluster are others.
    if contrary.contains(where: { $0.question == .context }), state.answers.run.isUnattended,
      !state.answers.hasScope, !state.hasOwnNamespace
    {
      return leaveNow(Autopilot.missingScope)
    }
    if let sentence = missingPlan(of: session) {
      if state.answers.run.isUnattended { return leaveNow(.init(.wrongUsage, reason: sentence)) }
      state.warnings.append(sentence)
    }
    adopt(session)
    adoptUnits()
    resumeRemoval()
    if session.position.step > .scan { state.scannedScope = session.scope }
    takeAnswers(besides: contrary)
    takeGivenAnswers()
    state.isChecked = state.session.isComplete || state.session.isUndone
    // Whoever only looks at what is over spends no time on a step.
    if !state.isChecked {
      remember(.init(position: state.session.position, at: state.now, leftAt: session.updatedAt))
    }
    sayGoingOn()
    resumeStep()
    save()
    let isAsked = state.step >= .connect && state.step != .complete
    if !isAsked, state.mayBeSynced { begin(.readSignIn) }
  }

  /// Whoever named no session may not think of one, nor of what it was told to leave out.
  private mutating func sayGoingOn() {
    let restriction = state.session.scope.restriction
    guard state.answers.run.isUnattended, state.start == .automatic || restriction != nil else {
      return
    }
    let step = state.step
    state.goingOn =
      "Going on with session \(state.session.id) in step \(step.number), \(step.rawValue)"
      + (restriction.map { ", of what \($0) asks for" } ?? "")
      + "; --new begins another one."
  }

  /// A person who has resumed a session of another cluster was asked about that.
  private func canTake(_ answer: ContraryAnswer, _ session: Session) -> Bool {
    let isChosen = !state.answers.run.isUnattended && session.position.step > .scan
    return answer.canBeTaken(by: session) && !(answer.question == .context && isChosen)
  }

  /// Answers given in advance win over those saved: the step that a contrary one is about is done
  /// again.
  mutating func takeAnswers(besides contrary: [ContraryAnswer]) {
    let answers = state.answers
    if let name = answers.name { state.session.take(name: name) }
    let questions = Set(contrary.map(\.question))
    if answers.onConflict != .ask { state.session.decisions = [:] }
    if questions.contains(.worker) {
      state.session.workerSlug = nil
      redoStep(.worker, .choosing)
    }
    takeWorker()
    guard !questions.subtracting([.worker]).isEmpty else { return }
    // None of them has changed anything, and what failed was for another answer.
    state.session.operations = []
    state.operationIndex = OperationIndex()
    state.spaceIndex.rewind()
    if questions.contains(.appSpace) || questions.contains(.hub) {
      if let space = answers.appSpace { state.session.proposal?.appSpace = space }
      if let hub = answers.hub { state.session.proposal?.hub = hub }
      redoStep(.connect, .confirming)
    }
    if questions.contains(.replicas), let replicas = answers.replicas {
      state.session.proposal?.replicas = replicas
      redoStep(.connect, .confirming)
    }
    if questions.contains(.unclaimed), let unclaimed = answers.unclaimed,
      let proposal = state.session.proposal
    {
      state.session.proposal = proposal.with(unclaimed, of: state.session.offered)
      redoStep(.select)
    }
    if questions.contains(.layout) || questions.contains(.units) {
      divideAnew()
      redoStep(.select)
    }
    if questions.contains(.plan) { redoStep(.review) }
    if questions.contains(.scope) || questions.contains(.context) { redoStep(.scan, .choosing) }
    if questions.contains(.scope) { takeScope() }
  }

  mutating func takeWorker() {
    guard state.step <= .worker else { return }
    if let mode = state.answers.workerMode { state.session.workerMode = mode }
    if let worker = state.answers.worker { state.session.workerSlug = worker }
  }

  private mutating func redoStep(_ step: Step, _ phase: Phase? = nil) {
    if state.step >= step { rewind(to: step, phase) }
  }
}
