import Testing
import Wizard

@Suite("A session that cannot simply be resumed")
struct ObstacleTests {
  private static let held = FoundSession.Obstacle.held("process 4711 since 16:40")

  private func prompt(
    _ start: Start, _ answers: Answers = Answers(context: "kind-atk"),
    obstacle: FoundSession.Obstacle? = nil, isEditedByHand: Bool = false
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.send(.begin(start))
    if answers.run.isUnattended {
      run.answer(.listContexts, .contexts([.init(name: "kind-atk")], current: "kind-atk"))
    }
    var session = Session(id: "import-1", lineage: "l", createdAt: run.clock)
    session.cluster.context = "kind-atk"
    run.answer(
      .load,
      .loaded(
        FoundSession(
          session: session, age: Age(seconds: 60), obstacle: obstacle,
          isEditedByHand: isEditedByHand), warnings: ["w"]))
    return run
  }

  @Test("Held by another map-import: it may be looked at, and a new one begins beside it")
  func isHeld() {
    for start in [Start.automatic, .resume(sessionID: nil)] {
      var run = prompt(start, obstacle: Self.held)
      guard case .prompt = run.state.stage else {
        Issue.record("no prompt: \(run.state.stage)")
        return
      }
      for event in [Event.resume, .deleteAndStartNew, .resumeBackup] {
        run.send(event)
        #expect(run.pending.isEmpty)
        #expect(run.state.notice?.contains("process 4711") == true)
      }
      run.send(.startNew)
      #expect(run.pending.map(\.work) == [.session(.open(.new(replacing: nil, deleting: false)))])
    }
  }

  @Test("Without anybody to ask: 5 if it is held, 1 if it is newer or edited")
  func unattended() {
    let answers = Answers(context: "kind-atk", isUnattended: true)
    #expect(prompt(.automatic, answers, obstacle: Self.held).left?.exit == .sessionHeld)
    #expect(prompt(.automatic, answers, obstacle: .newer("2.0")).left?.exit == .failed)
    #expect(prompt(.automatic, answers, isEditedByHand: true).left?.exit == .failed)
  }

  @Test("What became of old sessions is said in the prompt, or where there is none, as a notice")
  func tidied() {
    for start in [Start.automatic, .resume(sessionID: nil)] {
      var run = WizardRun(Answers(context: "kind-atk"))
      run.send(.begin(start))
      var session = Session(id: "import-1", lineage: "l", createdAt: run.clock)
      session.cluster.context = "kind-atk"
      let found = FoundSession(session: session, age: Age(seconds: 60))
      run.answer(.load, .loaded(found, warnings: [], tidied: ["1 old session is archived (x)."]))
      #expect(run.state.tidied == ["1 old session is archived (x)."])
      if start == .automatic {
        run.send(.resume)
        #expect(run.state.tidied == [], "it was read")
      }
      run.answer(.open, .opened(session))
      #expect(
        run.state.notice == (start == .automatic ? nil : "1 old session is archived (x)."))
    }
  }

  @Test("What is finished is not resumed, whatever its age, but looked at")
  func finished() {
    var session = Session(id: "import-1", lineage: "l", createdAt: Timestamp(seconds: 0))
    let age = Age(seconds: 32 * 86_400)
    #expect(SessionSummary(SessionHeader(session), age: age).promptTitle == "RESUME SESSION?")
    #expect(SessionSummary(SessionHeader(session), age: age).isStale)
    session.position = Position(.complete)
    let summary = SessionSummary(SessionHeader(session), age: age)
    #expect(summary.promptTitle == "FINISHED IMPORT" && !summary.isStale)
    #expect(summary.promptHeading == "Found an import that was finished 32 days ago:")
  }

  @Test("Edited by hand: a person chooses between it and its backup")
  func edited() {
    var run = prompt(.resume(sessionID: nil), isEditedByHand: true)
    run.send(.resumeBackup)
    #expect(run.pending.map(\.work) == [.session(.open(.resumeBackup(sessionID: "import-1")))])
    var other = prompt(.automatic)
    other.send(.resumeBackup)
    #expect(other.pending.isEmpty)
    #expect(other.state.warnings == ["w"])
  }

  @Test("--new leaves a held session alone")
  func new() {
    let run = prompt(.new, obstacle: Self.held)
    #expect(run.pending.map(\.work) == [.session(.open(.new(replacing: nil, deleting: false)))])
  }
}
