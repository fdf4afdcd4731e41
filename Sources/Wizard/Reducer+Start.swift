extension Turn {
  mutating func startRun(_ start: Start) {
    state.start = start
    if state.answers.dryRun {
      // A dry run keeps no session, so there is none to look for either.
      state.stage = .working
      return enterScan()
    }
    // Whether a session may be resumed unasked depends on the cluster that is meant.
    if state.answers.isUnattended, state.answers.context == nil {
      begin(.listContexts)
    } else {
      load()
    }
  }

  private mutating func load() {
    if case .resume(let id) = state.start {
      begin(.load(sessionID: id))
    } else {
      begin(.load(sessionID: nil))
    }
  }

  mutating func answerPrompt(_ event: Event) {
    guard case .prompt(let found) = state.stage else {
      return refuse("There is no session to choose here.")
    }
    switch event {
    case .resume: open(.resume(sessionID: found.session.id))
    case .deleteAndStartNew: open(.new(replacing: found.session.id, deleting: true))
    default: open(.new(replacing: found.session.id, deleting: false))
    }
  }

  private mutating func open(_ opening: Opening) {
    state.stage = .starting
    begin(.open(opening))
  }

  mutating func started(_ work: Work, _ outcome: Outcome) {
    switch (work, outcome) {
    case (_, .contexts(_, let current)):
      state.answers.context = current
      load()
    case (_, .loaded(let found)): loaded(found)
    case (.open(let opening), .opened(let session)): opened(session, by: opening)
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
    case (.resume, let found?): open(.resume(sessionID: found.session.id))
    case (.new, let found): open(.new(replacing: found?.session.id, deleting: false))
    case (.automatic, nil): open(.new(replacing: nil, deleting: false))
    case (.automatic, let found?) where state.answers.isUnattended:
      let session = found.session
      let isSameCluster =
        session.cluster.context.isEmpty || session.cluster.context == state.answers.context
      open(
        !session.isComplete && isSameCluster
          ? .resume(sessionID: session.id) : .new(replacing: nil, deleting: false))
    case (.automatic, let found?): state.stage = .prompt(found)
    }
  }

  private mutating func opened(_ session: Session, by opening: Opening) {
    state.session = session
    state.stage = .working
    guard case .resume = opening else {
      state.session.history = [.init(position: session.position, at: state.now)]
      takeAnswers()
      save()
      return enterScan()
    }
    adoptUnits()
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

  /// Goes on where the session was left. What may have changed meanwhile is read anew.
  private mutating func continueStep() {
    let hasUnits = state.session.proposal?.units.isEmpty == false
    let hasWorkloads = state.session.scan?.workloads.isEmpty == false
    switch state.step {
    case .complete: break
    case .scan: enterScan()
    case .review where hasWorkloads, .select where hasWorkloads && hasUnits: break
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
