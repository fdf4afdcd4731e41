import CMalloc
import Cluster
import Dispatch
import Glibc
import Hub
import Sessions
import Subprocess
import Synchronization
import Wizard

/// Does what the state machine asks for, off the main thread, and posts what came of it.
final class Runner: Sendable {
  let world: World
  let queue: EventQueue
  let sessions: SessionKeeper

  private let work = DispatchQueue(label: "work", attributes: .concurrent)
  private let cancellations = Mutex<[EffectID: Cancellation]>([:])
  private let worker = Mutex<Service?>(nil)
  private let hubClient = Mutex<HubClient?>(nil)
  private let lastPosition = Mutex<Position?>(nil)

  init(world: World, sessions: SessionKeeper) throws(Failure) {
    guard let queue = EventQueue() else {
      throw Failure(.other, "No pipe can be opened: \(String(cString: strerror(errno))).")
    }
    self.queue = queue
    self.world = world
    self.sessions = sessions
    world.calls.write { [sessions] in sessions.log($0) }
  }

  /// Begins an effect; its outcome is posted to `queue`.
  func perform(_ effect: Effect) {
    let id = effect.id
    switch effect.work {
    case .cancel(let other):
      cancellations.withLock { $0.removeValue(forKey: other) }?.cancel()
    case .pause(let pause):
      work.asyncAfter(deadline: .now() + .milliseconds(pause.milliseconds)) { [queue] in
        queue.post(.finished(id, .paused))
      }
    case .load, .open, .save, .listSessions, .restoreSession:
      sessions.perform(effect.work) { [queue] in queue.post(.finished(id, $0)) }
    default:
      let cancellation = Cancellation()
      cancellations.withLock { $0[id] = cancellation }
      work.async { [self] in
        let began = world.clock()
        let outcome = outcome(of: effect.work, id, cancellation)
        cancellations.withLock { $0[id] = nil }
        log(effect.work, outcome, seconds: world.clock().seconds(since: began))
        queue.post(.finished(id, outcome))
      }
    }
  }

  private func outcome(of work: Work, _ id: EffectID, _ cancellation: Cancellation) -> Outcome {
    do {
      return switch work {
      case .listContexts, .listNamespaces, .scan, .readObject:
        try clusterOutcome(of: work, id, cancellation)
      case .recheck(let session): try recheck(session, cancellation)
      case .prepareUnit(let unit, let space, let context):
        try prepare(unit, space, context, cancellation)
      case .preview(let unit, let context):
        .previewed(
          try world.cluster().preview(of: unit, context: context, cancellation: cancellation))
      case .verify(let session):
        .verified(
          try Verification(
            cluster: world.cluster(), hub: hub(), parallel: world.options.answers.parallel
          ).report(of: session))
      case .startWorker(let slug, let space):
        .changed(try startWorker(slug, space, cancellation))
      case .installWorker(let slug, let space, let context, let shown):
        .changed(try installWorker(slug, space, context, shown, cancellation))
      default: try hubOutcome(of: work, cancellation)
      }
    } catch let failure as Failure {
      return .failed(failure)
    } catch let failure as ClusterFailure {
      return .failed(Failure(failure))
    } catch let failure as HubFailure {
      return .failed(Failure(failure))
    } catch {
      return .failed(Failure(.other, "\(error)"))
    }
  }

  // MARK: The cluster

  private func clusterOutcome(
    of work: Work, _ id: EffectID, _ cancellation: Cancellation
  ) throws -> Outcome {
    let cluster = try world.cluster()
    switch work {
    case .listContexts:
      let (contexts, current) = try cluster.contexts()
      return .contexts(
        contexts.map {
          ContextChoice(
            name: $0.name, server: $0.server,
            credentialPlugin: $0.credentialPlugin.map(withoutSecrets))
        }, current: current)
    case .listNamespaces(let context):
      return .namespaces(try cluster.namespaces(context: context, cancellation: cancellation))
    case .scan(let scope):
      let found = try cluster.scan(scope, cancellation: cancellation, at: world.clock()) {
        [queue] in
        queue.post(.progress(id, $0))
      } found: { [queue] in
        queue.post(.found(id, $0))
      }
      // What reading took is many times what is kept.
      malloc_give_back()
      var result = found.result
      for index in result.leftOut.indices {
        result.leftOut[index].why = withoutSecrets(result.leftOut[index].why)
      }
      return .scanned(result, found.identity)
    case .readObject(let object, let context):
      let content = try cluster.content(
        of: [object], context: context, cancellation: cancellation)
      return .object(yaml: content.yaml)
    default: return .failed(Failure(.other, "\(work.title) is not about the cluster."))
    }
  }

