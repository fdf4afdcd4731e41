import Effects
import Files
import Hub
import Logs
import SessionFormat
import SessionStore
import Sync
import Wizard

/// Brings one session up by the rules of ``Uploader``, one call after the other, until there is
/// nothing left to do.
struct SessionUpload {
  typealias Refusal = SessionVerbs.Refusal

  /// What came of it, in the order in which it happened.
  enum Deed: String {
    case created, uploaded, tookOver = "taken_over", joined, upToDate = "up_to_date"
  }

  let team: SessionTeam
  let hub: SessionHub
  let lock: SessionLock
  /// Also where somebody deleted it there, and over what cannot be read there.
  let isForced: Bool
  private(set) var document: SessionDocument
  private(set) var deeds: [Deed] = []
  /// Where the local state was put aside, for a person.
  private(set) var aside: String?
  /// The unit as it was looked at last.
  private(set) var seen: RemoteSession?

  private var verbs: SessionVerbs { team.verbs }
  private var failure: Refusal?
  private var isWorthAnotherTry = false
  private static let attempts = 4

  init(
    _ document: SessionDocument, _ lock: SessionLock, in hub: SessionHub, _ team: SessionTeam,
    isForced: Bool = false
  ) {
    (self.document, self.lock, self.hub, self.team) = (document, lock, hub, team)
    self.isForced = isForced
  }

  private var session: Session { document.session }

  /// Throws a sentence if the latest state is not up in the end.
  mutating func run() throws {
    try checkPlace()
    try prepare()
    let outgoing = try self.outgoing()
    // Nothing would be written but the same once more.
    let isUp = session.sync?.digest == outgoing.digest && session.sync?.revision != nil
    if isUp, let head = try hub.look(at: outgoing.slug), let now = SessionHead(head),
      session.sync?.hasSeen(now) == true,
      now.hold.standing(of: session.sync?.copy, in: session.sync?.epoch).mayDrive
    {
      seen = head
      deeds.append(.upToDate)
      if session.sync?.error != nil {
        try save { $0.error = nil }
      }
      return
    }
    let status = try drive()
    try conclude(status)
  }

  /// What is about another organisation does not go to this one.
  private func checkPlace() throws(Refusal) {
    guard let own = session.hub, !own.isSamePlace(as: team.identity) else { return }
    throw Refusal(
      1,
      "Session \(session.id) is about the organisation \(own.organization ?? "another"), and you are "
        + "signed in to \(team.identity.organization ?? "another one"); nothing was uploaded. Sign "
        + "in to that one with: cub auth login")
  }

  /// A copy's name is saved before anything is claimed by it.
  private mutating func prepare() throws {
    var sync =
      session.sync
      ?? SyncState(
        space: hub.space, unit: SessionUnit.slug(of: session.id, lineage: session.lineage))
    if isForced, sync.revision != nil, try hub.look(at: sync.unit) == nil {
      (sync.revision, sync.dataHash, sync.digest, sync.epoch) = (nil, nil, nil, nil)
    }
    if sync.revision == nil { sync.space = hub.space }
    sync.copy = sync.copy ?? SessionTeam.newCopy()
    guard sync != session.sync else { return }
    document.session.sync = sync
    try save()
  }

  private mutating func save() throws { try verbs.save(&document, lock) }

  /// Nothing but what is known of ConfigHub is new.
  private mutating func save(_ change: (inout SyncState) -> Void) throws {
    try verbs.note(&document, lock, change)
  }

  private func outgoing() throws(Refusal) -> OutgoingSession {
    do throws(InvalidSession) {
      return try OutgoingSession(document, home: verbs.store.root.home)
    } catch {
      throw Refusal(1, "Session \(session.id) cannot go up: \(error.reason).")
    }
  }

  // MARK: By the rules

  private mutating func drive() throws -> Uploader.Status {
    guard let known = session.sync else { return .upToDate }
    var random = SystemRandomNumberGenerator()
    var uploader = Uploader(known, latest: session.generation, isUp: false)
    for attempt in 0..<Int64(Self.attempts) {
      // Nobody is in the way of anything here, so that there is nothing to wait for.
      let time = attempt * 600_000
      isWorthAnotherTry = false
      var effects = uploader.take(.asked, at: time, using: &random)
      while !effects.isEmpty {
        for event in try events(of: effects.removeFirst()) {
          effects += uploader.take(event, at: time, using: &random)
        }
      }
      if !isWorthAnotherTry { break }
    }
    return uploader.status
  }

  private mutating func events(of effect: Uploader.Effect) throws -> [Uploader.Event] {
    switch effect {
    case .readHead(let call): return [.answered(call: call, readHead())]
    case .create(let call, _): return [.answered(call: call, try create())]
    case .update(let call, _, let head): return [.answered(call: call, try update(over: head))]
    case .compare(let call, let head):
      let answer = try compare(head)
      return [.saved(generation: session.generation), .answered(call: call, answer)]
    case .note(let head, let generation):
      try note(head, generation)
      return [.noted(generation: session.generation)]
    case .wait, .say, .giveUp, .finished: return []
    }
  }

  private mutating func note(_ head: SessionHead, _ generation: Int) throws {
    let digest = try outgoing().digest
    let (now, scope) = (verbs.now, seen.map { team.scope(of: $0) })
    try save { sync in
      sync.note(head, digest: digest, generation: generation, at: now)
      if let scope { sync.scope = scope }
    }
  }

  private mutating func readHead() -> Uploader.Answer {
    guard let unit = session.sync?.unit else { return .head(nil) }
    do {
      guard let remote = try hub.look(at: unit) else { return .head(nil) }
      return .head(try head(of: remote))
    } catch {
      return failed(error)
    }
  }

