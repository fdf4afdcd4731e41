extension Reducer {
  mutating func startRun(_ start: Start) {
    guard state.stage == .starting, state.nextEffect == 1 else {
      return refuse("The run has begun already.")
    }
    state.start = start
    if case .undo(let id) = start {
      return open(state.answers.run.dryRun ? .look(sessionID: id) : .undo(sessionID: id))
    }
    if state.answers.run.dryRun {
      // A dry run keeps no session, so there is none to look for either.
      state.stage = .working
      return enterScan()
    }
    // Whether a session may be resumed unasked depends on the cluster that is meant.
    if state.answers.run.isUnattended {
      begin(.listContexts)
    } else {
      lookForArrivals()
      load(of: state.answers.context)
    }
  }

  /// - Parameter context: the one that was given.
  private mutating func load(of context: String?) {
    switch state.start {
    case .resume(let id?): begin(.load(sessionID: id))
    case .resume(nil), .automatic: begin(.load(sessionID: nil, context: context))
    case .new, .undo: begin(.load(sessionID: nil))
    }
  }

  /// The contexts, before a session is looked for. Asked for at the prompt, they are of no use any
  /// more.
  mutating func contextsReadAtStart(_ contexts: [ContextChoice], _ current: String?) {
    state.contextsOfArrivals = contexts
    guard state.answers.run.isUnattended else { return }
    let given = state.answers.context
    guard given == nil || contexts.contains(where: { $0.name == given }) else {
      return leaveNow(
        .init(
          .failed,
          reason: "The kubeconfig has no context \(given ?? ""); name another one with --context."))
    }
    (state.contextsAtStart, state.currentContext) = (contexts, current)
    state.hasOwnNamespace =
      contexts.first { $0.name == given ?? current }?.namespace != nil
    load(of: given)
  }

  enum PromptAnswer { case resume, resumeBackup, startNew, deleteAndStartNew }

  mutating func answerPrompt(_ answer: PromptAnswer) {
    guard !state.isTakingArrival else { return refuse("The session is being taken over.") }
    if answer == .startNew, state.stage == .starting, state.isChoosingArrival {
      state.isChoosingArrival = false
      return openNew(replacing: nil)
    }
    state.isChoosingArrival = false
    guard case .prompt(let found) = state.stage else {
      return refuse("There is no session to choose here.")
    }
    let id = found.session.id
    switch (answer, found.obstacle) {
    // What cannot be had is left alone: the new session begins beside it.
    case (.startNew, .some): open(.new(replacing: nil, deleting: false))
    case (_, let obstacle?):
      refuse(obstacle.sentence, Way(.look, "looks at it"), Way(.beginNew, "begins anew"))
    case (.resume, nil): open(.resume(sessionID: id))
    case (.resumeBackup, nil):
      guard found.isEditedByHand else { return refuse("The session is as it was saved.") }
      open(.resumeBackup(sessionID: id))
    case (.deleteAndStartNew, nil): open(.new(replacing: id, deleting: true))
    case (.startNew, nil): open(.new(replacing: id, deleting: false))
    }
    if !state.isAsking { state.tidied = [] }
  }

  mutating func open(_ opening: Opening) {
    state.stage = .starting
    begin(.open(opening))
  }

  mutating func cannotStart(_ failure: Failure) {
    let isKnown = failure.kind == .held || failure.kind == .noSession
    leaveNow(.init(isKnown ? failure.exitReason : .failed, reason: failure.message))
  }

  mutating func loaded(_ found: FoundSession?, _ warnings: [String], _ tidied: [String]) {
    let told = state.answers.run.wayBack.told
    (state.warnings, state.tidied) = (warnings.map(told), tidied.map(told))
    state.isOfContextGiven = found?.isOfContextGiven ?? false
    switch (state.start, found) {
    case (.resume(let id), nil):
      let what = id.map { "no session \($0)" } ?? "no session to resume"
      leaveNow(
        .init(
          .noSession, reason: "There is \(what). Begin one with `map-import`, without --resume."))
    case (.resume, let found?), (.automatic, let found?):
      if state.answers.run.isUnattended { return resumeUnasked(found) }
      // What was asked for with --resume is not asked about again, unless there is a reason.
      let isPlain = found.obstacle == nil && !found.isEditedByHand
      if case .resume = state.start, isPlain { return open(.resume(sessionID: found.session.id)) }
      state.stage = .prompt(found)
      // To say so if the session is of another cluster than the one that is current.
      if state.answers.context == nil { begin(.listContexts) }
    case (.new, let found), (.undo, let found):
      openNew(replacing: found?.obstacle == nil ? found?.session.id : nil)
    case (.automatic, nil):
      state.hasFoundNone = true
      if isLookingForArrivals {
        state.isWaitingForArrivals = true
      } else if state.arrivals?.isEmpty == false {
        showArrivals(true)
      } else {
        openNew(replacing: nil)
      }
    }
  }

  /// Wrong usage is said before a session is begun for it, and before one is put away.
  private mutating func openNew(replacing old: String?) {
    if state.answers.run.isUnattended, !state.answers.hasScope, !state.hasOwnNamespace {
      return leaveNow(Autopilot.missingScope)
    }
    open(.new(replacing: old, deleting: false))
  }

  private mutating func resumeUnasked(_ found: FoundSession) {
    let session = found.session
    let isSameCluster =
      session.cluster.context.isEmpty || found.isOfContextGiven
      || session.cluster.context == state.answers.context ?? state.currentContext
    if state.start == .automatic, found.header.isOver || !isSameCluster {
      return openNew(replacing: nil)
    }
    if let obstacle = found.obstacle {
      return leaveNow(
        .init(
          obstacle.exitReason,
          reason: "Session \(session.id) cannot be resumed. \(obstacle.sentence) Begin a new one "
            + "with --new."))
    }
    guard !found.isEditedByHand else {
      return leaveNow(
        .init(
          .failed,
          reason:
            "Session \(session.id) was edited by hand. Resume it on a terminal, where you can "
            + "choose between it and its backup; or begin a new one with --new."))
    }
    open(.resume(sessionID: session.id))
  }

  mutating func opened(_ session: Session, _ warnings: [String], by opening: Opening) {
    if !warnings.isEmpty { state.warnings = warnings.map(state.answers.run.wayBack.told) }
    switch opening {
    case .new: return begun(session)
    case .undo, .look: return openedToUndo(session)
    case .resume, .resumeBackup: break
    }
    let before = session.cluster
    if let context = state.answers.context, !before.context.isEmpty, context != before.context,
      before.uid != nil
    {
      return begin(.identify(context: context, for: session))
    }
    resumed(session)
  }

  /// A cluster keeps its UID whatever a kubeconfig calls it.
  mutating func identified(
    _ session: Session, _ context: String, _ identity: ClusterIdentity?
  ) {
    guard let identity, identity.uid == session.cluster.uid else { return resumed(session) }
    state.warnings.append(
      "Context \(context) leads to the cluster that this session knows as "
        + "\(session.cluster.context); it goes on as \(context).")
    var session = session
    session.cluster = identity
    session.scope.context = context
    resumed(session)
  }

  private mutating func openedToUndo(_ session: Session) {
    adopt(session)
    undoImport()
    if let reply = state.reply, reply.kind == .refused {
      leaveNow(.init(.failed, reason: reply.sentence))
    }
  }

  private mutating func begun(_ session: Session) {
    adopt(session)
    state.session.history = [.init(position: session.position, at: state.now)]
    takeAnswers(besides: [])
    state.session.given = GivenAnswers(state.answers)
    // Not lost by leaving before a cluster is chosen.
    takeScope()
    save()
    if state.mayBeSynced { begin(.readSignIn) }
    enterScan()
  }

  mutating func adopt(_ session: Session) {
    state.session = session
    state.glance = nil
    state.operationIndex = OperationIndex()
    state.spaceIndex.rewind()
    state.operationIndex.follow(session)
    state.stage = .working
    let news = state.warnings.suffix(1) + state.tidied
    state.reply = news.isEmpty ? nil : Notice(.news, news.joined(separator: " "))
  }

  /// An older file names the units that it created, but not what they hold.
  mutating func adoptUnits() {
    let session = state.session
    guard session.proposal?.units.isEmpty == true else { return }
    state.session.proposal?.units = session.unitsCreated.map { slug in
      let key = session.selected.first { $0.key.name == slug }?.key
      return UnitPlan(
        id: key ?? WorkloadKey(kind: nil, namespace: "", name: slug), slug: slug, labels: [:],
        members: [])
    }
  }

  /// The namespaces given in advance, if there are any.
  mutating func takeScope() { state.session.scope.take(state.answers) }
}

extension FoundSession.Obstacle {
  fileprivate var exitReason: ExitReason {
    switch self {
    case .held: .sessionHeld
    case .newer: .failed
    }
  }
}
