import Wizard

extension SessionSearch {
  /// What a look at a session file tells.
  enum Look {
    case absent
    case usable(SessionHeader, Standing)
    /// The file is no session.
    case bad(InvalidSession)
    /// The file cannot be read or is not ours: it may be perfectly good.
    case unreadable(any Error)
  }

  /// Reads no more of the file than its header.
  static func look(_ name: String, of id: String, in directory: Directory) -> Look {
    switch read(name, of: id, in: directory) {
    case .absent: .absent
    case .usable(let document, let standing): .usable(SessionHeader(document.session), standing)
    case .bad(let invalid): .bad(invalid)
    case .unreadable(let error): .unreadable(error)
    }
  }
}

extension SessionStore {
  /// The session of an entry, for whoever looks into it; `nil` if it cannot be read.
  public func glance(_ entry: SessionEntry) -> Session? {
    guard entry.header != nil, let sessions = try? open(.readOnly) else { return nil }
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
    var session = document.session
    session.scan?.workloads = []
    return session
  }
}
