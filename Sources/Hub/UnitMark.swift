/// What says that a unit is ours: which session made it, with which operation, of which content.
/// Kept as labels, because every cub can write and list them.
public struct UnitMark: Hashable, Sendable {
  public var session: String
  public var operation: String
  /// SHA-256 of the content in lower-case hex. Read back from a unit's labels it has only the
  /// first 32 characters.
  public var digest: String

  public init(session: String, operation: String, digest: String) {
    self.session = session
    self.operation = operation
    self.digest = digest
  }

  /// `nil` unless all three labels are there.
  public init?(labels: [String: String]) {
    guard let session = labels[Label.session], let operation = labels[Label.operation],
      let digest = labels[Label.digest]
    else { return nil }
    self.init(session: session, operation: operation, digest: digest)
  }

  /// `MapImportSession`, `MapImportOperation` and `MapImportDigest`.
  public var labels: [String: String] {
    [Label.session: session, Label.operation: operation, Label.digest: shortDigest]
  }

  /// `map-import SESSION OPERATION sha256:DIGEST`, at most the 512 characters that ConfigHub keeps.
  public var changeDescription: String {
    String("map-import \(session) \(operation) sha256:\(digest)".prefix(512))
  }

  /// True if both name the same session, operation and content, whichever of them was read back.
  public func isSame(as other: UnitMark) -> Bool {
    session == other.session && operation == other.operation && shortDigest == other.shortDigest
  }

  private var shortDigest: String { String(digest.prefix(32)) }

  private enum Label {
    static let session = "MapImportSession"
    static let operation = "MapImportOperation"
    static let digest = "MapImportDigest"
  }
}