  /// The content as it is to be, and what ConfigHub has under the unit's name.
  private func prepare(
    _ unit: UnitPlan, _ space: String, _ context: String, _ cancellation: Cancellation
  ) throws -> Outcome {
    let cluster = try world.cluster()
    let reading = Meanwhile {
      Result { () throws(ClusterFailure) in
        try cluster.content(of: unit.members, context: context, cancellation: cancellation)
      }
    }
    let found = Result { try hub().unit(unit.slug, space: space, cancellation: cancellation) }
    let content = try reading.value.get()
    guard let remote = try found.get() else { return .prepared(content, existing: nil) }
    return .prepared(
      content,
      existing: ExistingUnit(
        id: remote.id, version: remote.version, isSame: remote.digest == content.digest,
        markedBy: remote.mark.flatMap { $0.session == sessions.currentID ? $0.operation : nil }))
  }

  // MARK: ConfigHub

  /// One client for the run: it remembers what this cub understands.
  func hub() throws(Failure) -> HubClient {
    if let client = hubClient.withLock({ $0 }) { return client }
    let client = try world.hub()
    return hubClient.withLock { kept in
      if kept == nil { kept = client }
      return kept ?? client
    }
  }

  private func hubOutcome(of work: Work, _ cancellation: Cancellation) throws -> Outcome {
    let hub = try hub()
    switch work {
    case .readSignIn: return try signInOutcome(hub.signIn(cancellation: cancellation))
    case .readSpace(let slug):
      return .space(exists: try hub.spaceExists(slug, cancellation: cancellation))
    case .createSpace(let slug, let labels):
      return .changed(Change(hub.createSpace(slug, labels: labels, cancellation: cancellation)))
    case .createUnit(let unit, let space, let operation, let content):
      return .changed(
        Change(
          hub.createUnit(
            unit.slug, space: space, labels: unit.labels, mark: mark(operation, content),
            content: Array(content.yaml.utf8), cancellation: cancellation)))
    case .updateUnit(let unit, let space, let operation, let content):
      return .changed(
        Change(
          hub.updateUnit(
            unit.slug, space: space, labels: unit.labels, mark: mark(operation, content),
            content: Array(content.yaml.utf8), cancellation: cancellation)))
    case .listWorkers(let space):
      return .workers(try hub.workers(space: space, cancellation: cancellation))
    case .listTargets(let space):
      return .targets(try hub.targets(space: space, cancellation: cancellation))
    case .setTarget(let unit, let target, let space):
      return .changed(
        Change(
          hub.setTarget(unit: unit, target: target, space: space, cancellation: cancellation)))
    case .createWorker(let slug, let space, let isServer):
      return .changed(
        Change(
          hub.createWorker(slug, space: space, isServer: isServer, cancellation: cancellation)))
    case .exportWorker(let slug, let space):
      let manifest = try hub.workerManifest(
        slug, space: space, withSecret: false, cancellation: cancellation)
      return .exported(String(decoding: manifest, as: UTF8.self))
    case .createTarget(let slug, let worker, let space):
      return .changed(
        Change(
          hub.createReleaseTarget(slug, worker: worker, space: space, cancellation: cancellation)))
    case .setReleaseTarget(let target, let space):
      return .changed(
        Change(hub.setReleaseTarget(target, space: space, cancellation: cancellation)))
    case .publishRelease(let space):
      return .changed(Change(hub.publishRelease(of: space, cancellation: cancellation)))
    case .readTarget(let unit, let space):
      return .unitTarget(
        id:
          try hub.unit(unit, space: space, cancellation: cancellation)?.targetID)
    default: return .failed(Failure(.other, "\(work.title) is not about ConfigHub."))
    }
  }

  private func mark(_ operation: Operation, _ content: UnitContent) -> UnitMark {
    UnitMark(
      session: sessions.currentID ?? "", operation: operation.id, digest: content.digest)
  }

