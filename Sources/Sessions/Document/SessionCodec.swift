import Documents
import Wizard

/// A session together with the file it was read from, whose unknown keys are kept when it is
/// written again.
public struct SessionDocument: Hashable, Sendable {
  public var session: Session
  /// What the file said; `nil` for a session that never had one.
  public let original: JSONValue?

  public init(session: Session, original: JSONValue? = nil) {
    self.session = session
    self.original = original
  }
}

/// How far a session file that can be read is to be trusted.
public enum Standing: Hashable, Sendable {
  case sound
  /// Its digest is wrong or gone, but the rest is in order.
  case editedByHand
  /// Written by a later major version: to be looked at, never written.
  case newer(version: String)
}

/// The session file's JSON and `Session`, each from the other.
public enum SessionCodec {
  /// No larger file is read or written, in bytes: room for a hundred thousand workloads.
  public static let sizeLimit = 128 * 1024 * 1024
  /// Beyond it nobody reads a file by eye, and it is written in the narrowest layout.
  static let prettyLimit = 512 * 1024

  /// What the first files did not have. Damage may take several of them away at once.
  static let ownKeys = [
    "generation", "history", "identity", "integrity", "lineage", "logs", "operations", "redo",
    "scope", "steps_skipped", "sync", "undo",
  ]

  private static let version = "1.0"

  /// The file's bytes, with the digest in place. Throws if the session breaks a rule of the file
  /// or is too large for one, in the narrowest layout.
  ///
  /// - Parameter parts: what was written before, and is written now.
  static func encode(
    _ document: SessionDocument, reusing parts: inout EncodedParts
  ) throws(InvalidSession) -> [UInt8] {
    try document.session.validate()
    var fields = document.session.fields
    var version = version
    if let original = document.original { version = try Field(original)["version"].text() }
    guard try majorVersion(version) == 1 else {
      throw InvalidSession(reason: "a later version of this program wrote it", isNewer: true)
    }
    fields["version"] = .text(version)
    fields["integrity"] = .object(["sha256": .text(Integrity.placeholder)])
    for key in EncodedParts.keys { fields[key] = .some(nil) }
    let value = Draft.object(fields).merged(over: document.original)

    guard
      var bytes = text(of: document, value, pretty: true, atMost: prettyLimit, &parts)
        ?? text(of: document, value, pretty: false, atMost: sizeLimit, &parts)
    else {
      throw InvalidSession(
        reason: "it would be more than the \(sizeLimit) bytes that a session may have. Import "
          + "fewer workloads at a time")
    }
    Integrity.seal(&bytes)
    return bytes
  }

  /// The same, where nothing was written before.
  static func encode(_ document: SessionDocument) throws(InvalidSession) -> [UInt8] {
    var parts = EncodedParts()
    return try encode(document, reusing: &parts)
  }

  /// - Parameter rest: the members besides those of `parts`.
  private static func text(
    of document: SessionDocument, _ rest: JSONValue, pretty: Bool, atMost limit: Int,
    _ parts: inout EncodedParts
  ) -> [UInt8]? {
    guard var members = parts.members(of: document, pretty: pretty, atMost: limit) else {
      return nil
    }
    for (key, value) in rest.object ?? [:] {
      members[key] = value.serializedPart(pretty: pretty, depth: 1, atMost: limit)
      if members[key] == nil { return nil }
    }
    let bytes = JSONValue.object(ofParts: members, pretty: pretty, depth: 0)
    return bytes.count < limit ? bytes + [UInt8(ascii: "\n")] : nil
  }

  /// As `encode`, but of a session that is too large only the counts of the scan are kept: another
  /// scan brings the workloads back. Then there is a warning.
  static func encodeToFit(
    _ document: SessionDocument, reusing parts: inout EncodedParts
  ) throws(InvalidSession) -> (bytes: [UInt8], warning: String?) {
    do {
      return (try encode(document, reusing: &parts), nil)
    } catch {
      guard let scan = document.session.scan, !scan.workloads.isEmpty else { throw error }
      var smaller = document
      smaller.session.scan?.workloads = []
      return (
        try encode(smaller, reusing: &parts),
        "The session is too large for one file: resuming it will scan the cluster again."
      )
    }
  }

  static func encodeToFit(
    _ document: SessionDocument
  ) throws(InvalidSession) -> (bytes: [UInt8], warning: String?) {
    var parts = EncodedParts()
    return try encodeToFit(document, reusing: &parts)
  }

  /// Reads a file's bytes. `id` is the session that the file's name names.
  static func decode(
    _ bytes: [UInt8], named id: String
  ) throws(InvalidSession) -> (document: SessionDocument, standing: Standing) {
    guard bytes.count <= sizeLimit else {
      throw InvalidSession(reason: "it is larger than \(sizeLimit) bytes")
    }
    guard !bytes.isEmpty else { throw InvalidSession(reason: "it is empty") }
    let value = try StrictJSON.value(bytes)
    guard let field = try Field(value).object() else { throw Field(value).missing }
    let version = try field["version"].text()
    let isNewer = try majorVersion(version) > 1
    do throws(InvalidSession) {
      let session = try Session(field, fallbackID: id)
      try session.validate()
      guard session.id == id else {
        throw InvalidSession(reason: "its session_id is \(session.id)")
      }
      let document = SessionDocument(session: session, original: value)
      if isNewer { return (document, .newer(version: version)) }
      // The first files had no digest, and nothing else that only we write either.
      let isOurs = ownKeys.contains(where: field.has)
      return (document, isOurs && !Integrity.isIntact(bytes) ? .editedByHand : .sound)
    } catch {
      throw InvalidSession(reason: error.reason, isNewer: isNewer)
    }
  }

  private static func majorVersion(_ version: String) throws(InvalidSession) -> Int {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard let major = parts.first.flatMap({ Int($0) }), major >= 1 else {
      throw InvalidSession(reason: "its version is \(version)")
    }
    return major
  }
}
