import Cluster
import ForeignText
import Hub
import Subprocess
import Synchronization
import Wizard

/// What ConfigHub is asked and told.
extension Runner {
  /// One client for the run: it remembers what this cub understands.
  func hub() throws(Failure) -> HubClient { try hubs.client() }

  func hubOutcome(
    of work: HubRead, _ id: EffectID, _ cancellation: Cancellation
  ) throws -> Outcome {
    switch work {
    case .readSignIn: return try signInOutcome(hub().signIn(cancellation: cancellation))
    case .signIn: return signIn()
    case .recheck(let session): return try recheck(session, cluster(for: id), cancellation)
    case .listSpaces: return .spaces(try hub().spaces(cancellation: cancellation).sorted())
    case .listUnits(let space):
      return .units(
        try hub().unitsIfThere(space: space, cancellation: cancellation).map { units in
          Dictionary(units.map { ($0.slug, ListedUnit($0)) }) { first, _ in first }
        })
    case .readUnits(let slugs, let space):
      return .units(try read(slugs, in: space, cancellation))
    case .prepareUnit(let unit, let space, let context, let listed):
      return try prepare(unit, space, context, listed, cluster(for: id), cancellation)
    case .compare(let unit, let space, let context), .glance(let unit, let space, let context):
      return try compare(unit, space, context, cluster(for: id), cancellation)
    case .listWorkers(let space):
      return .workers(try hub().workers(space: space, cancellation: cancellation))
    case .exportWorker(let slug, let space):
      let manifest = try hub().workerManifest(
        slug, space: space, withSecret: false, cancellation: cancellation)
      return .exported("\(ForeignText(manifest))")
    case .listTargets(let space):
      return .targets(try hub().targets(space: space, cancellation: cancellation))
    case .verify(let session):
      return .verified(
        try Verification(
          cluster: cluster(for: id), hub: hub(), parallel: world.settings.parallel
        ).report(of: session))
    }
  }

  func made(_ change: HubChange, _ cancellation: Cancellation) throws -> Change {
    let hub = try hub()
    return switch change {
    case .createSpace(let space): Change(hub.createSpace(space, cancellation: cancellation))
    case .createUnit(let unit, let space, let operation, let content):
      Change(
        hub.createUnit(
          unit.slug, space: space, labels: unit.hubLabels, mark: mark(operation, content),
          content: Array(content.yaml.utf8), cancellation: cancellation))
    case .updateUnit(let unit, let space, let operation, let content):
      Change(
        hub.updateUnit(
          unit.slug, space: space, labels: unit.hubLabels, mark: mark(operation, content),
          content: Array(content.yaml.utf8), cancellation: cancellation))
    case .startWorker(let slug, let space): try startWorker(slug, space, cancellation)
    case .createWorker(let slug, let space, let isServer):
      Change(hub.createWorker(slug, space: space, isServer: isServer, cancellation: cancellation))
    case .installWorker(let slug, let space, let context, let shown):
      try installWorker(slug, space, context, shown, cancellation)
    case .createTarget(let slug, let worker, let space):
      Change(
        hub.createReleaseTarget(slug, worker: worker, space: space, cancellation: cancellation))
    case .setReleaseTarget(let target, let space):
      Change(hub.setReleaseTarget(target, space: space, cancellation: cancellation))
    case .publishRelease(let space):
      Change(
        hub.afterTriggers(of: space, cancellation: cancellation) {
          hub.publishRelease(of: space, cancellation: cancellation)
        })
    case .setTargets(let units, let target, let space):
      Change(hub.setTargets(units, target: target, space: space, cancellation: cancellation))
    case .deleteUnits(let units, let space):
      Change(hub.deleteUnits(units, space: space, cancellation: cancellation))
    }
  }

  private func mark(_ operation: Operation, _ content: UnitContent) -> UnitMark {
    UnitMark(
      session: sessions.current.id, operation: operation.id, digest: content.digest)
  }

  /// The units of these names that there are, `nil` if the Space is not; what one holds is read where
  /// the list does not tell.
  private func read(
    _ slugs: [String], in space: String, _ cancellation: Cancellation
  ) throws -> [String: ListedUnit]? {
    let wanted = Set(slugs)
    var found: [String: ListedUnit] = [:]
    guard let units = try hub().unitsIfThere(space: space, cancellation: cancellation) else {
      return nil
    }
    for unit in units where wanted.contains(unit.slug) {
      found[unit.slug] = ListedUnit(unit)
      guard unit.digest == nil else { continue }
      do {
        let whole = try hub().unit(unit.slug, space: space, cancellation: cancellation)
        found[unit.slug] = whole.map { ListedUnit($0) }
      } catch let failure as HubFailure where failure.kind != .signInNeeded {
        found[unit.slug]?.problem = failure.message
      }
    }
    return found
  }

