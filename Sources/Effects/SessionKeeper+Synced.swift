import Files
import SessionFormat
import SessionStore
import Wizard

/// What was saved, and by how much it is new.
struct SavedSession: Sendable {
  let document: SessionDocument
  /// Nothing but what is known of ConfigHub is new.
  let isOnlyNoted: Bool
  let isStepDone: Bool
  /// So many units were created since the save before.
  let unitsDone: Int

  init(_ document: SessionDocument, since before: Session) {
    self.document = document
    let now = document.session
    isOnlyNoted = now.isOnlyNoted(since: before)
    isStepDone = before.position.step != now.position.step
    unitsDone =
      isOnlyNoted
      ? 0
      : now.operations.changes(since: before.operations).count {
        $0.kind == .createUnit && $0.state == .done
      }
  }
}

/// For whoever brings the session to ConfigHub.
extension SessionKeeper {
  /// As it was saved last, with all that was asked for before.
  var saved: SessionDocument? { queue.sync { held.withLock { $0?.document } } }

  /// Is told of each save.
  func tell(_ listener: @escaping @Sendable (SavedSession) -> Void) {
    listening.withLock { $0.saved = listener }
  }

  /// Saves another state in the place of the one that was saved last, which is kept in `conflicts` if
  /// that is asked for; answers with what is saved, and where the other one is.
  func replace(
    _ document: SessionDocument, puttingAside: Bool = false
  ) throws(Failure) -> (session: Session, path: String?) {
    let result: Result<(Session, String?), Failure> = queue.sync {
      guard var current = held.withLock({ $0 }) else {
        return .failure(Failure(.other, "No session is open."))
      }
      current.document = document
      switch current.lock.save(
        current.document, isLatest: current.undoing == nil, puttingAside: puttingAside)
      {
      case .saved(let generation, let warning):
        current.document.session.generation = generation
        current.records.write(current.document.session, to: current.log)
        current.log.write(
          savedGeneration: generation, "taken from ConfigHub" + (warning.map { ": \($0)" } ?? ""))
        let document = current.document
        let records = current.records
        held.withLock {
          $0?.document = document
          $0?.records = records
        }
        return .success((document.session, puttingAside ? warning : nil))
      case .failed(let failure):
        return .failure(Failure(failure.isConflict ? .held : .other, failure.sentence))
      }
    }
    return try result.get()
  }

  /// Makes it a session of this machine, under its own id.
  func keepArrived(_ document: SessionDocument) throws(Failure) -> String {
    let now = world.clock()
    return try explained { () throws(StoreError) in
      let kept = try store.importSession(
        PortableSession.encode(
          document.json, logs: [], home: store.root.home, program: store.program, at: now),
        sync: document.session.sync, at: now)
      return kept.id
    }
  }

  /// Saves what is known of ConfigHub when nobody else saves any more.
  func note(_ id: String, _ change: (inout SyncState?) -> Void) {
    queue.sync {
      guard var current = held.withLock({ $0 }), current.lock.id == id else { return }
      let before = current.document.session
      change(&current.document.session.sync)
      guard current.document.session.sync != before.sync else { return }
      current.document.session.keepUp(since: before)
      if case .saved(let generation, _) = current.lock.save(
        current.document, isLatest: current.undoing == nil)
      {
        current.document.session.generation = generation
        current.log.write(savedGeneration: generation, "noted what ConfigHub has")
        let document = current.document
        held.withLock { $0?.document = document }
      }
    }
  }
}
