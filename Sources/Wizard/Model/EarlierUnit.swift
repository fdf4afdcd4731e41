/// Where another session has put a workload into ConfigHub, and did not remove it again.
public struct EarlierUnit: Hashable, Sendable {
  public var session: String
  public var key: OperationKey
  /// The session made it; it may as well have found it there with the same content.
  public var isMade: Bool

  public init(session: String, key: OperationKey, isMade: Bool) {
    self.session = session
    self.key = key
    self.isMade = isMade
  }
}

extension SessionHeader {
  /// Some of what it made may be what a session holds, too: it is of the same cluster and organisation.
  public func mayHaveImported(whatIsIn session: Session) -> Bool {
    guard id != session.id, counts.created > 0 else { return false }
    if let hub, session.hub?.isSamePlace(as: hub) == false { return false }
    guard let uid = cluster.uid, let own = session.cluster.uid else {
      return cluster.context == session.cluster.context
        && cluster.server == session.cluster.server
    }
    return uid == own
  }
}

extension Session {
  /// The units of this session whose workloads another one has put into units of other names. Of a
  /// unit without workloads, its first object counts.
  public func unitsElsewhere(in other: Session) -> [WorkloadKey: EarlierUnit] {
    guard let proposal else { return [:] }
    let removed = Set(other.operations.filter(\.isRemoval).map(\.key))
    var holders: [WorkloadKey: [OperationKey: EarlierUnit]] = [:]
    for operation in other.operations
    where operation.kind == .createUnit && operation.state == .done
      && !removed.contains(operation.key)
    {
      let unit = EarlierUnit(
        session: other.id, key: operation.key, isMade: operation.result != .unchanged)
      for source in operation.source {
        holders[source.object.unitKey, default: [:]][operation.key] = unit
      }
    }
    return proposal.units.reduce(into: [:]) { found, unit in
      let own = proposal.key(of: unit)
      let objects = unit.workloads.isEmpty ? [unit.id] : unit.workloads
      let earlier = objects.compactMap { holders[$0] }
      guard earlier.allSatisfy({ $0[own] == nil }) else { return }
      found[unit.id] = earlier.flatMap(\.values).min { $0.key < $1.key }
    }
  }
}

extension WizardState {
  /// Units that are about to be created although another session has their workloads in others.
  public var createdTwice: [EarlierUnit] {
    if earlierUnits.isEmpty { return [] }
    return (session.proposal?.units ?? []).compactMap { unit in
      outlook(of: unit) == .create ? earlierUnits[unit.id] : nil
    }
  }

  /// What is said of them; `nil` where there is none.
  public var createdTwiceSentence: String? {
    let found = createdTwice
    guard let first = found.first else { return nil }
    let others = Set(found.map(\.session)).count - 1
    return
      (found.count == 1
      ? "1 unit is of what ConfigHub has already, as unit \(first.key)"
      : "\(found.count) units are of what ConfigHub has already, unit \(first.key) the first")
      + ", by session \(first.session)\(others > 0 ? " and \(others) more" : ""): it would be there "
      + "twice."
      + (first.isMade
        ? " `map-import sessions undo \(first.session)` takes that import back." : "")
  }
}

extension Reducer {
  /// Before the confirmation, so that nothing is made a second time under another name unknowingly.
  mutating func findEarlierUnits() {
    state.earlierUnits = [:]
    begin(.findEarlierUnits(state.session))
  }

  mutating func earlierUnitsFound(_ units: [WorkloadKey: EarlierUnit], of session: Session) {
    guard session.proposal == state.session.proposal else { return findEarlierUnits() }
    state.earlierUnits = units
    warnOfSecondUnits()
  }

  /// A person has it on the screen.
  mutating func warnOfSecondUnits() {
    guard state.answers.run.isUnattended, state.phase == .confirming, state.canConfirm,
      let sentence = state.createdTwiceSentence, !state.warnings.contains(sentence)
    else { return }
    state.warnings.append(sentence)
  }
}
