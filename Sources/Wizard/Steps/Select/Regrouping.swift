/// A unit and where it stands in the proposal.
public struct PlacedUnit: Hashable, Sendable {
  public var unit: UnitPlan
  public var index: Int

  public init(_ unit: UnitPlan, at index: Int) {
    self.unit = unit
    self.index = index
  }
}

/// Other ways to divide the same members into units: merged, split, one moved. Each is an edit
/// that can be taken back, or a sentence that says why not.
struct Regrouping {
  var units: [UnitPlan]

  struct Refusal: Error {
    var sentence: String
    var ways: [Way] = []
  }

  /// The members of one unit go into another one, which keeps its name and labels.
  func merge(_ id: WorkloadKey, into name: String) throws(Refusal) -> Edit {
    let source = try index(of: id)
    let name = units[source].renamed(name).name
    guard let target = units.index(named: name) else {
      throw Refusal(sentence: "There is no unit \(name) to merge with.")
    }
    guard target != source else { throw Refusal(sentence: "\(name) is this unit itself.") }
    var merged = units[target]
    merged.members = Naming.inApplyOrder(merged.members + units[source].members)
    return edit(
      "\(units[source].name) merged into \(name)", removing: [source, target],
      adding: [(merged, at: target)])
  }

  /// One unit for each workload of it, with what the scan says belongs to that.
  func split(_ id: WorkloadKey, among workloads: [Workload]) throws(Refusal) -> Edit {
    let source = try index(of: id)
    let unit = units[source]
    let own = workloads.filter { unit.members.contains($0.reference) }
    guard own.count > 1 else {
      throw Refusal(
        sentence: "\(unit.name) holds one workload.",
        ways: [Way(.open, "shows what it holds and can move some of it")])
    }
    var parts = Naming.propose(for: own, layout: unit.space == nil ? .appSpace : .component).units
    let shared = Set(unit.members)
    for index in parts.indices { parts[index].members.removeAll { !shared.contains($0) } }
    let placed = Set(parts.flatMap(\.members))
    parts[0].members = Naming.inApplyOrder(
      parts[0].members + unit.members.filter { !placed.contains($0) })
    var taken = Set(units.lazy.filter { $0.id != id }.map { UnitPlan.folded($0.name) })
    for index in parts.indices {
      parts[index].space = unit.space
      parts[index].findFreeName(besides: &taken)
    }
    return edit(
      "\(unit.name) split", removing: [source], adding: parts.map { ($0, at: source) })
  }

  /// A member goes to the unit of that name, or to a new one.
  func move(
    _ member: ObjectReference, of id: WorkloadKey, to name: String
  ) throws(Refusal) -> Edit {
    let source = try index(of: id)
    var unit = units[source]
    guard unit.members.contains(member) else {
      throw Refusal(sentence: "\(unit.name) does not hold \(member.kind) \(member.name).")
    }
    var new = unit.renamed(name)
    guard !unit.isNamed(new.name) else {
      throw Refusal(sentence: "\(member.kind) \(member.name) is in \(unit.name) already.")
    }
    guard new.hasValidName else {
      throw Refusal(sentence: "\"\(name)\": \(Naming.slugRule).")
    }
    unit.members.removeAll { $0 == member }
    var removed = [source]
    var added: [(UnitPlan, at: Int)] = []
    if let rest = unit.members.first {
      if unit.id == member.unitKey { unit.id = firstKey(of: unit) ?? rest.unitKey }
      added.append((unit, at: source))
    }
    if let target = units.index(named: new.name) {
      var other = units[target]
      other.members = Naming.inApplyOrder(other.members + [member])
      removed.append(target)
      added.append((other, at: target))
    } else {
      (new.id, new.members) = (member.unitKey, [member])
      added.append((new, at: source))
    }
    return edit(
      "\(member.kind) \(member.name) moved to \(new.name)", removing: removed, adding: added)
  }

  /// The key of the first workload, which is not the first member where that is a ConfigMap.
  private func firstKey(of unit: UnitPlan) -> WorkloadKey? {
    unit.workloads.first
  }

  private func index(of id: WorkloadKey) throws(Refusal) -> Int {
    guard let index = units.firstIndex(where: { $0.id == id }) else {
      throw Refusal(sentence: "There is no such unit.")
    }
    return index
  }

  private func edit(
    _ title: String, removing indices: [Int], adding: [(unit: UnitPlan, at: Int)]
  ) -> Edit {
    let removed = indices.sorted().map { PlacedUnit(units[$0], at: $0) }
    var places: [PlacedUnit] = []
    // Where a unit stands is counted after the removed ones are gone and those before it are in.
    for (number, new) in adding.sorted(by: { $0.at < $1.at }).enumerated() {
      let before = indices.count { $0 < new.at }
      places.append(PlacedUnit(new.unit, at: new.at - before + number))
    }
    return .units(title: title, removed: removed, added: places)
  }
}
