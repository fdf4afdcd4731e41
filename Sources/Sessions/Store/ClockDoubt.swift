import Wizard

/// Whether the clock can be trusted with deleting for good what is old.
///
/// A clock that jumps ahead makes everything old at once. What tells it from time that went by is
/// that nothing was done in between: then nothing is deleted until a day later. And a clock that
/// was ahead, or is behind now, leaves something that is dated in the future.
enum ClockDoubt {
  /// What is dated, in words, and when.
  struct Trace {
    let name: String
    let at: Timestamp
  }

  /// So much between two traces is a jump rather than a pause.
  static let jump: Int64 = 90 * 86_400
  /// So much is still "now".
  static let present: Int64 = 86_400

  /// Why nothing is deleted, as a clause without an end; `nil` if nothing speaks against it.
  ///
  /// - Parameters:
  ///   - sessions: that may not be in the future.
  ///   - others: which only tell that something was done then.
  static func reason(sessions: [Trace], others: [Timestamp], at now: Timestamp) -> String? {
    if let future = sessions.max(by: { $0.at < $1.at }),
      future.at.seconds > now.seconds + present
    {
      return
        "\(future.name) is dated \(future.at.day), in the future, so the clock is wrong or was; "
        + "`map-import sessions prune --force` deletes all the same"
    }
    let past = (sessions.map(\.at) + others).filter { $0.seconds <= now.seconds - present }
    if let last = past.max(), now.seconds(since: last) > jump {
      return
        "nothing here is dated between \(last.day) and \(now.day); if the clock is right, that "
        + "is done from tomorrow on"
    }
    return nil
  }
}
