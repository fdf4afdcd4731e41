/// What a person is told of a session and ConfigHub.
public enum SyncShown: Hashable, Sendable {
  /// It is kept on this machine alone, as was answered, or because nobody was asked.
  case off
  /// It never went up, and nobody is known to be signed in.
  case offline
  case needsNewerCub
  case uploading
  case synced
  /// Not all that is here is there; why, as a sentence.
  case behind(String?)
  /// Another copy drives it, or none; who, and as a sentence.
  case held(by: String?, String)
  /// ConfigHub's state took the place of what was here, as a sentence.
  case newer(String)
  /// It was deleted there.
  case gone

  /// `nil` for what is marked as todo, or done.
  public var isWarning: Bool {
    switch self {
    case .held, .newer, .gone: true
    case .behind(let reason): reason != nil
    case .off, .offline, .needsNewerCub, .uploading, .synced: false
    }
  }

  /// Beside its mark, short.
  public var words: String {
    switch self {
    case .off: "Not synced (off)"
    case .offline: "Not synced (offline)"
    case .needsNewerCub: "Not synced (needs cub 0.7)"
    case .uploading: "syncing"
    case .synced: "Session synced"
    case .behind: "Not all is in ConfigHub yet"
    case .held(let who?, _): "taken over by \(who)"
    case .held(nil, _): "not driven here"
    case .newer: "ConfigHub's state was newer"
    case .gone: "It was deleted in ConfigHub"
    }
  }

  /// What there is to say besides.
  public var reason: String? {
    switch self {
    case .behind(let reason): reason
    case .held(_, let sentence), .newer(let sentence): sentence
    case .off, .offline, .needsNewerCub, .uploading, .synced, .gone: nil
    }
  }

  /// For JSON.
  public var name: String {
    switch self {
    case .off: "off"
    case .offline: "never"
    case .needsNewerCub: "needs_newer_cub"
    case .uploading: "uploading"
    case .synced: "synced"
    case .behind: "behind"
    case .held: "held_elsewhere"
    case .newer: "newer"
    case .gone: "gone"
    }
  }
}

extension SessionHeader {
  /// As its file says: nobody asks ConfigHub for it.
  public var lastKnownSync: SyncShown {
    guard let sync, sync.at != nil else { return sync?.error.map { .behind($0) } ?? .offline }
    if let error = sync.error { return .behind(error) }
    return sync.generation.map { generation > $0 } ?? false ? .behind(nil) : .synced
  }
}

extension WizardState {
  /// What the panel shows.
  public func shownSync(of header: SessionHeader, in zone: Zone) -> SyncShown {
    guard case .working = stage else { return header.lastKnownSync }
    if let sentence = standingSentence(in: zone) {
      return .held(by: otherHolder?.standing.holder?.words, sentence)
    }
    switch syncStatus {
    case .uploading?: return .uploading
    case .stopped(.gone)?: return .gone
    case .stopped(.notHolding)?: return .behind(nil)
    case .behind(let reason)?: return .behind(reason)
    case .upToDate?: return syncConflict.map { .newer($0) } ?? .synced
    case nil: break
    }
    guard case .signedIn = knownSignIn else { return header.lastKnownSync }
    if syncObstacle != nil { return .needsNewerCub }
    return isSyncOn || header.sync?.at != nil ? header.lastKnownSync : .off
  }
}
