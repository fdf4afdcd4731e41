/// What a unit is to hold: every member, cleaned, as YAML documents separated by `---`.
public struct UnitContent: Hashable, Sendable {
  public var yaml: String
  /// SHA-256 of the YAML's UTF-8 bytes, lower-case hex.
  public var digest: String
  public var sources: [Operation.Source]

  public init(yaml: String, digest: String, sources: [Operation.Source]) {
    self.yaml = yaml
    self.digest = digest
    self.sources = sources
  }
}
