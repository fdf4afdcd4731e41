/// A unit as it will be written, and the live objects it comes from.
public struct UnitPreview: Hashable, Sendable {
  public struct LiveLine: Hashable, Sendable {
    public var text: String
    /// True for what is left out of the unit: the cluster wrote it.
    public var isLeftOut: Bool

    public init(_ text: String, isLeftOut: Bool) {
      self.text = text
      self.isLeftOut = isLeftOut
    }
  }

  /// A line of two texts that are compared.
  public struct Difference: Hashable, Sendable {
    public enum Sort: Sendable { case both, onlyInConfigHub, onlyHere }

    public var sort: Sort
    public var text: String

    public init(_ sort: Sort, _ text: String) {
      self.sort = sort
      self.text = text
    }
  }

  public var slug: String
  public var written: [String]
  public var live: [LiveLine]
  /// Set where it was compared with what ConfigHub has; then nothing else is shown.
  public var differences: [Difference]?

  public init(
    slug: String, written: [String], live: [LiveLine] = [], differences: [Difference]? = nil
  ) {
    self.slug = slug
    self.written = written
    self.live = live
    self.differences = differences
  }
}
