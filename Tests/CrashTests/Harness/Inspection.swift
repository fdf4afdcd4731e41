import SessionFormat
import SessionStore
import Wizard

/// Looks at what a run of SaveDriver left behind, as the next start of the wizard would.
struct Inspection {
  let state: StartingState
  let run: DriverRun

  /// What is not as it must be, as sentences.
  func complaints() -> [String] {
    do {
      return try session() + latest() + nothingPutAside() + nextSave()
    } catch {
      return ["\(error)"]
    }
  }

  private var id: String { run.id ?? state.id }
  private var acknowledged: Int { run.acknowledged?.generation ?? state.generation }

  /// The session is the last acknowledged one or exactly one newer, for each save after it that
  /// was not acknowledged.
  private func session() throws -> [String] {
    let result = try run.home.store().readAndRepair(id, at: StartingState.now)
    guard let found = result.found else {
      return unless(acknowledged == 0, "generation \(acknowledged) is lost: \(result.warnings)")
    }
    let session = found.document.session
    let newest = acknowledged + run.openFailures + (run.wasKilled ? 1 : 0)
    let content: String
    switch (session.generation, run.acknowledged) {
    case (acknowledged, let last?): content = last.content
    case (acknowledged, nil): content = "saved after \(acknowledged - 1)"
    default: content = "saved after \(acknowledged)"
    }
    return unless(result.warnings.isEmpty, "warnings: \(result.warnings)")
      + unless(found.origin == .named, "it was taken from \(found.origin)")
      + unless(found.trust == .sound, "it is \(found.trust)")
      + unless(
        (acknowledged...newest).contains(session.generation),
        "generation \(session.generation) was found, not \(acknowledged) to \(newest)")
      + unless(
        session.workerStatus == content,
        "it holds “\(session.workerStatus ?? "")” instead of “\(content)”")
      + scan(of: session)
  }

  /// What was saved together is found together.
  private func scan(of session: Session) -> [String] {
    var expected = session
    // A save that failed after its file had the name is made again, as the generation after that.
    let before = session.workerStatus?.split(separator: " ").last.flatMap { Int($0) }
    expected.scanned(after: before ?? session.generation - 1)
    return unless(
      session.scan?.workloads == expected.scan?.workloads,
      "generation \(session.generation) has not its own scan")
  }

  /// Without a name, the next start finds the session that was saved last.
  private func latest() throws -> [String] {
    let result = try run.home.store().readAndRepair(at: StartingState.now)
    guard let found = result.found else {
      return unless(acknowledged == 0, "no session is found: \(result.warnings)")
    }
    let isPointed = run.acknowledged != nil && !run.has("WARNED")
    return unless(result.warnings.isEmpty, "warnings: \(result.warnings)")
      + unless(
        !isPointed || found.document.session.id == id, "the pointer names another session")
  }

  private func nothingPutAside() -> [String] {
    ["corrupt", "conflicts", "archive"].flatMap { directory in
      let names = run.home.names(in: "sessions/\(directory)")
      return unless(names.isEmpty, "\(directory) has \(names)")
    }
  }

  /// The next save works, and afterwards there is nothing that does not belong there.
  private func nextSave() throws -> [String] {
    let store = try run.home.store()
    let before = try store.readAndRepair(id, at: StartingState.now).found?.document
    let lock: SessionLock
    if before == nil {
      lock = try store.begin(at: StartingState.now)
    } else {
      switch try store.acquire(id, at: StartingState.now) {
      case .acquired(let taken): lock = taken
      case .heldBy(let holder): return ["\(holder.sentence) has the lock"]
      }
    }
    let document = before ?? SessionDocument(session: .sample(lock.id))
    let generation = try lock.saved(document)
    let after = try store.readAndRepair(at: StartingState.now).found?.document.session
    // A session that was never saved has nothing that another could trip over.
    let strays = ["sessions", "sessions/backups", "sessions/scans"].flatMap(run.home.names).filter {
      $0.hasPrefix(".") && (before != nil || !$0.hasPrefix(".\(id)."))
    }
    return unless(
      after?.id == lock.id && after?.generation == generation, "the next save is not found")
      + unless(generation == document.session.generation + 1, "the next save is \(generation)")
      + unless(strays.isEmpty, "left behind: \(strays)")
      + unless(run.home.names(in: "sessions/backups").count <= 10, "backups are not pruned")
      + unless(
        run.home.names(in: "sessions/scans").count <= 6 + 1, "parts of sessions are not pruned")
  }
}

private func unless(_ isSo: Bool, _ complaint: @autoclosure () -> String) -> [String] {
  isSo ? [] : [complaint()]
}
