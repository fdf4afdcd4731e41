/// A session that ConfigHub keeps, and this machine does not: what is told of it before it is read.
/// All of it is text from outside.
public struct Arrival: Hashable, Sendable {
  /// The unit, and its Space.
  public var slug: String
  public var space: String
  public var lineage: String
  public var user: String?
  public var cluster: String?
  public var step: String?
  /// Who drives it, and who was to get it.
  public var holder: Holder?
  public var handedTo: String?
  /// By ConfigHub's clock.
  public var savedAt: Timestamp?

  public init(
    slug: String, space: String, lineage: String, user: String? = nil, cluster: String? = nil,
    step: String? = nil, holder: Holder? = nil, handedTo: String? = nil, savedAt: Timestamp? = nil
  ) {
    self.slug = slug
    self.space = space
    self.lineage = lineage
    self.user = user
    self.cluster = cluster
    self.step = step
    self.holder = holder
    self.handedTo = handedTo
    self.savedAt = savedAt
  }

  /// `nil` for one that says nothing by which it could be told from others.
  init?(_ session: TeamSession) {
    guard let lineage = session.lineage else { return nil }
    self.init(
      slug: session.slug, space: session.space, lineage: lineage, user: session.user,
      cluster: session.cluster, step: session.step?.rawValue, holder: session.hold?.holder,
      handedTo: session.hold?.handedTo, savedAt: session.savedAt)
  }

  /// Whether it is of that user: begun or driven by them, or handed to them.
  public func isFor(_ name: String) -> Bool {
    handedTo == name || holder?.user == name || (user == name && holder == nil && handedTo == nil)
      || (user == name && holder?.user == name)
  }
}
