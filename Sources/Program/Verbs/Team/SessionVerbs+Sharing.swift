import Documents
import Hub
import SessionFormat
import SessionStore
import Sync
import Wizard

extension SessionCommand {
  /// With whom a session is shared, and what they may do then.
  struct Sharing: Equatable {
    enum Ability: String, CaseIterable { case view, resume }

    enum Subject: Equatable {
      case user(String)
      case group(String)

      /// `user:ana@example.com`, `group:payments`
      init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "user": self = .user(parts[1])
        case "group": self = .group(parts[1])
        default: return nil
        }
      }
    }

    /// `--with`
    var with: Subject?
    /// `--can`
    var can = Ability.view
    /// `--to`
    var to = ""
  }
}

/// `sessions share`, `unshare` and `handoff`.
extension SessionVerbs {
  func share(_ id: String, isGiven: Bool) throws {
    guard let subject = command.sharing.with else {
      throw Refusal(
        2, "sessions \(command.verb) needs --with user:NAME or --with group:SLUG.")
    }
    let team = try SessionTeam(self)
    let found = try team.find(id)
    let slug = found.remote.slug
    let can = command.sharing.can
    let actions: [SessionPermission.Action] = isGiven && can == .view ? [.view] : [.view, .edit]
    let permissions = Set(actions.map { SessionPermission($0, subject.permitted) })
    let change =
      isGiven
      ? found.hub.permit(slug, giving: permissions) : found.hub.permit(slug, taking: permissions)
    let shared = try change.done(
      isGiven ? "share session \(slug)" : "unshare session \(slug)", slug, in: found.hub.space)
    let scope = team.scope(of: shared)
    if let local = found.local { try noteScope(scope, of: local.id) }
    let result =
      isGiven ? "done: \(subject.words) may \(can.rawValue) it" : "done: \(subject.words)"
    audit(isGiven ? .share : .unshare, found.local?.id ?? slug, result)
    var object: [String: JSONValue] = [
      "session": .string(slug), "space": .string(found.hub.space), "with": .string(subject.text),
      "scope": .string(scope.rawValue),
    ]
    if isGiven { object["can"] = .string(can.rawValue) }
    let sentence =
      isGiven
      ? "\(subject.words) may \(can == .view ? "look at" : "take over and go on with") session \(slug)."
      : "Session \(slug) is not shared with \(subject.words) any more."
    print(.object(object), [sentence, SessionTeam.whoSees])
  }

  /// What is open elsewhere notes it itself, with its next upload.
  private func noteScope(_ scope: SyncState.Scope, of id: String) throws {
    guard case .acquired(let lock) = try store.acquire(id, at: now) else { return }
    defer { lock.release() }
    guard var document = try opened(lock), let sync = document.session.sync, sync.scope != scope
    else { return }
    try note(&document, lock) { $0.scope = scope }
  }

  // MARK: Handing over

  /// Brings the latest state up, gives it to somebody, and stops driving it.
  func handoff(_ id: String) throws {
    let user = command.sharing.to
    guard !user.isEmpty else { throw Refusal(2, "sessions handoff needs --to USER.") }
    let id = try localID(id)
    let team = try SessionTeam(self)
    try holding(id) { lock in
      guard let document = try opened(lock) else { throw Refusal.noSession(id) }
      let hub = team.hub(of: document.session)
      var upload = SessionUpload(document, lock, in: hub, team)
      try upload.run()
      guard let seen = upload.seen else { return }
      let slug = seen.slug
      let permissions = Set(
        [SessionPermission.Action.view, .edit].map { SessionPermission($0, .user(user)) })
      _ = try hub.permit(slug, giving: permissions)
        .done("give session \(slug) to \(user)", slug, in: hub.space)
      var next = upload.document
      // What comes after this is not up any more: nobody drives it here from now on.
      try note(&next, lock) { ($0.epoch, $0.scope) = (nil, .team) }
      try release(seen, to: user, hub)
      audit(.handoff, id, "done, to \(user)")
      print(
        .object([
          "session_id": .string(id), "session": .string(slug), "space": .string(hub.space),
          "handed_to": .string(user), "revision": JSONValue(next.session.sync?.revision),
        ]),
        [
          "Session \(id) is handed to \(user), who goes on with it by: map-import sessions take \(slug)",
          "Here it can only be looked at; `map-import sessions take \(id)` takes it back. To import, "
            + "\(user) needs a context for the cluster and rights in the App Space, too.",
        ])
    }
  }

  private func release(_ seen: RemoteSession, to user: String, _ hub: SessionHub) throws {
    guard let hold = try SessionTeam.hold(of: seen).released(to: user, at: now) else {
      throw Refusal(1, "Session \(seen.slug) changed its holder too often to change it once more.")
    }
    _ = try hub.hold(seen, hold).done("release session \(seen.slug)", seen.slug, in: hub.space)
  }
}

extension SessionHub {
  /// Changes the holder if nobody else did since it was seen.
  func hold(_ seen: RemoteSession, _ hold: Hold) -> SessionChange {
    let annotations = hold.annotations
    return annotate(
      seen,
      Dictionary(uniqueKeysWithValues: Hold.annotationKeys.map { ($0, annotations[$0]) }))
  }
}

extension SessionCommand.Sharing.Subject {
  fileprivate var permitted: SessionPermission.Subject {
    switch self {
    case .user(let name): .user(name)
    case .group(let slug): .group(slug)
    }
  }

  fileprivate var words: String {
    switch self {
    case .user(let name): name
    case .group(let slug): "the group \(slug)"
    }
  }

  fileprivate var text: String {
    switch self {
    case .user(let name): "user:\(name)"
    case .group(let slug): "group:\(slug)"
    }
  }
}
