extension Turn {
  mutating func startRun(_ start: Start) {
    state.start = start
    if state.answers.dryRun {
      // A dry run keeps no session, so there is none to look for either.
      state.stage = .working
      return enterScan()
    }
    // Whether a session may be resumed unasked depends on the cluster that is meant.
    if state.answers.isUnattended { begin(.listContexts) } else { load(of: state.answers.context) }
  }

  /// - Parameter context: the one that was given.
  private mutating func load(of context: String?) {
    switch state.start {
    case .resume(let id?): begin(.load(sessionID: id))
    case .resume(nil), .automatic: begin(.load(sessionID: nil, context: context))
    case .new: begin(.load(sessionID: nil))
    }
  }

  /// The contexts, where nobody is asked.
  private mutating func meantContext(_ contexts: [ContextChoice], _ current: String?) {
    let given = state.answers.context
    let isKnown = given == nil || contexts.contains { $0.name == given }
    let isResuming = if case .resume = state.start { true } else { false }
    guard isKnown || isResuming else {
      return leaveNow(
        .init(
          code: 1,
          reason: "The kubeconfig has no context \(given ?? ""); name another one with --context."))
    }
    state.answers.context = given ?? current
    load(of: given)
  }

  mutating func answerPrompt(_ event: Event) {
    guard case .prompt(let found) = state.stage else {
      return refuse("There is no session to choose here.")
    }
    let id = found.session.id
    switch (event, found.hindrance) {
    // What cannot be had is left alone: the new session begins beside it.
    case (.startNew, .some): open(.new(replacing: nil, deleting: false))
    case (_, let hindrance?): refuse("\(hindrance.sentence) 1 and 2 look at it, N begins anew.")
    case (.resume, nil): open(.resume(sessionID: id))
    case (.resumeBackup, nil):
      guard found.isEditedByHand else { return refuse("The session is as it was saved.") }
      open(.resumeBackup(sessionID: id))
    case (.deleteAndStartNew, nil): open(.new(replacing: id, deleting: true))
    default: open(.new(replacing: id, deleting: false))
    }
    if !state.isAsking { state.tidied = [] }
  }

  private mutating func open(_ opening: Opening) {
    state.stage = .starting
    begin(.open(opening))
  }

