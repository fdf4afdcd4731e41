import Documents
import Files
import Glibc
import SessionFormat
import Wizard

// `scans/ID.SHA-256.json`: parts of sessions, named by the session and by their content. The lock of
// the session guards them: nobody else makes or removes one of its parts.

/// The parts that a lock's saves have to do with.
struct HeldParts {
  var names = PartNames()
  /// The digests of what is there.
  var onDisk: Set<String>?
  /// What each generation in the backups names.
  var ofBackups: [String: Set<String>] = [:]
  /// `scans/` when all that was known was seen there; `nil` if a change after that might not show.
  private var seen: FileStatus?

  /// Those parts that somebody else removed. Looks at each only if something in the directory
  /// changed: there may be hundreds.
  fileprivate mutating func missing(
    of digests: Set<String>, of id: String, in scans: Directory
  ) throws -> Set<String> {
    let status = try scans.status()
    if status == seen { return [] }
    let missing = try digests.filter { digest in
      try scans.status(of: SessionName.partFile(id, digest))?.kind != .regular
    }
    seen = missing.isEmpty && status.wouldShowAChange ? status : nil
    return missing
  }
}

extension FileStore {
  /// Writes what the parts of the session lack on the disk, durably, and answers with the file that
  /// names them.
  static func writeParts(
    of document: SessionDocument, _ held: inout HeldParts, in sessions: Directory
  ) throws -> (bytes: [UInt8], digests: Set<String>) {
    let id = document.session.id
    if held.names.isEmpty { held.names = document.names }
    var (bytes, parts, digests) = try SessionCodec.split(document, names: &held.names)
    var all = digests.all
    guard !all.isEmpty else { return (bytes, []) }
    let scans = try sessions.ownDirectory(.scans, .writing)
    let new = Set(parts.filter { $0.bytes != nil }.map(\.digest))
    let missing = try held.missing(of: all.subtracting(new), of: id, in: scans)
    if !missing.isEmpty {
      held.names.forget(missing)
      (bytes, parts, digests) = try SessionCodec.split(document, names: &held.names)
      all = digests.all
    }
    var onDisk = try held.onDisk ?? Set(scans.parts(of: id))
    var isWritten = false
    for case (let digest, let content?) in parts.map({ ($0.digest, $0.bytes) }) {
      let temporary = TemporaryName.make(for: id)
      try scans.removeIfThere(temporary)
      try scans.write(content, to: temporary)
      try scans.replace(SessionName.partFile(id, digest), by: temporary)
      onDisk.insert(digest)
      isWritten = true
    }
    // Before the name of the session is given to what names them.
    if isWritten { try scans.sync() }
    held.onDisk = onDisk
    held.names.keep(parts)
    return (bytes, all)
  }

  /// Removes the parts that neither the session nor a backup of it names, nor what was put aside
  /// of it. Keeps all if a backup cannot be read.
  static func pruneParts(
    of id: String, named: Set<String>, _ held: inout HeldParts, in sessions: Directory
  ) throws {
    guard let onDisk = held.onDisk, !onDisk.isSubset(of: named),
      let scans = try sessions.existing(.scans)
    else { return }
    var needed = named
    if let backups = try sessions.existing(.backups) {
      let names = try backups.names().filter { SessionName.numbered($0)?.id == id }
      held.ofBackups = held.ofBackups.filter { names.contains($0.key) }
      for name in names {
        guard let files = try held.ofBackups[name] ?? backups.look(name, of: id)?.files else {
          return
        }
        held.ofBackups[name] = files
        needed.formUnion(files)
      }
    }
    needed.formUnion(try namedAside(of: id, in: sessions))
    for digest in onDisk.subtracting(needed) {
      try scans.removeIfThere(SessionName.partFile(id, digest))
      held.onDisk?.remove(digest)
    }
  }

  /// The parts of a session that files which were put aside name, as far as those can be read.
  static func namedAside(of id: String, in sessions: Directory) throws -> Set<String> {
    var digests: Set<String> = []
    for folder in [SessionFolder.conflicts, .corrupt] {
      guard let directory = try sessions.existing(folder) else { continue }
      for name in try directory.names() where SessionName.numbered(name)?.id == id {
        digests.formUnion(try directory.look(name, of: id)?.files ?? [])
      }
    }
    return digests
  }

