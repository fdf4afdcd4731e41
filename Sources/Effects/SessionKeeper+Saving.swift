import Files
import Logs
import SessionFormat
import SessionStore
import Wizard

/// Saving, and letting go.
extension SessionKeeper {
  func save(_ session: Session) throws(Failure) -> Outcome {
    guard var current = held.withLock({ $0 }) else {
      throw Failure(.other, "No session is open.")
    }
    let saved = current.document.session
    current.document.session = session
    if session.sync != nil { current.document.session.keepUp(since: saved) }
    switch current.lock.save(current.document, isLatest: current.undoing == nil) {
    case .saved(let generation, var warning):
      if let replaced = current.replaced {
        warning = [warning, putAway(replaced)].compactMap(\.self).joined(separator: " ")
        if warning?.isEmpty == true { warning = nil }
      }
      // Not while it is held: the screen's thread writes to the log, too, and would wait.
      current.records.write(session, to: current.log)
      current.log.write(
        savedGeneration: generation,
        session.position.text + (warning.map { ": \($0)" } ?? ""))
      auditRemovals(in: session, since: saved)
      if session.sync != nil, let listener = listening.withLock({ $0.saved }) {
        current.document.session.generation = generation
        listener(SavedSession(current.document, since: saved))
      }
      held.withLock {
        $0?.document = current.document
        $0?.records = current.records
        $0?.warning = warning
        $0?.replaced = nil
      }
      return .saved(
        generation: generation, warning: warning == current.warning ? nil : warning)
    case .failed(let failure) where failure.isConflict:
      current.log.write(failure.sentence)
      throw Failure(.held, failure.sentence)
    case .failed(let failure):
      current.log.write(failure.sentence)
      let copy = keepElsewhere(current.document).map { " A copy is in \($0)." } ?? ""
      throw Failure(.other, failure.sentence + copy)
    }
  }

  private func keepElsewhere(_ document: SessionDocument) -> String? {
    let earlier = held.withLock { $0?.copy }
    let copy = store.saveElsewhere(document, replacing: earlier)
    if let copy { held.withLock { $0?.copy = copy } }
    return copy
  }

  /// A last copy for a session that its own directory would not take; answers with the path.
  package func saveElsewhere(_ session: Session) -> String? {
    queue.sync {
      held.withLock { $0 }.flatMap {
        var document = $0.document
        document.session = session
        return keepElsewhere(document)
      }
    }
  }

  /// Lets go of the lock, after everything that was asked for is done; answers with what went wrong,
  /// as a sentence.
  package func close() -> String? {
    queue.sync {
      let last = held.withLock { held in
        defer { held = nil }
        return held
      }
      last?.log.write("left")
      return last.flatMap { letGo($0) }
    }
  }
}
