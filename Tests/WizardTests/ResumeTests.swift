import Testing
import Wizard

struct ResumeTests {
  @Test("A run that crashes anywhere is resumed and completed", arguments: Place.allCases)
  func everywhere(place: Place) {
    var (crashed, world) = place.arrive()
    var run = crashed.restarted(name: "resumed at \(place)")
    run.send(.begin(.resume(sessionID: nil)))
    guard world.latest != nil else {
      run.settle(in: &world)
      #expect(run.left?.exit == .noSession)
      return
    }
    world.hub = world.nextHub
    world.clusterUID = "uid-of-kube-system"
    world.listsUntilTarget = 1
    world.startedListsUntilReady = 2
    for key in world.workers.keys { world.workers[key]?.listsUntilReady = nil }
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(run.state.session.stepsCompleted == Step.seven)
    // Somebody was faster.
    #expect(world.createdInVain.count == (place == .conflict ? 1 : 0))
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(run.state.session.lineage == crashed.durable?.lineage ?? run.state.session.lineage)
    crashed.clock.seconds += 1
  }

  @Test("That the session is of another cluster than the current one is said before it is resumed")
  func otherCluster() {
    var (before, world) = Place.select.arrive()
    before.settle(in: &world)
    for (current, other) in [("kind-atk", nil), ("prod-east", "prod-east")] {
      world.currentContext = current
      var run = WizardRun()
      run.send(.begin(.automatic))
      run.answer(.load, in: &world)
      #expect(run.state.otherContext == nil)
      run.answer(.listContexts, in: &world)
      #expect(run.state.otherContext == other)
      run.send(.resume)
      run.settle(in: &world)
      #expect(run.state.otherContext == nil)
      #expect(run.state.session.cluster.context == "kind-atk")
    }
    var run = WizardRun(Answers(context: "prod-east"))
    run.send(.begin(.automatic))
    run.answer(.load, in: &world)
    #expect(run.state.otherContext == "prod-east" && run.kinds == [])
  }

  @Test("A resumed session goes on where it was saved")
  func position() {
    for place in [Place.review, .select, .workers, .connecting, .waiting, .mismatch, .complete] {
      var (crashed, world) = place.arrive()
      crashed.settle(in: &world)
      let position = crashed.durable?.position
      var run = crashed.restarted(name: place.rawValue)
      run.send(.begin(.resume(sessionID: nil)))
      run.answer(.load, in: &world)
      run.answer(.open, in: &world)
      #expect(run.state.session.position == position)
      #expect(run.state.session.operations == crashed.durable?.operations)
      #expect(run.kinds.contains(.save))
    }
  }

  // MARK: The prompt

  @Test("What was found is shown before anything is opened")
  func prompt() throws {
    let (run, _) = Place.prompt.arrive()
    guard case .prompt(let found) = run.state.stage else {
      Issue.record("no prompt but \(run.state.stage)")
      return
    }
    #expect(found.session.position == Position(.worker, .connecting))
    #expect(run.kinds == [.listContexts], "only the kubeconfig is read")
    #expect(!run.begun.contains(.open))
  }

  @Test(
    "R resumes, N archives and begins anew, D deletes and begins anew",
    arguments: [
      (Event.resume, 0, 0), (.startNew, 1, 0), (.deleteAndStartNew, 0, 1),
    ])
  func answers(event: Event, archived: Int, deleted: Int) {
    var (run, world) = Place.prompt.arrive()
    let old = world.latest
    run.send(event)
    run.answer(.open, in: &world)
    run.saveAll(in: &world)
    #expect(world.archived.count == archived)
    #expect(world.deleted.count == deleted)
    #expect((run.state.session.id == old) == (event == .resume))
    #expect(world.latest == run.state.session.id)
    if event != .resume {
      #expect(run.state.session.position == Position(.scan, .choosing))
      #expect(run.state.session.history.map(\.position) == [Position(.scan, .choosing)])
      #expect(run.kinds == [.listContexts])
    }
  }

  @Test(
    "A session is stale after 24 hours, or when its age is not known",
    arguments: [(0, false), (86_400, false), (86_401, true), (-5, true), (nil, true)])
  func stale(age: Int64?, isStale: Bool) {
    #expect(FoundSession(session: .seed, age: Age(seconds: age)).age.isStale == isStale)
  }

  // MARK: How a run may begin

  @Test("Without a session a run begins a new one unasked")
  func nothingFound() {
    var world = SimulatedWorld()
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.answer(.load, in: &world)
    #expect(run.pending.map(\.work) == [.session(.open(.new(replacing: nil, deleting: false)))])
  }

  @Test("--resume without a session leaves with 3", arguments: [nil, "import-2026-01-08-091544"])
  func nothingToResume(id: String?) {
    var world = SimulatedWorld()
    var run = WizardRun()
    run.send(.begin(.resume(sessionID: id)))
    #expect(run.pending.map(\.work) == [.session(.load(sessionID: id))])
    run.answer(.load, in: &world)
    #expect(run.left?.exit == .noSession)
    #expect(run.left?.reason?.contains(id ?? "to resume") == true)
  }

  @Test("--new archives what is there without asking")
  func new() {
    var world = SimulatedWorld.seed
    var run = WizardRun()
    run.send(.begin(.new))
    run.answer(.load, in: &world)
    run.answer(.open, in: &world)
    #expect(world.archived == [Session.seed.id])
    #expect(run.state.stage == .working)
  }

  @Test(
    "A session that cannot be opened ends the run with a code that says why",
    arguments: [
      (Failure.Kind.held, ExitReason.sessionHeld), (.noSession, .noSession), (.other, .failed),
      (.timedOut, .failed), (.cancelled, .failed),
    ])
  func cannotOpen(kind: Failure.Kind, exit: ExitReason) {
    for work in [WorkKind.load, .open] {
      var world = SimulatedWorld.seed
      var run = WizardRun()
      run.send(.begin(.resume(sessionID: nil)))
      if work == .open { run.answer(.load, in: &world) }
      run.answer(work, in: &world, as: .broken(kind))
      #expect(run.left?.exit == exit)
      #expect(run.left?.reason?.isEmpty == false)
    }
  }

  @Test("A complete session is shown as it is, with what is left to do, and nothing is changed")
  func complete() {
    var (finished, world) = Place.complete.arrive()
    var run = finished.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.session.isComplete)
    #expect(!run.begun.contains(.recheck))
    #expect(!run.state.deliverySteps.isEmpty)
    let changes = world.changes
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.begun.last == .save)
    #expect(run.state.session.report?.isVerified == true)
    run.send(.goOn)
    #expect(run.left == .init(.done))
    #expect(world.changes == changes)
    finished.clock.seconds += 1
  }
}
