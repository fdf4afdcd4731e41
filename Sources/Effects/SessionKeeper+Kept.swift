import Files
import SessionFormat
import SessionStore
import TerminalText
import Wizard

/// The other sessions that are kept, for the browser over them.
extension SessionKeeper {
  func keptSessions() throws(Failure) -> [StoredSession] {
    let now = world.clock()
    return try explained { () throws(StoreError) in
      try store.list().map { (entry) throws(StoreError) in
        try StoredSession(entry, in: store, own: currentID, at: now)
      }
    }
  }

  /// Where the other sessions have put what this one is about to create. What is corrupt tells
  /// nothing.
  func earlierUnits(of session: Session) throws(Failure) -> [WorkloadKey: EarlierUnit] {
    try explained { () throws(StoreError) in
      var found: [WorkloadKey: EarlierUnit] = [:]
      for entry in try store.list() where entry.header?.mayHaveImported(whatIsIn: session) == true {
        guard let other = try store.read(entry.id).found?.document.session else { continue }
        found.merge(session.unitsElsewhere(in: other)) { newer, older in
          newer.isMade ? newer : older
        }
      }
      return found
    }
  }

  /// Takes the newest unfinished session of a context in place of the latest one, if that is of
  /// another cluster or complete; answers with true if the result is of that context.
  func prefer(_ context: String, over result: inout LoadResult) throws(Failure) -> Bool {
    let latest = result.found?.header
    if let latest, latest.cluster.context == context, !latest.isOver { return true }
    let better = try explained { () throws(StoreError) in
      try store.unfinished(of: context).flatMap { id throws(StoreError) in
        try store.read(id, isWhole: false).found
      }
    }
    guard let better else { return false }
    result.found = better
    let session = better.header
    let name = session.cluster.context == context ? "" : ", there called \(session.cluster.context)"
    result.warnings.append(
      "This is session \(session.id), the newest unfinished one of \(context)\(name); the latest "
        + "session is \(latest?.id ?? "another one").")
    return true
  }

  func restore(_ id: String, _ generation: Int?) throws(Failure) -> String {
    let now = world.clock()
    let sentence = try explained { () throws(StoreError) in
      let restored =
        generation == nil
        ? try store.unarchive(id, at: now)
        : try store.restore(id, generation: generation, at: now)
      let kept =
        restored.operationsKept > 0
        ? " \(plural(restored.operationsKept, "change")) to ConfigHub made after that "
          + "\(restored.operationsKept == 1 ? "stays" : "stay") recorded."
        : ""
      return "Session \(id) is restored, as generation \(restored.session.generation).\(kept)"
    }
    audit(.restore, id, "done: \(sentence)")
    return sentence
  }

  func rename(_ id: String, _ name: String) throws(Failure) -> String {
    try explained { () throws(StoreError) in
      try store.rename(id, to: name, at: world.clock())
    }
    let sentence = FileStore.renamed(id, name)
    audit(.name, id, "done: \(sentence)")
    return sentence
  }

  /// A line for what was removed from each Space, and for what could not be, since the last save.
  func auditRemovals(in session: Session, since last: Session) {
    let changes = session.operations.changes(since: last.operations)
    func removals(_ state: Wizard.Operation.State) -> [String: Int] {
      changes.filter { $0.kind == .deleteUnit && $0.state == state }
        .reduce(into: [:]) { $0[$1.space, default: 0] += 1 }
    }
    for (space, count) in removals(.done).sorted(by: { $0.key < $1.key }) {
      audit(.undo, session.id, "done: \(plural(count, "unit")) removed from \(space)")
    }
    for (space, count) in removals(.failed).sorted(by: { $0.key < $1.key }) {
      audit(.undo, session.id, "failed: \(plural(count, "unit")) not removed from \(space)")
    }
  }
}

extension StoredSession {
  /// - Parameter own: the session that this run has open.
  init(
    _ entry: SessionEntry, in store: FileStore, own: String?, at now: Timestamp
  ) throws(StoreError) {
    let place: Place
    var generations: [Generation] = []
    switch entry.place {
    case .archived(let day): place = .archived(day: day)
    case .corrupt: place = .corrupt
    case .active:
      place = .active
      generations = try store.backups(of: entry.id).map {
        Generation(number: $0.generation, savedAt: $0.savedAt, problem: $0.problem)
      }
    }
    let holder =
      entry.id == own
      ? "open here"
      : (entry.lockedBy.map { "held by \($0.sentence(in: store.zone))" } ?? entry.lockProblem)
    self.init(
      id: entry.id, place: place, header: entry.header, session: store.glance(entry),
      age: Age(
        since: entry.header?.updatedAt, at: now, staleAfter: store.retention.staleAfter),
      remark: entry.problem.map { "cannot be used: \($0)" } ?? holder ?? entry.trust?.remark,
      generations: generations)
    status = entry.status(at: now, abandonedAfter: store.retention.abandonedAfter)
  }
}
