import Documents
import Wizard

/// A session together with what else stood in the file it was read from, which is kept when it is
/// written again.
package struct SessionDocument: Hashable, Sendable {
  package var session: Session
  /// What the file said that is unknown to us, and where; `nil` if nothing.
  package var unknown: JSONValue?
  /// The file's own; `nil` for a session that never had one.
  package let version: String?
  /// Its parts in other files, which were not read: then it can be looked at and not written.
  package var references: PartReferences?
  /// The parts that were.
  package var names = PartNames()
  /// Of its operations some could not be read: by this state alone, nothing is to be undone or taken
  /// elsewhere.
  package internal(set) var lacksOperations = false

  package init(session: Session) { self.init(session: session, unknown: nil, version: nil) }

  /// What its file says of it, be it all read or not.
  package var header: SessionHeader {
    var header = SessionHeader(session)
    if let references, let counts = references.counts {
      header.counts = counts
      header.isScanPartial = references.isScanPartial
    }
    return header
  }

  /// All of it, as a file has it that holds everything, but for its digest.
  package var json: JSONValue {
    var fields = session.fields(PartDigests(), SessionHeader.Counts(session))
    fields["version"] = .text(version ?? SessionCodec.version)
    return Draft.object(fields).merged(over: unknown)
  }

  package init(
    session: Session, unknown: JSONValue?, version: String?, references: PartReferences? = nil
  ) {
    self.session = session
    self.unknown = unknown
    self.version = version
    self.references = references
  }
}

/// How far a session file that can be read is to be trusted.
package enum Trust: Hashable, Sendable {
  case sound
  /// Its digest is wrong or gone, but the rest is in order.
  case editedByHand
  /// Written by a later major version: to be looked at, never written.
  case newer(version: String)
}

