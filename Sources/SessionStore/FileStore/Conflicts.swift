import Documents
import Files
import SessionFormat
import Wizard

/// A file that was put aside: the losing side of a conflict, or what could not be read.
package struct AsideFile: Sendable {
  package enum Place: Hashable, Sendable {
    case conflicts, corrupt
    /// A last copy, in a directory for temporary files.
    case elsewhere
  }

  /// Of the session that it is of; `nil` for what stood in the pointer's place.
  package let id: String?
  package let place: Place
  /// As in `conflicts/import-2026-01-09-143022.1.json`: below `sessions`; of a last copy, its path.
  package let name: String
  /// With the home directory as `~`.
  package let path: String
  /// It is in this directory, by that name.
  let directory: Directory
  let file: String
  /// In bytes.
  package let size: Int
  /// When it was put there, or touched since.
  package let since: Timestamp
  /// `nil` if it cannot be read; then `problem` says why.
  package let header: SessionHeader?
  package let trust: Trust?
  package let problem: String?
  /// Changes to ConfigHub in it whose outcome is not known.
  package var unsettled: Int { header?.counts.unsettled ?? 0 }

  /// Why it is there, as far as it can be told.
  package var reason: String {
    if let problem { return "cannot be used: \(problem)" }
    switch (place, trust) {
    case (.corrupt, _): return "was put aside, and can be read"
    case (.elsewhere, _): return "is a last copy of what could not be saved"
    case (_, .editedByHand): return "was changed outside of map-import"
    case (_, .newer(let version)): return "was written by a later version (\(version))"
    case (_, _): return "lost against another state of the session"
    }
  }
}

extension FileStore {
  /// What was put aside, by name. Changes nothing.
  package func conflicts() throws(StoreError) -> [AsideFile] {
    try explained("What was put aside could not be listed") {
      let sessions = try existing()
      let folders: [(SessionFolder, AsideFile.Place)] = [
        (.conflicts, .conflicts), (.corrupt, .corrupt),
      ]
      let directories = try folders.compactMap { folder, place in
        try sessions?.existing(folder).map { ($0, place) }
      }
      return try (directories + lastCopies().map { ($0, .elsewhere) }).flatMap { directory, place in
        try directory.names().compactMap { try Self.aside($0, place, directory) }
      }
    }
  }

  private static func aside(
    _ name: String, _ place: AsideFile.Place, _ directory: Directory
  ) throws -> AsideFile? {
    let id = SessionName.numbered(name)?.id
    guard id != nil || SessionName(name) == .asidePointer,
      let status = try directory.status(of: name)
    else { return nil }
    var found: (header: SessionHeader, trust: Trust)?
    var problem: String?
    switch id.map({ SessionSearch.look(name, of: $0, in: directory, content: true) }) {
    case .usable(let header, let trust)?: found = (header, trust)
    case .bad(let invalid)?: problem = invalid.reason
    case .unreadable(let error)?: problem = StoreError("it cannot be read", error).sentence
    case .absent?: problem = "it is not there"
    case nil: problem = "it stood in the place of the pointer"
    }
    let path = directory.path(of: name)
    return AsideFile(
      id: id, place: place,
      name: place == .elsewhere
        ? path : path.split(separator: "/").suffix(2).joined(separator: "/"),
      path: path, directory: directory, file: name, size: status.size,
      since: Timestamp(seconds: Int64(status.changedSeconds)),
      header: found?.header, trust: found?.trust, problem: problem)
  }

  /// Deletes a file that was put aside. False if it was not there.
  package func clearConflict(_ file: AsideFile) throws(StoreError) -> Bool {
    try explained("\(file.path) could not be deleted") {
      guard try file.directory.status(of: file.file) != nil else { return false }
      try file.directory.remove(file.file)
      try file.directory.sync()
      return true
    }
  }

  /// Makes a state that was put aside the next generation of its session; or a session of its own,
  /// if that is gone or is another one. The file is removed once that is durable.
  package func takeConflict(_ file: AsideFile, at now: Timestamp) throws(StoreError) -> TakenState {
    try explained("\(file.path) could not be taken back") {
      guard let id = file.id else { throw Refusal("it is no session.") }
      guard let bytes = try file.directory.sessionBytes(file.file) else {
        throw Refusal("it is not there.")
      }
      let taken = try take(bytes, of: id, at: now)
      try file.directory.removeIfThere(file.file)
      try file.directory.sync()
      return taken
    }
  }

  /// The same for the bytes of a last copy that was left elsewhere. That is not removed.
  package func takeCopy(_ bytes: [UInt8], at now: Timestamp) throws(StoreError) -> TakenState {
    try explained("The copy could not be taken back") {
      guard case .string(let id)? = try JSONValue(parsing: bytes).object?["session_id"],
        SessionID.isValid(id)
      else { throw Refusal("it is not the file of a session.") }
      return try take(bytes, of: id, at: now)
    }
  }
}

/// What became of a state that was taken back.
package struct TakenState: Hashable, Sendable {
  package let session: Session
  /// The session whose next generation it is; `nil`: it is a session of its own.
  package let replaced: String?
  /// Operations that only the session knew that it replaced, or knew better.
  package let operationsKept: Int
  /// What could not be read of it, as sentences.
  package let warnings: [String]
}

extension FileStore {
  private func take(_ bytes: [UInt8], of id: String, at now: Timestamp) throws -> TakenState {
    let (light, trust) = try SessionCodec.decode(bytes, named: id)
    if case .newer(let version) = trust {
      throw Refusal("a later version (\(version)) of this program wrote it.")
    }
    let sessions = try sessions()
    var (document, warnings) = try SessionSearch.complete(light, in: sessions)
    let known = Set(document.session.operations)
    return try holding(id, at: now) { lock in
      let name = SessionName.file(id)
      let search = SessionSearch(sessions: sessions)
      let found: SessionDocument?
      switch SessionSearch.read(name, of: id, in: sessions) {
      case .usable(_, .newer(let version)):
        throw Refusal("a later version (\(version)) of this program wrote session \(id).")
      case .usable(let light, _): found = light
      case .bad: found = try search.newestBackup(id)?.document
      case .unreadable(let error): throw error
      case .absent:
        found = try search.newestBackup(id)?.document
        guard try SessionArchive.days(of: id, in: sessions).isEmpty else {
          throw Refusal("session \(id) is archived. Restore it first.")
        }
      }
      var current: Session?
      if let found {
        let (whole, lost) = try SessionSearch.complete(found, in: sessions)
        current = whole.session
        warnings += lost
      }
      guard current?.lineage ?? document.session.lineage == document.session.lineage else {
        // Under another id: the session of this one is another.
        try joinKnown(into: &document.session, ofOwn: nil, in: sessions)
        let saved = try saveAsNew(document, at: now)
        return TakenState(
          session: saved, replaced: nil,
          operationsKept: saved.operations.count { !known.contains($0) }, warnings: warnings)
      }
      var next = document
      next.session.generation = max(
        current?.generation ?? 0,
        try sessions.existing(.backups).flatMap { try $0.generations(of: id).first } ?? 0)
      if let current {
        next.session.join(current.operations)
        for log in current.logs where !next.session.logs.contains(log) {
          next.session.logs.append(log)
        }
        next.session.logFile = current.logFile ?? next.session.logFile
      }
      try joinKnown(into: &next.session, ofOwn: id, in: sessions)
      next.session.updatedAt = now
      next.session.generation = try lock.saveOrThrow(next)
      return TakenState(
        session: next.session, replaced: current == nil ? nil : id,
        operationsKept: next.session.operations.count { !known.contains($0) }, warnings: warnings)
    }
  }
}