  /// Removes the parts of a session that is gone, or that has everything in one file; but for those
  /// that what was put aside of it names.
  static func removeParts(of id: String, in sessions: Directory) throws {
    guard let scans = try sessions.existing(.scans) else { return }
    let digests = try Set(scans.parts(of: id)).subtracting(namedAside(of: id, in: sessions))
    for digest in digests { try scans.removeIfThere(SessionName.partFile(id, digest)) }
    if !digests.isEmpty { try scans.sync() }
  }
}

extension Directory {
  /// In `scans`: the digests of a session's parts.
  func parts(of id: String) throws -> [String] {
    try names().compactMap(SessionName.part).filter { $0.id == id }.map(\.digest)
  }

  /// `nil` if it cannot be read.
  fileprivate func look(_ name: String, of id: String) throws -> SessionLook? {
    try? sessionBytes(name).map { bytes throws(InvalidSession) in
      try SessionCodec.look(bytes, named: id)
    }
  }

  /// The bytes of a session file, or of a compressed one in its place; `nil` if there is neither.
  func sessionBytes(_ name: String) throws -> [UInt8]? {
    let which = try whichName(name)
    // One that is gone since then may be compressed by now.
    for name in [which, name + SessionName.compressed] {
      guard let bytes = try contents(name) else { continue }
      return name.hasSuffix(SessionName.compressed) ? try Self.expanded(bytes) : bytes
    }
    return nil
  }

  /// What the compressed file in the place of a session file says before its content; `nil` if
  /// there is none, or if it says nothing.
  func compressedHeader(_ name: String) throws -> [UInt8]? {
    let name = try whichName(name)
    guard name.hasSuffix(SessionName.compressed) else { return nil }
    return try contents(name, atMost: Gzip.headLength).flatMap(Gzip.note)
  }

  /// The name, or that of the compressed file in its place; where both are there, that of the newer
  /// generation that can be read.
  func whichName(_ name: String) throws(CallError) -> String {
    let compressed = name + SessionName.compressed
    guard try status(of: compressed) != nil else { return name }
    guard try status(of: name) != nil else { return compressed }
    return generation(in: compressed, of: name) > generation(in: name, of: name) ? compressed : name
  }

  /// -1 if it cannot be read.
  private func generation(in file: String, of name: String) -> Int {
    guard let id = SessionName.archivedID(name) ?? SessionName.numbered(name)?.id,
      let bytes = try? contents(file),
      let whole = try? file == name ? bytes : Self.expanded(bytes),
      let look = try? SessionCodec.look(whole, named: id)
    else { return -1 }
    return look.header.generation
  }

  private static func expanded(_ bytes: [UInt8]) throws(InvalidSession) -> [UInt8] {
    do {
      return try Gzip.expanded(bytes, atMost: SessionCodec.sizeLimit)
    } catch {
      throw InvalidSession(reason: error.reason)
    }
  }
}

extension SessionSearch {
  /// Reads the parts of a session, which are in other files. What could not be read is a warning.
  static func complete(
    _ document: SessionDocument, in sessions: Directory
  ) throws(InvalidSession) -> (document: SessionDocument, warnings: [String]) {
    guard document.references != nil else { return (document, []) }
    var document = document
    let id = document.session.id
    let scans = try? sessions.existing(.scans)
    let warnings = try document.fill { digest throws(InvalidSession) in
      let name = SessionName.partFile(id, digest)
      let bytes: [UInt8]?
      do {
        bytes = try scans?.contents(name)
      } catch let invalid as InvalidSession {
        throw InvalidSession(
          reason: "\(sessions.path)/\(SessionFolder.scans.rawValue)/\(name): \(invalid.reason)")
      } catch {
        throw InvalidSession(reason: StoreError("It cannot be read", error).sentence)
      }
      let path = "\(sessions.path)/\(SessionFolder.scans.rawValue)/\(name)"
      guard let bytes else { throw InvalidSession(reason: "\(path) is not there") }
      guard SHA256.hex(of: bytes) == digest else {
        throw InvalidSession(reason: "the content of \(path) is not what it was")
      }
      return bytes
    }
    return (document, warnings)
  }
}
