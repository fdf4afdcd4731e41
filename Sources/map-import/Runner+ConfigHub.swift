import Cluster
import ForeignText
import Hub
import Subprocess
import Wizard

/// What ConfigHub is asked and told.
extension Runner {
  /// One client for the run: it remembers what this cub understands.
  func hub() throws(Failure) -> HubClient {
    if let client = hubClient.withLock({ $0 }) { return client }
    let client = try world.hub()
    return hubClient.withLock { kept in
      if kept == nil { kept = client }
      return kept ?? client
    }
  }

  func hubOutcome(of work: Work, _ cancellation: Cancellation) throws -> Outcome {
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
            unit.slug, space: space, labels: unit.hubLabels, mark: mark(operation, content),
            content: Array(content.yaml.utf8), cancellation: cancellation)))
    case .updateUnit(let unit, let space, let operation, let content):
      return .changed(
        Change(
          hub.updateUnit(
            unit.slug, space: space, labels: unit.hubLabels, mark: mark(operation, content),
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
      return .exported("\(ForeignText(manifest))")
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
    case .signedOut(let reason): return .signIn(.signedOut(reason: reason))
    case .unknown(let reason): throw Failure(.other, reason)
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

  func recheck(
    _ session: Session, _ cluster: ClusterClient, _ cancellation: Cancellation
  ) throws -> Outcome {
    let identity = cluster.identity(
      context: session.cluster.context, cancellation: cancellation)
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
      recheck.signIn = .signedOut(reason: reason)
      return .rechecked(recheck)
    case .unknown(let reason): throw Failure(.other, reason)
    }
    let space = session.proposal?.appSpace ?? ""
    do {
      recheck.units = Set(try hub().units(space: space, cancellation: cancellation).map(\.slug))
    } catch let failure as HubFailure where failure.kind == .notFound {
      recheck.units = []
    } catch let failure as HubFailure {
      recheck.unitsProblem = failure.message
    }
    return .rechecked(recheck)
  }
}
