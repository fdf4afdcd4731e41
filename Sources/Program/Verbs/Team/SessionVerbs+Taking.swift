import Cluster
import Documents
import Hub
import SessionFormat
import SessionStore
import Sync
import Wizard

/// `sessions take`: goes on here with a session in ConfigHub.
extension SessionVerbs {
  func take(_ id: String) throws {
    let team = try SessionTeam(self)
    defer { team.world.proxies.end() }
    let found = try team.find(id)
    let (remote, arrived) = try team.read(found)
    let local = try localCopy(of: arrived, slug: remote.slug)
    let copy = local?.header?.sync?.copy ?? SessionTeam.newCopy()
    let hold = try SessionTeam.hold(of: remote)
    if hold.standing(of: copy, in: local?.header?.sync?.epoch).mayDrive, let local {
      return print(
        .object([
          "session_id": .string(local.id), "session": .string(remote.slug), "taken": .bool(false),
          "epoch": JSONValue(hold.epoch),
        ]),
        [
          "Session \(local.id) is held by this machine already: `map-import --resume \(local.id)` goes "
            + "on with it."
        ])
    }
    let context = try context(for: arrived, local, team)
    guard try isTakingConfirmed(remote, arrived, hold, context, team, found.hub) else {
      return print(
        .object(["session": .string(remote.slug), "taken": .bool(false)]),
        ["Session \(remote.slug) is left as it is."])
    }
    let here = try confirmed(context, team)
    // Before anything is claimed: whether it could go on here at all.
    do throws(InvalidSession) {
      _ = try arrived.taken(here: here)
    } catch {
      throw Refusal(1, "Session \(remote.slug) cannot go on here: \(error.reason).")
    }
    try holding(arrived.header.id) { lock in
      let taking = Taking(
        verbs: self, team: team, hub: found.hub, lock: lock, here: here, copy: copy)
      try report(taking.run(remote, arrived, hold))
    }
  }

  /// Of the same session; throws where another one has its id, since its units name it by that.
  private func localCopy(of arrived: ArrivedSession, slug: String) throws -> SessionEntry? {
    let entries = try store.entries(of: arrived.header.id).filter { $0.header != nil }
    let own = entries.first { $0.header?.lineage == arrived.header.lineage }
    guard entries.isEmpty || own != nil else {
      throw Refusal(
        1,
        "Another session on this machine is called \(arrived.header.id), too: it was begun in the same "
          + "second. Export and delete that one, then take \(slug).")
    }
    return own
  }

  func merge(
    _ local: SessionDocument, with arrived: ArrivedSession, _ head: SessionHead,
    in space: String, here: ArrivedSession.Here
  ) throws(Refusal) -> SessionMerge {
    do {
      return try SessionMerge(
        local, with: arrived, head, in: space, here: here, home: store.root.home, at: now)
    } catch {
      throw Refusal(
        1,
        "Session \(local.session.id) is not taken over from ConfigHub: \(error.reason).")
    }
  }

  // MARK: What a person confirms

  /// The cluster as it is called here: what was given, what the session had here before, or what
  /// kubectl would take; never what the session says. `nil` for one that has chosen none.
  private func context(
    for arrived: ArrivedSession, _ local: SessionEntry?, _ team: SessionTeam
  ) throws -> KubeContext? {
    guard !arrived.header.cluster.context.isEmpty else { return nil }
    let (contexts, current) = try team.world.cluster().contexts()
    let before = local?.header?.cluster.context
    guard let name = options.answers.context ?? before ?? current else {
      throw Refusal(
        2,
        "The kubeconfig names no current context; --context NAME says which one leads to the cluster "
          + "of the session.")
    }
    guard let context = contexts.first(where: { $0.name == name }) else {
      throw Refusal(
        2, "There is no context \(name) in the kubeconfig; --context names another one.")
    }
    return context
  }

  private func isTakingConfirmed(
    _ remote: RemoteSession, _ arrived: ArrivedSession, _ hold: Hold, _ context: KubeContext?,
    _ team: SessionTeam, _ hub: SessionHub
  ) throws -> Bool {
    if options.yes { return true }
    try checkTerminal(for: "take")
    let last = try? hub.history(of: remote.slug, atMost: 1).first
    let saved = age(last?.createdAt.flatMap(Timestamp.init(fractional:))).words
    let header = arrived.header
    let summary = SessionSummary(header, age: age(header.updatedAt))
    let cluster = header.cluster.context.isEmpty ? "none yet" : header.cluster.context
    complain("Session \(remote.slug): \(summary.step), cluster \(cluster).")
    complain(
      hold.holder.map {
        "\($0.words) has it, and saved it \(saved); it is read-only there once you took it."
      } ?? "Nobody has it; it was saved \(saved).")
    if let context {
      let server = context.server.map { " (\($0))" } ?? ""
      let plugin = context.credentialPlugin.map { ", which starts \($0) to sign in" } ?? ""
      complain("Here it goes on with the context \(context.name)\(server)\(plugin).")
    }
    arrived.warnings.forEach(complain)
    return isConfirmed("Take it over? [y/N] ")
  }

