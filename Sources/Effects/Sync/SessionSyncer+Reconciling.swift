import Hub
import SessionFormat
import Subprocess
import Sync
import Wizard

/// Going on with what ConfigHub has: after it was found to be another state, or after a person took
/// the session over.
extension SessionSyncer {
  /// Compares, and saves what wins. The upload begins anew after it.
  func reconcile(
    takingOver: Bool, _ cancellation: Cancellation
  ) throws -> ReconciledSession {
    guard var local = sessions.saved, var sync = local.session.sync, let copy = sync.copy else {
      throw Failure(.other, "This session is not in ConfigHub.")
    }
    let hub = try hub().sessions(in: sync.space, cancellation: cancellation)
    guard var remote = try hub.look(at: sync.unit) else {
      throw Failure(.other, "The session is not in ConfigHub any more, or not to be seen.")
    }
    if takingOver {
      remote = try claimed(remote, by: holder(copy, local.session), hub)
    }
    sync.epoch = try SessionHead(remote).hold.epoch
    local.session.sync = sync
    end()
    if remote.isUnfinished {
      return ReconciledSession(session: try sessions.replace(local).session)
    }
    guard let whole = try hub.read(sync.unit), whole.data != nil else {
      throw Failure(.other, "The session is not in ConfigHub any more, or not to be seen.")
    }
    let result: SessionMerge
    do {
      result = try merge(local, with: whole)
    } catch let invalid as InvalidSession {
      throw Failure(.other, "What ConfigHub has of the session cannot be used: \(invalid.reason).")
    }
    guard let document = result.document else {
      throw Failure(.other, "ConfigHub has another session of that name.")
    }
    let (saved, path) = try sessions.replace(document, puttingAside: result.keepsLocalAside)
    let news: String? =
      switch result.comparison {
      case .takeOver: "ConfigHub's state was newer, and is the one that goes on here."
      case .bothWentOn:
        "ConfigHub's state was newer, and goes on here with what both have done. What was here is "
          + "kept as \(path ?? "conflicts/"); `map-import sessions conflicts` shows it."
      case .equal, .upload, .anotherLineage: nil
      }
    return ReconciledSession(session: saved, news: news)
  }

  /// The unit, held by this copy: whoever is quicker has it.
  func claimed(
    _ remote: RemoteSession, by holder: Holder, _ hub: SessionHub
  ) throws -> RemoteSession {
    let hold = try SessionHead(remote).hold
    if hold.holder?.copy == holder.copy { return remote }
    guard let next = hold.taken(by: holder, at: world.clock()) else {
      throw Failure(.other, "The session was taken over so often that something is wrong with it.")
    }
    let annotations = next.annotations
    let changes = Dictionary(
      uniqueKeysWithValues: Hold.annotationKeys.map { ($0, annotations[$0]) })
    switch hub.annotate(remote, changes) {
    case .done(let now), .overtaken(let now): return now
    case .moved(let now):
      let other = Hold(annotations: now.annotations)?.holder?.words ?? "Somebody"
      throw Failure(.other, "\(other) was quicker and has the session now.")
    case .gone: throw Failure(.other, "The session is not in ConfigHub any more.")
    case .refused(let failure): throw Failure(failure)
    case .exists(let reason), .unclear(let reason): throw Failure(.other, reason)
    case .signInNeeded(let reason): throw Failure(.signInNeeded, reason)
    }
  }
}
