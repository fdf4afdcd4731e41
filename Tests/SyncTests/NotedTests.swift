import Testing
import Wizard

@Suite("Saves that only note what ConfigHub has")
struct NotedTests {
  private let now = Timestamp(seconds: 1_800_000_000)

  private func session(_ position: Position) -> Session {
    var session = Session(id: "import-2026-01-09-143022", lineage: "l", createdAt: now)
    session.position = position
    return session
  }

  private func header(_ session: Session) -> SyncShown { SessionHeader(session).lastKnownSync }

  @Test("An upload is noted in the next save, and more notes leave it up")
  func notes() {
    var session = session(Position(.review))
    session.generation = 5
    session.sync = SyncState(space: "s", unit: "u", revision: 3, generation: 3, at: now)
    #expect(header(session) == .behind(nil))
    for change in [
      { ($0.revision, $0.generation) = (4, 5) }, { $0.error = "It is slow." }, { $0.error = nil },
      { $0.scope = .team },
    ] as [(inout SyncState) -> Void] {
      let before = session
      if var sync = session.sync {
        change(&sync)
        session.sync = sync
      }
      session.keepUp(since: before)
      session.generation += 1
      #expect(session.sync?.generation == session.generation)
    }
    #expect(header(session) == .synced)
  }

  @Test("What changes beside the note is not up, and neither is what changed before it")
  func others() {
    var saved = session(Position(.review))
    saved.generation = 5
    saved.sync = SyncState(space: "s", unit: "u", revision: 3, generation: 5, at: now)
    var changed = saved
    changed.sync?.error = "It is slow."
    changed.name = "mine"
    changed.keepUp(since: saved)
    changed.generation = 6
    changed.sync?.error = nil
    #expect(header(changed) == .behind(nil))
    // An upload of the fifth, noted after the sixth was saved.
    var late = changed
    late.sync?.revision = 4
    late.keepUp(since: changed)
    late.generation = 7
    #expect(header(late) == .behind(nil))
  }
}
