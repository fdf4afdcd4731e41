import TerminalText
import Wizard

/// In which order the units stand while they are written: those that failed, or wait for a decision,
/// before all others; and which one is written now. It is made again only when that has changed.
struct UnitOrder: Sendable {
  /// The places of those that come first, in the order of the units.
  private(set) var first: [Int] = []
  /// The place of the first unit that is written now.
  private(set) var running: Int?
  private var units: [UnitPlan] = []
  private var failures: [WorkloadKey: String] = [:]
  private var conflicts: Set<WorkloadKey> = []

  mutating func update(for state: WizardState) {
    let units = state.session.proposal?.units ?? []
    let isSame = units == self.units
    if !isSame || failures != state.failures || conflicts.count != state.conflicts.count
      || !conflicts.allSatisfy({ state.conflicts[$0] != nil })
    {
      (failures, conflicts) = (state.failures, Set(state.conflicts.keys))
      first =
        failures.isEmpty && conflicts.isEmpty
        ? []
        : units.indices.filter { failures[units[$0].id] != nil || conflicts.contains(units[$0].id) }
    }
    self.units = units
    find(state.running.values.compactMap { $0.work.unit?.id }, from: isSame ? running ?? 0 : 0)
  }

  /// It moves on by a little each time, so that few units are looked at.
  private mutating func find(_ ids: [WorkloadKey], from start: Int) {
    running = nil
    guard !ids.isEmpty else { return }
    let wanted = Set(ids)
    for step in units.indices {
      let place = (start + step) % units.count
      if wanted.contains(units[place].id) { return running = place }
    }
  }

  /// The place of the unit in that row.
  func place(ofRow row: Int) -> Int {
    if row < first.count { return first[row] }
    // So many of those that come first stand before it among the units.
    let number = row - first.count
    var (low, high) = (0, first.count)
    while low < high {
      let middle = (low + high) / 2
      if first[middle] - middle <= number { low = middle + 1 } else { high = middle }
    }
    return number + low
  }

  /// The row of what is written now.
  var runningRow: Int? {
    running.map { place in
      if let row = first.firstIndex(of: place) { return row }
      return first.count + place - first.count { $0 < place }
    }
  }
}

/// The units that were created, while they are bound; looked for again only when there are more.
struct CreatedUnits: Sendable {
  /// Among the units of the proposal.
  private(set) var places: [Int] = []
  private var units: [UnitPlan] = []
  private var count = 0

  mutating func update(for state: WizardState) {
    let units = state.session.proposal?.units ?? []
    guard units != self.units || count != state.session.createdCount else { return }
    (self.units, count) = (units, state.session.createdCount)
    places = units.indices.filter { state.operation(for: units[$0])?.state == .done }
  }
}

/// Units that are still to be tried, in the steps after they were to be created or bound.
struct Unfinished: Sendable {
  private(set) var count = 0
  private(set) var words: String?
  private var operations: OperationList = []
  private var step: Step?

  /// Nothing is looked for on a screen where they could not be tried again.
  mutating func update(for state: WizardState?) {
    guard let state else { return self = .init() }
    guard step != state.step || operations != state.session.operations else { return }
    (step, operations) = (state.step, state.session.operations)
    let units = state.unitsToRetry
    let unbound = units.isEmpty ? state.unboundCount : 0
    count = units.count + unbound
    guard count > 0 else { return words = nil }
    let isBinding = units.isEmpty
    let reason =
      isBinding
      ? state.session.operations.last { $0.kind == .setTarget && $0.state == .failed }?.reason
      : units.first.flatMap { state.operation(for: $0)?.reason }
    words =
      "\(plural(count, "unit")) \(isBinding ? "not bound" : "not created")"
      + (reason.map { ": \(cause($0))" } ?? ".")
  }
}

/// What tells most, as a row has little room: what was tried stands there already, and which request
/// it was is for whoever asks about it. `Could not create unit a in space b: HTTP 403 for req X:
/// denied` becomes `HTTP 403: denied`.
func cause(_ reason: String) -> String {
  let cause = wholeCause(reason)
  guard let request = cause.firstRange(of: " for req "),
    let end = cause[request.upperBound...].firstIndex(of: ":"),
    !cause[request.upperBound..<end].contains(" ")
  else { return cause }
  return String(cause[..<request.lowerBound] + cause[end...])
}

/// The same with the request, for where there is room.
func wholeCause(_ reason: String) -> String {
  guard reason.hasPrefix("Could not "), let end = reason.firstRange(of: ": ") else { return reason }
  return String(reason[end.upperBound...])
}
