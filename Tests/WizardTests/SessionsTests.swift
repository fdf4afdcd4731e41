import Testing
import Wizard

@Suite("Going from one session to another")
struct SwitchTests {
  @Test("What was changed is saved before the other session is opened")
  func savedFirst() {
    var run = Place.review.arrive().run
    run.send(.setWorkloads([run.state.choosable[0].key], chosen: false))
    #expect(run.state.saving == .changed)
    run.send(.switchSession("import-2026-01-01-000000"))
    #expect(run.kinds == [.save])
    run.answer(.save, .saved(generation: 99))
    #expect(run.kinds == [.load])
    #expect(run.pending.first?.work == .session(.load(sessionID: "import-2026-01-01-000000")))
    #expect(run.state.session.id.isEmpty)
  }

  @Test("A session that cannot be saved is not left")
  func notSaved() {
    var run = Place.review.arrive().run
    run.send(.setWorkloads([run.state.choosable[0].key], chosen: false))
    let id = run.state.session.id
    run.send(.switchSession("import-2026-01-01-000000"))
    run.answer(.save, .failed(Failure(.other, "The disk is full.")))
    #expect(run.state.session.id == id)
    #expect(run.state.notice?.contains("The disk is full.") == true)
    run.answer(.saveRetry, .paused)
    run.answer(.save, .saved(generation: 99))
    #expect(run.state.session.id == id)
    #expect(run.kinds.isEmpty)
  }

  @Test("While ConfigHub is being changed the session is not left")
  func writing() {
    var run = Place.creating.arrive().run
    let id = run.state.session.id
    run.send(.switchSession("import-2026-01-01-000000"))
    #expect(run.state.session.id == id)
    #expect(run.state.notice?.contains("is being written to ConfigHub") == true)
  }

  @Test("The session that is open is neither opened again nor restored under its own feet")
  func own() {
    var run = Place.review.arrive().run
    let id = run.state.session.id
    for event in [Event.switchSession(id), .restoreSession(id, generation: 1)] {
      run.send(event)
      #expect(run.kinds.isEmpty)
      #expect(run.state.notice?.contains("open") == true)
    }
  }

  @Test("What was restored is said, and the list is read again")
  func restored() {
    var run = Place.review.arrive().run
    run.send(.restoreSession("import-2026-01-01-000000", generation: 3))
    run.answer(.restoreSession, .sessionRestored("It is restored."))
    #expect(run.kinds == [.listSessions])
    run.answer(.listSessions, .sessions([]))
    #expect(run.state.notice == "It is restored.")
    #expect(run.state.sessions == [])
  }

  @Test("A session gets a name, this one at once and another one by its file; a bad one is refused")
  func named() {
    var run = Place.review.arrive().run
    let id = run.state.session.id
    run.send(.nameSession(id, "  Tuesday "))
    #expect(run.state.session.name == "Tuesday")
    #expect(run.state.notice == "The session is called Tuesday.")
    #expect(run.state.saving == .changed)
    run.send(.nameSession("import-2026-01-01-000000", "Monday"))
    run.answer(.nameSession, .sessionRestored("It is called Monday."))
    run.answer(.listSessions, .sessions([]))
    #expect(run.state.notice == "It is called Monday.")
    for bad in [String(repeating: "x", count: 61), "a\nb", "a\u{2028}b"] {
      run.send(.nameSession(id, bad))
      #expect(run.state.session.name == "Tuesday")
      #expect(run.state.notice == SessionTitle.sentence)
    }
    run.send(.nameSession(id, " "))
    #expect(run.state.session.name == nil)
  }

  @Test("Another session is begun in place of the one that is open, once that is saved")
  func another() {
    var run = Place.review.arrive().run
    run.send(.setWorkloads([run.state.choosable[0].key], chosen: false))
    let id = run.state.session.id
    run.send(.startNew)
    #expect(run.state.session.id == id)
    #expect(run.state.notice == "Wait until this session is saved.")
    run.answer(.autosave, .paused)
    run.answer(.save, .saved(generation: 99))
    run.send(.startNew)
    #expect(run.pending.last?.work == .session(.open(.new(replacing: id, deleting: false))))
    #expect(run.state.session.id.isEmpty)

    var busy = Place.creating.arrive().run
    let own = busy.state.session.id
    busy.send(.startNew)
    #expect(busy.state.session.id == own)
    #expect(busy.state.notice?.contains("is being written to ConfigHub") == true)
  }

  @Test("Where a session is resumed its history says so, and the time between does not count")
  func stepTimes() {
    let (start, hour) = (Int64(1_768_000_000), Int64(3600))
    var session = Session(
      id: "import-2026-01-09-143022", lineage: "x", createdAt: Timestamp(seconds: start))
    func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: start + seconds) }
    session.history = [
      .init(position: Position(.scan, .choosing), at: at(0)),
      .init(position: Position(.scan, .scanning), at: at(40)),
      .init(position: Position(.review), at: at(100)),
      .init(position: Position(.review), at: at(48 * hour), leftAt: at(400)),
      .init(position: Position(.select), at: at(50 * hour)),
      // The clock was set back.
      .init(position: Position(.scan, .choosing), at: at(49 * hour)),
    ]
    session.updatedAt = at(49 * hour + 5)
    let rows = StepTimes(session).rows
    #expect(rows.map(\.step) == [.scan, .review, .select])
    #expect(rows.map(\.seconds) == [105, 300 + 2 * hour, 0])
    #expect(rows.map(\.visits) == [2, 1, 1])
    #expect(
      StepTimes(session).lines == [
        "scan    1 min, 2 times", "review  2 h 5 min, once", "select  0 s, once",
      ])
    #expect(Interactions(session).words == "5 screens, 0 choices, 0 changes to ConfigHub")
  }

  @Test("Of choices and of screens only so many are remembered")
  func kept() {
    var state = Place.review.arrive().run.state
    state.answers.run.kept = .init(edits: 2, visits: 3)
    for row in state.choosable {
      _ = state.take(.setWorkloads([row.key], chosen: false), at: state.now)
    }
    #expect(state.choosable.count == 3 && state.session.undo.count == 2)
    let before = state.session.history
    _ = state.take(.goBack, at: state.now)
    #expect(before.count == 3)
    #expect(state.session.history.dropLast() == before.dropFirst())
  }
}