  mutating func started(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .contexts(let contexts, let current)):
      // Asked for at the prompt, it is of no use any more.
      if state.answers.isUnattended { meantContext(contexts, current) }
    case (_, .loaded(let found, let warnings, let tidied)):
      state.warnings = warnings
      state.tidied = tidied
      loaded(found)
    case (.open(let opening), .opened(let session, let warnings)):
      if !warnings.isEmpty { state.warnings = warnings }
      opened(session, by: opening)
    case (_, .failed(let failure)):
      let code: Int32 =
        switch failure.kind {
        case .held: 5
        case .noSession: 3
        default: 1
        }
      leaveNow(.init(code: code, reason: failure.message))
    default: break
    }
  }

  private mutating func loaded(_ found: FoundSession?) {
    switch (state.start, found) {
    case (.resume(let id), nil):
      let what = id.map { "no session \($0)" } ?? "no session to resume"
      leaveNow(
        .init(code: 3, reason: "There is \(what). Begin one with `map-import`, without --resume."))
    case (.resume, let found?), (.automatic, let found?):
      if state.answers.isUnattended { return resumeUnasked(found) }
      // What was asked for with --resume is not asked about again, unless there is a reason.
      let isPlain = found.hindrance == nil && !found.isEditedByHand
      if case .resume = state.start, isPlain { return open(.resume(sessionID: found.session.id)) }
      state.stage = .prompt(found)
      // To say so if the session is of another cluster than the one that is current.
      if state.answers.context == nil { begin(.listContexts) }
    case (.new, let found):
      openNew(replacing: found?.hindrance == nil ? found?.session.id : nil)
    case (.automatic, nil):
      state.hasFoundNone = true
      openNew(replacing: nil)
    }
  }

  /// Wrong usage is said before a session is begun for it, and before one is put away.
  private mutating func openNew(replacing old: String?) {
    if state.answers.isUnattended, !state.answers.hasScope {
      return leaveNow(Autopilot.missingScope)
    }
    open(.new(replacing: old, deleting: false))
  }

  private mutating func resumeUnasked(_ found: FoundSession) {
    let session = found.session
    let isSameCluster =
      session.cluster.context.isEmpty || session.cluster.context == state.answers.context
      || found.isOfContextGiven
    if state.start == .automatic, session.isComplete || !isSameCluster {
      return openNew(replacing: nil)
    }
    if let hindrance = found.hindrance {
      let code: Int32 = if case .held = hindrance { 5 } else { 1 }
      return leaveNow(
        .init(
          code: code,
          reason: "Session \(session.id) cannot be resumed. \(hindrance.sentence) Begin a new one "
            + "with --new."))
    }
    guard !found.isEditedByHand else {
      return leaveNow(
        .init(
          code: 1,
          reason:
            "Session \(session.id) was edited by hand. Resume it on a terminal, where you can "
            + "choose between it and its backup; or begin a new one with --new."))
    }
    open(.resume(sessionID: session.id))
  }

  private mutating func opened(_ session: Session, by opening: Opening) {
    state.session = session
    state.operationIndex = OperationIndex()
    state.operationIndex.follow(session)
    state.stage = .working
    let news = state.warnings.suffix(1) + state.tidied
    state.notice = news.isEmpty ? nil : news.joined(separator: " ")
    if case .new = opening {
      state.session.history = [.init(position: session.position, at: state.now)]
      takeAnswers()
      // Not lost by leaving before a cluster is chosen.
      takeScope()
      save()
      return enterScan()
    }
    adoptUnits()
    if session.position.step > .scan { state.scannedScope = session.scope }
    takeAnswers()
    state.isChecked = state.session.isComplete
    continueStep()
    save()
  }

  /// An older file names the units that it created, but not what they hold.
  private mutating func adoptUnits() {
    let session = state.session
    guard session.proposal?.units.isEmpty == true else { return }
    state.session.proposal?.units = session.unitsCreated.map { slug in
      let key = session.selected.first { $0.key.name == slug }?.key
      return UnitPlan(
        id: key ?? WorkloadKey(kind: nil, namespace: "", name: slug), slug: slug, labels: [:],
        members: [])
    }
  }

  /// Answers given in advance win over those saved, where nothing was built on those yet.
  private mutating func takeAnswers() {
    let answers = state.answers
    if let mode = answers.workerMode { state.session.workerMode = mode }
    if let worker = answers.worker { state.session.workerSlug = worker }
    guard !state.hasWritten, state.session.proposal != nil else { return }
    if let space = answers.appSpace { state.session.proposal?.appSpace = space }
    if let hub = answers.hub { state.session.proposal?.hub = hub }
  }

  /// The namespaces given in advance, if there are any.
  mutating func takeScope() {
    let answers = state.answers
    if !answers.selector.isEmpty { state.session.scope.selector = answers.selector }
    if !answers.kinds.isEmpty { state.session.scope.kinds = answers.kinds }
    if answers.includesSystem { state.session.scope.includesSystem = true }
    guard answers.hasScope else { return }
    state.session.scope.namespaces = answers.namespaces.sorted()
    state.session.scope.allNamespaces = answers.allNamespaces
    state.session.scope.excluded = answers.excluded
  }

  /// Goes on where the session was left. What may have changed meanwhile is read anew.
  private mutating func continueStep() {
    let hasUnits = state.session.proposal?.units.isEmpty == false
    let hasWorkloads = state.session.scan?.workloads.isEmpty == false
    switch state.step {
    case .complete: if !state.openUnits.isEmpty || state.hasOpenRemovals { recheck() }
    case .scan: enterScan()
    case .review where hasWorkloads: lookAgain()
    case .select where hasWorkloads && hasUnits: askForSpaces()
    case .connect where hasUnits, .worker where hasUnits, .targets where hasUnits,
      .verify where hasUnits:
      recheck()
    // An older file may lack what its step builds on.
    case _ where hasWorkloads: rewind(to: .review)
    default:
      rewind(to: .scan, .choosing)
      enterScan()
    }
  }
}
