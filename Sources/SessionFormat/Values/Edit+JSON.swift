import Wizard

extension Edit {
  private enum Kind: String {
    case namespaces, workloads, slug, hub, labels, units, proposal
    case appSpace = "app_space"
    case leaveOut = "leave_out"
    case putBack = "put_back"
  }

  /// Edits of one kind have the same keys, so one is as good as another to keep unknown ones.
  static let jsonKeys = ["edit", "from", "to", "index"]

  /// - Parameter workloads: those of the file that the session names; many of them are said by
  ///   where they are in it.
  package func draft(in workloads: [Workload]) -> Draft {
    guard let places = places(in: workloads) else { return draft }
    return .object([
      "edit": .text(Kind.workloads.rawValue), "added": nil, "removed": nil,
      "added_places": .text(Places(places.added).text),
      "removed_places": .text(Places(places.removed).text),
    ])
  }

  /// `nil` for an edit that is short, or not of these workloads.
  private func places(in workloads: [Workload]) -> (added: [Int], removed: [Int])? {
    guard case .workloads(let added, let removed) = self,
      added.count + removed.count > SessionPart.longestEdit,
      let come = added.isEmpty ? [] : added.places(in: workloads),
      let gone = removed.isEmpty ? [] : removed.places(in: workloads)
    else { return nil }
    return (come, gone)
  }

  /// True if it is written into a file of its own.
  func isPart(in workloads: [Workload]) -> Bool {
    rows > SessionPart.longestEdit && places(in: workloads) == nil
  }

  /// What stands in the session's file for one that has a file of its own.
  package static func draft(inPart digest: String) -> Draft {
    .object(["edit_file": .text(digest)])
  }

  package var draft: Draft {
    func names(_ kind: Kind, _ from: String, _ to: String) -> [String: Draft?] {
      ["edit": .text(kind.rawValue), "from": .text(from), "to": .text(to)]
    }
    func keys(_ keys: WorkloadSet) -> Draft {
      .list(
        count: keys.count, item: { .object(keys[$0].fields) }, identifiedBy: WorkloadKey.jsonKeys)
    }
    return switch self {
    case .namespaces(let added, let removed):
      .object([
        "edit": .text(Kind.namespaces.rawValue), "added": .texts(added), "removed": .texts(removed),
      ])
    case .workloads(let added, let removed):
      .object([
        "edit": .text(Kind.workloads.rawValue), "added": keys(added), "removed": keys(removed),
      ])
    case .appSpace(let from, let to): .object(names(.appSpace, from, to))
    case .hub(let from, let to): .object(names(.hub, from, to))
    case .slug(let unit, let from, let to):
      .object(names(.slug, from, to).merging(["unit": .object(unit.fields)]) { $1 })
    case .leaveOut(let unit, let index):
      .object([
        "edit": .text(Kind.leaveOut.rawValue), "plan": unit.draft, "index": .integer(index),
      ])
    case .putBack(let unit, let index):
      .object([
        "edit": .text(Kind.putBack.rawValue), "plan": unit.draft, "index": .integer(index),
      ])
    case .labels(let unit, let from, let to):
      .object([
        "edit": .text(Kind.labels.rawValue), "unit": .object(unit.fields),
        "before": .object(["labels": .map(from)]),
        "after": .object(["labels": .map(to)]),
      ])
    case .proposal(let from, let to):
      .object([
        "edit": .text(Kind.proposal.rawValue), "before": from.draft, "after": to.draft,
      ])
    case .units(let title, let removed, let added):
      .object([
        "edit": .text(Kind.units.rawValue), "title": .text(title),
        "removed": .list(removed, identifiedBy: WorkloadKey.jsonKeys, \.draft),
        "added": .list(added, identifiedBy: WorkloadKey.jsonKeys, \.draft),
      ])
    }
  }

