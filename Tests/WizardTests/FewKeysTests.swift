import Testing
import Wizard

@Suite("What need not be asked")
struct FewKeysTests {
  private func started(
    in world: inout SimulatedWorld, _ answers: Answers = Answers()
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.settle(in: &world)
    return run
  }

  @Test("A single context is chosen; whoever goes back sees it, and is not sent on again")
  func singleContext() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    var run = started(in: &world)
    #expect(run.state.session.scope.context == "kind-atk")
    #expect(run.state.namespaces?.isEmpty == false)
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.session.scope.context.isEmpty)
    run.send(.chooseContext("kind-atk"))
    run.settle(in: &world)
    #expect(run.state.session.scope.context == "kind-atk")
  }

  @Test("Of several contexts one is asked for, though one of them is current")
  func severalContexts() {
    var world = SimulatedWorld()
    #expect(started(in: &world).state.session.scope.context.isEmpty)
  }

  @Test("What a single context starts to sign in is shown before it runs")
  func plugin() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    world.plugins = ["kind-atk": "aws eks get-token"]
    var run = started(in: &world)
    #expect(run.state.problem?.kind == .unseenPlugin)
    #expect(!run.begun.contains(.listNamespaces))
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.namespaces?.isEmpty == false)
  }

  @Test("Namespaces are chosen beforehand as -A reads them, and one can be left out")
  func preselected() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    var run = started(in: &world)
    #expect(run.state.session.scope.allNamespaces)
    run.send(.setNamespaces(["order-prod"], chosen: false))
    #expect(run.state.session.scope.namespaces == ["payment-prod"])
    #expect(!run.state.session.scope.allNamespaces)
    run.send(.setNamespaces(["payment-prod"], chosen: false))
    run.settle(in: &world)
    run.send(.goOn)
    #expect(run.state.reply?.kind == .refused, "none is chosen, and none is proposed again")
  }

  @Test("The namespace of the kubeconfig comes before that")
  func ownNamespace() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    world.ownNamespaces = ["kind-atk": "order-prod"]
    let run = started(in: &world)
    #expect(run.state.session.scope.namespaces == ["order-prod"])
    #expect(!run.state.session.scope.allNamespaces)
  }

  @Test("Where namespaces may not be listed, none is chosen beforehand, and one can be named")
  func notListed() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.contains(.listNamespaces) }
    run.saveAll(in: &world)
    run.answer(.listNamespaces, .failed(Failure(.other, "namespaces is forbidden")))
    #expect(!run.state.session.scope.allNamespaces)
    run.send(.setNamespaces(["order-prod"], chosen: true))
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.step == .review)
  }

  @Test(
    "What -A or -n says is read at once, the first time alone",
    arguments: [Answers(namespaces: ["order-prod"]), Answers(allNamespaces: true)])
  func scopeOfFlags(answers: Answers) {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    var run = started(in: &world, answers)
    #expect(run.state.step == .review)
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.scan, .choosing))
    #expect(run.state.session.scope.namespaces == answers.namespaces)
  }

  @Test("A flag that names what there is not is said to, and asked about")
  func wrongFlag() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    let run = started(in: &world, Answers(namespaces: ["nowhere"]))
    #expect(run.state.session.position == Position(.scan, .choosing))
    #expect(run.state.problem?.message == "There is no namespace nowhere in kind-atk.")
  }

  @Test("Without a person nothing is proposed: what is read has to be said")
  func unattended() {
    var world = SimulatedWorld()
    world.contexts = ["kind-atk"]
    let run = WizardRun.unattended(Answers(), in: &world)
    #expect(run.left?.exit == .wrongUsage)
  }
}
