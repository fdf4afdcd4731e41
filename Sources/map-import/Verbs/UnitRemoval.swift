import Hub
import Sessions
import Wizard

/// The removals of one undo, and the session that they are written down in.
struct UnitRemoval {
  let undo: SessionUndo
  let space: String
  var document: SessionDocument
  let lock: SessionLock

  /// Whether a unit is there, as reading tells.
  private enum Presence { case gone, there, unknown(String) }

  /// What an earlier undo had begun, and what is gone since, was removed by it.
  mutating func settle(_ findings: inout [SessionUndo.Finding]) throws {
    var isNews = false
    for index in findings.indices {
      let key = findings[index].operation.key
      guard case .gone = findings[index].fate, unsettled(key) != nil else { continue }
      finish(key, .gone, "")
      findings[index].fate = .removed
      isNews = true
    }
    if isNews { try save() }
  }

  /// The intent is saved, the unit removed, the outcome saved. Throws if the session cannot be
  /// saved or nobody is signed in any more.
  mutating func remove(_ finding: inout SessionUndo.Finding) throws {
    // Since it was shown, somebody may have changed it, and cub removes on no condition.
    finding = try undo.finding(finding.operation, document.session, space)
    guard finding.isRemovable else { return }
    let key = finding.operation.key
    begin(key)
    try save()
    let outcome = undo.hub.deleteUnit(finding.slug, space: space)
    let (found, reason) = presence(of: finding.slug, after: outcome)
    finish(key, found, reason)
    try save()
    if case .signInNeeded = outcome { throw HubFailure(.signInNeeded, reason) }
    if case .gone = found { finding.fate = .removed } else { finding.fate = .failed(reason) }
  }

  /// Only success needs no reading: a refusal may come because it is gone already.
  private func presence(
    of slug: String, after outcome: ChangeOutcome
  ) -> (Presence, reason: String) {
    let words: String
    switch outcome {
    case .done: return (.gone, "")
    case .signInNeeded(let reason): return (.there, reason)
    case .refused(let failure): words = failure.message
    case .exists(let reason), .unclear(let reason): words = reason
    }
    do {
      return (try undo.hub.unit(slug, space: space) == nil ? .gone : .there, words)
    } catch {
      return (.unknown(error.message), words)
    }
  }

  // MARK: Writing it down

  private func unsettled(_ key: String) -> Int? {
    document.session.operations.lastIndex {
      $0.kind == .deleteUnit && $0.key == key && $0.state != .done
    }
  }

  private mutating func begin(_ key: String) {
    document.session.report = nil
    guard let index = unsettled(key) else {
      let id = "undo-\(document.session.operations.count + 1)"
      document.session.operations.append(Operation(id: id, kind: .deleteUnit, key: key))
      return
    }
    document.session.operations[index].state = .intent
    document.session.operations[index].attempt += 1
    document.session.operations[index].reason = nil
  }

  private mutating func finish(_ key: String, _ presence: Presence, _ reason: String) {
    guard let index = unsettled(key) else { return }
    switch presence {
    case .gone: document.session.recordRemoval(of: key)
    case .there:
      document.session.operations[index].state = .failed
      document.session.operations[index].reason = reason
    // It stays an intent, which the next undo or resume settles by reading.
    case .unknown(let why): document.session.operations[index].reason = "\(reason) \(why)"
    }
  }

  private mutating func save() throws {
    document.session.updatedAt = undo.verbs.now
    switch undo.verbs.store.save(document, holding: lock) {
    case .saved(let generation, _): document.session.generation = generation
    case .failed(let failure): throw SessionVerbs.Refusal(1, failure.sentence)
    }
  }
}
