/// Names of units as a person reads and types them: `SLUG`, or `SPACE/SLUG` where each has a Space of
/// its own.
extension UnitPlan {
  /// The same under another name; one that names no Space stays in its own.
  public func renamed(_ name: String) -> UnitPlan {
    var unit = self
    unit.take(name: name)
    return unit
  }

  /// ConfigHub takes the name, and that of its Space.
  public var hasValidName: Bool {
    [slug, space].compactMap(\.self).allSatisfy(Naming.isValidSlug)
  }
}

/// The one rule of which names are the same: letters that differ in case do not make two of them.
extension UnitPlan {
  static func folded(_ name: String) -> String { name.lowercased() }

  /// A number behind its slug makes it free, if it is not.
  ///
  /// - Parameter taken: the folded names of the other units; the new name is added.
  mutating func findFreeName(besides taken: inout Set<String>) {
    let slug = slug
    var number = 2
    while !taken.insert(Self.folded(name)).inserted {
      self.slug = "\(slug)-\(number)"
      number += 1
    }
  }

  public func isNamed(_ name: String) -> Bool { Self.folded(self.name) == Self.folded(name) }
}

extension [UnitPlan] {
  /// Where the unit of that name is, if there is one.
  func index(named name: String) -> Int? { firstIndex { $0.isNamed(name) } }

  /// The slugs that are taken in the Space of a unit, folded; its own among them.
  func slugs(inSpaceOf unit: UnitPlan) -> Set<String> {
    Set(lazy.filter { $0.space == unit.space }.map { UnitPlan.folded($0.slug) })
  }
}

extension Proposal {
  /// Another unit of that name.
  public func unit(named name: String, besides id: WorkloadKey) -> UnitPlan? {
    units.first { $0.id != id && $0.isNamed(name) }
  }
}
