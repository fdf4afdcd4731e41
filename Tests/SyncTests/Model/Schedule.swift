import TestWorld
import Wizard

@testable import Sync

/// One run of the model: anything in any order, then a network that works, then what must hold.
struct Schedule {
  private var world: ModelWorld
  /// How many of the machines take part before everything heals.
  private let machines: Int

  /// - Returns: what must never be, and was.
  static func run(_ seed: UInt64, _ policy: ModelPolicy, machines: Int = 3) -> Violation? {
    var schedule = Schedule(world: ModelWorld(seed: seed, policy: policy), machines: machines)
    do {
      try schedule.begin()
      for _ in 0..<(40 + schedule.world.random.below(160)) { try schedule.step() }
      try schedule.heal()
      try schedule.check()
      return nil
    } catch let violation as Violation {
      return violation
    } catch {
      return Violation(description: "\(error)")
    }
  }

  /// Mostly, the session is in ConfigHub before anything goes wrong.
  private mutating func begin() throws {
    if world.random.below(8) == 0 { return }
    world.open(0)
    try settle()
    try world.tell(.asked, to: 0)
    try settle()
  }

  private mutating func step() throws {
    let client = world.random.below(machines)
    let isRunning = world.clients[client].run != nil
    switch world.random.below(100) {
    case ..<43: try world.deliver()
    case ..<45: world.lose()
    case ..<49: world.double()
    case ..<51: try world.timeOut(client)
    case ..<53: world.clients[client].run = nil
    case ..<59: if !isRunning { world.open(client) }
    case ..<60: world.release(client)
    case ..<68:
      world.now += Int64(world.random.below(20_000))
      try world.tell(.tick, to: client)
    case ..<69: try world.tell(.hubAnswers, to: client)
    case ..<70: try world.tell(.exit, to: client)
    case ..<75: try world.tell(.asked, to: client)
    case ..<82: try world.edit(client)
    case ..<86: try world.finishStep(client)
    case ..<91: try world.intend(client)
    case ..<97: try world.settle(client)
    default: try world.undo(client)
    }
  }

  // MARK: Healing

  /// Everything arrives; then each machine goes on with it once more, one after the other.
  private mutating func heal() throws {
    for client in world.clients.indices { world.clients[client].run = nil }
    try settle()
    for _ in 0..<2 {
      for client in world.clients.indices {
        world.open(client)
        try settle()
        try goUp(client)
        world.release(client)
        try settle()
        world.clients[client].run = nil
      }
    }
  }

  private mutating func settle() throws {
    while !world.isQuiet { try world.deliver(isInOrder: true) }
  }

  private mutating func goUp(_ client: Int) throws {
    guard world.clients[client].disk != nil else { return }
    for _ in 0..<20 {
      guard let uploader = world.clients[client].run?.uploader else {
        throw Violation(description: "client \(client) does not come to drive")
      }
      if !uploader.isBehind { return }
      world.now += 400_000
      try world.tell(.asked, to: client)
      try settle()
    }
    throw Violation(description: "client \(client) does not come to an end")
  }

  // MARK: What must hold

  private mutating func check() throws {
    guard world.hub.creations == 1 else {
      throw Violation(description: "the unit was created \(world.hub.creations) times")
    }
    let places =
      world.hub.revisions + world.clients.flatMap { $0.conflicts + [$0.disk].compactMap(\.self) }
    let found = places.compactMap { $0.name.flatMap(Int.init) }
      .reduce(into: Set<Int>()) { $0.formUnion(world.ancestry[$1]) }
    if let lost = world.ancestry.indices.first(where: { !found.contains($0) }) {
      throw Violation(description: "state \(lost) was acknowledged, and is nowhere")
    }
    guard let head = world.hub.revisions.last else { return }
    for client in world.clients {
      guard let disk = client.disk, disk.digest == head.digest else {
        throw Violation(description: "client \(client.number) has another state than ConfigHub")
      }
      for key in client.everDone {
        let known = head.operations.first { $0.kind == .createUnit && $0.key == key }
        let isRemoved = head.operations.contains { $0.isRemoval && $0.key == key }
        guard known?.state == .done || isRemoved else {
          throw Violation(description: "that \(key) was created is forgotten")
        }
      }
      for key in client.everRemoved
      where !head.operations.contains(where: { $0.isRemoval && $0.key == key }) {
        throw Violation(description: "that \(key) was removed is forgotten")
      }
    }
    if machines == 1, !world.clients.allSatisfy(\.conflicts.isEmpty) {
      throw Violation(description: "what nobody else touched was kept aside")
    }
    if world.clients.contains(where: { $0.run?.isDriving == true }) {
      throw Violation(description: "somebody drives who let go")
    }
  }
}
