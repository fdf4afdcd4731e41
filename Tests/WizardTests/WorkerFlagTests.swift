import Testing
import Wizard

@Suite("A worker that a flag asks for")
struct WorkerFlagTests {
  enum Found { case worker, spaceWithout, noSpace }

  private func atWorkers(
    _ answers: Answers, _ world: inout SimulatedWorld
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.state.step >= .worker }
    run.settle(in: &world)
    return run
  }

  @Test("is taken unasked, once: who goes back chooses")
  func skip() {
    var world = SimulatedWorld()
    var run = atWorkers(Answers(workerMode: .skip), &world)
    #expect(run.state.step == .complete)
    #expect(run.state.session.stepsSkipped == [.worker, .targets])

    world = SimulatedWorld()
    run = atWorkers(Answers(workerMode: .cluster, worker: "inside"), &world)
    #expect(run.state.manifest != nil, "the word yes is asked for all the same")
    #expect(run.state.session.workerSlug == "inside")
    #expect(world.applied == [])
    run.send(.cancel)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.worker, .choosing))
    #expect(run.state.workers != nil)
  }

  @Test("and was left in an earlier run is not taken again when that one is resumed")
  func resumed() {
    var world = SimulatedWorld()
    let answers = Answers(workerMode: .cluster)
    let before = atWorkers(answers, &world)
    var run = before.restarted(answers)
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.phase == .connecting)
    run.send(.cancel)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.worker, .choosing))
  }

  @Test("and was refused before anything was written is refused so again, by whom it was given")
  func refusedAgain() throws {
    var world = SimulatedWorld()
    world.hub?.deliversReleasesOnly = true
    let namespaces = ["order-prod", "payment-prod"]
    for mode in [WorkerMode.local, nil] {
      let run = WizardRun.unattended(
        Answers(namespaces: namespaces, workerMode: mode), in: &world)
      #expect(run.left?.exit == .wrongUsage)
      #expect(world.units.isEmpty)
      let isSaid = run.left?.reason?.contains("was given --worker-mode local in an earlier run")
      #expect(isSaid == (mode == nil), "\(run.left?.reason ?? "")")
    }
    let run = WizardRun.unattended(
      Answers(namespaces: namespaces, workerMode: .skip), in: &world)
    #expect(run.left?.exit == .done && !world.units.isEmpty)
  }

  @Test("and cannot be had is said so, and the others are shown")
  func refused() {
    var world = SimulatedWorld()
    let run = atWorkers(Answers(worker: "nope"), &world)
    #expect(run.state.session.position == Position(.worker, .choosing))
    #expect(run.state.notice?.hasPrefix("There is no worker nope in") == true)
  }

  @Test("and is named is made under that name, unless it is to exist", arguments: [false, true])
  func named(isThere: Bool) {
    var world = SimulatedWorld()
    world.spaces.insert("payment-team")
    if isThere { world.workers["payment-team/own"] = .init(id: "worker", listsUntilReady: 0) }
    let run = WizardRun.unattended(
      Answers(
        namespaces: ["payment-prod"], appSpace: "payment-team", workerMode: .server, worker: "own"),
      in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(run.state.session.workerSlug == "own")
    #expect(run.state.session.targetSlug == "own-releases")
    #expect(world.workers.keys.map(\.self) == ["payment-team/own"])
  }

  @Test("is refused before anything is written, where that is known and nobody is there")
  func ahead() {
    for (mode, applies, word) in [
      (WorkerMode.cluster, false, "administrator"), (.existing, false, "no ready worker"),
      (.server, true, "no server workers"),
    ] {
      for isDryRun in [false, true] {
        var world = SimulatedWorld()
        world.hub?.appliesUnits = applies
        let run = WizardRun.unattended(
          Answers(namespaces: ["payment-prod"], workerMode: mode, dryRun: isDryRun), in: &world)
        #expect(run.left?.exit != .done)
        #expect(run.left?.reason?.contains(word) == true, "\(mode): \(run.left?.reason ?? "")")
        #expect(world.changes == 0)
      }
    }
  }

  @Test(
    "is looked for before anything is written; an App Space that is not there yet has none",
    arguments: [Found.worker, .spaceWithout, .noSpace], [WorkerMode.existing, nil])
  func existing(found: Found, mode: WorkerMode?) {
    let isThere = found == .worker
    var world = SimulatedWorld()
    if found != .noSpace { world.spaces.insert("payment-team") }
    if isThere { world.workers["payment-team/dev"] = .init(id: "worker", listsUntilReady: 0) }
    let run = WizardRun.unattended(
      Answers(
        namespaces: ["payment-prod"], appSpace: "payment-team", workerMode: mode, worker: "dev"),
      in: &world)
    #expect((world.changes == 0) == !isThere)
    #expect(run.left?.exit == (isThere ? .done : .wrongUsage), "\(run.left?.reason ?? "")")
  }
}
