import Testing
import Wizard

@Suite("Leaving while a worker started here is bound to")
struct WorkerEndsTests {
  private func complete(_ choice: WorkerChoice) -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld()
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .worker, .choosing, in: &world)
    run.settle(in: &world)
    run.send(.chooseWorker(choice))
    run.settle(in: &world)
    #expect(run.state.step == .complete && run.state.session.boundCount > 0)
    return (run, world)
  }

  @Test("asks first, by q and by enter; asked again it leaves", arguments: [Event.leave, .goOn])
  func asks(event: Event) {
    var (run, world) = complete(.local(slug: "here"))
    #expect(run.state.workerToEnd == "here")
    run.send(event)
    #expect(run.state.isAskedToLeave && run.left == nil)
    run.settle(in: &world)
    #expect(run.left == nil, "nothing that ends meanwhile answers it")
    run.send(.stay)
    #expect(!run.state.isAskedToLeave)
    run.send(event)
    run.send(.leave)
    run.settle(in: &world)
    #expect(run.left?.exit == .done)
  }

  @Test("and says that it is to be kept, leaves with it running")
  func kept() {
    var (run, world) = complete(.local(slug: "here"))
    run.send(.leave)
    run.send(.keepWorker(true))
    run.settle(in: &world)
    #expect(run.left?.exit == .done && run.state.keepsWorker)
  }

  @Test("is not asked about where it is kept, has ended, or runs elsewhere")
  func unasked() {
    var (run, _) = complete(.local(slug: "here"))
    run.send(.keepWorker(true))
    run.send(.leave)
    #expect(run.left?.exit == .done)

    (run, _) = complete(.local(slug: "here"))
    run.send(.workerEnded(slug: "here", reason: "exit status 1"))
    run.send(.leave)
    #expect(run.left?.exit == .done)

    (run, _) = complete(.server(slug: "own"))
    run.send(.leave)
    #expect(run.left?.exit == .done)
  }

  @Test("goes at once with ctrl-c")
  func now() {
    var (run, world) = complete(.local(slug: "here"))
    run.send(.leaveNow(.init(.interrupted)))
    run.settle(in: &world)
    #expect(run.left?.exit == .interrupted)
  }
}
