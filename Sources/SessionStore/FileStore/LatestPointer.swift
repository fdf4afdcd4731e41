import Files
import Glibc
import Wizard

// `import-latest.json`: a symbolic link to the session that was saved last, or, where the file
// system has no links, a file with its name. A hint, never the truth.

/// What `import-latest.json` says.
enum LatestPointer: Hashable {
  case missing
  case session(String)
  /// Not a name of ours, and why, as a sentence; not followed.
  case unusable(String)
}

extension Directory {
  func latestPointer() throws -> LatestPointer {
    let name = SessionName.pointerFile
    let text: String?
    switch try status(of: name)?.kind {
    case nil: return .missing
    case .symbolicLink: text = try target(ofLink: name)
    case .regular: text = try? contents(name).flatMap(Self.firstLine)
    case .directory, .other: text = nil
    }
    guard let text else {
      return .unusable("\(path(of: name)) does not name a session and was not used.")
    }
    guard let id = SessionName.id(ofFile: text) else {
      return .unusable(
        "\(path(of: name)) points to \(text.prefix(80)), which is not the name of a session, "
          + "and was not used.")
    }
    return .session(id)
  }

  private static func firstLine(_ bytes: [UInt8]) -> String? {
    guard bytes.count <= 256, let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    return text.hasSuffix("\n") ? String(text.dropLast()) : text
  }
}

extension FileStore {
  /// Lets `import-latest.json` name the session. Returns a warning if that was not possible.
  ///
  /// - Parameter holder: the session whose lock the caller has, if that is another one.
  func pointToLatest(
    _ id: String, holding holder: String? = nil, in sessions: Directory
  ) -> String? {
    let name = SessionName.pointerFile
    let file = SessionName.file(id)
    let temporary = TemporaryName.make(for: holder ?? id)
    do {
      switch try sessions.latestPointer() {
      case .session(id): return nil
      case .session, .missing: break
      case .unusable:
        // Whatever it is, it is not ours to destroy.
        try sessions.setAside(
          name, of: "import-latest", in: sessions.ownDirectory(.corrupt, .writing))
      }
      try sessions.removeIfThere(temporary)
      do throws(CallError) {
        try sessions.makeSymbolicLink(temporary, to: file)
      } catch {
        guard [EPERM, EOPNOTSUPP, ENOSYS].contains(error.code) else { throw error }
        try sessions.write(Array("\(file)\n".utf8), to: temporary)
      }
      try sessions.replace(name, by: temporary)
      try sessions.sync()
      return nil
    } catch {
      return StoreError("\(sessions.path(of: name)) does not name this session", error).sentence
    }
  }

  /// After a session went away, whose lock the caller has: the pointer names the newest that is
  /// left, or nothing.
  func repoint(holding holder: String, in sessions: Directory) throws {
    if let newest = try Self.newest(in: sessions) {
      _ = pointToLatest(newest, holding: holder, in: sessions)
    } else {
      try sessions.removeIfThere(SessionName.pointerFile)
      try sessions.sync()
    }
  }
}
