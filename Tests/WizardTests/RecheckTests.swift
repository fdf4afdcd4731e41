import Testing
import Wizard

/// What a resumed session finds changed.
struct RecheckTests {
  @Test("Nothing is written before everything was found to be as it was")
  func checkedFirst() {
    for place in Place.allCases where ![.complete, .takingBack, .takenBack].contains(place) {
      var (_, world) = place.arrive()
      guard world.latest != nil else { continue }
      for event in Keys.all(WizardRun.resumed(in: &world).state) {
        var world = world
        var run = WizardRun.resumed(in: &world)
        run.send(event)
        for _ in 0..<4 {
          run.saveAll(in: &world)
          guard let effect = run.pending.first(where: { $0.work.sort != .recheck }) else { break }
          run.answer(effect, in: &world)
        }
        #expect(!run.begun.contains { $0.isChange }, "\(place): \(event)")
        #expect(run.state.step != .complete, "\(place): \(event)")
      }
    }
  }

  @Test(
    "Another cluster behind the same context stops the session, until it is back",
    arguments: ["uid-of-another-cluster", nil])
  func cluster(uid: String?) {
    for place in [Place.review, .select, .confirming, .workers, .connecting, .waiting, .mismatch] {
      var (crashed, world) = place.arrive()
      crashed.saveAll(in: &world)
      world.clusterUID = uid
      var run = WizardRun.resumed(in: &world)
      let changes = world.changes
      run.go(in: &world) { $0.state.problem != nil }
      #expect(run.state.problem?.message.contains("luster") == true)
      for event: Event in [.goOn, .confirm, .skip, .chooseWorker(.local(slug: "x")), .cancel] {
        run.send(event)
        run.settle(in: &world)
      }
      #expect(world.changes == changes)
      world.clusterUID = "uid-of-kube-system"
      world.startedListsUntilReady = 1
      run.go(to: .complete, in: &world)
      #expect(world.created.values.allSatisfy { $0 == 1 })
    }
  }

  @Test("Units made in one organisation are not continued in another")
  func organisation() {
    var (crashed, world) = Place.connecting.arrive()
    crashed.settle(in: &world)
    world.hub?.organizationID = "org-2"
    var run = WizardRun.resumed(in: &world)
    run.settle(in: &world)
    #expect(run.state.problem?.message.contains("acme-corp") == true)
    let changes = world.changes
    for event: Event in [.goOn, .skip, .cancel, .chooseWorker(.local(slug: "x")), .retry] {
      run.send(event)
      run.settle(in: &world)
    }
    #expect(world.changes == changes)
    #expect(run.durable?.hub?.organizationID == "org-1")
    world.hub?.organizationID = "org-1"
    world.startedListsUntilReady = 1
    run.go(to: .complete, in: &world)
  }

  @Test("Another organisation is fine where nothing was written yet")
  func organisationBefore() {
    var (crashed, world) = Place.confirming.arrive()
    crashed.settle(in: &world)
    world.hub?.organizationID = "org-2"
    var run = WizardRun.resumed(in: &world)
    run.go(to: .complete, in: &world)
    #expect(run.state.session.hub?.organizationID == "org-2")
  }

  @Test("Units that cannot be listed are a problem, not taken for gone")
  func unreadable() {
    var (_, world) = Place.connecting.arrive()
    var run = WizardRun.resumed(in: &world)
    let cluster = ClusterIdentity(context: "kind-atk", uid: "uid-of-kube-system")
    let signIn = world.hub.map { SignInState.signedIn($0) } ?? .signedOut(reason: "")
    run.answer(
      .recheck,
      .resumeChecked(
        ResumeCheck(
          cluster: cluster, signIn: signIn, units: nil,
          unitsProblem: "The units could not be read.")))
    #expect(run.state.problem?.message == "The units could not be read.")
    #expect(run.state.session.unitsCreated.count == 3)
    run.send(.retry)
    #expect(run.kinds == [.recheck])
    world.startedListsUntilReady = 1
    run.go(to: .complete, in: &world)
  }

