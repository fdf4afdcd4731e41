/// Since when something goes on in this run, and what had been done by then.
struct Pace: Hashable, Sendable {
  var since: Timestamp
  var before: Int
}

/// How far it is with many things that are written or removed one by one.
public struct Progress: Hashable, Sendable {
  public var done: Int
  public var failed: Int
  public var left: Int
  /// Seconds since it was begun, or gone on with; `nil` while it stands still.
  public var elapsed: Int64?
  /// How many were done in that time.
  var doneSince: Int

  public init(done: Int, failed: Int, left: Int, elapsed: Int64? = nil, doneSince: Int = 0) {
    (self.done, self.failed, self.left) = (done, failed, left)
    (self.elapsed, self.doneSince) = (elapsed, doneSince)
  }

  public var total: Int { done + failed + left }

  /// How many are done in a minute; `nil` while too few were to tell.
  public var perMinute: Double? {
    guard let elapsed, elapsed >= Self.leastSeconds, doneSince >= Self.leastDone else { return nil }
    return Double(doneSince) * 60 / Double(elapsed)
  }

  /// Seconds that the rest takes at that rate.
  public var remaining: Int64? {
    guard let perMinute, left > 0 else { return nil }
    return Int64((Double(left) * 60 / perMinute).rounded(.up))
  }

  private static let leastSeconds: Int64 = 3
  private static let leastDone = 3
}

extension WizardState {
  /// Of the units that are created.
  public var creationProgress: Progress {
    let total = session.proposal?.units.count ?? 0
    let done = min(total, session.createdCount + session.skippedCount)
    return progress(done: done, of: total, failed: failures.count, since: session.createdCount)
  }

  /// Of the units that are bound to their target.
  public var bindingProgress: Progress {
    let (done, total) = (session.boundCount, session.createdCount)
    return progress(done: done, of: total, failed: failures.count, since: done)
  }

  private func progress(done: Int, of total: Int, failed: Int, since count: Int) -> Progress {
    let failed = min(failed, max(0, total - done))
    return Progress(
      done: done, failed: failed, left: max(0, total - done - failed),
      elapsed: pace.map { max(0, now.seconds(since: $0.since)) },
      doneSince: pace.map { max(0, count - $0.before) } ?? 0)
  }
}
