import Testing

@testable import Wizard

@Suite("What failed is said where it failed, and can be tried again there")
struct SaidFailureTests {
  private func today() -> SimulatedWorld {
    var world = SimulatedWorld(workloads: 3)
    world.hub?.deliversReleasesOnly = true
    world.nextHub = world.hub
    return world
  }

  private func atWorkers(_ world: inout SimulatedWorld) -> WizardRun {
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    return run
  }

  /// Until the wizard gives the worker up.
  private func refuseWorker(_ run: inout WizardRun, _ world: inout SimulatedWorld) {
    for _ in 0..<5 where run.state.problem == nil {
      run.go(in: &world) { $0.kinds.contains(.createWorker) || $0.state.problem != nil }
      if run.state.problem != nil { break }
      run.answer(.createWorker, .changed(.unclear("HTTP 403")))
    }
  }

  @Test("A worker that is not created is not waited for; r creates it, and so does the next run")
  func worker() throws {
    for isNextRun in [false, true] {
      var world = today()
      var run = atWorkers(&world)
      run.send(.chooseWorker(.server(slug: "own")))
      refuseWorker(&run, &world)
      run.settle(in: &world)
      #expect(run.state.problem?.message == "Worker own could not be created: HTTP 403.")
      #expect(world.workers.isEmpty)
      if isNextRun {
        run = WizardRun.resumed(in: &world)
      } else {
        run.send(.retry)
      }
      run.go(to: .complete, in: &world)
      #expect(world.workers.count == 1 && world.releases == 1)
    }
  }

  @Test("Whoever leaves the targets out while one is written sees that end, and nothing more begun")
  func leftOut() throws {
    var world = today()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(in: &world) { $0.kinds.contains(.setTargets) }
    run.send(.skip)
    #expect(run.state.step == .targets, "what is under way is waited for")
    run.answer(.setTargets, in: &world)
    run.settle(in: &world)
    #expect(run.state.session.stepsSkipped == [.targets])
    #expect(world.releases == 0 && run.state.session.stepsLeftOut == ["targets"])
    #expect(!run.state.session.operations.contains { $0.kind == .publishRelease })
  }

  @Test("Where nobody is there, nothing is released of which nothing was bound, and it is said why")
  func unbound() throws {
    var world = today()
    var run = WizardRun(
      Answers(namespaces: ["payment-prod"], workerMode: .server, isUnattended: true))
    run.send(.begin(.automatic))
    var asked = 0
    while run.left == nil, asked < 400 {
      asked += 1
      if run.kinds.contains(.setTargets) {
        run.answer(.setTargets, .changed(.refused("HTTP 403.")))
      } else if let first = run.kinds.first {
        run.answer(first, in: &world)
      } else {
        switch Autopilot.answer(run.state) {
        case .event(let event): run.send(event)
        case .stop(let leaving): run.send(.leaveNow(leaving))
        case .wait: break
        }
      }
    }
    #expect(run.left?.exit == .failed)
    #expect(run.left?.reason?.contains("HTTP 403") == true, "\(run.left?.reason ?? "")")
    #expect(world.releases == 0 && !world.units.isEmpty)
  }

  @Test("Nor is it where a person goes on without the bindings")
  func goneOnWithout() {
    var world = today()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(in: &world) { $0.kinds.contains(.setTargets) }
    run.answer(.setTargets, .changed(.refused("HTTP 403.")))
    run.settle(in: &world)
    #expect(run.state.step == .targets && run.state.hasFailures)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.step > .targets && world.releases == 0)
  }

  @Test("A name that is taken by what is not shown can be given up for another one")
  func takenName() throws {
    var world = today()
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .connect, .confirming, in: &world)
    run.settle(in: &world)
    run.send(.confirm)
    let unit = try #require(run.state.session.proposal?.units.first)
    for _ in 0..<400 where run.state.isCreating || !run.kinds.isEmpty {
      guard let effect = run.pending.first(where: { $0.work.sort != .poll }) else { break }
      if case .change(.createUnit(let plan, _, _, _)) = effect.work, plan.id == unit.id {
        run.send(.finished(effect.id, .changed(.exists("HTTP 409."))))
      } else {
        run.answer(effect, in: &world)
      }
    }
    #expect(run.state.mayTakeAnotherName(unit))
    #expect(world.units.count == 2)
    run.send(.resolve(unit: unit.id, .rename("another")))
    run.settle(in: &world)
    #expect(world.units.count == 3)
    #expect(world.units.keys.contains { $0.hasSuffix("/another") })
    #expect(run.state.step == .worker)
  }
}