  private func signInOutcome(_ signIn: SignIn) throws(Failure) -> Outcome {
    switch signIn {
    case .signedIn(let identity): return .signIn(.signedIn(identity))
    case .signedOut(let reason): return .signIn(.signedOut(reason: withoutSecrets(reason)))
    case .unknown(let reason): throw Failure(.other, withoutSecrets(reason))
    }
  }

  /// `cub auth login` on the terminal, which the caller has given free.
  func signIn() -> Outcome {
    do {
      let ending = try runInForeground(try hub().loginCommand)
      return .signInEnded(succeeded: ending == .exited(0))
    } catch let failure as Failure {
      return .failed(failure)
    } catch {
      return .failed(Failure(.other, "cub could not be started: \(error)."))
    }
  }

  private func recheck(_ session: Session, _ cancellation: Cancellation) throws -> Outcome {
    let cluster = try world.cluster()
    let identity = cluster.identity(context: session.cluster.context)
    var recheck = Recheck(
      cluster: identity.uid == nil ? nil : identity, signIn: .signedOut(reason: ""), units: nil)
    if identity.uid == nil {
      recheck.clusterProblem =
        "Cluster \(session.cluster.context) could not be read, so it is not sure that it is still "
        + "the same one. Check it with `kubectl --context=\(session.cluster.context) get ns`, then "
        + "press r."
    }
    switch try hub().signIn(cancellation: cancellation) {
    case .signedIn(let who): recheck.signIn = .signedIn(who)
    case .signedOut(let reason):
      recheck.signIn = .signedOut(reason: withoutSecrets(reason))
      return .rechecked(recheck)
    case .unknown(let reason): throw Failure(.other, withoutSecrets(reason))
    }
    let space = session.proposal?.appSpace ?? ""
    do {
      recheck.units = Set(try hub().units(space: space, cancellation: cancellation).map(\.slug))
    } catch let failure as HubFailure where failure.kind == .notFound {
      recheck.units = []
    } catch let failure as HubFailure {
      recheck.unitsProblem = withoutSecrets(failure.message)
    }
    return .rechecked(recheck)
  }

  // MARK: The local worker

  private func startWorker(
    _ slug: String, _ space: String, _ cancellation: Cancellation
  ) throws -> Change {
    let change = Change(
      try hub().createWorker(slug, space: space, cancellation: cancellation))
    guard case .done(let id, let version, _) = change else { return change }
    let log = try sessions.openWorkerLog(slug)
    defer { close(log) }
    let service = try Service(try hub().workerRunCommand(slug, space: space), logDescriptor: log)
    worker.withLock { $0 = service }
    watch(service, slug)
    return .done(id: id, version: version, slug: slug)
  }

  private func watch(_ service: Service, _ slug: String) {
    work.asyncAfter(deadline: .now() + .milliseconds(500)) { [weak self] in
      guard let self, worker.withLock({ $0 === service }) else { return }
      guard let ending = service.ending else { return watch(service, slug) }
      queue.post(.workerEnded(slug: slug, reason: ending.words))
    }
  }

  /// Ends what is still under way; its programs are gone when this returns, which takes a second
  /// at most.
  func stop() {
    for cancellation in cancellations.withLock({ Array($0.values) }) { cancellation.cancel() }
    for _ in 0..<50 where cancellations.withLock({ !$0.isEmpty }) { usleep(20_000) }
  }

  /// Ends the worker that this run keeps, if there is one; answers with true if there was.
  func stopWorker() -> Bool {
    guard
      let service = worker.withLock({ kept in
        defer { kept = nil }
        return kept
      }), service.isRunning
    else { return false }
    service.stop(grace: 5)
    return true
  }

  /// Lets the worker of this run go on without us; its process id, if there is one.
  func releaseWorker() -> Int32? {
    let service = worker.withLock { kept in
      defer { kept = nil }
      return kept
    }
    return service?.release()
  }

  // MARK: The log

  /// Writes down where the wizard is, whenever that changes.
  func note(_ state: WizardState) {
    let position = state.session.position
    let isNew = lastPosition.withLock { last in
      defer { last = position }
      return last != position
    }
    if isNew, case .working = state.stage { sessions.logSection(position.title) }
  }

  private func log(_ work: Work, _ outcome: Outcome, seconds: Int64) {
    sessions.log("\(work.title): \(outcome.summary) (\(seconds) s)")
  }
}
