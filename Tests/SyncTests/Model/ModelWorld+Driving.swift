import TestWorld
import Wizard

@testable import Sync

/// What a person does with a session that this machine drives.
extension ModelWorld {
  mutating func edit(_ client: Int) throws {
    guard let session = driven(by: client) else { return }
    try saveAndTell(session, of: client, isNew: true)
  }

  mutating func finishStep(_ client: Int) throws {
    guard var session = driven(by: client), let next = session.position.step.next else { return }
    session.stepsCompleted = Array(Step.seven.prefix { $0 < next })
    session.position = Position(next)
    try saveAndTell(session, of: client, isNew: true, [.stepDone])
  }

  /// Saves the intent to create a unit.
  mutating func intend(_ client: Int) throws {
    guard var session = driven(by: client) else { return }
    let known = Set(session.operations.map(\.key))
    let open = Self.keys.filter { !known.contains($0) }
    guard !open.isEmpty else { return }
    let number = (session.operations.map { Operation.number(of: $0.id) }.max() ?? 0) + 1
    let epoch = session.sync?.epoch
    session.operations.append(
      Operation(
        id: Operation.id(number, lineage: Self.lineage, epoch: epoch), kind: .createUnit,
        key: random.one(of: open), epoch: epoch))
    try saveAndTell(session, of: client, isNew: true)
  }

  /// Settles an intent: reads, does it if it is not there, and records it, unless it ends before that.
  mutating func settle(_ client: Int) throws {
    guard var session = driven(by: client),
      let index = session.operations.firstIndex(where: { $0.state == .intent })
    else { return }
    let operation = session.operations[index]
    if operation.kind == .createUnit {
      if hub.units[operation.key] == nil {
        let own = clients[client]
        if own.everDone.contains(operation.key) || own.everRemoved.contains(operation.key) {
          throw Violation(description: "client \(client) creates \(operation.key) a second time")
        }
        hub.units[operation.key] = operation.id
      }
      session.operations[index].result =
        hub.units[operation.key] == operation.id ? .created : .unchanged
      session.operations[index].state = .done
    } else {
      if hub.units[operation.key] == creation(of: operation.key, in: session)?.id {
        hub.units[operation.key] = nil
      }
      session.operations[index].state = .done
      session.recordRemoval(of: operation.key)
    }
    if random.below(8) == 0 {
      clients[client].run = nil
      return
    }
    try saveAndTell(session, of: client, isNew: true, [.unitDone])
  }

  /// Saves the intent to remove a unit again.
  mutating func undo(_ client: Int) throws {
    guard var session = driven(by: client) else { return }
    let removals = Set(session.operations.filter { $0.kind == .deleteUnit }.map(\.key))
    let mine = session.operations.filter {
      $0.kind == .createUnit && $0.state == .done && $0.result == .created
        && !removals.contains($0.key)
    }
    guard !mine.isEmpty else { return }
    let epoch = session.sync?.epoch
    let number = (session.operations.map { Operation.number(of: $0.id) }.max() ?? 0) + 1
    session.operations.append(
      Operation(
        id: Operation.id(number, lineage: Self.lineage, epoch: epoch), kind: .deleteUnit,
        key: random.one(of: Array(mine)).key, epoch: epoch))
    try saveAndTell(session, of: client, isNew: true)
  }

  private func driven(by client: Int) -> Session? {
    clients[client].run?.isDriving == true ? clients[client].disk : nil
  }

  private func creation(of key: OperationKey, in session: Session) -> Wizard.Operation? {
    session.operations.first { $0.kind == .createUnit && $0.key == key }
  }
}
