import Wizard

/// Operations of several states of a session, each change once.
///
/// Which change an operation is, its subject tells. Its name does not: two states may have
/// given one name to two changes, or two names to one.
package struct JoinedOperations {
  private(set) var all: [Operation] = []
  private var places: [Operation.Subject: Int] = [:]

  package init() {}

  package init(_ operations: some Sequence<Operation>) {
    for operation in operations { put(operation) }
  }

  /// What is known of the same change.
  package func known(like operation: Operation) -> Operation? {
    places[operation.subject].map { all[$0] }
  }

  /// In the place of what is known of the same change, or after all others.
  package mutating func put(_ operation: Operation) {
    if let place = places[operation.subject] {
      all[place] = operation
    } else {
      places[operation.subject] = all.count
      all.append(operation)
    }
  }

  /// All, each under a name of its own.
  package var named: [Operation] {
    var known = Set(all.map(\.id))
    var used: Set<String> = []
    return all.map { operation in
      var operation = operation
      guard !used.insert(operation.id).inserted else { return operation }
      var number = 2
      while known.contains("\(operation.id)-\(number)") { number += 1 }
      operation.id += "-\(number)"
      known.insert(operation.id)
      return operation
    }
  }

  /// The units that were removed again, so far as these operations know.
  package var removals: Set<OperationKey> { Set(all.filter(\.isRemoval).map(\.key)) }

  /// Those of them that were not created anew after that.
  package var gone: Set<OperationKey> {
    removals.subtracting(
      all.filter { $0.kind == .createUnit && ($0.state == .done || $0.state == .intent) }
        .map(\.key))
  }
}

extension Session {
  /// Takes over what another state of the session knows of ConfigHub. Of a change that both know,
  /// what was done counts, then the later attempt, then what may have been done; or the other's, if
  /// that state is the later one. A unit whose removal only one of them knows of was removed after
  /// all that the other tells of it.
  package mutating func join(_ others: some Sequence<Operation>, isLater: Bool = false) {
    let (own, theirs) = (JoinedOperations(operations), JoinedOperations(others))
    var joined = own
    for other in theirs.all {
      if !isLater, let known = joined.known(like: other), other.weight <= known.weight { continue }
      joined.put(other)
    }
    operations = OperationList(joined.named)
    let gone = own.gone.subtracting(theirs.removals)
      .union(theirs.gone.subtracting(own.removals))
    if !gone.isEmpty { recordRemoval(of: gone) }
  }
}

extension Operation {
  /// The more, the more is known of ConfigHub by it.
  fileprivate var weight: (Int, Int, Int) {
    (state == .done ? 1 : 0, attempt, state == .intent ? 1 : 0)
  }
}