  private mutating func head(of remote: RemoteSession) throws(Refusal) -> SessionHead {
    seen = remote
    let hold = try SessionTeam.hold(of: remote)
    return SessionHead(
      revision: remote.revision, dataHash: remote.digest, version: remote.version, hold: hold)
  }

  // MARK: Writing

  private var labels: [String: String] {
    let header = document.header
    let idle = Age(
      since: session.updatedAt, at: verbs.now, staleAfter: verbs.store.retention.abandonedAfter)
    return SessionUnit.labels(of: header, status: header.status(idle: idle))
  }

  private var description: String {
    SessionUnit.changeDescription(of: session, on: ProcessIdentity.host)
  }

  private mutating func create() throws -> Uploader.Answer {
    let outgoing = try self.outgoing()
    let made = hub.makeSpace(labels: ["Purpose": "import-sessions"])
    switch made {
    case .done, .exists: break
    case .refused(let failure): return failed(failure)
    case .unclear(let message): return lost(message)
    case .signInNeeded(let message): return failed(Refusal(4, message))
    }
    let hold: Hold
    do {
      let holder = try team.holder(copy: session.sync?.copy ?? "")
      hold = Hold(epoch: 1, holder: holder, since: verbs.now)
    } catch {
      return failed(error)
    }
    return answer(
      hub.create(
        outgoing.slug, labels: labels, annotations: hold.annotations, description: description,
        data: outgoing.content), .created)
  }

  private mutating func update(over head: SessionHead) throws -> Uploader.Answer {
    guard let seen else { return .head(nil) }
    let content = try outgoing().content
    return answer(
      hub.save(content, to: seen, labels: labels, description: description), .uploaded)
  }

  private mutating func answer(_ change: SessionChange, _ deed: Deed) -> Uploader.Answer {
    switch change {
    case .done(let remote):
      do {
        let head = try head(of: remote)
        deeds.append(deed)
        return .uploaded(head)
      } catch {
        return failed(error)
      }
    case .overtaken, .moved:
      return refused("Somebody else saved session \(session.id) in ConfigHub at the same moment.")
    case .gone: return refused("Session \(session.id) was deleted in ConfigHub at the same moment.")
    case .exists(let message): return refused(message)
    case .refused(let failure): return failed(failure)
    case .unclear(let message): return lost(message)
    case .signInNeeded(let message): return failed(Refusal(4, message))
    }
  }

  private mutating func refused(_ message: String) -> Uploader.Answer {
    (failure, isWorthAnotherTry) = (Refusal(1, message), true)
    return .refused(message)
  }

  private mutating func lost(_ message: String) -> Uploader.Answer {
    (failure, isWorthAnotherTry) = (Refusal(1, message), true)
    return .lost(message)
  }

  private mutating func failed(_ error: any Error) -> Uploader.Answer {
    let refusal = Refusal(of: error) ?? Refusal(1, "\(error)")
    failure = refusal
    return .failed(refusal.sentence)
  }

  // MARK: Comparing

  private mutating func compare(_ head: SessionHead) throws -> Uploader.Answer {
    guard let seen, !seen.isUnfinished else { return .compared(head, isUp: false) }
    let remote: RemoteSession
    let arrived: ArrivedSession
    do {
      guard let read = try hub.read(seen.slug, atMost: OutgoingSession.sizeLimit) else {
        return refused("Session \(seen.slug) was deleted in ConfigHub at the same moment.")
      }
      remote = read
      arrived = try SessionTeam.arrived(
        remote.data ?? [], seen.slug, "What ConfigHub has of session \(session.id)")
    } catch let refusal as Refusal {
      // It was read, and is no session; all that was ever there stays in the revisions.
      return isForced ? .compared(head, isUp: false) : failed(refusal)
    } catch {
      return failed(error)
    }
    do {
      let now = try self.head(of: remote)
      guard now.hold.standing(of: session.sync?.copy, in: session.sync?.epoch).mayDrive else {
        return refused("Somebody took session \(session.id) over at the same moment.")
      }
      let isUp = try joinWith(arrived, now)
      return .compared(now, isUp: isUp)
    } catch let refusal as Refusal {
      return failed(refusal)
    }
  }

  private mutating func joinWith(_ arrived: ArrivedSession, _ head: SessionHead) throws -> Bool {
    let merge = try verbs.merge(
      document, with: arrived, head, in: hub.space,
      here: .init(cluster: session.cluster, hub: session.hub ?? team.identity))
    guard let next = merge.document else {
      throw Refusal(
        1, "Unit \(session.sync?.unit ?? "") in ConfigHub is another session, and is left as it is."
      )
    }
    document = next
    let place = try verbs.save(&document, lock, puttingAside: merge.keepsLocalAside)
    if merge.keepsLocalAside {
      aside = place
      deeds.append(.joined)
    } else if merge.comparison == .takeOver {
      deeds.append(.tookOver)
    }
    return merge.isUp
  }

  // MARK: The end

  private mutating func conclude(_ status: Uploader.Status) throws {
    switch status {
    case .upToDate:
      if deeds.isEmpty { deeds.append(.upToDate) }
    case .stopped(.gone):
      throw Refusal.gone(session.sync?.unit ?? "", in: hub.space, session.id)
    case .stopped(.notHolding(let standing)):
      throw Refusal(
        5,
        "Session \(session.id) is not uploaded: \(standing.sentence(in: verbs.store.zone) ?? "") "
          + "`map-import sessions take \(session.id)` takes it over.")
    case .behind, .uploading:
      let refusal = failure ?? Refusal(1, "It is not up, and why is not known.")
      try save { $0.error = refusal.sentence }
      throw Refusal(
        refusal.code,
        "Session \(session.id) is saved here, and not up in ConfigHub: \(refusal.sentence)")
    }
  }
}
