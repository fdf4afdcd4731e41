import Wizard

@testable import Sync

extension ModelWorld {
  /// Resumes what is on the disk, or what ConfigHub has.
  mutating func open(_ client: Int) {
    clients[client].run = .init()
    send(.read, .open, of: client)
  }

  /// The holder lets go: it does not drive from here on, whatever becomes of the call.
  mutating func release(_ client: Int) {
    guard clients[client].run?.isDriving == true, var session = clients[client].disk,
      session.sync?.epoch != nil
    else { return }
    session.sync?.epoch = nil
    save(session, of: client, isNew: false)
    clients[client].run = .init()
    send(.read, .release, of: client)
  }

  mutating func take(
    _ reply: ModelHub.Reply, _ purpose: ModelClient.Purpose, of client: Int
  ) throws {
    switch (purpose, reply) {
    case (.open, .head(let head?, let content?)):
      _ = try reconcile(head, content, of: client)
      try claim(head, of: client)
    case (.open, _):
      // Never brought there: only who has it can go on.
      if clients[client].disk == nil { clients[client].run = nil } else { drive(client) }
    case (.claim, .head(let head?, _)):
      let standing = head.hold.standing(of: clients[client].copy, in: nil)
      if standing.mayDrive { try hold(head, of: client) } else { clients[client].run = nil }
    case (.claim, _): clients[client].run = nil
    case (.release, .head(let head?, _)):
      if head.hold.holder == clients[client].holder,
        let hold = head.hold.released(to: nil, at: Timestamp(seconds: now / 1000))
      {
        send(.setHold(hold, over: head.version), .letGo, of: client)
      }
    case (.release, _), (.letGo, _): break
    case (.readHead(let call), .head(let head, _)):
      try tell(.answered(call: call, .head(seen(head, client))), to: client)
    case (.write(let call), .head(let head?, _)):
      try tell(.answered(call: call, .uploaded(head)), to: client)
    case (.readHead(let call), _), (.write(let call), _):
      try tell(.answered(call: call, .refused("It is there.")), to: client)
    case (.compare(let call), .head(let head?, let content?)):
      guard let head = seen(head, client),
        head.hold.standing(of: clients[client].copy, in: nil).mayDrive
      else {
        return try tell(.answered(call: call, .failed("Somebody has it.")), to: client)
      }
      let isUp = try reconcile(head, content, of: client)
      try tell(.saved(generation: clients[client].disk?.generation ?? 0), to: client)
      try tell(.answered(call: call, .compared(head, isUp: isUp)), to: client)
    case (.compare(let call), _):
      try tell(.answered(call: call, .failed("It is gone.")), to: client)
    }
  }

  /// Who ignores the epoch takes the hold for its own.
  private func seen(_ head: SessionHead?, _ client: Int) -> SessionHead? {
    guard !policy.heedsEpochs, var head else { return head }
    head.hold = Hold(
      epoch: clients[client].disk?.sync?.epoch ?? head.hold.epoch, holder: clients[client].holder)
    return head
  }

  // MARK: Taking over

  private mutating func claim(_ head: SessionHead, of client: Int) throws {
    let own = clients[client]
    if head.hold.standing(of: own.copy, in: nil).mayDrive { return try hold(head, of: client) }
    let now = Timestamp(seconds: now / 1000 + own.skew)
    guard let hold = head.hold.taken(by: own.holder, at: now) else { return }
    send(.setHold(hold, over: head.version), .claim, of: client)
  }

  private mutating func hold(_ head: SessionHead, of client: Int) throws {
    guard var session = clients[client].disk else { return }
    try holds(client, in: head.hold.epoch)
    session.sync?.epoch = head.hold.epoch
    save(session, of: client, isNew: false)
    drive(client)
  }

  private mutating func drive(_ client: Int) {
    guard var session = clients[client].disk else { return }
    if session.sync == nil {
      session.sync = SyncState(space: "s", unit: "u")
    }
    if session.sync?.copy == nil {
      session.sync?.copy = clients[client].copy
      save(session, of: client, isNew: false)
    }
    guard let saved = clients[client].disk, let sync = saved.sync else { return }
    clients[client].run?.isDriving = true
    clients[client].run?.uploader = Uploader(
      sync, latest: saved.generation, isUp: sync.digest == ModelClient.digest(saved))
  }

  /// - Returns: whether nothing has to go up after it.
  mutating func reconcile(
    _ head: SessionHead, _ content: Session, of client: Int
  ) throws -> Bool {
    let remote = Reconciliation.Remote(
      head: head, mark: ModelClient.mark(content), session: content.withoutSync, space: "s")
    guard let local = clients[client].disk else {
      var session = content.withoutSync
      session.sync = SyncState(space: "s", unit: "u", copy: clients[client].copy)
      session.sync?.note(
        head, digest: remote.mark.digest, generation: session.generation + 1, at: session.updatedAt)
      save(session, of: client, isNew: false)
      return true
    }
    let result =
      policy.asksClocks
      ? Reconciliation(
        local.digest == remote.mark.digest
          ? .equal : local.updatedAt > content.updatedAt ? .upload : .takeOver,
        local: local, with: remote, at: content.updatedAt, digest: ModelClient.digest)
      : Reconciliation(
        local: local, with: remote, at: content.updatedAt, digest: ModelClient.digest)
    guard var session = result.session else {
      throw Violation(description: "one lineage was taken for two")
    }
    if result.keepsLocalAside, policy.keepsConflictCopies { clients[client].keepAside(local) }
    if !policy.joinsFacts, [.takeOver, .bothWentOn].contains(result.comparison) {
      session.operations = content.operations
    }
    save(session, of: client, isNew: false)
    return result.isUp
  }
}

extension Session {
  fileprivate var withoutSync: Session {
    var session = self
    session.sync = nil
    return session
  }

  var digest: String { ModelClient.digest(self) }
}
