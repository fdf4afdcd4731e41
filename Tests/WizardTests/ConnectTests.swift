import Testing
import Wizard

struct ConnectTests {
  @Test("Whoever is signed in is asked for a confirmation, before anything is written")
  func confirmation() {
    var (run, world) = Place.confirming.arrive()
    #expect(run.state.signIn == world.hub.map { .signedIn($0) })
    #expect(run.state.session.hub == world.hub)
    #expect(run.state.exists(run.state.appSpace) == false)
    run.send(.goOn)
    #expect(run.pending.isEmpty)
    #expect(run.state.notice != nil)
    #expect(world.changes == 0)
    run.send(.confirm)
    #expect(run.state.session.position == Position(.connect, .creating))
    run.go(to: .worker, .choosing, in: &world)
    #expect(world.created.count == 4)
  }

  @Test("Whoever is signed out signs in and goes on", arguments: [Event.signIn, .goOn])
  func signIn(event: Event) {
    var (run, world) = Place.signingIn.arrive()
    #expect(run.state.session.position == Position(.connect, .signingIn))
    run.send(event)
    #expect(run.kinds == [.signIn])
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.connect, .confirming))
    #expect(run.state.exists(run.state.appSpace) == false)
  }

  @Test("A sign-in that fails says so and can be begun again")
  func signInFails() {
    var (run, world) = Place.loggingIn.arrive()
    world.nextHub = nil
    run.answer(.signIn, in: &world)
    #expect(run.state.notice?.contains("did not sign you in") == true)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.connect, .signingIn))
    world.nextHub = world.hub ?? HubIdentity(user: "somebody")
    run.go(to: .connect, .confirming, in: &world)
  }

  @Test("Whoever signs in elsewhere presses r")
  func signedInElsewhere() {
    var (run, world) = Place.signingIn.arrive()
    world.hub = world.nextHub
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.connect, .confirming))
  }

  @Test("Nothing is said about a sign-in that nobody asked about")
  func noSignIn() {
    var (run, _) = Place.review.arrive()
    run.send(.signIn)
    #expect(run.state.notice == "There is no need to sign in to ConfigHub here.")
    var (confirming, _) = Place.confirming.arrive()
    confirming.send(.signIn)
    #expect(confirming.state.notice == "You are signed in to ConfigHub already.")
  }

  @Test("Another App Space is asked about anew before it can be confirmed")
  func anotherSpace() {
    var (run, world) = Place.confirming.arrive()
    world.spaces.insert("other-team")
    run.send(.goBack)
    run.settle(in: &world)
    run.send(.setAppSpace("other-team"))
    run.settle(in: &world)
    run.send(.goOn)
    run.saveAll(in: &world)
    run.answer(.readSignIn, in: &world)
    run.saveAll(in: &world)
    #expect(run.kinds == [.listUnits, .findEarlierUnits])
    #expect(run.state.exists(run.state.appSpace) == nil)
    run.send(.confirm)
    #expect(run.state.phase == .confirming)
    run.answer(.listUnits, in: &world)
    #expect(run.state.exists(run.state.appSpace) == true)
    run.go(to: .complete, in: &world)
    #expect(world.created["space other-team"] == nil)
    #expect(world.units.keys.allSatisfy { $0.hasPrefix("other-team/") })
  }

  @Test("While ConfigHub is asked again nothing is confirmed")
  func asking() {
    var (run, world) = Place.confirming.arrive()
    run.send(.retry)
    run.send(.confirm)
    #expect(run.state.phase == .confirming)
    run.settle(in: &world)
    run.send(.confirm)
    #expect(run.state.phase == .creating)
  }

  @Test("What cannot be asked is a problem, and r asks again", arguments: Fate.kinds)
  func failures(kind: Failure.Kind) {
    var (run, world) = Place.askingHub.arrive()
    run.answer(.readSignIn, in: &world, as: .broken(kind))
    if kind == .signInNeeded {
      #expect(run.state.session.position == Position(.connect, .signingIn))
    } else {
      #expect(run.state.problem?.kind == kind)
    }
    run.saveAll(in: &world)
    run.send(.retry)
    run.answer(.readSignIn, in: &world)
    run.saveAll(in: &world)
    run.answer(.listUnits, in: &world, as: .broken(kind))
    run.go(to: .complete, in: &world)
  }

  @Test("Back leads to the names, as long as nothing was written")
  func back() {
    for place in [Place.askingHub, .signingIn, .loggingIn, .confirming] {
      var (run, world) = place.arrive()
      run.send(.goBack)
      #expect(run.state.session.position == Position(.select))
      #expect(run.state.session.stepsCompleted == [.scan, .review])
      run.settle(in: &world)
      #expect(run.pending.isEmpty)
      #expect(run.begun.filter { $0 == .signIn }.count == (place == .loggingIn ? 1 : 0))
    }
  }

  // MARK: A sign-in that ends in the middle

  @Test(
    "A sign-in that runs out is renewed and the step goes on",
    arguments: [
      (Place.creating, WorkKind.createUnit), (.startingWorker, .startWorker),
      (.binding, .setTargets),
    ])
  func lostByChange(place: Place, kind: WorkKind) {
    var (run, world) = place.arrive()
    let step = run.state.step
    world.hub = nil
    world.startedListsUntilReady = 1
    run.answer(kind, in: &world)
    if case .signedOut = run.state.signIn {} else { Issue.record("still signed in") }
    run.settle(in: &world)
    #expect(run.state.step == step)
    let changes = world.changes
    run.send(.goOn)
    #expect(run.kinds == [.signIn])
    #expect(world.changes == changes)
    run.go(to: .complete, in: &world)
    #expect(world.createdInVain == [])
    #expect(run.state.session.report?.isVerified == true)
  }

  @Test(
    "A sign-in that runs out while reading is renewed and the step goes on",
    arguments: [
      (Place.confirming, WorkKind.listUnits), (.creating, .prepareUnit),
      (.readingWorkers, .listWorkers), (.connecting, .listWorkers), (.waiting, .listTargets),
      (.verifying, .verify), (.checking, .recheck),
    ])
  func lostByReading(place: Place, kind: WorkKind) {
    var (run, world) = place.arrive()
    let step = run.state.step
    if place == .confirming { run.send(.retry) }
    run.go(in: &world) { $0.kinds.contains(kind) }
    world.hub = nil
    run.answer(kind, in: &world)
    run.settle(in: &world)
    if case .signedOut = run.state.signIn {} else { Issue.record("still signed in") }
    #expect(run.state.step == step)
    world.startedListsUntilReady = 1
    run.go(to: .complete, in: &world)
    #expect(run.state.session.report?.isVerified == true)
  }

  @Test("Units begun in one organisation are not continued in another")
  func anotherOrganisation() {
    var (run, world) = Place.creating.arrive()
    let before = world.hub
    world.hub = nil
    run.answer(.createUnit, in: &world)
    run.settle(in: &world)
    world.nextHub = HubIdentity(
      server: before?.server, organization: "other", organizationID: "org-2", user: "me")
    let changes = world.changes
    for event: Event in [.signIn, .retry, .goOn, .confirm, .goOn, .retry] {
      run.send(event)
      run.settle(in: &world)
      #expect(run.state.signIn != world.hub.map { .signedIn($0) })
    }
    #expect(run.state.problem?.message.contains("acme-corp") == true)
    #expect(world.changes == changes)
    #expect(run.state.session.hub == before)
    world.nextHub = before
    run.send(.signIn)
    run.settle(in: &world)
    #expect(run.state.problem == nil)
    run.go(to: .complete, in: &world)
    #expect(run.state.session.unitsCreated.count == 3)
  }
}
