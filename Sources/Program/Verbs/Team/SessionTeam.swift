import Effects
import Files
import Hub
import Screens
import SessionFormat
import SessionStore
import Sync
import TerminalText
import Wizard

/// Sessions in ConfigHub, as a verb reaches them.
struct SessionTeam {
  typealias Refusal = SessionVerbs.Refusal

  let verbs: SessionVerbs
  let world: World
  /// Who is signed in, and where, as the server agrees.
  let identity: HubIdentity
  /// The Space that this person's sessions are kept in.
  let space: String
  private let client: HubClient

  init(_ verbs: SessionVerbs) throws {
    self.verbs = verbs
    world = try World(settings: verbs.options.settings, environment: verbs.environment)
    client = try world.hub()
    switch client.signIn() {
    case .signedIn(let identity): self.identity = identity
    case .signedOut(let reason): throw Refusal(4, reason)
    case .unknown(let reason): throw Refusal(1, reason)
    }
    var sync = verbs.options.answers.run.sync
    sync.remembered = Preferences(PreferencesFile(root: verbs.store.root)).sync
    space = sync.space(in: identity.organization)
  }

  func hub(in space: String) -> SessionHub { client.sessions(in: space) }

  /// Where a session is, or will be if it never went up.
  func hub(of session: Session) -> SessionHub {
    hub(in: session.sync.flatMap { $0.revision == nil ? nil : $0.space } ?? space)
  }

  /// A copy of a session on this machine, as it is named to others.
  func holder(copy: String) throws(HubFailure) -> Holder {
    let user = try hub(in: space).me().name
    // What cub's command line has its own use for.
    return Holder(
      user: user.filter { !",=\"".contains($0) }, host: ProcessIdentity.host ?? "", copy: copy)
  }

