import Documents
import Files
import Hub
import SessionFormat
import SessionStore
import TerminalText
import Wizard

/// `sessions undo ID`: removes the units that a session created and nobody has changed since.
///
/// Like every change, a removal is saved as an intent before and with its outcome after; one whose
/// outcome is not known is settled by reading, by the next undo or the next resume.
struct SessionUndo {
  let verbs: SessionVerbs
  let hub: HubClient

  /// What is to become of one unit that the session created, or became of it.
  struct Finding {
    enum Fate { case removable, stays(String), gone, removed, failed(String) }

    var operation: Operation
    var fate: Fate

    var space: String { operation.space }
    var slug: String { operation.slug }
    var isRemovable: Bool { if case .removable = fate { true } else { false } }
    var isRemoved: Bool { if case .removed = fate { true } else { false } }
    var isFailed: Bool { if case .failed = fate { true } else { false } }

    /// What is told of one that is not removed; `nil` if it is, or is to be.
    var sentence: String? {
      switch fate {
      case .removable, .removed: nil
      case .gone: "\(slug) is gone already"
      case .stays(let reason): "\(slug) stays: \(reason)"
      case .failed(let reason): "\(slug): \(reason)"
      }
    }

    /// Why it is not removed; `nil` if it is, or is to be.
    var reason: String? {
      switch fate {
      case .removable, .removed: nil
      case .gone: "it is gone already"
      case .stays(let reason), .failed(let reason): reason
      }
    }
  }

  /// Answers with the exit status.
  func run(_ id: String) throws -> Int32 {
    let lock = try take(id)
    defer { lock.release() }
    let opened = try verbs.store.resume(holding: lock)
    defer { putBack(id, opened.archivedOn, lock) }
    guard let found = opened.found else { throw verbs.missing(id, opened.warnings) }
    opened.warnings.forEach(MapImport.complain)
    guard !found.document.lacksOperations else {
      throw SessionVerbs.Refusal(
        1, "Session \(id) is not undone: \(FileStore.wayToOperations(id))")
    }
    return try run(id, found.document, lock)
  }

  /// What was archived is archived again.
  private func putBack(_ id: String, _ day: String?, _ lock: SessionLock) {
    guard let day else { return }
    do throws(StoreError) {
      try verbs.store.archive(id, backTo: day, holding: lock)
    } catch {
      MapImport.complain(error.sentence)
    }
  }

  private func run(_ id: String, _ document: SessionDocument, _ lock: SessionLock) throws -> Int32 {
    guard document.session.proposal != nil else {
      throw SessionVerbs.Refusal(1, "Session \(id) has created nothing.")
    }
    try checkSignIn(document.session)
    var removal = UnitRemoval(undo: self, document: document, lock: lock)
    var findings = try self.findings(document.session)
    try removal.settle(&findings)
    guard findings.contains(where: \.isRemovable) else {
      report(document.session, findings, "There is nothing to remove of session \(id).")
      return 0
    }
    guard try isConfirmed(id, findings) else {
      report(
        document.session, findings.filter { $0.isRemovable || $0.isRemoved },
        "Nothing was removed.")
      return 0
    }
    do {
      try removal.remove(&findings)
    } catch {
      // What was removed until then is told all the same.
      report(document.session, findings)
      throw error
    }
    report(document.session, findings)
    return findings.contains(where: \.isFailed) ? 1 : 0
  }

  private func take(_ id: String) throws -> SessionLock {
    _ = try verbs.entries(of: id)
    switch try verbs.store.acquire(id, at: verbs.now) {
    case .acquired(let lock): return lock
    case .heldBy(let holder): throw SessionVerbs.Refusal.held(id, by: holder)
    }
  }

  private func checkSignIn(_ session: Session) throws {
    switch hub.signIn() {
    case .signedIn(let identity):
      guard let before = session.hub, !before.isSamePlace(as: identity) else { return }
      throw SessionVerbs.Refusal(
        1,
        "Session \(session.id) created units in \(before.whereNot(identity))")
    case .signedOut(let reason): throw SessionVerbs.Refusal(4, reason)
    case .unknown(let reason): throw SessionVerbs.Refusal(1, reason)
    }
  }

