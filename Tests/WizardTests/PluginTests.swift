import Testing
import Wizard

@Suite("A program that kubectl starts to sign in")
struct PluginTests {
  @Test("Whoever chooses the context has seen it beside the context, and is not asked again")
  func chosen() {
    var world = SimulatedWorld()
    world.plugins["kind-atk"] = "get-token"
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    #expect(run.durable?.credentialPlugin == "get-token")
    run = WizardRun.resumed(in: &world, readsKubeconfig: false)
    run.go(to: .complete, in: &world)
  }

  @Test("A context given in advance reaches the cluster only after it was shown")
  func given() {
    var world = SimulatedWorld()
    world.plugins["kind-atk"] = "get-token --cluster a"
    var run = WizardRun(Answers(context: "kind-atk", namespaces: ["order-prod"]))
    run.send(.begin(.automatic))
    run.settle(in: &world)
    #expect(run.state.problem?.message.contains("get-token --cluster a") == true)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.reply?.ways == [Way(.retry, "lets it run")])
    #expect(run.state.namespaces == nil && run.state.session.scan == nil)
    run.send(.retry)
    #expect(run.kinds.contains(.listNamespaces) && run.state.problem == nil)
    run.go(to: .review, in: &world)
  }

  @Test(
    "Another one than before is shown before a resumed session reaches the cluster",
    arguments: [Place.review, .connecting, .workers])
  func changed(place: Place) {
    var (before, world) = place.arrive()
    before.settle(in: &world)
    world.plugins["kind-atk"] = "another"
    var run = WizardRun.resumed(in: &world, readsKubeconfig: false)
    #expect(run.kinds == [.listContexts])
    run.settle(in: &world)
    #expect(run.state.problem?.message.contains("another") == true)
    run.send(.retry)
    #expect(run.kinds.contains(place == .review ? .scan : .recheck), "\(run.kinds)")
    run.settle(in: &world)
    #expect(run.durable?.credentialPlugin == "another")
  }

  @Test("A scan asked for before the kubeconfig was read is not lost, and not begun unseen")
  func scanHeld() {
    var (before, world) = Place.review.arrive()
    before.settle(in: &world)
    world.plugins["kind-atk"] = "another"
    var run = WizardRun.resumed(in: &world, readsKubeconfig: false)
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.problem?.message.contains("another") == true)
    #expect(run.state.session.position == Position(.scan, .choosing))
    run.send(.retry)
    run.go(to: .review, in: &world)
    #expect(run.state.problem == nil)
  }
}
