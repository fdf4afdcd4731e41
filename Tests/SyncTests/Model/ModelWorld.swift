import TestWorld
import Wizard

@testable import Sync

/// Three machines, ConfigHub, and a network that loses, delays, doubles and reorders what goes over it.
struct ModelWorld {
  struct Message {
    var id: Int
    var client: Int
    var request: ModelHub.Request?
    var reply: ModelHub.Reply?
  }

  let policy: ModelPolicy
  var random: Seeded
  var hub = ModelHub()
  var clients: [ModelClient]
  private var messages: [Message] = []
  private var lastMessage = 0
  /// In milliseconds; the clients' own clocks are a day apart.
  var now: Int64 = 1_000_000_000
  /// Who was the holder in each epoch, by its own file.
  private var holders: [Int: Int] = [:]
  /// Of each state that was acknowledged, by its number: all that it came from.
  var ancestry: [Set<Int>] = []

  static let lineage = "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b"
  static let keys = (0..<4).map { OperationKey(space: "s", name: "u\($0)") }

  init(seed: UInt64, policy: ModelPolicy) {
    self.policy = policy
    random = Seeded(seed)
    clients = [0, 86_400, -86_400].enumerated().map { ModelClient(number: $0, skew: $1) }
    var session = Session(
      id: "import-2026-01-09-143022", lineage: Self.lineage, createdAt: Timestamp(seconds: 0))
    session.proposal = Proposal(hub: "h", appSpace: "s", units: [])
    save(session, of: 0, isNew: true)
  }

  // MARK: Saving

  /// Acknowledged: whatever happens from here on, it can be found.
  mutating func save(_ session: Session, of client: Int, isNew: Bool) {
    var session = session
    if isNew {
      let before = session.name.flatMap(Int.init).map { ancestry[$0] } ?? []
      ancestry.append(before.union([ancestry.count]))
      session.name = String(ancestry.count - 1)
    }
    clients[client].save(session, at: now)
  }

  /// The run that has it saves, and its uploader hears of it.
  mutating func saveAndTell(
    _ session: Session, of client: Int, isNew: Bool, _ more: [Uploader.Event] = []
  ) throws {
    save(session, of: client, isNew: isNew)
    let generation = clients[client].disk?.generation ?? 0
    let event: Uploader.Event =
      isNew ? .saved(generation: generation) : .noted(generation: generation)
    for event in [event] + more { try tell(event, to: client) }
  }

  mutating func holds(_ client: Int, in epoch: Int) throws {
    if let other = holders[epoch], other != client {
      throw Violation(description: "clients \(other) and \(client) both held epoch \(epoch)")
    }
    holders[epoch] = client
  }

  // MARK: The uploader

  mutating func tell(_ event: Uploader.Event, to client: Int) throws {
    guard var uploader = clients[client].run?.uploader else { return }
    let effects = uploader.take(event, at: now, using: &random)
    clients[client].run?.uploader = uploader
    for effect in effects { try perform(effect, for: client) }
  }

  private mutating func perform(_ effect: Uploader.Effect, for client: Int) throws {
    guard var session = clients[client].disk else { return }
    switch effect {
    case .readHead(let call): send(.read, .readHead(call: call), of: client)
    case .compare(let call, _): send(.read, .compare(call: call), of: client)
    case .create(let call, _):
      let hold = Hold(epoch: 1, holder: clients[client].holder)
      let content = clients[client].content(session)
      clients[client].run?.sent = (call, ModelClient.digest(session))
      send(.create(content, hold), .write(call: call), of: client)
    case .update(let call, _, _):
      let content = clients[client].content(session)
      clients[client].run?.sent = (call, ModelClient.digest(session))
      send(.update(content), .write(call: call), of: client)
    case .note(let head, let generation):
      session.sync?.note(
        head, digest: clients[client].run?.sent.digest ?? "", generation: generation,
        at: session.updatedAt)
      if let epoch = session.sync?.epoch { try holds(client, in: epoch) }
      try saveAndTell(session, of: client, isNew: false)
    case .say(.stopped(.notHolding)):
      session.sync?.epoch = nil
      save(session, of: client, isNew: false)
      clients[client].run = nil
    case .finished: clients[client].run = nil
    case .say, .wait, .giveUp: break
    }
  }

  // MARK: The network

  mutating func send(
    _ request: ModelHub.Request, _ purpose: ModelClient.Purpose, of client: Int
  ) {
    lastMessage += 1
    clients[client].run?.waiting[lastMessage] = purpose
    messages.append(Message(id: lastMessage, client: client, request: request))
  }

  var isQuiet: Bool { messages.isEmpty }

  mutating func lose() {
    if !messages.isEmpty { messages.remove(at: random.below(messages.count)) }
  }

  mutating func double() {
    if !messages.isEmpty { messages.append(messages[random.below(messages.count)]) }
  }

  /// - Parameter isInOrder: else any of those that are under way arrives next.
  mutating func deliver(isInOrder: Bool = false) throws {
    if messages.isEmpty { return }
    var message = messages.remove(at: isInOrder ? 0 : random.below(messages.count))
    if let request = message.request {
      message.reply = hub.answer(request, isConditional: policy.heedsEpochs)
      message.request = nil
      messages.append(message)
    } else if let reply = message.reply,
      let purpose = clients[message.client].run?.waiting.removeValue(forKey: message.id)
    {
      try take(reply, purpose, of: message.client)
    }
  }

  /// A call takes too long, and its client listens to it no more.
  mutating func timeOut(_ client: Int) throws {
    guard let waiting = clients[client].run?.waiting.min(by: { $0.key < $1.key }) else { return }
    clients[client].run?.waiting[waiting.key] = nil
    switch waiting.value {
    case .readHead(let call), .write(let call), .compare(let call):
      try tell(.answered(call: call, .lost("No answer.")), to: client)
    case .open, .claim, .release, .letGo: clients[client].run = nil
    }
  }
}