  static func newCopy() -> String {
    let digits = String(UInt32.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  // MARK: Finding

  struct Found {
    let remote: RemoteSession
    let hub: SessionHub
    /// What there is of it on this machine, not read yet.
    let local: SessionEntry?
  }

  /// The sessions of everybody, as far as they may be seen; of the Space alone, if one was named.
  func list() throws(HubFailure) -> [RemoteSession] {
    let isNamed = verbs.options.answers.run.sync.givenSpace != nil
    return try hub(in: space).list(isNamed ? .space : .organization)
  }

  /// A session in ConfigHub by its id, or by the name of its unit.
  func find(_ id: String) throws -> Found {
    if let local = try verbs.localEntry(id), let header = local.header {
      let hub = hub(in: header.sync?.space ?? space)
      let slug = header.sync?.unit ?? SessionUnit.slug(of: header.id, lineage: header.lineage)
      if let remote = try hub.look(at: slug) {
        return Found(remote: remote, hub: hub, local: local)
      }
      guard header.sync?.revision == nil else { throw Refusal.gone(slug, in: hub.space, header.id) }
      throw Refusal(
        3,
        "Session \(header.id) is on this machine alone: there is none of it in Space \(hub.space) of "
          + "ConfigHub. `map-import sessions sync \(header.id)` brings it there.")
    }
    let named = try list().filter { $0.slug == id || SessionUnit.id(ofSlug: $0.slug) == id }
    guard let remote = named.first else {
      throw Refusal(
        3,
        "There is no session \(id), neither here nor in ConfigHub, as far as "
          + "\(identity.user ?? "you") may see it; `map-import sessions list --team` shows those "
          + "there are.")
    }
    guard named.count == 1 else {
      let all = named.map { "\($0.slug) in \($0.space ?? "")" }.joined(separator: ", ")
      throw Refusal(
        2,
        "There are \(named.count) sessions \(id) in ConfigHub: \(all). Name the one by its whole name, "
          + "and its Space with --sync-space.")
    }
    return Found(remote: remote, hub: hub(in: remote.space ?? space), local: nil)
  }

  // MARK: Reading

  /// The session with its content, checked; of this machine it takes nothing.
  func read(_ found: Found) throws -> (remote: RemoteSession, arrived: ArrivedSession) {
    let slug = found.remote.slug
    guard let remote = try found.hub.read(slug, atMost: OutgoingSession.sizeLimit) else {
      throw Refusal.gone(slug, in: found.hub.space, nil)
    }
    return (remote, try Self.arrived(remote.data ?? [], slug, "Session \(slug) in ConfigHub"))
  }

  static func arrived(
    _ content: [UInt8], _ slug: String, _ what: String
  ) throws(Refusal) -> ArrivedSession {
    do {
      return try ArrivedSession(content, slug: slug)
    } catch {
      throw Refusal(
        1,
        "\(what) cannot be used: \(error.reason). `map-import sessions history \(slug)` shows its "
          + "earlier revisions.")
    }
  }

  static func hold(of remote: RemoteSession) throws(Refusal) -> Hold {
    guard let hold = Hold(annotations: remote.annotations) else {
      throw Refusal(
        1,
        "Who has session \(remote.slug) cannot be told: its annotation Epoch in ConfigHub is no number. "
          + "Whoever may manage it can remove that.")
    }
    return hold
  }

  /// By the permissions that were given for it; whoever may view everything sees it all the same.
  func scope(of remote: RemoteSession) -> SyncState.Scope {
    remote.permissions.contains { $0.action != .manage } ? .team : .personal
  }

  /// The beginning of each sentence about what sharing means.
  static let whoSees =
    "Members whose role in the organisation lets them view everything see it in any case."
}

extension SessionVerbs {
  /// What there is on this machine of a session, by its id or the name of its unit.
  func localEntry(_ id: String) throws -> SessionEntry? {
    try store.list().first { entry in
      guard entry.place != .corrupt, let header = entry.header else { return false }
      return header.id == id || header.sync?.unit == id
        || SessionUnit.slug(of: header.id, lineage: header.lineage) == id
    }
  }

  /// Opens a session to change it, runs the body, and lets go of it.
  func holding<Answer>(_ id: String, _ body: (SessionLock) throws -> Answer) throws -> Answer {
    switch try store.acquire(id, at: now) {
    case .heldBy(let holder): throw Refusal.held(id, by: holder, in: store.zone)
    case .acquired(let lock):
      defer { lock.release() }
      return try body(lock)
    }
  }

  /// The whole of a session, to be changed; `nil` if there is none. What is not as it should be is
  /// said.
  func opened(_ lock: SessionLock) throws -> SessionDocument? {
    let result = try store.resume(holding: lock)
    guard let found = result.found else {
      if result.warnings.isEmpty { return nil }
      throw missing(lock.id, result.warnings)
    }
    switch found.trust {
    case .sound: break
    case .editedByHand:
      throw Refusal(
        1,
        "Session \(lock.id) was edited by hand; resuming it asks what is to become of that.")
    case .newer(let version):
      throw Refusal(
        1, "A later version (\(version)) of this program wrote session \(lock.id).")
    }
    result.warnings.forEach(complain)
    return found.document
  }

  /// Saves what else is known of it in ConfigHub.
  func note(
    _ document: inout SessionDocument, _ lock: SessionLock, _ change: (inout SyncState) -> Void
  ) throws(Refusal) {
    guard var sync = document.session.sync else { return }
    let before = document.session
    change(&sync)
    document.session.sync = sync
    document.session.keepUp(since: before)
    try save(&document, lock)
  }

  /// Saves it as the next generation, which it has then.
  ///
  /// - Parameter puttingAside: what it replaces goes to `conflicts`, too; the answer says where.
  @discardableResult
  func save(
    _ document: inout SessionDocument, _ lock: SessionLock, isLatest: Bool = false,
    puttingAside: Bool = false
  ) throws(Refusal) -> String? {
    switch lock.save(document, isLatest: isLatest, puttingAside: puttingAside) {
    case .saved(let generation, let warning):
      document.session.generation = generation
      if puttingAside { return warning }
      warning.map(complain)
      return nil
    case .failed(let failure): throw Refusal(1, failure.sentence)
    }
  }
}

extension SessionVerbs.Refusal {
  init(_ failure: HubFailure) {
    let code: Int32 =
      switch failure.kind {
      case .signInNeeded: 4
      case .notFound: 3
      default: 1
      }
    self.init(code, failure.message)
  }

  /// - Parameter id: of the session on this machine, if there is one.
  static func gone(_ slug: String, in space: String, _ id: String?) -> Self {
    let way =
      id.map {
        " What is here is untouched: `map-import sessions sync \($0) --force` brings it up again."
      } ?? " `map-import sessions list --team` shows those there are."
    return Self(
      3,
      "Session \(slug) is not in Space \(space) of ConfigHub any more: somebody deleted it, or you "
        + "may not see it.\(way)")
  }
}

extension SessionChange {
  /// The session as it is now; throws what else came of it.
  ///
  /// - Parameter what: completes "Could not".
  func done(_ what: String, _ slug: String, in space: String) throws(SessionVerbs.Refusal)
    -> RemoteSession
  {
    switch self {
    case .done(let session), .overtaken(let session): return session
    case .moved(let session):
      throw SessionVerbs.Refusal(
        5,
        "Could not \(what): somebody was quicker\(Self.holder(of: session)). Look at it with "
          + "`map-import sessions history \(slug)`, then try again.")
    case .exists(let message): throw SessionVerbs.Refusal(1, message)
    case .gone: throw SessionVerbs.Refusal.gone(slug, in: space, nil)
    case .refused(let failure): throw SessionVerbs.Refusal(failure)
    case .unclear(let message):
      throw SessionVerbs.Refusal(
        1,
        "\(message) Whether it was done is not known: `map-import sessions show \(slug) --team` tells "
          + "what is there.")
    case .signInNeeded(let message): throw SessionVerbs.Refusal(4, message)
    }
  }

  private static func holder(of session: RemoteSession) -> String {
    Hold(annotations: session.annotations)?.holder.map { ", and \($0.words) has it now" } ?? ""
  }
}

extension SessionHead {
  /// `nil` if its epoch is none.
  init?(_ session: RemoteSession) {
    guard let hold = Hold(annotations: session.annotations) else { return nil }
    self.init(
      revision: session.revision, dataHash: session.digest, version: session.version, hold: hold)
  }
}