  /// Where the context leads now, and who is signed in.
  private func confirmed(
    _ context: KubeContext?, _ team: SessionTeam
  ) throws -> ArrivedSession.Here {
    let cluster =
      try context.map { try team.world.cluster().identity(context: $0.name) }
      ?? ClusterIdentity(context: "")
    return .init(cluster: cluster, hub: team.identity)
  }

  // MARK: Telling

  private func report(_ taken: Taking.Taken) throws {
    let session = taken.session
    let epoch = session.sync?.epoch ?? 0
    audit(.take, session.id, "done, in epoch \(epoch)")
    let step = SessionSummary(SessionHeader(session), age: age(session.updatedAt)).step
    let from = taken.previous.map { " It was \($0.words)'s before." } ?? ""
    print(
      .object([
        "session_id": .string(session.id), "session": JSONValue(session.sync?.unit),
        "taken": .bool(true), "epoch": JSONValue(epoch),
        "taken_from": JSONValue(taken.previous?.words),
        "generation": JSONValue(session.generation),
        "step": .string(session.position.step.rawValue), "put_aside": JSONValue(taken.aside),
        "scan_left_out": .bool(taken.isScanLeftOut),
        "warnings": .array(taken.warnings.map(JSONValue.string)),
      ]),
      [
        "Session \(session.id) is held by this machine now, in epoch \(epoch): \(step).\(from)",
        "`map-import --resume \(session.id)` goes on with it.",
      ]
        + (taken.isScanLeftOut
          ? ["Its scan was too long to be kept in ConfigHub: resuming it scans again."] : [])
        + [
          taken.aside.map {
            "It had gone on here, too: what was here is kept as \($0), and `map-import sessions "
              + "conflicts` brings it back."
          }
        ].compactMap(\.self) + taken.warnings)
  }
}

/// The claim, and what is saved here for it.
private struct Taking {
  typealias Refusal = SessionVerbs.Refusal

  let verbs: SessionVerbs
  let team: SessionTeam
  let hub: SessionHub
  let lock: SessionLock
  let here: ArrivedSession.Here
  let copy: String

  struct Taken {
    let session: Session
    let previous: Holder?
    let aside: String?
    let isScanLeftOut: Bool
    let warnings: [String]
  }

  func run(_ remote: RemoteSession, _ arrived: ArrivedSession, _ hold: Hold) throws -> Taken {
    let document = try verbs.opened(lock)
    let claimed = try claim(remote, hold)
    // Whoever had it may have saved once more before that.
    var arrived = arrived
    if claimed.digest != remote.digest {
      arrived = try team.read(.init(remote: claimed, hub: hub, local: nil)).arrived
    }
    guard let head = SessionHead(claimed) else { throw Refusal(1, "Its epoch is no number.") }
    var next: SessionDocument
    var keepsAside = false
    if let document {
      let merge = try verbs.merge(document, with: arrived, head, in: hub.space, here: here)
      guard let merged = merge.document else {
        throw Refusal(1, "Session \(lock.id) on this machine is another one.")
      }
      (next, keepsAside) = (merged, merge.keepsLocalAside)
    } else {
      next = try fresh(arrived, head)
    }
    next.session.sync?.copy = copy
    next.session.sync?.epoch = head.hold.epoch
    next.session.sync?.scope = team.scope(of: claimed)
    next.session.sync?.error = nil
    let aside = try verbs.save(&next, lock, isLatest: true, puttingAside: keepsAside)
    return Taken(
      session: next.session, previous: hold.holder, aside: aside,
      isScanLeftOut: arrived.isScanLeftOut && next.session.scan?.workloads.isEmpty != false,
      warnings: arrived.warnings)
  }

  /// One of any number who try at once.
  private func claim(_ remote: RemoteSession, _ hold: Hold) throws -> RemoteSession {
    guard let next = hold.taken(by: try team.holder(copy: copy), at: verbs.now) else {
      throw Refusal(
        1, "Session \(remote.slug) changed its holder too often to change it once more.")
    }
    let change = hub.hold(remote, next)
    // Its answer may be lost, and it was made all the same.
    if case .unclear = change, let now = try hub.look(at: remote.slug),
      Hold(annotations: now.annotations)?.holder?.copy == copy
    {
      return now
    }
    return try change.done("take session \(remote.slug) over", remote.slug, in: hub.space)
  }

  private func fresh(
    _ arrived: ArrivedSession, _ head: SessionHead
  ) throws -> SessionDocument {
    do throws(InvalidSession) {
      var next = try arrived.taken(here: here)
      let session = next.session
      var sync = SyncState(
        space: hub.space, unit: SessionUnit.slug(of: session.id, lineage: session.lineage),
        copy: copy)
      let digest = try OutgoingSession(next, home: verbs.store.root.home).digest
      sync.note(head, digest: digest, generation: session.generation + 1, at: verbs.now)
      next.session.sync = sync
      return next
    } catch {
      throw Refusal(1, "Session \(lock.id) cannot go on here: \(error.reason).")
    }
  }
}
