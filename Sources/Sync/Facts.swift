import SessionFormat
import Wizard

/// What is known of changes to ConfigHub: of each of them the most advanced state that anybody saw.
///
/// Two of them are joined to one that has all of both: in whatever order, and however often, it is the
/// same. Which change an operation is, its kind and its key tell: two machines may have begun one
/// change under two ids, or two under one.
///
/// Of two states of one change, the more advanced is, in this order:
/// 1. `done` (it is so) before `intent` (it may be so, and reading tells) before `skipped` and `failed`
///    (nothing was made): a unit that exists is never forgotten, and what is only believed to exist
///    costs a read.
/// 2. `updated` before `created` before `unchanged`: what was somebody else's is never taken for ours,
///    and what we made, and found again, stays ours.
/// 3. The later epoch, then the later attempt, then `skipped` before `failed`.
/// 4. Whatever else they say, so that no two are alike.
///
/// A removal is a change of its own, and never forgotten. It covers what was created in its epoch or
/// before; what a later holder created is there.
package struct Facts: Hashable, Sendable {
  private var operations: [Wizard.Operation.Subject: Wizard.Operation] = [:]

  package init() {}

  package init(_ operations: some Sequence<Wizard.Operation>) {
    for operation in operations { put(operation.beforeRemoval) }
  }

  package func joined(with other: Facts) -> Facts {
    var joined = self
    for operation in other.operations.values { joined.put(operation) }
    return joined
  }

  private mutating func put(_ operation: Wizard.Operation) {
    if let known = operations[operation.subject], !operation.isMoreAdvanced(than: known) { return }
    operations[operation.subject] = operation
  }

  /// As a session has them: in the order of their ids, each under one of its own.
  package var list: [Wizard.Operation] {
    var removals: [OperationKey: Int] = [:]
    for operation in operations.values where operation.isRemoval {
      removals[operation.key] = operation.epoch ?? 0
    }
    let covered = operations.values.map { operation in
      guard let removal = removals[operation.key], operation.epoch ?? 0 <= removal else {
        return operation
      }
      return operation.removed
    }
    return JoinedOperations(covered.sorted(by: Self.isBefore)).named
  }

  private static func isBefore(_ a: Wizard.Operation, _ b: Wizard.Operation) -> Bool {
    (Operation.number(of: a.id), a.id, a.kind.rawValue, a.key)
      < (Operation.number(of: b.id), b.id, b.kind.rawValue, b.key)
  }
}

extension Wizard.Operation {
  /// The same for what was not known to be done.
  private static let neverSettled = "It was removed again, if it was there at all."

  private var isOfUnit: Bool { kind == .createUnit || kind == .setTarget }

  /// What is left of it once its unit was removed.
  fileprivate var removed: Wizard.Operation {
    guard isOfUnit, state == .done || state == .intent else { return self }
    var operation = self
    operation.reason = state == .done ? Self.removedAgain : Self.neverSettled
    operation.state = .skipped
    return operation
  }

  /// What it was before that; the removal itself is another operation.
  fileprivate var beforeRemoval: Wizard.Operation {
    guard isOfUnit, state == .skipped else { return self }
    var operation = self
    switch (reason, result) {
    case (Self.removedAgain, _?): operation.state = .done
    case (Self.neverSettled, _): operation.state = .intent
    default: return self
    }
    operation.reason = nil
    return operation
  }

  fileprivate func isMoreAdvanced(than other: Wizard.Operation) -> Bool {
    let (own, others) = (numbers, other.numbers)
    if own != others { return others.lexicographicallyPrecedes(own) }
    if self == other { return false }
    return other.texts.lexicographicallyPrecedes(texts)
  }

  private var numbers: [Int] {
    let rank =
      switch state {
      case .done: 2
      case .intent: 1
      case .skipped, .failed: 0
      }
    let origin =
      switch result {
      case .updated: 3
      case .created: 2
      case .unchanged: 1
      case nil: 0
      }
    // What a removal came from is no matter.
    let isMade = rank > 0 && kind != .deleteUnit
    return [
      rank, isMade ? origin : 0, epoch ?? -1, attempt, state == .skipped ? 1 : 0,
      remoteVersion ?? -1,
    ]
  }

  private var texts: [String] {
    [
      remoteID ?? "", id, digest ?? "", detail ?? "", result?.rawValue ?? "",
      source.map { "\($0.object) \($0.uid ?? "") \($0.resourceVersion ?? "")" }
        .joined(separator: "\n"), reason ?? "",
    ]
  }
}
