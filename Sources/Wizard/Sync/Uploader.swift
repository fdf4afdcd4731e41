/// When a session goes up to ConfigHub, and whether it may: one upload at a time, only the latest
/// state, never in the way of anything else.
///
/// Events go in with the time, effects come out. Times are in milliseconds of a clock that is never
/// set, counted from anywhere. Before every write the head is read: it has to be the one that was seen
/// last, and the hold has to be ours.
public struct Uploader: Hashable, Sendable {
  /// In milliseconds.
  public struct Pace: Hashable, Sendable {
    public var between: Int64 = 5_000
    /// So many units make an upload due.
    public var units = 10
    public var firstPause: Int64 = 5_000
    public var longestPause: Int64 = 300_000
    public var onExit: Int64 = 2_000

    public init() {}
  }

  public enum Event: Hashable, Sendable {
    /// The session's file has this generation.
    case saved(generation: Int)
    /// The same, and nothing but what is known of ConfigHub is new in it.
    case noted(generation: Int)
    case stepDone
    case unitDone
    /// A person wants it now, or a run begins.
    case asked
    /// ConfigHub answered something else.
    case hubAnswers
    case answered(call: Int, Answer)
    case tick
    case exit
  }

  /// What a call came to. One of an earlier call is not listened to.
  public enum Answer: Hashable, Sendable {
    /// What ConfigHub has; `nil` if it has no such unit.
    case head(SessionHead?)
    /// What ConfigHub had was compared and joined: this head is what this copy came from now.
    case compared(SessionHead, isUp: Bool)
    case uploaded(SessionHead)
    /// 409: somebody was quicker.
    case refused(String)
    case failed(String)
    /// It may have been done; the head will tell.
    case lost(String)
  }

  public enum Effect: Hashable, Sendable {
    case readHead(call: Int)
    /// Without `--allow-exists`, held by this copy in epoch 1.
    case create(call: Int, generation: Int)
    case update(call: Int, generation: Int, over: SessionHead)
    /// Read what is there and compare it: see `Reconciliation`.
    case compare(call: Int, SessionHead)
    /// The session is to remember it.
    case note(SessionHead, generation: Int)
    /// Nothing more is done before that time, but for other events.
    case wait(until: Int64)
    case say(Status)
    /// Whatever is under way ends.
    case giveUp(call: Int)
    case finished(isUp: Bool)
  }

  /// What the panel shows.
  public enum Status: Hashable, Sendable {
    case upToDate
    /// There is more here than there; why it did not go up, if that was tried.
    case behind(String?)
    case uploading
    case stopped(Stop)
  }

  /// Only a person ends it.
  public enum Stop: Hashable, Sendable {
    case notHolding(Standing)
    /// Somebody deleted it in ConfigHub.
    case gone
  }

  enum Phase: Hashable, Sendable {
    case idle, reading, comparing
    case writing(generation: Int)
    case stopped(Stop)
  }

  var phase = Phase.idle
  /// Counts calls, so that a late answer is not taken for another one's.
  private var call = 0
  private var known: SyncState
  private var latest: Int
  private var up: Int?
  private var isDue: Bool
  private var units = 0
  var waiting: Waiting
  private var trouble: String?
  private var said: Status?

  /// - Parameters:
  ///   - known: with what this copy went together last, and the epoch in which it drives. It has its
  ///     `copy`, and that is saved: by it a claim is known again whose answer got lost.
  ///   - latest: the generation that the session's file has.
  ///   - isUp: it is what went up last.
  public init(_ known: SyncState, latest: Int, isUp: Bool, pace: Pace = Pace()) {
    self.known = known
    self.latest = latest
    up = isUp ? latest : nil
    isDue = !isUp
    waiting = Waiting(pace: pace)
    trouble = known.error
  }

  public var isBehind: Bool { up != latest }

  public var status: Status {
    switch phase {
    case .stopped(let stop): .stopped(stop)
    case .reading, .comparing, .writing: .uploading
    case .idle: isBehind ? .behind(trouble) : .upToDate
    }
  }

