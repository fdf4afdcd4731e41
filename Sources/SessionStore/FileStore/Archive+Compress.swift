import Documents
import Files
import SessionFormat
import Wizard

extension FileStore {
  /// Puts all of an active session into one compressed file in `day`, durably, before its own goes.
  ///
  /// - Returns: false if the session is not as this program wrote it, or too large for one file:
  ///   then it is left alone.
  func compress(_ id: String, to day: Directory, in sessions: Directory) throws -> Bool {
    let name = SessionName.file(id)
    guard case .usable(let light, .sound) = SessionSearch.read(name, of: id, in: sessions) else {
      return false
    }
    let (document, warnings) = try SessionSearch.complete(light, in: sessions)
    // What cannot be read now can perhaps be found again, as long as it is named.
    guard warnings.isEmpty, let whole = try? SessionCodec.encode(document) else { return false }
    let archived = name + SessionName.compressed
    if let old = try? day.sessionBytes(archived),
      let look = try? SessionCodec.look(old, named: id),
      look.header.lineage != document.session.lineage
        || look.header.generation > document.session.generation
    {
      try day.setAside(archived, of: id, in: sessions.ownDirectory(.conflicts, .writing))
    }
    if try day.status(of: name) != nil {
      try day.setAside(name, of: id, in: sessions.ownDirectory(.conflicts, .writing))
    }
    try day.writeCompressed(whole, document, as: archived)
    try sessions.remove(name)
    try sessions.sync()
    try keepOneBackup(of: id, in: sessions)
    return true
  }

  /// Of an archived session: the newest backup, in one compressed file, and no parts.
  private func keepOneBackup(of id: String, in sessions: Directory) throws {
    if let backups = try sessions.existing(.backups) {
      let old = try backups.names().filter { SessionName.numbered($0)?.id == id }
      var kept: String?
      let search = SessionSearch(sessions: sessions)
      if let newest = try search.newestBackup(id),
        let document = try? SessionSearch.complete(newest.document, in: sessions).document,
        let whole = try? SessionCodec.encode(document)
      {
        let name = SessionName.file(id, newest.generation) + SessionName.compressed
        if !old.contains(name) { try backups.writeCompressed(whole, document, as: name) }
        kept = name
      }
      for name in old where name != kept { try backups.remove(name) }
      try backups.sync()
    }
    try Self.removeParts(of: id, in: sessions)
  }

  /// Makes a session of a compressed file, in one piece, as it was. The compressed file goes last.
  func expand(
    _ document: SessionDocument, from archive: Directory, to sessions: Directory
  ) throws {
    let id = document.session.id
    var held = HeldParts()
    let (bytes, _) = try Self.writeParts(of: document, &held, in: sessions)
    let temporary = TemporaryName.make(for: id)
    try sessions.removeIfThere(temporary)
    try sessions.write(bytes, to: temporary)
    try sessions.replace(SessionName.file(id), by: temporary)
    try sessions.sync()
    try archive.remove(SessionName.file(id) + SessionName.compressed)
    try archive.sync()
  }
}

extension Directory {
  /// One file with everything in it, which is there under its name, durably, or not at all.
  fileprivate func writeCompressed(
    _ bytes: [UInt8], _ document: SessionDocument, as name: String
  ) throws {
    let compressed: [UInt8]
    do {
      compressed = try Gzip.compressed(
        bytes, note: SessionCodec.encodeHeader(document, limit: Gzip.longestNote))
    } catch {
      throw InvalidSession(reason: error.reason)
    }
    let temporary = TemporaryName.make(for: document.session.id)
    try removeIfThere(temporary)
    try write(compressed, to: temporary)
    try replace(name, by: temporary)
    try sync()
  }
}
