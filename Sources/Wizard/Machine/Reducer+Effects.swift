/// Effects begin here and nowhere else. What reads may begin at any time; a change only in a save that
/// has its intent.
extension Reducer {
  mutating func begin(_ work: SessionWork) { begin(free: .session(work)) }
  mutating func begin(_ work: ClusterRead) { begin(free: .cluster(work)) }
  mutating func begin(_ work: HubRead) { begin(free: .read(work)) }
  mutating func begin(_ work: SyncWork) { begin(free: .sync(work)) }
  mutating func begin(_ pause: Pause) { begin(free: .pause(pause)) }

  /// Unless the same is under way already. Who leaves begins nothing more.
  private mutating func begin(free work: Work) {
    guard state.leaving == nil, !isRunning({ $0 == work }) else { return }
    if work.reachesCluster, !state.isPluginSeen { hold(work) } else { launch(work) }
  }

  /// What was held, once what kubectl starts for it was shown.
  mutating func beginHeld() {
    let works = state.held
    state.held = []
    for work in works { begin(free: work) }
  }

  /// The last pause of a run that ends.
  mutating func pauseBeforeLeaving() { launch(.pause(.leaving)) }

  private mutating func launch(_ work: Work) {
    let id = nextID()
    state.running[id] = .init(work: work, since: state.now)
    effects.append(Effect(id: id, work: work))
  }

  private mutating func nextID() -> EffectID {
    defer { state.nextEffect += 1 }
    return EffectID(state.nextEffect)
  }

  // MARK: Ending them

  /// Forgets effects of one sort, and asks the runner to end them.
  mutating func abandon(where matches: (Work) -> Bool) {
    state.held.removeAll(where: matches)
    for (id, running) in state.running.sorted(by: { $0.key < $1.key })
    where matches(running.work) {
      state.running[id] = nil
      stop(id)
    }
  }

  /// Everything that can be read again.
  mutating func abandonReading() { abandon { !$0.changesOutside } }

  /// Asks the runner to end an effect, which may still bring something.
  mutating func stop(_ id: EffectID) {
    effects.append(Effect(id: nextID(), work: .cancel(id)))
  }

  func isRunning(_ matches: (Work) -> Bool) -> Bool {
    state.running.values.contains { matches($0.work) }
  }

  /// A change that is under way, or begins as soon as its intent is saved.
  func isUnderWay(_ matches: (HubChange) -> Bool) -> Bool {
    state.afterSave.contains(where: matches)
      || isRunning { $0.change.map(matches) ?? false }
  }

  // MARK: Saving

  /// Saves; the changes begin only after that save is durable.
  mutating func saveThen(_ changes: [HubChange]) {
    assert(changes.flatMap(\.subjects).allSatisfy { state.operation($0)?.state == .intent })
    state.afterSave += changes
    save()
  }

  mutating func saveThen(_ change: HubChange) { saveThen([change]) }

  mutating func save() {
    if state.answers.run.dryRun || state.isStillNothing { return }
    if isRunning({ if case .session(.save) = $0 { true } else { false } }) {
      state.isDirty = true
      return
    }
    state.isDirty = false
    state.session.updatedAt = state.now
    state.saving = .underWay
    state.coveredBySave = state.afterSave.count
    launch(.session(.save(state.session)))
  }

  mutating func saved(_ generation: Int, _ warning: String?) {
    state.session.generation = generation
    if let warning { tell(state.answers.run.wayBack.told(warning)) }
    // What is to be done since that save began waits for the next one.
    let changes = state.afterSave.prefix(state.coveredBySave)
    state.afterSave.removeFirst(changes.count)
    if state.isDirty { save() } else { state.saving = .saved(at: state.now) }
    for change in changes where state.leaving == nil && state.otherHolder == nil {
      if change.unit == nil { launch(.change(change)) } else { state.ready.append(change) }
    }
    launchReady()
  }

  /// As many units are written at once as was asked for; the others are prepared meanwhile.
  mutating func launchReady() {
    if case .signedOut = state.signIn { return }
    guard state.leaving == nil, state.mayChangeOutside else { return }
    var writing = state.running.values.count { $0.work.change?.unit != nil }
    while writing < state.answers.run.parallel, !state.ready.isEmpty {
      launch(.change(state.ready.removeFirst()))
      writing += 1
    }
  }
}
