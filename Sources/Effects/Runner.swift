import CMalloc
import Cluster
import Dispatch
import ForeignText
import Glibc
import Hub
import Subprocess
import Synchronization
import Wizard

/// Does what the state machine asks for, off the main thread, and posts what came of it.
package final class Runner: Sendable {
  package let world: World
  package let queue: EventQueue
  package let sessions: SessionKeeper
  package let syncer: SessionSyncer

  private let workers: Workers
  private let cancellations = Mutex<[EffectID: Cancellation]>([:])
  let worker = Mutex<Service?>(nil)
  /// Whoever listens to the worker's logger.
  let workerNews = DispatchGroup()
  let hubs: SharedHub
  private let lastPosition = Mutex<Position?>(nil)

  /// Beside the units that are under way: what a person looks at meanwhile, and what was given up
  /// but is not over yet.
  private static let spareWorkers = 8

  package init(world: World, sessions: SessionKeeper) throws(Failure) {
    guard let queue = EventQueue() else {
      throw Failure(.other, "No pipe can be opened: \(String(cString: strerror(errno))).")
    }
    self.queue = queue
    self.world = world
    self.sessions = sessions
    workers = Workers(limit: world.settings.parallel + Runner.spareWorkers)
    let client = SharedHub(world: world)
    hubs = client
    syncer = SessionSyncer(
      world: world, sessions: sessions, hub: { () throws(Failure) in try client.client() },
      post: { [queue] in queue.post($0) })
    world.calls.write { [sessions] in sessions.log($0) }
    sessions.tell { [syncer] in syncer.saved($0) }
  }

  /// Begins an effect; its outcome is posted to `queue`.
  package func perform(_ effect: Effect) {
    let id = effect.id
    switch effect.work {
    case .cancel(let other):
      cancellations.withLock { $0.removeValue(forKey: other) }?.cancel()
    case .pause(let pause):
      queue.post(.finished(id, .paused), after: pause.milliseconds)
    case .session(let work):
      sessions.perform(work) { [queue] in queue.post(.finished(id, $0)) }
    case .cluster, .read, .change, .sync:
      let cancellation = Cancellation()
      cancellations.withLock { $0[id] = cancellation }
      workers.add { [self] in
        let began = world.clock()
        let outcome = outcome(of: effect.work, id, cancellation)
        cancellations.withLock { $0[id] = nil }
        log(effect.work, outcome, seconds: world.clock().seconds(since: began))
        if case .changed(.done) = outcome { syncer.hubAnswers() }
        queue.post(.finished(id, outcome))
      }
    }
  }

  private func outcome(of work: Work, _ id: EffectID, _ cancellation: Cancellation) -> Outcome {
    do {
      return switch work {
      case .cluster(let work): try clusterOutcome(of: work, id, cancellation)
      case .read(let work): try hubOutcome(of: work, id, cancellation)
      case .change(let change): .changed(try made(change, cancellation))
      case .sync(let work): try syncOutcome(of: work, id, cancellation)
      // They are over before they come here.
      case .session, .pause, .cancel: .paused
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

  /// Its waits for a busy cluster are shown, and are in the log.
  func cluster(for id: EffectID) throws(Failure) -> ClusterClient {
    try world.cluster { [queue, sessions] wait in
      sessions.log(wait.sentence)
      queue.post(.waiting(id, wait))
    }
  }

  private func clusterOutcome(
    of work: ClusterRead, _ id: EffectID, _ cancellation: Cancellation
  ) throws -> Outcome {
    let cluster = try cluster(for: id)
    switch work {
    case .listContexts:
      let (contexts, current) = try cluster.contexts()
      return .contexts(
        contexts.map {
          ContextChoice(
            name: $0.name, server: $0.server, namespace: $0.namespace,
            credentialPlugin: $0.credentialPlugin)
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
      return .scanned(found.result, found.identity)
    case .readObject(let object, let context), .glance(.object(let object), let context):
      let content = try cluster.content(
        of: [object], context: context, cancellation: cancellation)
      // It is for a person to look at.
      return .object(yaml: "\(ForeignText(content.yaml))")
    case .identify(let context, let session):
      let plugin = try cluster.contexts().contexts.first { $0.name == context }?.credentialPlugin
      guard plugin == nil || plugin == session.credentialPlugin else { return .identified(nil) }
      let identity = cluster.identity(context: context, cancellation: cancellation)
      return .identified(identity.uid == nil ? nil : identity)
    case .preview(let unit, let context), .glance(.unit(let unit), let context),
      .glance(.difference(let unit), let context):
      return .previewed(
        try cluster.preview(of: unit, context: context, cancellation: cancellation))
    }
  }

  /// Ends what is still under way; its programs are gone when this returns, which takes a second
  /// at most.
  package func stop() {
    for cancellation in cancellations.withLock({ Array($0.values) }) { cancellation.cancel() }
    for _ in 0..<50 where cancellations.withLock({ !$0.isEmpty }) { usleep(20_000) }
  }

  // MARK: The log

  /// Writes down where the wizard is, whenever that changes.
  package func note(_ state: WizardState) {
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
