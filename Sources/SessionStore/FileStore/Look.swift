import Files
import SessionFormat
import Wizard

extension SessionSearch {
  /// What a look at a session file tells.
  enum Look {
    case absent
    case usable(SessionHeader, Trust)
    /// The file is no session.
    case bad(InvalidSession)
    /// The file cannot be read or is not ours: it may be perfectly good.
    case unreadable(any Error)
  }

  /// Reads no more of the file than its header, if it is as this program wrote it. A compressed file
  /// may be in its place: damage behind its header is found only where the `content` is read as well.
  static func look(
    _ name: String, of id: String, in directory: Directory, content: Bool = false
  ) -> Look {
    do {
      if !content, let header = try directory.compressedHeader(name),
        let look = try? SessionCodec.look(header, named: id), look.trust == .sound
      {
        return .usable(look.header, .sound)
      }
      guard let bytes = try directory.sessionBytes(name) else { return .absent }
      let look = try SessionCodec.look(bytes, named: id)
      return .usable(look.header, look.trust)
    } catch let invalid as InvalidSession {
      return .bad(invalid)
    } catch {
      return .unreadable(error)
    }
  }
}

extension FileStore {
  /// The session of an entry, for whoever looks into it, without the parts of it that are in other
  /// files; `nil` if it cannot be read.
  package func glance(_ entry: SessionEntry) -> Session? {
    guard entry.header != nil, let sessions = try? existing() else { return nil }
    let directory: Directory?
    switch entry.place {
    case .active: directory = sessions
    case .archived(let day): directory = try? SessionArchive.open(day, in: sessions)
    case .corrupt: directory = nil
    }
    guard let directory,
      case .usable(let document, _) = SessionSearch.read(
        SessionName.file(entry.id), of: entry.id, in: directory)
    else { return nil }
    return document.session
  }
}
