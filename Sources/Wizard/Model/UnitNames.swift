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
