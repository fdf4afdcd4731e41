/// What is done about the session in ConfigHub, beside the uploads, which go on by themselves.
public enum SyncWork: Hashable, Sendable {
  /// From now on it goes up, as soon as it was saved with what this brings: `.syncBegun`.
  case begin(space: String)
  /// It does not go up any more: `.paused`.
  case end
  /// Compare it with what ConfigHub has, and save what wins: `.reconciled`.
  case reconcile
  /// The same, once this copy holds it.
  case takeOver

  /// Those of this user that are not on this machine, within 1.5 s: `.arrivals`.
  case listArrivals(space: String)
  /// Those of everybody that may be seen: `.team`.
  case listTeam(space: String)
  /// What was logged of one of them: `.teamLog`.
  case readTeamLog(slug: String, space: String)
  /// Make one of them a session of this machine, driven by it: `.arrivalFetched`.
  case fetch(Arrival, context: String)

  /// The session's file is written.
  var writes: Bool {
    switch self {
    case .begin, .end, .listArrivals, .listTeam, .readTeamLog: false
    case .reconcile, .takeOver, .fetch: true
    }
  }

  var title: String {
    switch self {
    case .begin: "keeping the session in ConfigHub, too"
    case .end: "keeping the session on this machine alone"
    case .reconcile: "comparing the session with what ConfigHub has"
    case .takeOver: "taking the session over"
    case .listArrivals: "asking ConfigHub for sessions of other machines"
    case .listTeam: "listing the sessions in ConfigHub"
    case .readTeamLog: "reading the log of a session in ConfigHub"
    case .fetch: "taking the session from ConfigHub"
    }
  }
}

/// What became of a session that was compared with what ConfigHub has: it is saved.
public struct ReconciledSession: Hashable, Sendable {
  public var session: Session
  /// What ConfigHub had took the place of what was here, in part at least; a sentence says so.
  public var news: String?

  public init(session: Session, news: String? = nil) {
    self.session = session
    self.news = news
  }
}

/// What is new of the session in ConfigHub, while it goes up by itself.
public enum SyncNews: Hashable, Sendable {
  case status(Uploader.Status)
  /// This copy and what ConfigHub has go together.
  case noted(SyncState)
  /// ConfigHub has another state than the one that this copy saw last.
  case moved
  /// Another copy drives it, or none; when the one that is there was saved, as far as that is known.
  case lost(Standing, savedAt: Timestamp?)
}

/// Who drives a session, if this copy does not.
public struct OtherHolder: Hashable, Sendable {
  public var standing: Standing
  /// When what ConfigHub has was saved, by its clock.
  public var savedAt: Timestamp?

  public init(standing: Standing, savedAt: Timestamp? = nil) {
    self.standing = standing
    self.savedAt = savedAt
  }
}