/// The session file's JSON and `Session`, each from the other.
package enum SessionCodec {
  /// No larger file is read or written, in bytes: room for a hundred thousand workloads.
  package static let sizeLimit = 128 * 1024 * 1024
  /// Beyond it nobody reads a file by eye, and it is written in the narrowest layout.
  static let prettyLimit = 512 * 1024

  /// What the first files did not have. Damage may take several of them away at once.
  static let ownKeys = [
    "counts", "generation", "history", "identity", "integrity", "lineage", "logs", "operations",
    "redo", "scope", "steps_skipped", "sync", "undo",
  ]

  package static let version = "1.0"

  /// One file's bytes that hold everything, with the digest in place. Throws if the session breaks a
  /// rule of the file or is too large for one, in the narrowest layout.
  package static func encode(_ document: SessionDocument) throws(InvalidSession) -> [UInt8] {
    try encode(document, PartDigests(), SessionHeader.Counts(document.session))
  }

  /// The file's bytes and the parts of it that are files of their own.
  package static func split(
    _ document: SessionDocument, names: inout PartNames
  ) throws(InvalidSession) -> (bytes: [UInt8], parts: [NamedPart], digests: PartDigests) {
    let (digests, parts) = try names.parts(of: document)
    let hasUnknown = document.unknown?["operations"] != nil
    let bytes = try encode(
      document, digests, names.counts(of: document.session),
      operations: hasUnknown ? nil : names.lines(besides: digests),
      areOperationsValid: names.areOperationsValid)
    return (bytes, parts, digests)
  }

  /// - Parameter lines: the operations that are in no part, where these are written already.
  private static func encode(
    _ document: SessionDocument, _ digests: PartDigests, _ counts: SessionHeader.Counts,
    operations lines: [[UInt8]]? = nil, areOperationsValid: Bool = false
  ) throws(InvalidSession) -> [UInt8] {
    try document.session.validate(operations: !areOperationsValid)
    guard document.references == nil else {
      throw InvalidSession(reason: "not all of it was read")
    }
    let version = document.version ?? version
    guard try majorVersion(version) == 1 else {
      throw InvalidSession(reason: "a later version of this program wrote it", isNewer: true)
    }
    var fields = document.session.fields(digests, counts)
    fields["version"] = .text(version)
    fields["integrity"] = .object(["sha256": .text(Integrity.placeholder)])
    if let lines {
      fields["operations"] = .list(lines, identifiedBy: [], Draft.written)
    }
    let draft = Draft.object(fields)
    for (pretty, limit) in [(true, prettyLimit), (false, sizeLimit)] {
      var writer = JSONWriter(pretty: pretty, limit: limit - 1)
      draft.write(over: document.unknown, to: &writer)
      if writer.isFull { continue }
      var bytes = writer.bytes + [UInt8(ascii: "\n")]
      Integrity.seal(&bytes)
      return bytes
    }
    throw InvalidSession(
      reason: "it would be more than the \(sizeLimit) bytes that a session may have. Import fewer "
        + "workloads at a time")
  }

  /// As `encode`, but of a session that is too large only the counts of the scan are kept: another
  /// scan brings the workloads back. Then there is a warning.
  package static func encodeToFit(
    _ document: SessionDocument
  ) throws(InvalidSession) -> (bytes: [UInt8], warning: String?) {
    do {
      return (try encode(document), nil)
    } catch {
      guard let smaller = withoutWorkloads(document) else { throw error }
      return (try encode(smaller), tooLarge)
    }
  }

  /// `nil` if it has none.
  package static func withoutWorkloads(_ document: SessionDocument) -> SessionDocument? {
    guard let scan = document.session.scan, !scan.workloads.isEmpty else { return nil }
    var smaller = document
    smaller.session.scan?.workloads = []
    return smaller
  }

  package static let tooLarge =
    "The session is too large for one file: resuming it will scan the cluster again."

  /// Reads a file's bytes. `id` is the session that the file's name names. What other files hold of
  /// it is not read: see `SessionDocument.fill`.
  package static func decode(
    _ bytes: [UInt8], named id: String
  ) throws(InvalidSession) -> (document: SessionDocument, trust: Trust) {
    guard bytes.count <= sizeLimit else {
      throw InvalidSession(reason: "it is larger than \(sizeLimit) bytes")
    }
    guard !bytes.isEmpty else { throw InvalidSession(reason: "it is empty") }
    let (value, scanned) = try value(bytes)
    guard let field = try Field(value).object() else { throw Field(value).missing }
    let version = try field["version"].text()
    let isNewer = try majorVersion(version) > 1
    do throws(InvalidSession) {
      let session = try Session(field, fallbackID: id, workloads: scanned?.workloads)
      try session.validate()
      guard session.id == id else {
        throw InvalidSession(reason: "its session_id is \(session.id)")
      }
      let references = try PartReferences(field)
      var document = SessionDocument(
        session: session, unknown: nil, version: version, references: references)
      document.keepUnknown(of: value, scanned?.unknown)
      if isNewer { return (document, .newer(version: version)) }
      // The first files had no digest, and nothing else that only we write either.
      let isOurs = ownKeys.contains(where: field.has)
      return (document, isOurs && !Integrity.isIntact(bytes) ? .editedByHand : .sound)
    } catch {
      throw InvalidSession(reason: error.reason, isNewer: isNewer)
    }
  }

  /// The whole of it, but the workloads of a scan that is in the file, which are read one by one.
  private static func value(
    _ bytes: [UInt8]
  ) throws(InvalidSession) -> (JSONValue, ScannedWorkloads?) {
    try StrictJSON.read(bytes) { reader in
      guard reader.peek() == UInt8(ascii: "{") else { return (try reader.value(), nil) }
      var members: [String: JSONValue] = [:]
      var scanned: ScannedWorkloads?
      try reader.members { key, reader in
        guard case "scan_result" = key, reader.peek() == UInt8(ascii: "{") else {
          members[try key.text()] = try reader.value()
          return
        }
        var scan: [String: JSONValue] = [:]
        try reader.members { key, reader in
          if case "workloads" = key, reader.peek() == UInt8(ascii: "[") {
            scanned = try ScannedWorkloads(&reader, Field(.null)["scan_result"]["workloads"])
          } else {
            scan[try key.text()] = try reader.value()
          }
        }
        members["scan_result"] = .object(scan)
      }
      return (.object(members), scanned)
    }
  }

  static func majorVersion(_ version: String) throws(InvalidSession) -> Int {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false)
    guard let major = parts.first.flatMap({ Int($0) }), major >= 1 else {
      throw InvalidSession(reason: "its version is \(version)")
    }
    return major
  }
}
