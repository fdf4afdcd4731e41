/// What effects brought: each result goes to the function that its work is for.
extension Reducer {
  mutating func finish(_ id: EffectID, _ outcome: Outcome) {
    if !outcome.opensNoUnit { state.firstOpenUnit = 0 }
    // Nobody waits for the result of an effect that was given up.
    guard let running = state.running.removeValue(forKey: id) else { return }
    switch (running.work, outcome) {
    case (.session(let work), .failed(let failure)): failed(work, failure)
    case (.session(let work), _): done(work, outcome)
    case (.cluster(let work), .failed(let failure)): failed(work, failure)
    case (.cluster(let work), _): done(work, outcome)
    case (.read(let work), .failed(let failure)): failed(work, failure)
    case (.read(let work), _): done(work, outcome)
    // Whether it was done although it failed, nobody can tell.
    case (.change(let change), .failed(let failure)): done(change, .unclear(failure.message))
    case (.change(let change), .changed(let made)): done(change, made)
    case (.change, _): unexpected(running.work)
    case (.sync(let work), .failed(let failure)): syncFailed(work, failure)
    case (.sync(.begin), .syncBegun(let sync)): syncBegun(sync)
    case (.sync, .reconciled(let result)): reconciled(result)
    case (.sync(.end), .paused): break
    case (.sync(.listArrivals), .arrivals(let arrivals)): arrivalsListed(arrivals)
    case (.sync(.listTeam), .team(let sessions)): teamListed(sessions)
    case (.sync(.readTeamLog(let slug, _)), .teamLog(let text)): teamLogRead(slug, text)
    case (.sync(.fetch), .arrivalFetched(let id)): arrivalFetched(id)
    case (.sync, _): unexpected(running.work)
    case (.pause(let pause), _): paused(pause)
    // It is never waited for.
    case (.cancel, _): unexpected(running.work)
    }
    reconcileWhenQuiet()
    switchWhenSaved()
    leaveWhenQuiet()
  }

  private mutating func unexpected(_ work: Work) {
    fail(Failure(.other, "\(work.title) brought an answer of another kind."))
  }

  private mutating func paused(_ pause: Pause) {
    switch pause {
    case .saveRetry, .autosave: if state.hasUnsaved { save() }
    case .poll: poll()
    case .leaving: leaveUnfinished()
    }
  }

  // MARK: Sessions

  private mutating func done(_ work: SessionWork, _ outcome: Outcome) {
    switch (work, outcome) {
    case (.load, .loaded(let found, let warnings, let tidied)): loaded(found, warnings, tidied)
    case (.open(let opening), .opened(let session, let warnings, let obstacle)):
      state.obstacleToRemoval = obstacle
      opened(session, warnings, by: opening)
    case (.save, .saved(let generation, let warning)): saved(generation, warning)
    case (.list, .sessions(let sessions)): sessionsListed(sessions)
    case (.findEarlierUnits(let session), .earlierUnits(let units)):
      earlierUnitsFound(units, of: session)
    case (.restore, .sessionRestored(let sentence)), (.name, .sessionRestored(let sentence)):
      sessionRestored(sentence)
    case (.load, _), (.open, _), (.save, _), (.list, _), (.restore, _), (.name, _),
      (.findEarlierUnits, _):
      unexpected(.session(work))
    }
  }

  private mutating func failed(_ work: SessionWork, _ failure: Failure) {
    switch work {
    case .load, .open: cannotStart(failure)
    case .save: saveFailed(failure)
    case .list, .restore, .name: refuse(failure.message)
    case .findEarlierUnits:
      if !state.warnings.contains(failure.message) { state.warnings.append(failure.message) }
    }
  }

  // MARK: The cluster

  private mutating func done(_ work: ClusterRead, _ outcome: Outcome) {
    switch (work, outcome) {
    case (.listContexts, .contexts(let contexts, let current)): contextsRead(contexts, current)
    case (.listNamespaces, .namespaces(let names)): namespacesRead(names)
    case (.scan(let scope), .scanned(let result, let identity)):
      scanned(result, identity, scope)
    case (.readObject(let reference, _), .object(let yaml)): objectRead(reference, .read(yaml))
    case (.identify(let context, let session), .identified(let identity)):
      identified(session, context, identity)
    case (.preview, .previewed(let preview)): state.preview = preview
    case (.glance, _): glanced(outcome)
    case (.listContexts, _), (.listNamespaces, _), (.scan, _), (.readObject, _), (.identify, _),
      (.preview, _):
      unexpected(.cluster(work))
    }
  }

