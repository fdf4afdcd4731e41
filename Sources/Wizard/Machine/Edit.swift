/// One change of a choice, small enough to keep many and to take any of them back.
public enum Edit: Hashable, Sendable {
  case namespaces(added: [String], removed: [String])
  case workloads(added: WorkloadSet, removed: WorkloadSet)
  case appSpace(from: String, to: String)
  case hub(from: String, to: String)
  case slug(unit: WorkloadKey, from: String, to: String)
  /// The unit and where it stood.
  case leaveOut(UnitPlan, at: Int)
  case putBack(UnitPlan, at: Int)
  case labels(unit: WorkloadKey, from: [String: String], to: [String: String])
  /// Several units at once: divided otherwise, labelled, left out or taken back; `title` is for a
  /// notice. What is in none of them any more is not chosen any more.
  case units(title: String, removed: [PlacedUnit], added: [PlacedUnit])
  /// All of it, as a person has edited it in a file.
  case proposal(from: Proposal, to: Proposal)

  /// The step on whose screen it is made.
  public var step: Step {
    switch self {
    case .namespaces: .scan
    case .workloads: .review
    case .appSpace, .hub, .slug, .leaveOut, .putBack, .labels, .units, .proposal: .select
    }
  }

  /// How many rows it names.
  public var rows: Int {
    switch self {
    case .namespaces(let added, let removed): added.count + removed.count
    case .workloads(let added, let removed): added.count + removed.count
    case .appSpace, .hub, .slug, .leaveOut, .putBack, .labels: 1
    case .units(_, let removed, let added): removed.count + added.count
    case .proposal(let from, let to): from.units.count + to.units.count
    }
  }

  /// The same without a scan that it was made in.
  var copied: Edit {
    guard case .workloads(let added, let removed) = self else { return self }
    return .workloads(added: added.copied, removed: removed.copied)
  }

  public var inverse: Edit {
    switch self {
    case .namespaces(let added, let removed): .namespaces(added: removed, removed: added)
    case .workloads(let added, let removed): .workloads(added: removed, removed: added)
    case .appSpace(let from, let to): .appSpace(from: to, to: from)
    case .hub(let from, let to): .hub(from: to, to: from)
    case .slug(let unit, let from, let to): .slug(unit: unit, from: to, to: from)
    case .leaveOut(let unit, let index): .putBack(unit, at: index)
    case .putBack(let unit, let index): .leaveOut(unit, at: index)
    case .labels(let unit, let from, let to): .labels(unit: unit, from: to, to: from)
    case .units(let title, let removed, let added):
      .units(title: title, removed: added, added: removed)
    case .proposal(let from, let to): .proposal(from: to, to: from)
    }
  }

  /// What was changed, for a notice.
  var title: String {
    func list(_ names: [String]) -> String {
      names.count == 1 ? names[0] : "\(names.count) of them"
    }
    return switch self {
    case .namespaces(let added, let removed): "namespaces: \(list(added + removed))"
    case .workloads(let added, let removed):
      "workloads: \(list((Array(added) + Array(removed)).map(\.name)))"
    case .appSpace(_, let to): "App Space \(to)"
    case .hub(_, let to): "hub \(to)"
    case .slug(_, _, let to): "unit \(to)"
    case .leaveOut(let unit, _): "unit \(unit.name) left out"
    case .putBack(let unit, _): "unit \(unit.name) put back"
    case .labels(let unit, _, _): "labels of \(unit.name)"
    case .units(let title, _, _): title
    case .proposal(let from, let to) where from.layout != to.layout:
      "layout \(to.layout.rawValue)"
    case .proposal(let from, let to) where from.unitContents != to.unitContents:
      "one unit for each \(to.unitContents.rawValue)"
    case .proposal(let from, let to) where from.unclaimed != to.unclaimed:
      to.unclaimed == .units ? "the other objects as units" : "the other objects left out"
    case .proposal(let from, let to) where from.replicas != to.replicas && from.units == to.units:
      "replicas as the \(to.replicas.rawValue) has them"
    case .proposal: "the proposal as it was edited"
    }
  }
}
