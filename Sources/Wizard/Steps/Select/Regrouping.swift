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

  /// The members of units go into another one, or into one of them, which keeps its name and labels.
  /// Under a name that no unit has, several become one that has it, and the labels of the first.
  func merge(_ ids: [WorkloadKey], into name: String) throws(Refusal) -> Edit {
    let sources = try indices(of: ids)
    let first = sources[0]
    let renamed = units[first].renamed(name)
    let isNew = units.index(named: renamed.name) == nil
    let target = units.index(named: renamed.name) ?? first
    guard !isNew || sources.count > 1 else {
      throw Refusal(sentence: "There is no unit \(renamed.name) to merge with.")
    }
    guard sources != [target] else {
      throw Refusal(sentence: "\(renamed.name) is this unit itself.")
    }
    guard !isNew || renamed.hasValidName else {
      throw Refusal(sentence: "\"\(name)\": \(Naming.slugRule).")
    }
    var merged = isNew ? renamed : units[target]
    let others = sources.filter { $0 != target }
    merged.members = Naming.inApplyOrder(
      units[target].members + others.flatMap { units[$0].members })
    let what = sources.count == 1 ? units[first].name : "\(sources.count) units"
    return edit(
      "\(what) merged into \(merged.name)", removing: others + [target],
      adding: [(merged, at: target)])
  }

  /// One unit for each workload of it, with what the scan says belongs to that.
  func split(_ id: WorkloadKey, among workloads: [Workload]) throws(Refusal) -> Edit {
    let source = try indices(of: [id])[0]
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

  /// Members go to the unit of that name, or to a new one.
  func move(
    _ members: [ObjectReference], of id: WorkloadKey, to name: String
  ) throws(Refusal) -> Edit {
    let source = try indices(of: [id])[0]
    var unit = units[source]
    let held = Set(unit.members)
    guard let member = members.first, let what = members.words else {
      throw Refusal(sentence: "There is nothing to move.")
    }
    if let stranger = members.first(where: { !held.contains($0) }) {
      throw Refusal(sentence: "\(unit.name) does not hold \(stranger.kind) \(stranger.name).")
    }
    var new = unit.renamed(name)
    guard !unit.isNamed(new.name) else {
      let verb = members.count == 1 ? "is" : "are"
      throw Refusal(sentence: "\(what) \(verb) in \(unit.name) already.")
    }
    guard new.hasValidName else {
      throw Refusal(sentence: "\"\(name)\": \(Naming.slugRule).")
    }
    let moved = Set(members)
    unit.members.removeAll(where: moved.contains)
    var removed = [source]
    var added: [(UnitPlan, at: Int)] = []
    if let rest = unit.members.first {
      if members.contains(where: { $0.unitKey == unit.id }) {
        unit.id = firstKey(of: unit) ?? rest.unitKey
      }
      added.append((unit, at: source))
    }
    if let target = units.index(named: new.name) {
      var other = units[target]
      other.members = Naming.inApplyOrder(other.members + members)
      removed.append(target)
      added.append((other, at: target))
    } else {
      new.members = Naming.inApplyOrder(members)
      new.id = firstKey(of: new) ?? member.unitKey
      added.append((new, at: source))
    }
    return edit("\(what) moved to \(new.name)", removing: removed, adding: added)
  }

  /// The key of the first workload, which is not the first member where that is a ConfigMap.
  private func firstKey(of unit: UnitPlan) -> WorkloadKey? {
    unit.workloads.first
  }

  /// Where the units are, in their order; at least one.
  private func indices(of ids: [WorkloadKey]) throws(Refusal) -> [Int] {
    let wanted = Set(ids)
    let indices = units.indices.filter { wanted.contains(units[$0].id) }
    guard !indices.isEmpty, indices.count == wanted.count else {
      throw Refusal(sentence: "There is no such unit.")
    }
    return indices
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

extension [ObjectReference] {
  /// `Service api`, or how many they are; `nil` if there are none.
  fileprivate var words: String? {
    count > 1 ? "\(count) objects" : first.map { "\($0.kind) \($0.name)" }
  }
}