  private mutating func failed(_ work: ClusterRead, _ failure: Failure) {
    switch work {
    case .listContexts: contextsNotRead(failure)
    case .listNamespaces: namespacesNotRead(failure)
    case .scan(let scope): scanFailed(failure, scope)
    case .readObject(let reference, _): objectRead(reference, .failed(failure.message))
    case .identify(let context, let session): identified(session, context, nil)
    case .preview(let unit, _): previewFailed(unit, failure)
    case .glance: glanced(.failed(failure))
    }
  }

  // MARK: ConfigHub

  private mutating func done(_ work: HubRead, _ outcome: Outcome) {
    switch work {
    case .readSignIn:
      if case .signIn(let signIn) = outcome {
        return isSignInOptional ? signedInAhead(signIn) : signedIn(signIn)
      }
    case .signIn: if case .signInEnded(let succeeded) = outcome { return signInEnded(succeeded) }
    case .recheck: if case .resumeChecked(let recheck) = outcome { return resumeChecked(recheck) }
    case .listSpaces: if case .spaces(let spaces) = outcome { return state.spaces = spaces }
    case .listUnits(let space):
      if case .units(let units) = outcome { return unitsListed(space, units) }
    case .readUnits(_, let space):
      if case .units(let units) = outcome { return unitsRead(space, units) }
    case .prepareUnit(let unit, _, _, _):
      if case .prepared(let content, let existing) = outcome {
        return prepared(unit, content, existing)
      }
    case .compare: if case .previewed(let preview) = outcome { return state.preview = preview }
    case .glance: return glanced(outcome)
    case .listWorkers: if case .workers(let workers) = outcome { return workersRead(workers) }
    case .exportWorker: if case .exported(let text) = outcome { return state.manifest = text }
    case .listTargets(let space):
      if case .targets(let targets) = outcome { return targetsRead(targets, of: space) }
    case .verify: if case .verified(let report) = outcome { return verified(report) }
    }
    unexpected(.read(work))
  }

  private mutating func failed(_ work: HubRead, _ failure: Failure) {
    switch work {
    case .signIn where failure.kind == .cancelled:
      tell("`cub auth login` was stopped.", Way(.goOn, "begins it again"))
    // Whoever is not signed in types the name.
    case .listSpaces: break
    case .listWorkers where state.step == .connect && state.exists(state.appSpace) != true: break
    // It is asked again when the answer is needed.
    case .readSignIn where isSignInOptional: break
    case .listUnits(let space): listFailed(space, failure)
    case .readUnits(_, let space): unitsNotRead(space, failure)
    case .prepareUnit(let unit, _, _, _): notPrepared(unit, failure)
    case .compare(let unit, _, _): previewFailed(unit, failure)
    case .glance: glanced(.failed(failure))
    case .readSignIn, .signIn, .recheck, .listWorkers, .exportWorker, .listTargets, .verify:
      if failure.kind == .signInNeeded { lostSignIn(failure.message) } else { fail(failure) }
    }
  }

  private mutating func done(_ change: HubChange, _ made: Change) {
    switch change {
    case .createSpace(let space): spaceChanged(space, change, made)
    case .createUnit(let unit, _, _, _): unitChanged(unit, change, made, as: .created)
    // Writing the content of a unit that we made is the end of making it.
    case .updateUnit(let unit, _, let operation, _):
      unitChanged(unit, change, made, as: operation.result ?? .created)
    case .startWorker(let slug, _), .createWorker(let slug, _, _):
      workerStarted(slug, change, made)
    case .installWorker(let slug, _, _, _): workerInstalled(slug, change, made)
    case .createTarget(let slug, _, _): targetCreated(slug, change, made)
    case .setReleaseTarget, .publishRelease: released(change, made)
    case .setTargets: bound(change, made)
    case .deleteUnits(let slugs, _): unitsDeleted(slugs, change, made)
    }
  }
}

extension Outcome {
  /// True for what opens no unit that was settled or under way; anything else may, so that all of
  /// them are looked at again.
  fileprivate var opensNoUnit: Bool {
    switch self {
    case .saved, .prepared, .changed(.done), .paused: true
    case .changed(.refused), .changed(.exists), .changed(.unclear), .changed(.signInNeeded),
      .loaded, .sessions, .earlierUnits, .sessionRestored, .opened, .contexts, .namespaces,
      .scanned, .identified,
      .object, .signIn, .signInEnded, .resumeChecked, .spaces, .units, .workers, .exported,
      .targets,
      .previewed, .verified, .syncBegun, .reconciled, .arrivals, .team, .teamLog, .arrivalFetched,
      .failed:
      false
    }
  }
}