  /// - Parameter workloads: what places are said of.
  package init(_ field: Field, in workloads: [Workload] = []) throws(InvalidSession) {
    guard let kind: Kind = try field["edit"].choice() else { throw field["edit"].missing }
    func keys(_ field: Field) throws(InvalidSession) -> WorkloadSet {
      var keys: [WorkloadKey] = []
      for item in try field.list() { keys.append(try WorkloadKey(item)) }
      return WorkloadSet(keys)
    }
    switch kind {
    case .namespaces:
      self = .namespaces(added: try field["added"].texts(), removed: try field["removed"].texts())
    case .workloads:
      func named(_ name: String) throws(InvalidSession) -> WorkloadSet {
        guard let text = try field["\(name)_places"].optionalText() else {
          return try keys(field[name])
        }
        return WorkloadSet(of: workloads, at: try Places(text, below: workloads.count).indices)
      }
      self = .workloads(added: try named("added"), removed: try named("removed"))
    case .appSpace: self = .appSpace(from: try field["from"].text(), to: try field["to"].text())
    case .hub: self = .hub(from: try field["from"].text(), to: try field["to"].text())
    case .slug:
      self = .slug(
        unit: try WorkloadKey(field["unit"]), from: try field["from"].text(),
        to: try field["to"].text())
    case .leaveOut:
      self = .leaveOut(try UnitPlan(field["plan"]), at: try field["index"].integer() ?? 0)
    case .putBack:
      self = .putBack(try UnitPlan(field["plan"]), at: try field["index"].integer() ?? 0)
    case .labels:
      self = .labels(
        unit: try WorkloadKey(field["unit"]), from: try field["before"]["labels"].map(),
        to: try field["after"]["labels"].map())
    case .proposal:
      self = .proposal(from: try Proposal(field["before"]), to: try Proposal(field["after"]))
    case .units:
      self = .units(
        title: try field["title"].text(), removed: try PlacedUnit.list(field["removed"]),
        added: try PlacedUnit.list(field["added"]))
    }
  }
}

extension Proposal {
  /// Not written where it is as usual, so that older programs read the file as it is meant.
  package var layoutDraft: Draft? { layout == .appSpace ? nil : .text(layout.rawValue) }
  package var unitContentsDraft: Draft? {
    unitContents == .app ? nil : .text(unitContents.rawValue)
  }

  package var replicasDraft: Draft? { replicas == .autoscaler ? nil : .text(replicas.rawValue) }

  package var unclaimedDraft: Draft? { unclaimed == .leftOut ? nil : .text(unclaimed.rawValue) }

  fileprivate var draft: Draft {
    .object([
      "app_space": .text(appSpace), "hub": .text(hub), "layout": layoutDraft,
      "unit_contents": unitContentsDraft, "replicas": replicasDraft, "unclaimed": unclaimedDraft,
      "units": .list(units, identifiedBy: WorkloadKey.jsonKeys, \.draft),
    ])
  }

  package init(_ field: Field) throws(InvalidSession) {
    try self.init(
      field, hub: try field["hub"].text(), appSpace: try field["app_space"].text())
  }

  package init(_ field: Field, hub: String, appSpace: String) throws(InvalidSession) {
    self.init(
      hub: hub, appSpace: appSpace, layout: try field["layout"].choice() ?? .appSpace,
      unitContents: try field["unit_contents"].choice() ?? .app,
      replicas: try field["replicas"].choice() ?? .autoscaler,
      unclaimed: try field["unclaimed"].choice() ?? .leftOut,
      units: try UnitPlan.list(field["units"]))
  }
}

extension PlacedUnit {
  fileprivate var draft: Draft {
    .object(unit.fields.merging(["index": .integer(index)]) { $1 })
  }

  fileprivate static func list(_ field: Field) throws(InvalidSession) -> [PlacedUnit] {
    var units: [PlacedUnit] = []
    for item in try field.list() {
      units.append(PlacedUnit(try UnitPlan(item), at: try item["index"].integer() ?? 0))
    }
    return units
  }
}
