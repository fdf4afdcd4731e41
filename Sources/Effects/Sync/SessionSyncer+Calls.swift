import Files
import Hub
import SessionFormat
import Sync
import Wizard

/// What is asked of ConfigHub for an upload; each blocks.
extension SessionSyncer {
  var home: String { world.home }

  func outgoing(_ document: SessionDocument) throws(InvalidSession) -> OutgoingSession {
    try OutgoingSession(document, home: home)
  }

  func head(_ hub: SessionHub) throws -> Uploader.Answer? {
    guard let unit = with({ $0.sync?.unit }) else { return nil }
    guard let remote = try hub.look(at: unit) else { return .head(nil) }
    with { $0.seen = remote }
    return .head(try SessionHead(remote))
  }

  func create(_ hub: SessionHub) throws -> Uploader.Answer? {
    guard let document = with({ $0.document }), let copy = document.session.sync?.copy else {
      return nil
    }
    if !with({ $0.isSpaceMade }) {
      switch hub.makeSpace(labels: ["Purpose": "import-sessions"]) {
      case .done: with { $0.isSpaceMade = true }
      case .refused(let failure): return .failed(failure.message)
      case .exists(let reason), .signInNeeded(let reason): return .failed(reason)
      case .unclear(let reason): return .lost(reason)
      }
    }
    let outgoing = try outgoing(document)
    let hold = Hold(epoch: 1, holder: holder(copy, document.session), since: world.clock())
    return answer(
      hub.create(
        outgoing.slug, labels: labels(of: document), annotations: hold.annotations,
        description: description(of: document), data: outgoing.content),
      outgoing)
  }

  func update(_ hub: SessionHub) throws -> Uploader.Answer? {
    guard
      let (document, seen) = with({ state in
        state.document.flatMap { d in state.seen.map { (d, $0) } }
      })
    else { return nil }
    let outgoing = try outgoing(document)
    if let sync = with({ $0.sync }), sync.digest == outgoing.digest, sync.revision == seen.revision,
      sync.dataHash == seen.digest
    {
      // It says the same: one more revision would tell nothing.
      with { $0.digest = outgoing.digest }
      return .uploaded(try SessionHead(seen))
    }
    return answer(
      hub.save(
        outgoing.content, to: seen, labels: labels(of: document),
        description: description(of: document)), outgoing)
  }

  /// Nothing is answered where the wizard has to look at it.
  func compare(_ hub: SessionHub) throws -> Uploader.Answer? {
    guard
      let (document, seen) = with({ state in
        state.document.flatMap { d in state.seen.map { (d, $0) } }
      })
    else { return nil }
    if seen.isUnfinished { return .compared(try SessionHead(seen), isUp: false) }
    guard let remote = try hub.read(seen.slug) else { return .head(nil) }
    with { $0.seen = remote }
    let result = try merge(document, with: remote)
    switch result.comparison {
    case .equal, .upload:
      return .compared(try SessionHead(remote), isUp: result.isUp)
    case .takeOver, .bothWentOn:
      postMoved()
      return nil
    case .anotherLineage: return .failed("ConfigHub has another session of that name.")
    }
  }

  /// The log of this run beside the session, if that is there and there is time.
  func bringLog(until deadline: ContinuousClock.Instant) {
    let (seconds, attoseconds) = (deadline - .now).components
    let left = Double(seconds) + Double(attoseconds) / 1e18
    guard left > 0.1, let session = with({ $0.document?.session }), let unit = session.sync?.unit,
      let space = session.sync?.space, with({ $0.sync?.revision }) != nil,
      let path = session.logFile, let text = try? sessions.readLog(path),
      let hub = try? hub().sessions(in: space, within: left)
    else { return }
    let people = Set([session.hub?.user, session.begunBy].compactMap(\.self))
    let content = OutgoingLog.content(
      text.lines.joined(separator: "\n"), people: people, home: home)
    guard !content.isEmpty else { return }
    let change = hub.writeLog(
      content, of: unit, labels: SessionUnit.logLabels(of: SessionHeader(session)),
      description: SessionUnit.changeDescription(of: session))
    if case .done = change { return }
    sessions.log("The log is not in ConfigHub: \(change)")
  }

  func merge(_ local: SessionDocument, with remote: RemoteSession) throws -> SessionMerge {
    let own = local.session
    return try SessionMerge(
      local, with: ArrivedSession(remote.data ?? [], slug: remote.slug), SessionHead(remote),
      in: own.sync?.space ?? SyncAnswers.usualSpace,
      here: .init(cluster: own.cluster, hub: own.hub ?? HubIdentity()), home: home,
      at: world.clock())
  }

  func holder(_ copy: String, _ session: Session) -> Holder {
    let user = (session.hub?.user ?? "somebody").filter { !",=\"".contains($0) }
    return Holder(user: user, host: ProcessIdentity.host ?? "unknown", copy: copy)
  }

  private func labels(of document: SessionDocument) -> [String: String] {
    let header = document.header
    return SessionUnit.labels(of: header, status: header.status(idle: Age(seconds: 0)))
  }

  private func description(of document: SessionDocument) -> String {
    SessionUnit.changeDescription(of: document.session, on: ProcessIdentity.host)
  }

  private func answer(_ change: SessionChange, _ outgoing: OutgoingSession) -> Uploader.Answer {
    switch change {
    case .done(let remote):
      guard let head = try? SessionHead(remote) else { return .lost("Its holder cannot be told.") }
      with {
        $0.seen = remote
        $0.digest = outgoing.digest
      }
      return .uploaded(head)
    case .overtaken: return .lost("Somebody else wrote to it at the same time.")
    case .moved: return .refused("Somebody else wrote to it.")
    case .exists(let reason): return .refused(reason)
    case .gone: return .failed("It is not in ConfigHub any more, or not to be seen.")
    case .refused(let failure): return .failed(failure.message)
    case .unclear(let reason): return .lost(reason)
    case .signInNeeded(let reason): return .failed(reason)
    }
  }
}

extension SessionHead {
  init(_ remote: RemoteSession) throws(Failure) {
    guard let hold = Hold(annotations: remote.annotations) else {
      throw Failure(.other, "Who holds session \(remote.slug) in ConfigHub cannot be told.")
    }
    self.init(
      revision: remote.revision, dataHash: remote.digest, version: remote.version, hold: hold)
  }
}

extension RemoteSession {
  /// By ConfigHub's clock.
  var savedAt: Timestamp? { updatedAt.flatMap(Timestamp.init(fractional:)) }
}
