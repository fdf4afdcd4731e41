import Testing
import Wizard

@Suite("Without anybody to ask, from the start")
struct UnattendedStartTests {
  @Test("No session is begun where nothing says what to scan, and none is put away")
  func noScope() {
    for start in [Start.automatic, .new] {
      var (before, world) = Place.complete.arrive()
      before.settle(in: &world)
      let latest = world.latest
      let run = WizardRun.unattended(Answers(), start, in: &world)
      #expect(run.left?.exit == .wrongUsage)
      #expect(!run.begun.contains(.open) && !run.begun.contains(.save))
      #expect(world.latest == latest && world.archived == [])
    }
  }

  @Test("What turns out to be wrong before the scan is in no session")
  func wrong() {
    var world = SimulatedWorld()
    let unknown = WizardRun.unattended(
      Answers(context: "nope", namespaces: ["order-prod"]), in: &world)
    #expect(unknown.left?.exit == .failed && !unknown.begun.contains(.open))
    let missing = WizardRun.unattended(Answers(namespaces: ["nope"]), in: &world)
    #expect(missing.left?.exit == .failed && !missing.begun.contains(.save))
    #expect(world.latest == nil)
    // One that gets as far as the scan is kept.
    world = SimulatedWorld()
    let scanned = WizardRun.unattended(Answers(namespaces: ["order-prod"]), in: &world)
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
      #expect(run.pending.first?.work == .session(.load(sessionID: nil, context: looked)))
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
      #expect(run.pending.first?.work == .session(.open(opening)))
    }
  }

  @Test(
    "A key is no part of what a run without anybody says, and a sentence has one stop",
    arguments: [Place.spaceRefused, .workerLate, .targetLate, .clusterChanged])
  func words(place: Place) throws {
    let (run, _) = place.arrive()
    let problem = try #require(run.state.problem)
    guard case .stop(let leaving) = Autopilot.answer(run.state), let reason = leaving.reason else {
      Issue.record("it goes on")
      return
    }
    #expect(!reason.contains("..") && reason.hasSuffix("."), "\(reason)")
    #expect(problem.ways.contains { $0.action == .retry && !reason.contains($0.does) })
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

  @Test("Of what is not as intended two are named, and how many more there are")
  func mismatches() {
    var state = Place.complete.arrive().0.state
    for (count, reason) in [
      (1, "1 not as intended: unit 1: gone"), (2, "2 not as intended: unit 1: gone; unit 2: gone"),
      (4, "4 not as intended: unit 1: gone; unit 2: gone; and 2 more"),
    ] {
      state.session.position = Position(.verify)
      state.session.report = Report(
        checks: (1...count).map { .init(subject: "unit \($0)", verdict: .mismatch, detail: "gone") }
      )
      #expect(Autopilot.answer(state) == .stop(.init(.failed, reason: reason)))
    }
  }
}
