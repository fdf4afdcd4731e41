extension Uploader {
  /// When the next upload may begin. Milliseconds, as all of it.
  struct Waiting: Hashable, Sendable {
    let pace: Pace
    private var begun: Int64?
    private var failures = 0
    private var notBefore: Int64?
    /// The run ends by then, whatever is under way.
    private(set) var exitBy: Int64?
    /// The run has ended.
    private(set) var isOver = false
    private(set) var hasFailedOnExit = false

    init(pace: Pace) { self.pace = pace }

    /// `nil` if it may begin now.
    func moment(after now: Int64) -> Int64? {
      if exitBy != nil { return nil }
      let moment = max(begun.map { $0 + pace.between } ?? now, notBefore ?? now)
      return moment > now ? moment : nil
    }

    mutating func began(at now: Int64) { begun = now }

    /// Twice as long each time, and up to half of it less at random, so that many who lost ConfigHub
    /// together do not come back together.
    mutating func failed(at now: Int64, using random: inout some RandomNumberGenerator) {
      failures += 1
      hasFailedOnExit = exitBy != nil
      let whole = min(pace.longestPause, pace.firstPause << Int64(min(failures - 1, 20)))
      notBefore = now + whole - Int64.random(in: 0...whole / 2, using: &random)
    }

    mutating func forget() {
      failures = 0
      notBefore = nil
    }

    mutating func beginExit(at now: Int64) {
      if exitBy == nil, !isOver { exitBy = now + pace.onExit }
    }

    mutating func endExit() {
      exitBy = nil
      isOver = true
    }
  }
}
