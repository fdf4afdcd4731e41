import Documents
import Hub
import Sessions
import Wizard

/// `sessions undo ID`: removes the units that a session created and nobody has changed since.
struct SessionUndo {
  let verbs: SessionVerbs
  let hub: HubClient

  /// What is to become of one unit that the session created.
  struct Finding {
    var operation: Operation
    var slug: String
    /// Why it stays; `nil` if it is removed.
    var reason: String?
  }

  /// Answers with the exit status.
  func run(_ id: String) throws -> Int32 {
    let lock = try take(id)
    defer { lock.release() }
    guard let found = try verbs.store.load(id, mutating: false).found else {
      throw SessionVerbs.Refusal.noSession(id)
    }
    var document = found.document
    guard let space = document.session.proposal?.appSpace else {
      throw SessionVerbs.Refusal(1, "Session \(id) has created nothing.")
    }
    try checkSignIn(document.session)
    let findings = try self.findings(document.session, space)
    let removable = findings.filter { $0.reason == nil }
    guard !removable.isEmpty else {
      verbs.print(
        json(id, findings, removed: []),
        findings.map { "\($0.slug) stays: \($0.reason ?? "")" }
          + ["There is nothing to remove of session \(id)."])
      return 0
    }
    guard try isConfirmed(id, space, findings) else {
      verbs.print(json(id, findings, removed: []), ["Nothing was removed."])
      return 0
    }
    var removed: [String] = []
    var failed: [String] = []
    for finding in removable {
      let failure = try remove(finding, space, &document, lock)
      if let failure {
        failed.append("\(finding.slug): \(failure)")
      } else {
        removed.append(finding.slug)
      }
    }
    verbs.print(
      json(id, findings, removed: removed),
      removed.map { "\($0) is removed from \(space)." } + failed
        + findings.compactMap { finding in finding.reason.map { "\(finding.slug) stays: \($0)" } })
    return failed.isEmpty ? 0 : 1
  }

  private func take(_ id: String) throws -> SessionLock {
    _ = try verbs.entries(of: id)
    switch try verbs.store.lock(id, at: verbs.now) {
    case .locked(let lock): return lock
    case .heldBy(let holder): throw SessionVerbs.Refusal.held(id, by: holder)
    }
  }

  private func checkSignIn(_ session: Session) throws {
    switch hub.signIn() {
    case .signedIn(let identity):
      guard let before = session.hub, !before.isSamePlace(as: identity) else { return }
      throw SessionVerbs.Refusal(
        1,
        "Session \(session.id) created units in \(before.placeName), but cub is signed in to "
          + "\(identity.placeName).")
    case .signedOut(let reason): throw SessionVerbs.Refusal(4, withoutSecrets(reason))
    case .unknown(let reason): throw SessionVerbs.Refusal(1, withoutSecrets(reason))
    }
  }

  // MARK: Looking

  private func findings(
    _ session: Session, _ space: String
  ) throws(HubFailure) -> [Finding] {
    var findings: [Finding] = []
    for operation in session.operations
    where operation.kind == .createUnit && operation.state == .done
      && operation.key.hasPrefix(space + "/")
    {
      findings.append(try finding(operation, session, space))
    }
    return findings
  }

  private func finding(
    _ operation: Operation, _ session: Session, _ space: String
  ) throws(HubFailure) -> Finding {
    let slug = String(operation.key.dropFirst(space.count + 1))
    let reason: String?
    do {
      let remote = try hub.unit(slug, space: space)
      reason = UndoRule(session: session, operation: operation).reasonToKeep(remote)
    } catch {
      if error.kind == .signInNeeded { throw error }
      reason = withoutSecrets(error.message)
    }
    return Finding(operation: operation, slug: slug, reason: reason)
  }

  private func isConfirmed(_ id: String, _ space: String, _ findings: [Finding]) throws -> Bool {
    if verbs.options.yes { return true }
    try verbs.checkTerminal(for: "undo")
    for finding in findings {
      MapImport.complain(
        finding.reason.map { "\(finding.slug) stays: \($0)" }
          ?? "\(finding.slug) would be removed from \(space)")
    }
    let count = findings.count { $0.reason == nil }
    return verbs.isConfirmed("Remove \(counted(count, "unit")) that session \(id) created? [y/N] ")
  }

  // MARK: Removing

  /// The intent is saved, the unit removed, the outcome saved; why not, if it stays.
  private func remove(
    _ finding: Finding, _ space: String, _ document: inout SessionDocument, _ lock: SessionLock
  ) throws -> String? {
    let key = finding.operation.key
    let number = document.session.operations.count + 1
    let id = "undo-\(number)"
    document.session.operations.append(Operation(id: id, kind: .deleteUnit, key: key))
    document.session.report = nil
    try save(&document, lock)
    let outcome = hub.deleteUnit(finding.slug, space: space)
    var failure: String?
    switch outcome {
    case .done: break
    case .refused(let refusal): failure = withoutSecrets(refusal.message)
    case .exists(let reason), .unclear(let reason), .signInNeeded(let reason):
      // Reading tells.
      failure = isGone(finding.slug, space) ? nil : withoutSecrets(reason)
    }
    for index in document.session.operations.indices
    where document.session.operations[index].key == key {
      if document.session.operations[index].id == id {
        document.session.operations[index].state = failure == nil ? .done : .failed
        document.session.operations[index].reason = failure
      } else if failure == nil, document.session.operations[index].state == .done {
        document.session.operations[index].state = .skipped
        document.session.operations[index].reason = "It was removed again by sessions undo."
      }
    }
    try save(&document, lock)
    return failure
  }

  private func isGone(_ slug: String, _ space: String) -> Bool {
    do {
      return try hub.unit(slug, space: space) == nil
    } catch {
      return false
    }
  }

  private func save(_ document: inout SessionDocument, _ lock: SessionLock) throws {
    document.session.updatedAt = verbs.now
    switch verbs.store.save(document, holding: lock) {
    case .saved(let generation, _): document.session.generation = generation
    case .failed(let failure): throw SessionVerbs.Refusal(1, failure.sentence)
    }
  }

  private func json(_ id: String, _ findings: [Finding], removed: [String]) -> JSONValue {
    .object([
      "session_id": .string(id), "removed": .array(removed.map { .string($0) }),
      "kept": .array(
        findings.filter { !removed.contains($0.slug) }.map {
          .object(["unit": .string($0.slug), "reason": .init($0.reason)])
        }),
    ])
  }
}

/// Whether a unit is still exactly what a session made of it.
struct UndoRule {
  let session: Session
  let operation: Operation

  /// `nil` if it may be removed.
  func reasonToKeep(_ remote: RemoteUnit?) -> String? {
    guard operation.result == .created else { return "it was there before this session" }
    guard let remote else { return "it is gone already" }
    if let id = operation.remoteID, let now = remote.id, id != now {
      return "it is another unit of this name"
    }
    guard let mark = remote.mark, mark.session == session.id else {
      return "it has no mark of this session"
    }
    guard let digest = operation.digest, remote.digest == digest else {
      return "its content was changed since, or cannot be read"
    }
    let changes = session.operations.filter { $0.key == operation.key && $0.state == .done }
    let known = changes.map(\.remoteVersion)
    if !known.contains(nil), let last = known.compactMap({ $0 }).max(), let now = remote.version,
      now != last
    {
      return "it was changed since: version \(now), this session left \(last)"
    }
    return nil
  }
}