  /// The content as it is to be, beside what was listed under the unit's name.
  func prepare(
    _ unit: UnitPlan, _ space: String, _ context: String, _ listed: ListedUnit?,
    _ cluster: ClusterClient, _ cancellation: Cancellation
  ) throws -> Outcome {
    let content = try cluster.content(
      of: unit.members, withoutReplicas: unit.withoutReplicas, context: context,
      cancellation: cancellation)
    guard var listed else { return .prepared(content, existing: nil) }
    if listed.digest == nil {
      // This ConfigHub does not say what it holds.
      let remote = try hub().unit(unit.slug, space: space, cancellation: cancellation)
      guard let remote else { return .prepared(content, existing: nil) }
      listed = ListedUnit(remote)
    }
    return .prepared(
      content,
      existing: ExistingUnit(
        id: listed.id, version: listed.version, isSame: listed.digest == content.digest,
        isEmpty: listed.isEmpty,
        markedBy: listed.operation(
          ofSession: sessions.current.id, lineage: sessions.current.lineage),
        digest: listed.digest))
  }

  /// For a person to look at: what is a secret is not shown.
  func compare(
    _ unit: UnitPlan, _ space: String, _ context: String, _ cluster: ClusterClient,
    _ cancellation: Cancellation
  ) throws -> Outcome {
    let preview = try cluster.preview(of: unit, context: context, cancellation: cancellation)
    let remote = try hub().unit(unit.slug, space: space, cancellation: cancellation)
    guard let content = remote?.content else {
      throw Failure(.other, "ConfigHub does not show what unit \(unit.slug) holds.")
    }
    var redactor = Redactor()
    let lines = String(decoding: content, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let theirs = (lines.last == "" ? lines.dropLast() : lines).map {
      redactor.redacted(String($0))
    }
    return .previewed(
      UnitPreview(
        slug: unit.slug, written: preview.written,
        differences: LineDifference(from: theirs, to: preview.written).lines))
  }

  private func signInOutcome(_ signIn: SignIn) throws(Failure) -> Outcome {
    switch signIn {
    case .signedIn(let identity): return .signIn(.signedIn(identity))
    case .signedOut(let reason): return .signIn(.signedOut(reason: reason))
    case .unknown(let reason): throw Failure(.other, reason)
    }
  }

  /// `cub auth login` on the terminal, which the caller has given free.
  package func signIn() -> Outcome {
    do {
      let ending = try runInForeground(try hub().loginCommand)
      return .signInEnded(succeeded: ending == .exited(0))
    } catch let failure as Failure {
      return .failed(failure)
    } catch {
      return .failed(Failure(.other, "cub could not be started: \(error)."))
    }
  }

  func recheck(
    _ session: Session, _ cluster: ClusterClient, _ cancellation: Cancellation
  ) throws -> Outcome {
    let identity = cluster.identity(
      context: session.cluster.context, cancellation: cancellation)
    var recheck = ResumeCheck(
      cluster: identity.uid == nil ? nil : identity, signIn: .signedOut(reason: ""), units: nil)
    if let before = session.cluster.uid, before != identity.uid {
      // Whoever points the context back is believed.
      cluster.forget(session.cluster.context)
    }
    if identity.uid == nil {
      recheck.clusterProblem =
        "Cluster \(session.cluster.context) could not be read, so it is not sure that it is still "
        + "the same one. Check it with `kubectl --context=\(session.cluster.context) get ns`."
    }
    switch try hub().signIn(cancellation: cancellation) {
    case .signedIn(let who): recheck.signIn = .signedIn(who)
    case .signedOut(let reason):
      recheck.signIn = .signedOut(reason: reason)
      return .resumeChecked(recheck)
    case .unknown(let reason): throw Failure(.other, reason)
    }
    let head = session.sync.map { [hubs] sync in
      Deferred {
        try? hubs.client().sessions(in: sync.space, cancellation: cancellation).look(at: sync.unit)
      }
    }
    do {
      let hub = try hub()
      let tasks = (session.proposal?.spaceSlugs ?? []).map { space in
        { @Sendable in
          Result { () throws(HubFailure) in
            let units = try hub.unitsIfThere(space: space, cancellation: cancellation) ?? []
            return units.map { OperationKey(space: space, name: $0.slug) }
          }
        }
      }
      var keys: Set<OperationKey> = []
      for found in inParallel(tasks, atMost: world.settings.parallel) {
        keys.formUnion(try found.get())
      }
      recheck.units = keys
    } catch let failure as HubFailure {
      recheck.unitsProblem = failure.message
    }
    // What was begun is over before this is.
    if let remote = head?.value {
      recheck.head = try? SessionHead(remote)
      recheck.headSavedAt = remote.savedAt
    }
    return .resumeChecked(recheck)
  }
}

/// One client for the run.
final class SharedHub: Sendable {
  private let world: World
  private let kept = Mutex<HubClient?>(nil)

  init(world: World) { self.world = world }

  func client() throws(Failure) -> HubClient {
    if let client = kept.withLock({ $0 }) { return client }
    let client = try world.hub()
    return kept.withLock { kept in
      if kept == nil { kept = client }
      return kept ?? client
    }
  }
}

extension ListedUnit {
  init(_ unit: RemoteUnit) {
    self.init(
      id: unit.id, version: unit.version, digest: unit.digest, isEmpty: unit.isEmpty,
      mark: unit.mark.map { Mark(session: $0.session, operation: $0.operation) },
      targetID: unit.targetID)
  }
}