  @Test(
    "A unit that is gone is created and bound again, after a confirmation",
    arguments: [Place.stopped, .workers, .waiting, .mismatch])
  func gone(place: Place) throws {
    var (crashed, world) = place.arrive()
    crashed.saveAll(in: &world)
    let key = try #require(world.units.keys.min())
    world.units[key] = nil
    var run = WizardRun.resumed(in: &world)
    run.go(to: .connect, .confirming, in: &world)
    #expect(run.state.notice?.contains("no longer in ConfigHub") == true)
    #expect(run.state.session.stepsCompleted == [.scan, .review, .select])
    #expect(world.units[key] == nil)
    run.settle(in: &world)
    run.go(to: .complete, in: &world)
    #expect(world.created["unit \(key)"] == 2)
    #expect(world.units[key]?.target != nil)
    #expect(world.createdInVain == [])
  }

  @Test("An App Space that is gone is created again with its units")
  func spaceGone() {
    var (crashed, world) = Place.workers.arrive()
    crashed.saveAll(in: &world)
    world.spaces = []
    world.units = [:]
    var run = WizardRun.resumed(in: &world)
    run.go(to: .connect, .confirming, in: &world)
    #expect(world.spaces.isEmpty && world.units.isEmpty)
    run.go(to: .complete, in: &world)
    #expect(world.spaces == [run.state.appSpace])
    #expect(world.units.count == 3 && world.createdInVain == [])
  }

  // MARK: The seed's session

  @Test("The seed's session waits for its worker, binds its units and is verified")
  func seed() {
    var world = SimulatedWorld.seed
    var run = WizardRun.resumed(in: &world)
    #expect(run.kinds == [.recheck])
    #expect(run.state.session.position.title == "Worker connecting")
    #expect(run.state.session.importedCount == 2)
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(world.created == [:])
    #expect(world.units.values.allSatisfy { $0.target == "target of worker-dev" })
    #expect(run.state.session.report?.checks.count == 2)
    #expect(run.durable?.operations.count == 4)
  }

  @Test("A unit of the seed's session that is gone is scanned for and created again")
  func seedGone() {
    var world = SimulatedWorld.seed
    world.units["payment-team/payment-api"] = nil
    var run = WizardRun.resumed(in: &world)
    run.go(to: .review, in: &world)
    #expect(run.state.session.selected.map(\.key.name) == ["payment-api", "payment-worker"])
    run.send(.chooseContext("prod-east"))
    #expect(run.state.session.cluster.context == "kind-atk")
    run.go(to: .complete, in: &world)
    #expect(world.created == ["unit payment-team/payment-api": 1])
  }

  @Test(
    "What the seed's file does not say is asked for again",
    arguments: [
      (Position(.review), Position(.scan, .choosing)),
      (Position(.select), Position(.scan, .choosing)),
      (Position(.connect, .confirming), Position(.scan, .choosing)),
      (Position(.scan, .scanning), Position(.scan, .choosing)),
    ])
  func seedEarlier(saved: Position, position: Position) {
    var world = SimulatedWorld.seed
    var session = Session.seed
    session.position = saved
    session.stepsCompleted = Step.seven.filter { $0 < saved.step }
    session.operations = []
    world.units = [:]
    world.put(session)
    var run = WizardRun.resumed(in: &world)
    #expect(run.state.session.position == position)
    #expect(run.state.session.stepsCompleted == [])
    run.go(to: .select, in: &world)
    #expect(run.state.session.selected.map(\.key.name) == ["payment-api", "payment-worker"])
    #expect(run.state.appSpace == "payment-team")
    #expect(run.state.session.proposal?.hub == "platform-team")
    run.go(to: .complete, in: &world)
    #expect(run.state.session.unitsCreated.count == 2)
  }

  // MARK: Answers given in advance

  @Test("Answers given in advance win over those saved, until something was written")
  func answersWin() {
    var (crashed, world) = Place.select.arrive()
    crashed.settle(in: &world)
    var run = WizardRun.resumed(in: &world, Answers(appSpace: "given", hub: "given-hub"))
    #expect(run.state.appSpace == "given")
    #expect(run.state.session.proposal?.hub == "given-hub")
    #expect(run.durable?.proposal?.appSpace == "given")
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    run = WizardRun.resumed(in: &world, Answers(appSpace: "too-late"))
    #expect(run.state.appSpace == "given")
  }
}
