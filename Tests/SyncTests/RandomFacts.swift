import TestWorld
import Wizard

/// Operations of every kind and state, on few things, so that two lists meet.
struct RandomFacts {
  var random: Seeded
  /// Two machines may have given one id to two changes.
  var mayCollide = false

  mutating func list() -> [Wizard.Operation] {
    var operations: [Wizard.Operation.Subject: Wizard.Operation] = [:]
    for _ in 0..<random.below(7) {
      let operation = one()
      operations[operation.subject] = operation
    }
    var ids: Set<String> = []
    return operations.values.sorted { ($0.id, $0.key) < ($1.id, $1.key) }
      .filter { ids.insert($0.id).inserted }
  }

  private mutating func one() -> Wizard.Operation {
    let kinds: [Wizard.Operation.Kind] = [
      .createSpace, .createUnit, .createUnit, .setTarget, .deleteUnit,
    ]
    let kind = random.one(of: kinds)
    let unit = random.below(3)
    let states: [Wizard.Operation.State] = [.intent, .done, .failed, .skipped]
    var operation = Operation(
      id: mayCollide
        ? "op-000\(random.below(3))" : "op-\(kind.rawValue)-\(unit)-\(random.below(2))",
      kind: kind, key: OperationKey(space: "s", name: "u\(unit)"), state: random.one(of: states),
      attempt: 1 + random.below(2), epoch: random.one(of: [nil, 1, 2, 3]))
    operation.result = random.one(of: [nil, .created, .unchanged, .updated])
    if operation.state == .done { operation.result = operation.result ?? .created }
    if random.below(3) == 0 { operation.remoteID = "id\(random.below(2))" }
    if random.below(3) == 0 { operation.detail = "d\(random.below(2))" }
    if operation.state == .failed { operation.reason = "r\(random.below(2))" }
    return operation
  }
}