  // MARK: Looking

  private func findings(_ session: Session) throws(HubFailure) -> [Finding] {
    let operations = session.operations.filter {
      $0.kind == .createUnit && $0.state != .skipped
    }
    var lists: [String: HubClient.Listing] = [:]
    for space in Set(operations.map(\.space)).sorted() {
      // What cannot be looked at is not taken for gone.
      lists[space] = .success(try hub.listing(of: space).get())
    }
    let removals = Set(session.operations.filter { $0.kind == .deleteUnit }.map(\.key))
    var findings: [Finding] = []
    for operation in operations {
      let finding = try finding(operation, session, lists[operation.space] ?? .success([:]))
      // Begun, and never made.
      if operation.state != .done, case .gone = finding.fate, !removals.contains(operation.key) {
        continue
      }
      findings.append(finding)
    }
    return findings
  }

  /// What is to become of a unit as it was listed; throws only if nobody is signed in.
  func finding(
    _ operation: Operation, _ session: Session, _ there: HubClient.Listing
  ) throws(HubFailure) -> Finding {
    var finding = Finding(operation: operation, fate: .gone)
    do {
      guard let remote = try hub.unit(operation.slug, in: there, of: operation.space) else {
        return finding
      }
      let reason = UndoRule(session: session, operation: operation).reasonToKeep(remote)
      finding.fate = reason.map { .stays($0) } ?? .removable
    } catch {
      if error.kind == .signInNeeded { throw error }
      finding.fate = .failed(error.message)
    }
    return finding
  }

  private func isConfirmed(_ id: String, _ findings: [Finding]) throws -> Bool {
    if verbs.options.yes { return true }
    for finding in findings where !finding.isRemoved {
      MapImport.complain(
        finding.sentence ?? "\(finding.slug) would be removed from \(finding.space)")
    }
    try verbs.checkTerminal(for: "undo")
    let count = findings.count(where: \.isRemovable)
    return verbs.isConfirmed("Remove \(plural(count, "unit")) that session \(id) created? [y/N] ")
  }

  // MARK: Telling

  private func report(
    _ session: Session, _ findings: [Finding], _ conclusion: String? = nil
  ) {
    let left = session.besidesUnits
    let removed = findings.filter(\.isRemoved)
    let kept = findings.filter { !$0.isRemoved }
    if !removed.isEmpty || kept.contains(where: \.isFailed) {
      let rest = kept.isEmpty ? "" : ", \(kept.count) not removed"
      let spaces = Set(removed.map(\.space)).sorted()
      let place =
        spaces.count > 1
        ? " from \(spaces.count) Spaces" : spaces.first.map { " from \($0)" } ?? ""
      verbs.audit(
        .undo, session.id, "done: \(plural(removed.count, "unit")) removed\(place)\(rest)")
    }
    verbs.print(
      .object([
        "session_id": .string(session.id), "removed": .array(removed.map { .string($0.slug) }),
        "kept": .array(
          kept.map { .object(["unit": .string($0.slug), "reason": .init($0.reason)]) }),
        "left": .array(left.map { .string($0) }),
      ]),
      removed.map { "\($0.slug) is removed from \($0.space)." }
        + kept.compactMap(\.sentence) + left.map { "\($0) stays: only units are removed." }
        + [conclusion].compactMap { $0 })
  }
}

extension Session {
  /// What it made beside units, which undo leaves alone.
  fileprivate var besidesUnits: [String] {
    operations.filter { $0.state == .done && $0.result == .created }.compactMap { operation in
      switch operation.kind {
      case .createSpace:
        operation.key.text == proposal?.appSpace
          ? "App Space \(operation.key)" : "Space \(operation.key)"
      case .createWorker: "Worker \(operation.key)"
      case .installWorker: "Worker \(operation.key) in cluster \(operation.detail ?? "")"
      case .createTarget: "Target \(operation.key)"
      default: nil
      }
    }
  }
}
