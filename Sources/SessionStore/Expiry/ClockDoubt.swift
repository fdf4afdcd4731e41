import Wizard

/// Whether the clock can be trusted with deleting for good what is old.
///
/// A clock that jumps ahead makes everything old at once. What tells it from time that went by is
/// that nothing was done in between: where that was for more than half of the limit that would
/// delete, what is due is kept until something was done after it for some days, or until a use some
/// days ago found it due, too. And a clock that was ahead, or is behind now, leaves something that
/// is dated in the future.
struct ClockDoubt {
  /// What is dated, in words, and when.
  struct Trace {
    package let name: String
    let at: Timestamp
  }

  /// A session may be dated so much ahead: clocks are a little off.
  private static let present: Int64 = 86_400
  /// What was done so long ago tells that the clock was right then; and no shorter pause is a jump.
  static let settled: Int64 = 3 * 86_400

  private let future: Trace?
  /// When something was done, oldest first.
  private let past: [Timestamp]
  private let now: Timestamp

  /// - Parameters:
  ///   - sessions: that may not be in the future.
  ///   - others: which only tell that something was done then.
  init(sessions: [Trace], others: [Timestamp], at now: Timestamp) {
    future = sessions.max { $0.at < $1.at }
      .flatMap { $0.at.seconds > now.seconds + Self.present ? $0 : nil }
    past = (sessions.map(\.at) + others).filter { $0 <= now }.sorted()
    self.now = now
  }

  /// Why nothing is deleted, as a clause without an end; `nil` if nothing speaks against it.
  ///
  /// - Parameters:
  ///   - limit: the age in seconds that would delete it.
  ///   - wasDue: whether it would have gone at that time, too.
  func reason(limit: Int64, wasDue: (Timestamp) -> Bool = { _ in false }) -> String? {
    if let future {
      return
        "\(future.name) is dated \(future.at.day), in the future, so the clock is wrong or was; "
        + "`map-import sessions prune --force` deletes all the same"
    }
    // Whatever the clock says, that is old enough.
    if limit <= 0 { return nil }
    let settled = now.seconds - Self.settled
    let longest = max(limit / 2, Self.settled)
    let pause = Array(zip(past, past.dropFirst() + [now])).last { before, after in
      after.seconds > settled && after.seconds(since: before) > longest
    }
    guard let (before, after) = pause else { return nil }
    if let witness = past.last(where: { $0.seconds <= settled }), wasDue(witness) { return nil }
    // One day more: at whatever hour of that day.
    let then = Timestamp(seconds: after.seconds + Self.settled + 86_400)
    return
      "nothing here is dated between \(before.day) and \(after.day), so the clock may be wrong; if "
      + "it is right, that is done from \(then.day) on, and `map-import sessions prune --force` does "
      + "it now"
  }
}
