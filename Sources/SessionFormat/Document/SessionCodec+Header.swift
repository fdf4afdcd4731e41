import Documents
import Wizard

/// What a look at a session file tells.
package struct SessionLook {
  package let header: SessionHeader
  package let trust: Trust
  /// The digests of the other files that it names.
  package let files: Set<String>
}

extension SessionCodec {
  /// What a header is made of, in the order of the file.
  private static let headerKeys: Set = [
    "cluster_context", "confighub", "counts", "created_at", "files", "generation", "identity",
    "lineage", "log_file", "logs", "name", "operations_files", "scan_result", "session_id", "step",
    "steps_completed", "steps_skipped", "sync", "type", "updated_at", "version",
  ]
  /// Members of those that may be long and are of no use here.
  private static let longKeys: Set = [
    "left_out", "objects", "owner_objects", "units_created", "workloads",
  ]

  /// As `decode`, but no more than the header is made of a file whose digest is right.
  package static func look(_ bytes: [UInt8], named id: String) throws(InvalidSession) -> SessionLook
  {
    guard bytes.count <= sizeLimit, Integrity.isIntact(bytes) else {
      return try lookAtAll(bytes, named: id)
    }
    var members: [String: JSONValue] = [:]
    try StrictJSON.read(bytes) { reader in
      try reader.members { key, reader in
        let key = try key.text()
        guard headerKeys.contains(key) else { return }
        guard reader.peek() == UInt8(ascii: "{") else {
          members[key] = try reader.value()
          return
        }
        var inner: [String: JSONValue] = [:]
        try reader.members { key, reader in
          let key = try key.text()
          if !longKeys.contains(key) { inner[key] = try reader.value() }
        }
        members[key] = .object(inner)
      }
    }
    let field = Field(.object(members))
    guard try majorVersion(field["version"].text()) == 1, try field["counts"].object() != nil else {
      // An earlier version did not count, a later one may do so otherwise.
      return try lookAtAll(bytes, named: id)
    }
    var files = Set(try field["files"].texts())
    for row in try field["operations_files"].list() {
      // `null` stands for a row that is in the file itself.
      if let digest = try row.optionalText() { files.insert(digest) }
    }
    return SessionLook(header: try SessionHeader(field, named: id), trust: .sound, files: files)
  }

  /// A small file of its own that a look reads as it reads all of the session's; empty if it would
  /// be longer than `limit` bytes.
  package static func encodeHeader(_ document: SessionDocument, limit: Int) -> [UInt8] {
    let session = document.session
    var fields: [String: Draft?] = [
      "version": .text(document.version ?? version),
      "integrity": .object(["sha256": .text(Integrity.placeholder)]),
    ]
    for (key, draft) in session.fields(PartDigests(), SessionHeader.Counts(session))
    where headerKeys.contains(key) {
      if case .object(let members)? = draft {
        fields[key] = .object(members.filter { !longKeys.contains($0.key) })
      } else {
        fields[key] = draft
      }
    }
    var writer = JSONWriter(pretty: false, limit: limit)
    Draft.object(fields).write(over: nil, to: &writer)
    if writer.isFull { return [] }
    var bytes = writer.bytes
    Integrity.seal(&bytes)
    return bytes
  }

  private static func lookAtAll(
    _ bytes: [UInt8], named id: String
  ) throws(InvalidSession) -> SessionLook {
    let (document, trust) = try decode(bytes, named: id)
    return SessionLook(
      header: document.header, trust: trust, files: document.references?.digests.all ?? [])
  }
}

extension SessionHeader {
  fileprivate init(_ field: Field, named id: String) throws(InvalidSession) {
    guard try field["type"].text() == "import" else {
      throw InvalidSession(reason: "its type is not import")
    }
    guard let createdAt = try field["created_at"].time() else { throw field["created_at"].missing }
    let found = try field["session_id"].text()
    guard found == id else { throw InvalidSession(reason: "its session_id is \(found)") }
    self.init(
      id: id, lineage: try field["lineage"].text(), createdAt: createdAt,
      position: try Position(field["step"]))
    name = try field["name"].sessionName()
    generation = try field["generation"].integer() ?? 0
    updatedAt = try field["updated_at"].time() ?? createdAt
    cluster = try ClusterIdentity(session: field)
    hub = try HubIdentity(session: field)
    stepsCompleted = try field["steps_completed"].steps()
    stepsSkipped = try field["steps_skipped"].steps()
    counts = try Counts(field["counts"])
    isScanPartial = try field["scan_result"]["partial"].bool() ?? false
    workerSlug = try field["confighub"]["worker_slug"].optionalText()
    logs = try field["logs"].texts()
    logFile = try field["log_file"].optionalText()
    sync = try SyncState(session: field)
  }
}
