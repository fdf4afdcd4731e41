/// A Space that is to be there before anything is put into it.
public struct SpacePlan: Hashable, Sendable {
  public var slug: String
  /// Which variant of which component it is; both `nil` for the App Space.
  public var component: String?
  public var variant: String?
  public var labels: [String: String]

  public init(
    slug: String, component: String? = nil, variant: String? = nil, labels: [String: String] = [:]
  ) {
    self.slug = slug
    self.component = component
    self.variant = variant
    self.labels = labels
  }

  /// For a sentence.
  public var title: String { component == nil ? "App Space \(slug)" : "Space \(slug)" }
}

/// What a Space holds, as it was listed last.
public struct SpaceListing: Hashable, Sendable {
  public var exists: Bool
  /// By slug.
  public var units: [String: ListedUnit]

  public init(exists: Bool, units: [String: ListedUnit] = [:]) {
    self.exists = exists
    self.units = units
  }
}

extension Proposal {
  /// The slugs of all Spaces, the App Space first; the others in the order of their first units.
  public var spaceSlugs: [String] {
    var slugs = [appSpace]
    guard layout == .component else { return slugs }
    var seen: Set = [appSpace]
    for unit in units where seen.insert(space(of: unit)).inserted {
      slugs.append(space(of: unit))
    }
    return slugs
  }

  /// The same, with what each of them is made with.
  public var spaces: [SpacePlan] {
    let units = unitsBySpace
    return spaceSlugs.map { plan(ofSpace: $0, holding: units[$0] ?? []) }
  }

  var unitsBySpace: [String: [UnitPlan]] { Dictionary(grouping: units, by: space(of:)) }

  /// What the Space of these units is made with.
  func plan(ofSpace slug: String, holding units: [UnitPlan]) -> SpacePlan {
    guard layout == .component else {
      return SpacePlan(slug: appSpace, labels: labels(of: self.units))
    }
    guard slug != appSpace, !units.isEmpty else {
      return SpacePlan(slug: slug, labels: ["Hub": hub])
    }
    let component = units.lazy.compactMap { $0.hubLabels["Component"] }.first
    let start = component.map { Naming.slug($0) + "-" } ?? ""
    // Of one that no label tells, the name does.
    let variant =
      units.lazy.compactMap { $0.hubLabels["Variant"] }.first
      ?? String(slug.hasPrefix(start) ? slug.dropFirst(start.count) : slug[...])
    return SpacePlan(
      slug: slug, component: component ?? slug, variant: variant, labels: labels(of: units))
  }

  /// The hub, and the well-known labels on which all these units agree: a Space is one variant of
  /// something. `Component` is not among them: of a Space it is an entity today, no label.
  private func labels(of units: [UnitPlan]) -> [String: String] {
    let keys: Set = ["Variant", "Environment", "Region", "Layer", "Owner"]
    var common = units.first?.hubLabels.filter { keys.contains($0.key) } ?? [:]
    for unit in units.dropFirst() where !common.isEmpty {
      let labels = unit.hubLabels
      common = common.filter { labels[$0.key] == $0.value }
    }
    return common.merging(["Hub": hub]) { $1 }
  }
}

extension Operation {
  /// The Space that the key names: the whole of it for what is done to a Space itself.
  public var space: String { key.space }
}

extension WizardState {
  /// What ConfigHub has under the unit's name, as it was listed last.
  public func listed(_ unit: UnitPlan) -> ListedUnit? {
    guard let proposal = session.proposal else { return nil }
    return listings[proposal.space(of: unit)]?.units[unit.slug]
  }

  /// `nil` as long as that is not known.
  public func exists(_ space: String) -> Bool? { listings[space]?.exists }

  /// Each Space was looked at since that was last needed.
  public var isListed: Bool {
    guard let proposal = session.proposal else { return false }
    guard spaceIndex.isUpToDate(with: proposal) else {
      return proposal.spaceSlugs.allSatisfy { listings[$0] != nil }
    }
    return spaceIndex.slugs[spaceIndex.firstUnlisted...].allSatisfy { listings[$0] != nil }
  }

  /// The key of the operations on a unit.
  func key(of unit: UnitPlan) -> OperationKey {
    session.proposal?.key(of: unit) ?? OperationKey(text: unit.slug)
  }

  /// The operation that creates or updates a unit.
  func subject(of unit: UnitPlan) -> Operation.Subject { .init(.createUnit, key(of: unit)) }
}
