/// How far a scan is, for one resource.
public struct ScanProgress: Hashable, Sendable {
  /// The resource, as the API names it: `deployments`.
  public var resource: String
  public var read: Int
  /// `nil` while the server has not said how many there are.
  public var total: Int?

  public init(resource: String, read: Int, total: Int?) {
    self.resource = resource
    self.read = read
    self.total = total
  }
}
