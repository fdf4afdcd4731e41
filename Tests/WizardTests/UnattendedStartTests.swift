import Testing
import Wizard

@Suite("Without anybody to ask, from the start")
struct UnattendedStartTests {
  private func run(
    _ answers: Answers, _ start: Start = .automatic, in world: inout SimulatedWorld
  ) -> WizardRun {
    var answers = answers
    answers.isUnattended = true
    var run = WizardRun(answers)
    run.send(.begin(start))
    run.settle(in: &world)
    while run.left == nil {
      switch Autopilot.answer(run.state) {
      case .event(let event): run.send(event)
      case .stop(let leaving): run.send(.leaveNow(leaving))
      case .wait: return run
      }
      run.settle(in: &world)
    }
    return run
  }

  @Test("No session is begun where nothing says what to scan, and none is put away")
  func noScope() {
    for start in [Start.automatic, .new] {
      var (before, world) = Place.complete.arrive()
      before.settle(in: &world)
      let latest = world.latest
      let run = run(Answers(), start, in: &world)
      #expect(run.left?.code == 2)
      #expect(!run.begun.contains(.open) && !run.begun.contains(.save))
      #expect(world.latest == latest && world.archived == [])
    }
  }

  @Test("What turns out to be wrong before the scan is in no session")
  func wrong() {
    var world = SimulatedWorld()
    let unknown = run(Answers(context: "nope", namespaces: ["order-prod"]), in: &world)
    #expect(unknown.left?.code == 1 && !unknown.begun.contains(.open))
    let missing = run(Answers(namespaces: ["nope"]), in: &world)
    #expect(missing.left?.code == 1 && !missing.begun.contains(.save))
    #expect(world.latest == nil)
    // One that gets as far as the scan is kept.
    world = SimulatedWorld()
    let scanned = run(Answers(namespaces: ["order-prod"]), in: &world)
    #expect(scanned.begun.contains(.scan) && world.latest != nil)
  }

  @Test("Only a context that was given is looked for among the sessions")
  func context() {
    for (given, start, looked) in [
      ("kind-atk", Start.automatic, "kind-atk"), (nil, .automatic, nil), ("kind-atk", .new, nil),
      ("kind-atk", .resume(sessionID: nil), "kind-atk"),
    ] {
      var world = SimulatedWorld()
      var run = WizardRun(
        Answers(context: given, namespaces: ["order-prod"], isUnattended: true))
      run.send(.begin(start))
      run.answer(.listContexts, in: &world)
      #expect(run.pending.first?.work == .load(sessionID: nil, context: looked))
    }
  }

  @Test("A session found by the context given is resumed, whatever it calls its cluster")
  func sameCluster() {
    var (before, world) = Place.select.arrive()
    before.settle(in: &world)
    for isOfContext in [true, false] {
      world.contexts.append("alias")
      var run = WizardRun(
        Answers(context: "alias", namespaces: ["order-prod"], isUnattended: true))
      run.send(.begin(.automatic))
      run.answer(.listContexts, in: &world)
      guard let session = before.durable else { return #expect(before.durable != nil) }
      run.answer(
        .load,
        .loaded(
          FoundSession(
            session: session, age: Age(since: session.updatedAt, at: run.clock),
            isOfContextGiven: isOfContext), warnings: []))
      let opening: Opening =
        isOfContext ? .resume(sessionID: session.id) : .new(replacing: nil, deleting: false)
      #expect(run.pending.first?.work == .open(opening))
    }
  }

  @Test("What to scan, given in advance, outlives leaving before a cluster is chosen")
  func scope() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(namespaces: ["order-prod"], selector: "tier=web"))
    run.send(.begin(.automatic))
    run.settle(in: &world)
    run.send(.leave)
    run.settle(in: &world)
    #expect(run.durable?.scope.namespaces == ["order-prod"])
    var again = run.restarted()
    again.send(.begin(.resume(sessionID: nil)))
    again.settle(in: &world)
    again.send(.chooseContext("kind-atk"))
    again.settle(in: &world)
    #expect(again.state.session.scope.namespaces == ["order-prod"])
    #expect(again.state.session.scope.selector == "tier=web")
    #expect(again.state.session.scope.context == "kind-atk")
  }
}