  public mutating func take(
    _ event: Event, at now: Int64, using random: inout some RandomNumberGenerator
  ) -> [Effect] {
    var effects: [Effect] = []
    switch event {
    case .saved(let generation): latest = generation
    case .noted(let generation):
      if !isBehind { up = generation }
      latest = generation
    case .stepDone: isDue = true
    case .unitDone:
      units += 1
      if units % max(1, waiting.pace.units) == 0 { isDue = true }
    case .asked: isDue = true
    case .hubAnswers: waiting.forget()
    case .answered(let number, let answer):
      guard number == call, isCalling else { break }
      effects = take(answer, at: now, using: &random)
    case .tick: break
    case .exit: waiting.beginExit(at: now)
    }
    effects += goOn(at: now)
    if status != said {
      said = status
      effects.append(.say(status))
    }
    return effects
  }

  private var isCalling: Bool {
    switch phase {
    case .reading, .comparing, .writing: true
    case .idle, .stopped: false
    }
  }

  private mutating func goOn(at now: Int64) -> [Effect] {
    if let end = waiting.exitBy {
      switch phase {
      case .reading, .comparing, .writing:
        if now < end { return [.wait(until: end)] }
        phase = .idle
        waiting.endExit()
        return [.giveUp(call: call), .finished(isUp: false)]
      case .idle where isBehind && !waiting.hasFailedOnExit: break
      case .idle, .stopped:
        waiting.endExit()
        return [.finished(isUp: !isBehind)]
      }
    }
    guard case .idle = phase, isBehind, isDue || waiting.exitBy != nil, !waiting.isOver else {
      return []
    }
    if let moment = waiting.moment(after: now) { return [.wait(until: moment)] }
    isDue = false
    waiting.began(at: now)
    phase = .reading
    call += 1
    return [.readHead(call: call)]
  }

  private mutating func take(
    _ answer: Answer, at now: Int64, using random: inout some RandomNumberGenerator
  ) -> [Effect] {
    switch (phase, answer) {
    case (.reading, .head(nil)):
      guard known.revision == nil else {
        phase = .stopped(.gone)
        return []
      }
      return write { .create(call: $0, generation: $1) }
    case (.reading, .head(let head?)):
      let standing = head.hold.standing(of: known.copy, in: known.epoch)
      guard standing.mayDrive else {
        phase = .stopped(.notHolding(standing))
        return []
      }
      known.epoch = head.hold.epoch
      if known.hasSeen(head) { return write { .update(call: $0, generation: $1, over: head) } }
      phase = .comparing
      call += 1
      return [.compare(call: call, head)]
    case (.comparing, .compared(let head, let isUp)):
      see(head)
      if !isUp { return write { .update(call: $0, generation: $1, over: head) } }
      up = latest
      phase = .idle
      waiting.forget()
      return []
    case (.writing(let generation), .uploaded(let head)):
      see(head)
      up = generation
      waiting.forget()
      let standing = head.hold.standing(of: known.copy, in: known.epoch)
      phase = standing.mayDrive ? .idle : .stopped(.notHolding(standing))
      return [.note(head, generation: generation)]
    case (_, .refused(let reason)), (_, .failed(let reason)), (_, .lost(let reason)):
      phase = .idle
      isDue = true
      trouble = reason
      waiting.failed(at: now, using: &random)
      return []
    case (_, .head), (_, .compared), (_, .uploaded):
      return []
    }
  }

  private mutating func see(_ head: SessionHead) {
    known.revision = head.revision
    known.dataHash = head.dataHash
    if let copy = known.copy, head.hold.holder?.copy == copy { known.epoch = head.hold.epoch }
    trouble = nil
  }

  private mutating func write(_ effect: (_ call: Int, _ generation: Int) -> Effect) -> [Effect] {
    phase = .writing(generation: latest)
    call += 1
    return [effect(call, latest)]
  }
}
