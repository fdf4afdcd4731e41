import Cluster
import Documents
import Hub
import SessionFormat
import Subprocess
import Sync
import Wizard

/// Sessions of elsewhere.
extension SessionSyncer {
  /// Those of whoever is signed in that are not on this machine, the newest first; within so many
  /// seconds or not at all.
  func arrivals(
    in space: String, within seconds: Double, _ cancellation: Cancellation
  ) throws -> [Arrival] {
    let hub = try hub().sessions(in: space, within: seconds, cancellation: cancellation)
    let me = try hub.me().name
    let known = Set(try sessions.store.list().compactMap { $0.header?.lineage })
    return try hub.list(labels: ["Status": SessionStatus.active.rawValue])
      .compactMap { Arrival($0, space: space) }
      .filter { $0.isFor(me) && !known.contains($0.lineage) }
  }

  /// What was logged of a session; `nil` if nothing is there to be seen.
  func log(
    of slug: String, in space: String, _ cancellation: Cancellation
  ) throws -> String? {
    try hub().sessions(in: space, cancellation: cancellation).readLog(of: slug).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// Makes a session of this machine of one that ConfigHub keeps, held by this copy; its id.
  func fetch(
    _ arrival: Arrival, context: String, cluster: ClusterClient, _ cancellation: Cancellation
  ) throws -> String {
    if let known = try sessions.store.list().first(where: {
      $0.header?.lineage == arrival.lineage
    }) {
      throw Failure(
        .other,
        "This machine has it already, as session \(known.id): resume it in the tab Sessions.")
    }
    let client = try hub()
    let hub = client.sessions(in: arrival.space, cancellation: cancellation)
    guard let remote = try hub.read(arrival.slug), let data = remote.data else {
      throw Failure(.other, "The session is not in ConfigHub any more, or not to be seen.")
    }
    let identity: HubIdentity
    switch client.signIn(cancellation: cancellation) {
    case .signedIn(let who): identity = who
    case .signedOut(let reason): throw Failure(.signInNeeded, reason)
    case .unknown(let reason): throw Failure(.other, reason)
    }
    let place = cluster.identity(context: context, cancellation: cancellation)
    do {
      let arrived = try ArrivedSession(data, slug: arrival.slug)
      var document = try arrived.taken(here: .init(cluster: place, hub: identity))
      let copy = Self.newCopy()
      var sync = SyncState(space: arrival.space, unit: arrival.slug, copy: copy)
      sync.note(
        try SessionHead(remote), digest: arrived.digest,
        generation: document.session.generation, at: world.clock())
      document.session.sync = sync
      // It is here before anybody is told that it is driven here.
      let id = try sessions.keepArrived(document)
      for warning in arrived.warnings { sessions.log(warning) }
      _ = try claimed(remote, by: holder(copy, document.session), hub)
      return id
    } catch let invalid as InvalidSession {
      throw Failure(.other, "The session in ConfigHub cannot be taken: \(invalid.reason).")
    }
  }
}

extension Arrival {
  fileprivate init?(_ remote: RemoteSession, space: String) {
    guard let lineage = remote.labels["Lineage"], !remote.isUnfinished,
      let hold = Hold(annotations: remote.annotations)
    else { return nil }
    self.init(
      slug: remote.slug, space: remote.space ?? space, lineage: lineage,
      user: remote.labels["User"], cluster: remote.labels["Cluster"], step: remote.labels["Step"],
      holder: hold.holder, handedTo: hold.handedTo,
      savedAt: remote.savedAt)
  }
}
