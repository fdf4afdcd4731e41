import Testing
import Wizard

/// Step 5 and 6 where the worker is in the cluster, or ConfigHub's own.
struct WorkerModeTests {
  private func atWorkers(_ world: inout SimulatedWorld) -> WizardRun {
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    return run
  }

  @Test("A server worker: a target is made, the units are bound, one release is published")
  func server() {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(to: .complete, in: &world)
    #expect(world.releases == 1)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(
      world.units.values.allSatisfy { $0.target == "target \(run.state.appSpace)/own-releases" })
    #expect(run.state.session.operations.allSatisfy { $0.state == .done })
    let kinds = run.begun.filter { [.setTargets, .setReleaseTarget, .publishRelease].contains($0) }
    #expect(kinds.suffix(2) == [.setReleaseTarget, .publishRelease])
  }

  @Test(
    "Whatever becomes of a step of the delivery, it is finished and made once",
    arguments: [WorkKind.createWorker, .createTarget, .setReleaseTarget, .publishRelease],
    [Fate.lostAfter, .lostBefore, .exists, .brokenAfter(.timedOut), .broken(.other)])
  func unclear(kind: WorkKind, fate: Fate) {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.server(slug: "own")))
    run.go(in: &world) { $0.kinds.contains(kind) && !$0.kinds.contains(.save) }
    run.answer(kind, in: &world, as: fate)
    run.go(to: .complete, in: &world)
    #expect(world.created.filter { !$0.key.hasPrefix("unit") }.values.allSatisfy { $0 == 1 })
    #expect(world.releases >= 1)
  }

  @Test("With cub 0.5 and 0.6 a worker of one's own is made, and that it delivers nothing is said")
  func functionsOnly() {
    for (choice, isSaid) in [
      (WorkerChoice.local(slug: "own"), true), (.cluster(slug: "own"), true),
      (.server(slug: "own"), false),
    ] {
      var world = SimulatedWorld()
      var run = atWorkers(&world)
      run.send(.chooseWorker(choice))
      #expect(run.state.notice?.contains("delivers nothing") == (isSaid ? true : nil))
      #expect(run.state.phase == .connecting)
    }
    for applies in [true, false] {
      var world = SimulatedWorld()
      world.hub?.appliesUnits = applies
      let run = WizardRun.unattended(
        Answers(namespaces: ["payment-prod"], workerMode: .local), in: &world)
      #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
      #expect(run.state.warnings.contains { $0.contains("delivers nothing") } != applies)
    }
  }

  @Test("A refusal is a problem that says what to do, and r tries again")
  func refused() {
    for kind in [WorkKind.createTarget, .setReleaseTarget, .publishRelease] {
      var world = SimulatedWorld()
      var run = atWorkers(&world)
      run.send(.chooseWorker(.server(slug: "own")))
      run.go(in: &world) { $0.kinds.contains(kind) && !$0.kinds.contains(.save) }
      run.answer(kind, in: &world, as: .refused)
      run.settle(in: &world)
      #expect(run.state.problem?.ways.first == .retry)
      run.go(to: .complete, in: &world)
    }
  }

  @Test("In the cluster: nothing is applied before the word yes, and then what was shown")
  func cluster() {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    run.send(.chooseWorker(.cluster(slug: "inside")))
    run.settle(in: &world)
    #expect(run.state.manifest == "kind: Deployment of inside")
    for word in ["", "y", "Yes", "yes ", "no"] {
      run.send(.confirmInstallation(word))
      run.settle(in: &world)
      #expect(run.state.notice?.contains("Nothing was applied") == true)
    }
    #expect(world.applied == [])
    run.send(.confirmInstallation("yes"))
    run.go(to: .complete, in: &world)
    #expect(world.applied == ["kind: Deployment of inside"])
    #expect(run.state.session.workerMode == .cluster)
  }

  @Test("A crash while a worker is installed asks again, and what is installed is not")
  func resumedInstallation() {
    for isInstalled in [false, true] {
      var world = SimulatedWorld()
      var run = atWorkers(&world)
      run.send(.chooseWorker(.cluster(slug: "inside")))
      run.settle(in: &world)
      run.send(.confirmInstallation("yes"))
      run.saveAll(in: &world)
      if isInstalled {
        run.answer(.installWorker, in: &world)
        run.saveAll(in: &world)
      }
      run = run.restarted()
      run.send(.begin(.resume(sessionID: nil)))
      run.go(in: &world) { $0.state.manifest != nil || $0.state.step > .worker }
      #expect((run.state.manifest != nil) != isInstalled)
      if !isInstalled {
        run.send(.confirmInstallation("yes"))
      }
      run.go(to: .complete, in: &world)
      #expect(world.applied.count == 1)
    }
  }

  @Test("An installation that fails or ends unclear is told, and asked about again")
  func failedInstallation() {
    for fate in [Fate.refused, .lostAfter, .broken(.timedOut)] {
      var world = SimulatedWorld()
      var run = atWorkers(&world)
      run.send(.chooseWorker(.cluster(slug: "inside")))
      run.settle(in: &world)
      run.send(.confirmInstallation("yes"))
      run.saveAll(in: &world)
      run.answer(.installWorker, in: &world, as: fate)
      run.settle(in: &world)
      #expect(run.state.problem?.ways.first?.action == .retry)
      run.send(.retry)
      run.go(in: &world) { $0.state.manifest != nil || $0.state.step > .worker }
      if run.state.manifest != nil { run.send(.confirmInstallation("yes")) }
      run.go(to: .complete, in: &world)
    }
  }

  @Test("Nobody being there, a worker is not put into the cluster")
  func unattended() {
    var world = SimulatedWorld()
    var run = atWorkers(&world)
    var state = run.state
    state.answers.workerMode = .cluster
    guard case .stop(let leaving) = Autopilot.answer(state) else {
      Issue.record("it goes on")
      return
    }
    #expect(leaving.exit == .failed && leaving.reason?.contains("terminal") == true)
    run.settle(in: &world)
  }
}
