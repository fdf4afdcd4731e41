import Testing

@testable import Wizard

/// Steps 5 and 6 with today's cub, where releases alone deliver.
@Suite("Workers and targets with today's cub")
struct TodayModeTests {
  private func today() -> SimulatedWorld {
    var world = SimulatedWorld()
    world.hub?.deliversReleasesOnly = true
    world.hub?.cubVersion = "v0.8.12"
    world.nextHub = world.hub
    return world
  }

  private func atWorkers(
    _ world: inout SimulatedWorld, _ answers: Answers = Answers()
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    return run
  }

  @Test("A worker that would deliver nothing is not made: it is said at once, and what to take")
  func refused() {
    for choice in [WorkerChoice.local(slug: "mine"), .cluster(slug: "inside")] {
      var world = today()
      var run = atWorkers(&world)
      let changes = world.changes
      run.send(.chooseWorker(choice))
      let words = run.state.notice ?? ""
      #expect(words.hasPrefix("With cub v0.8.12 a worker"), "\(words)")
      #expect(words.contains("delivers nothing") && words.contains("--worker-mode server"))
      run.settle(in: &world)
      #expect(run.state.session.position == Position(.worker, .choosing))
      #expect(world.changes == changes && world.workers.isEmpty)
      // The release path goes on from there.
      run.send(.chooseWorker(.server(slug: "own")))
      run.go(to: .complete, in: &world)
      #expect(world.releases == 1)
    }
  }

  @Test("Another cub's worker may be chosen as before")
  func others() {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.local(slug: "mine")))
    run.go(to: .complete, in: &world)
    #expect(world.workers.count == 1 && run.state.session.workerMode == .local)
  }

  @Test("A worker that does not run is taken without waiting, and a target is made for it")
  func existing() {
    var world = today()
    world.workers["payment-team/dev"] = .init(id: "worker-9", listsUntilReady: nil)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    world.workers["\(run.state.appSpace)/dev"] = .init(id: "worker-9", listsUntilReady: nil)
    run.send(.retry)
    run.settle(in: &world)
    let before = run.clock
    run.send(.chooseWorker(.existing(slug: "dev")))
    run.go(to: .complete, in: &world)
    #expect(run.clock == before, "nothing was waited for")
    #expect(world.pullers["\(run.state.appSpace)/dev-releases"] == ["user of worker-9"])
    #expect(world.releases == 1)
  }

  @Test("A target of ours that does not let its worker in is made to, once")
  func closed() {
    var world = today()
    var run = atWorkers(&world)
    world.releaseTargets["\(run.state.appSpace)/own-releases"] = "worker of somebody"
    world.listsUntilTarget = 0
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(to: .complete, in: &world)
    let id = world.workers["\(run.state.appSpace)/own"]?.id ?? ""
    #expect(world.pullers["\(run.state.appSpace)/own-releases"] == ["user of \(id)"])
    #expect(run.begun.count { $0 == .createTarget } == 1)
    #expect(world.created.keys.allSatisfy { !$0.hasPrefix("target") })
  }

  @Test("A session that had chosen a local worker with another cub chooses again")
  func resumed() {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.local(slug: "mine")))
    run.saveAll(in: &world)
    world.hub?.deliversReleasesOnly = true
    world.nextHub = world.hub
    world.workers = [:]
    run = run.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.go(in: &world) { $0.state.notice?.contains("delivers nothing") == true }
    #expect(run.state.session.position == Position(.worker, .choosing))
    #expect(world.workers.isEmpty)
  }

  @Test("Without a terminal it ends before anything is written, with what to take instead")
  func unattended() {
    for mode in [WorkerMode.local, .cluster] {
      var world = today()
      var run = WizardRun()
      run.send(.begin(.automatic))
      run.go(to: .connect, .confirming, in: &world)
      run.settle(in: &world)
      var state = run.state
      state.answers.workerMode = mode
      guard case .stop(let leaving) = Autopilot.answer(state) else {
        Issue.record("\(mode) goes on")
        continue
      }
      #expect(
        leaving.exit == .wrongUsage && leaving.reason?.contains("--worker-mode server") == true)
      #expect(world.changes == 0)
      state.answers.workerMode = .server
      #expect(Autopilot.answer(state) == .event(.confirm))
    }
  }

  @Test("A server that is older than cub is told once, and stops nothing")
  func olderServer() {
    var world = today()
    world.hub?.versionWarning = "cub v0.8.12 is newer than server v0.7.3"
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .connect, .confirming, in: &world)
    run.settle(in: &world)
    #expect(run.state.warnings == ["cub v0.8.12 is newer than server v0.7.3"])
    #expect(run.state.canConfirm)
  }

  @Test("A unit with our mark and other content is not called somebody else's")
  func changedByTrigger() {
    func conflict(_ mark: String?) -> WizardState.Conflict {
      .init(
        existing: ExistingUnit(id: "u", version: 4, isSame: false, markedBy: mark),
        content: UnitContent(yaml: "", digest: "", sources: []))
    }
    #expect(conflict(nil).words == "exists with other content")
    #expect(conflict("op-1").words.contains("perhaps a trigger changed it"))

    var world = today()
    var run = WizardRun(Answers(onConflict: .skip))
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.contains(.createUnit) && !$0.kinds.contains(.save) }
    // Made, and changed by the organisation before anybody heard of it.
    run.answer(.createUnit, in: &world, as: .lostAfter)
    for key in world.units.keys { world.units[key]?.digest = "changed" }
    run.go(to: .worker, .choosing, in: &world)
    let skipped = run.state.session.operations.filter { $0.state == .skipped }
    #expect(skipped.count == 1)
    #expect(skipped.first?.reason?.contains("a trigger of the organisation") == true)
  }

  @Test("A finished session that is looked at again shows what is left to do")
  func lookedAtAgain() {
    var world = today()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    let steps = run.state.deliverySteps
    #expect(!steps.isEmpty)
    run = run.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.session.isComplete)
    #expect(run.state.deliverySteps == steps)
  }
}
