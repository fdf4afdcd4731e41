import Dispatch
import Files
import Hub
import SessionFormat
import Subprocess
import Sync
import Synchronization
import Wizard

/// Brings the session of this run up to ConfigHub, beside all else: `Uploader` says when. Whatever it
/// comes to is posted as news; nothing waits for it but the end of the run, for two seconds.
package final class SessionSyncer: Sendable {
  let world: World
  let sessions: SessionKeeper
  let hub: @Sendable () throws(Failure) -> HubClient
  private let post: @Sendable (Event) -> Void
  private let queue = DispatchQueue(label: "sync", qos: .utility)
  private let state = Mutex(State())
  private let began = ContinuousClock.now

  struct State {
    /// The session that goes up.
    var id: String?
    /// With what this copy went together last.
    var sync: SyncState?
    var uploader: Uploader?
    /// As it was saved last.
    var document: SessionDocument?
    /// As it was looked at last.
    var seen: RemoteSession?
    /// Of what went up, by the call that brought it.
    var digest: String?
    var isSpaceMade = false
    var cancellation = Cancellation()
    /// Signalled once the run may end.
    var end: DispatchSemaphore?
    /// What to save at the end of the run, when nobody takes news any more.
    var lastNote: SyncState?
    var lastReason: String?
  }

  init(
    world: World, sessions: SessionKeeper,
    hub: @escaping @Sendable () throws(Failure) -> HubClient,
    post: @escaping @Sendable (Event) -> Void
  ) {
    self.world = world
    self.sessions = sessions
    self.hub = hub
    self.post = post
  }

  // MARK: From outside

  /// It goes up as soon as it was saved with what this answers.
  func begin(space: String) throws(Failure) -> SyncState {
    guard let session = sessions.saved?.session else {
      throw Failure(.other, "No session is open.")
    }
    var sync =
      session.sync
      ?? SyncState(
        space: space, unit: SessionUnit.slug(of: session.id, lineage: session.lineage))
    if sync.copy == nil { sync.copy = Self.newCopy() }
    let known = sync
    queue.async { [self] in
      let isUnderWay = state.withLock { state in
        if state.id == session.id, state.uploader != nil { return true }
        state = State(id: session.id, sync: known)
        return false
      }
      guard isUnderWay else { return }
      take(.hubAnswers)
      take(.asked)
    }
    return sync
  }

  /// It does not go up any more; or begins anew with the next `begin`.
  func end() {
    queue.async { [self] in
      state.withLock {
        $0.cancellation.cancel()
        $0 = State()
      }
    }
  }

  /// What was saved is new by so much.
  func saved(_ saved: SavedSession) {
    queue.async { [self] in
      let session = saved.document.session
      let isNew = state.withLock { state -> Bool? in
        guard state.id == session.id, let own = session.sync, own.copy == state.sync?.copy else {
          return nil
        }
        state.document = saved.document
        return state.uploader == nil
      }
      switch isNew {
      case nil: return
      case true?: start(saved)
      case false?:
        take(
          saved.isOnlyNoted
            ? .noted(generation: session.generation) : .saved(generation: session.generation))
        if saved.isStepDone { take(.stepDone) }
        for _ in 0..<saved.unitsDone { take(.unitDone) }
      }
    }
  }

  /// Something else was answered.
  func hubAnswers() {
    queue.async { [self] in take(.hubAnswers) }
  }

  /// A last try, for two seconds; then what is known is saved.
  ///
  /// Answers with a sentence if not all is up.
  ///
  /// - Parameter bringsLog: the run is complete, or has failed, so that its log goes up, too.
  package func finish(bringsLog: Bool) -> String? {
    let deadline = ContinuousClock.now + .milliseconds(2000)
    let end = DispatchSemaphore(value: 0)
    queue.async { [self] in
      let isOn = state.withLock { state in
        state.end = end
        return state.uploader != nil
      }
      if isOn { take(.exit) } else { end.signal() }
    }
    _ = end.wait(timeout: .now() + .milliseconds(2500))
    if bringsLog { bringLog(until: deadline) }
    let (note, reason, id) = state.withLock { state in
      state.cancellation.cancel()
      return (state.lastNote, state.lastReason, state.id)
    }
    guard let id, note != nil || reason != nil else { return nil }
    sessions.note(id) { sync in
      if let note { sync = note }
      sync?.error = reason
    }
    return reason.map { "Not all of the session is in ConfigHub: \($0)" }
  }

  /// Eight hexadecimal digits.
  static func newCopy() -> String {
    let digits = String(UInt32.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  // MARK: Inside

  private func start(_ saved: SavedSession) {
    state.withLock { state in
      guard let sync = state.sync else { return }
      // Whatever is up: at first it is looked at who holds it, and what is there.
      state.uploader = Uploader(
        sync, latest: saved.document.session.generation, isUp: false)
    }
    take(.asked)
  }

  private var now: Int64 {
    let (seconds, attoseconds) = (ContinuousClock.now - began).components
    return seconds * 1000 + attoseconds / 1_000_000_000_000_000
  }

  /// On the queue alone.
  private func take(_ event: Uploader.Event) {
    let moment = now
    var random = SystemRandomNumberGenerator()
    let effects = state.withLock { $0.uploader?.take(event, at: moment, using: &random) ?? [] }
    for effect in effects { perform(effect) }
  }

  private func perform(_ effect: Uploader.Effect) {
    switch effect {
    case .readHead(let call): ask(call) { syncer, hub in try syncer.head(hub) }
    case .create(let call, _): ask(call) { syncer, hub in try syncer.create(hub) }
    case .update(let call, _, _): ask(call) { syncer, hub in try syncer.update(hub) }
    case .compare(let call, _): ask(call) { syncer, hub in try syncer.compare(hub) }
    case .note(let head, let generation): note(head, generation)
    case .wait(let moment):
      queue.asyncAfter(deadline: .now() + .milliseconds(Int(max(1, moment - now)))) { [self] in
        take(.tick)
      }
    case .say(let status): say(status)
    case .giveUp: state.withLock { $0.cancellation.cancel() }
    case .finished(let isUp):
      state.withLock { state in
        if !isUp, state.lastReason == nil {
          state.lastReason = "ConfigHub did not answer before the run ended."
        }
        state.end?.signal()
      }
    }
  }

  /// Asks ConfigHub on a thread of its own. Without an answer the uploader waits for what comes of the
  /// news.
  private func ask(
    _ call: Int,
    _ body: @escaping @Sendable (SessionSyncer, SessionHub) throws -> Uploader.Answer?
  ) {
    let (space, cancellation, id) = state.withLock {
      ($0.sync?.space ?? SyncAnswers.usualSpace, $0.cancellation, $0.id)
    }
    Workers(limit: 1).add { [self] in
      let answer: Uploader.Answer?
      do {
        answer = try body(self, hub().sessions(in: space, cancellation: cancellation))
      } catch let failure as HubFailure {
        answer = .failed(failure.message)
      } catch let failure as Failure {
        answer = .failed(failure.message)
      } catch let invalid as InvalidSession {
        answer = .failed("It does not go up: \(invalid.reason).")
      } catch {
        answer = .failed("\(error)")
      }
      guard let answer else { return }
      queue.async { [self] in
        guard state.withLock({ $0.id }) == id else { return }
        take(.answered(call: call, answer))
      }
    }
  }

  private func note(_ head: SessionHead, _ generation: Int) {
    let clock = world.clock()
    let noted = state.withLock { state -> (String, SyncState)? in
      guard var sync = state.sync, let digest = state.digest, let id = state.id else { return nil }
      sync.note(head, digest: digest, generation: generation, at: clock)
      state.sync = sync
      state.lastNote = sync
      state.lastReason = nil
      return (id, sync)
    }
    if let (id, sync) = noted { post(.sync(id, .noted(sync))) }
  }

  private func say(_ status: Uploader.Status) {
    let (id, seen) = state.withLock { state in
      if case .behind(let reason?) = status { state.lastReason = reason }
      return (state.id, state.seen)
    }
    guard let id else { return }
    if case .stopped(.notHolding(let standing)) = status {
      let savedAt = seen?.savedAt
      post(.sync(id, .lost(standing, savedAt: savedAt)))
    }
    post(.sync(id, .status(status)))
  }

  /// ConfigHub has another state: the wizard has to look at it.
  func postMoved() {
    guard let id = state.withLock({ $0.id }) else { return }
    post(.sync(id, .moved))
  }

  /// A part of what is known, for a call.
  func with<Value>(_ body: (inout State) -> Value) -> Value { state.withLock { body(&$0) } }
}
