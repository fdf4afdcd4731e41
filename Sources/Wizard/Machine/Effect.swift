/// Matches an effect with its result, so that a late answer is never taken for another one's.
public struct EffectID: Hashable, Comparable, Sendable {
  public var number: Int

  public init(_ number: Int) { self.number = number }

  public static func < (a: EffectID, b: EffectID) -> Bool { a.number < b.number }
}

/// Something to be done outside the state machine. Its result comes back as
/// `Event.finished(id, outcome)`.
public struct Effect: Hashable, Sendable {
  public var id: EffectID
  public var work: Work

  public init(id: EffectID, work: Work) {
    self.id = id
    self.work = work
  }
}

/// What is waited for.
public enum Pause: Hashable, Sendable {
  /// Before a worker or its targets are asked for again.
  case poll
  /// Before a failed save is tried again.
  case saveRetry
  /// Between an edit and its save, so that a burst of edits is one save.
  case autosave
  /// Before a run ends although a change is still under way: its intent is saved, and the next run
  /// settles it by reading.
  case leaving

  public var milliseconds: Int {
    switch self {
    case .poll: 2000
    case .saveRetry: 5000
    case .autosave: 400
    case .leaving: 5000
    }
  }
}

/// How a session is to be opened.
public enum Opening: Hashable, Sendable {
  case resume(sessionID: String)
  /// The same, from its newest backup; the file itself is set aside.
  case resumeBackup(sessionID: String)
  /// To take its import back: it does not become the latest one, and goes back to the archive.
  case undo(sessionID: String)
  /// Only to say what taking it back would do: nothing of it is changed.
  case look(sessionID: String)
  /// The replaced session is archived, or deleted if that was asked for; it is left alone if `nil`.
  case new(replacing: String?, deleting: Bool)
}
