import Testing

@testable import Wizard

@Suite("The cluster and the objects that were reviewed are those that are imported")
struct IdentityTests {
  @Test("A context that was renamed leads to the same cluster, at every place of a session")
  func renamed() throws {
    for place in [Place.review, .select, .unitFailed, .workers, .complete] {
      var (before, world) = place.arrive()
      before.settle(in: &world)
      before.send(.leave)
      before.settle(in: &world)
      let session = try #require(before.durable)
      world.contexts = ["renamed"]
      world.currentContext = nil
      var run = WizardRun(Answers(context: "renamed"))
      run.send(.begin(.resume(sessionID: nil)))
      run.answer(.load, in: &world)
      run.answer(.open, in: &world)
      run.answer(.identify, in: &world)
      #expect(run.state.session.id == session.id)
      #expect(run.state.session.cluster.context == "renamed")
      #expect(run.state.session.scope.context == "renamed")
      #expect(run.state.session.cluster.uid == session.cluster.uid)
      #expect(run.state.session.position == session.position, "\(place)")
      #expect(run.state.session.operations == session.operations)
      #expect(run.state.warnings.contains { $0.contains("renamed") && $0.contains("kind-atk") })
    }
  }

  @Test(
    "One that leads elsewhere, or nobody knows where, is refused by a session that has written",
    arguments: ["uid-of-prod-east", nil])
  func elsewhere(uid: String?) throws {
    var (before, world) = Place.unitFailed.arrive()
    before.settle(in: &world)
    before.send(.leave)
    before.settle(in: &world)
    world.otherUIDs = uid.map { ["prod-east": $0] } ?? [:]
    if uid == nil { world.clusterUID = nil }
    let changes = world.changes
    let run = WizardRun.unattended(
      Answers(context: "prod-east", namespaces: ["order-prod"]), .resume(sessionID: nil),
      in: &world)
    #expect(run.left?.exit == .wrongUsage)
    #expect(world.changes == changes)
  }

  @Test("Where nothing tells the cluster from another one, that is said once, and the run goes on")
  func notPinned() throws {
    var world = SimulatedWorld()
    world.clusterUID = nil
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .review, in: &world)
    let sentence = try #require(run.state.session.cluster.whyNotPinned)
    #expect(sentence.contains("kind-atk") && run.state.notice == sentence)
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(run.state.warnings == [sentence])

    world.clusterUID = "uid-of-kube-system"
    var known = WizardRun()
    known.send(.begin(.new))
    known.go(to: .complete, in: &world)
    #expect(known.state.warnings == [] && known.state.session.cluster.whyNotPinned == nil)

    world.clusterUID = nil
    let unasked = WizardRun.unattended(
      Answers(context: "kind-atk", namespaces: ["order-prod"]), .new, in: &world)
    #expect(unasked.state.warnings == [sentence])
  }

  @Test("An object that was deleted and made anew is not written, and is named")
  func madeAnew() throws {
    var world = SimulatedWorld()
    for index in world.workloads.indices { world.workloads[index].uid = "uid" }
    let name = world.workloads[1].key.name
    world.uidsAnew = [name: "another"]
    let run = WizardRun.unattended(Answers(allNamespaces: true), in: &world)
    #expect(run.left?.exit == .failed)
    let reasons = run.state.session.operations.compactMap(\.reason).filter {
      $0.contains("made anew")
    }
    #expect(reasons.count == 1 && reasons.first?.contains(name) == true)
    #expect(world.units.count == world.workloads.count - 1)
    #expect(!world.units.keys.contains { $0.hasSuffix("/\(name)") })
  }

  @Test("Once the context leads to another cluster nothing more is written")
  func switched() throws {
    var (run, world) = Place.creating.arrive()
    run.answer(.prepareUnit, in: &world, as: .broken(.anotherCluster))
    let units = world.units.count
    run.settle(in: &world)
    #expect(run.state.problem?.kind == .anotherCluster)
    #expect(world.units.count <= units + 1)
    #expect(!run.state.isCreating && !run.state.isChecked)
    // It is back.
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.isChecked && run.state.problem == nil)
  }
}
