import Testing

@testable import Wizard

@Suite("A session that begins in the run of another one")
struct AnotherSessionTests {
  private static var answers: Answers {
    var answers = Answers(
      namespaces: ["order-prod"], appSpace: "mine", workerMode: .skip, parallel: 3)
    answers.run.wayBack = WayBack(program: ["map-import", "--demo"])
    answers.name = "Move 7"
    return answers
  }

  @Test("It begins with the flags that the run was given, but for the name")
  func flags() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(Self.answers)
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.state.step == .select }
    run.settle(in: &world)
    let before = try #require(run.durable)
    #expect(before.name == "Move 7")
    run.send(.startNew)
    run.go(in: &world) { $0.state.stage == .working && $0.state.session.id != before.id }
    run.settle(in: &world)
    #expect(world.archived == [before.id])
    #expect(run.state.session.name == nil)
    #expect(run.state.session.scope.namespaces == ["order-prod"])
    #expect(run.state.answers.appSpace == "mine" && run.state.answers.workerMode == .skip)
    #expect(run.state.answers.run == Self.answers.run)
  }

  @Test("After an import was taken back, commands name the same world as before")
  func again() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun(Self.answers)
    run.send(.begin(.automatic))
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    run.send(.undoImport)
    run.settle(in: &world)
    run.send(.confirm)
    run.settle(in: &world)
    run.send(.importAgain)
    run.answer(.open, in: &world)
    #expect(run.state.answers.run == Self.answers.run)
  }
}
