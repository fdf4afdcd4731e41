import Documents
import Files
import Logs
import SessionFormat
import Wizard

/// A session that came from an exported file.
package struct ImportedSession: Hashable, Sendable {
  package let id: String
  /// As the file called it: another id if that one was taken here.
  package let exportedID: String
  /// With the home directory as `~`.
  package let path: String
  /// What of the file was left out, as sentences.
  package let warnings: [String]
}

extension FileStore {
  /// The bytes of a file that `importSession` reads elsewhere; `nil` if there is no such session.
  ///
  /// - Parameter tell: is told, in sentences, what could not be read of it.
  package func export(
    _ id: String, at now: Timestamp, telling tell: (String) -> Void = { _ in }
  ) throws(StoreError) -> [UInt8]? {
    let result = try readToLook(id)
    for warning in result.warnings { tell(warning) }
    guard let found = result.found else { return nil }
    return try explained("The session \(id) could not be exported") {
      if found.document.lacksOperations { throw Refusal(Self.wayToOperations(id)) }
      var logs: [(name: String, text: String)] = []
      for path in found.document.session.logs {
        guard let bytes = try RunLog.contents(of: path, in: root) else { continue }
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        logs.append((name, String(decoding: bytes, as: UTF8.self)))
      }
      let document = try SessionCodec.encodeToFit(found.document).bytes
      return PortableSession.encode(
        try JSONValue(parsing: document), logs: logs, home: root.home, program: program, at: now)
    }
  }

  /// Makes a session of an exported file: a new one always, under the first free of its id, its
  /// id with `-2`, and so on. Its lineage and its operations stay; the logs of elsewhere do not
  /// become its own.
  ///
  /// - Parameter sync: where ConfigHub keeps it, if it came from there. Then it keeps its id, which
  ///   its units name it by, and is refused where that is taken.
  package func importSession(
    _ bytes: [UInt8], sync: SyncState? = nil, at now: Timestamp
  ) throws(StoreError) -> ImportedSession {
    try explained("The session could not be imported") {
      var (document, warnings) = try PortableSession.decode(bytes)
      document.session.logFile = nil
      document.session.logs = []
      document.session.sync = sync
      try joinKnown(into: &document.session, ofOwn: nil, in: sessions())
      let id = try saveAsNew(document, keepingID: sync != nil, at: now).id
      return ImportedSession(
        id: id, exportedID: document.session.id,
        path: try sessions().path(of: SessionName.file(id)), warnings: warnings)
    }
  }

  /// Saves it under the first id of its kind that is free, or its own alone.
  func saveAsNew(
    _ document: SessionDocument, keepingID: Bool = false, at now: Timestamp
  ) throws -> Session {
    let sessions = try sessions()
    for id in Self.candidates(document.session.id).prefix(keepingID ? 1 : .max) {
      if try sessions.status(of: SessionName.lockFile(id)) != nil { continue }
      if try Self.isTaken(id, in: sessions) { continue }
      guard case .acquired(let lock) = try acquire(id, at: now) else { continue }
      defer { lock.release() }
      if try Self.isTaken(id, in: sessions) { continue }
      var next = document
      next.session.id = id
      next.session.generation = try lock.saveOrThrow(next)
      return next.session
    }
    if keepingID {
      throw Refusal(
        "another session on this machine is called \(document.session.id), too: export and delete "
          + "that one first.")
    }
    throw Refusal("all ids like \(document.session.id) are taken.")
  }

  /// The id itself, then what follows from its time, with `-2` to `-9999`.
  private static func candidates(_ id: String) -> some Sequence<String> {
    let stamp = id.prefix("import-YYYY-MM-DD-HHMMSS".count)
    return [[id], (2...9999).map { "\(stamp)-\($0)" }].joined()
  }
}
