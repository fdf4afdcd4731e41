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
}
