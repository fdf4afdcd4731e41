import Testing
import Wizard

/// What a run without a person asks before the answer is needed, or does not ask again.
@Suite("Asked ahead, and once")
struct AheadTests {
  private let answers = Answers(
    namespaces: ["payment-prod"], appSpace: "payment-team", worker: "dev")

  private var world: SimulatedWorld {
    var world = SimulatedWorld()
    world.spaces.insert("payment-team")
    world.workers["payment-team/dev"] = .init(id: "worker", listsUntilReady: 0)
    return world
  }

  @Test("Who is signed in is asked while the cluster is read, and not again")
  func signIn() throws {
    var world = world
    let run = WizardRun.unattended(answers, in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(run.begun.count { $0 == .readSignIn } == 1)
    let asked = try #require(run.begun.firstIndex(of: .readSignIn))
    #expect(run.begun[asked - 1] == .scan)
  }

  @Test("A no is no answer as long as nobody needs one", arguments: [true, false])
  func signedOut(isBroken: Bool) {
    var world = world
    let hub = world.hub
    world.hub = nil
    var unattended = answers
    unattended.run.isUnattended = true
    var run = WizardRun(unattended)
    run.send(.begin(.automatic))
    run.answerAll(in: &world) { $0.kinds.contains(.readSignIn) }
    #expect(run.kinds.contains(.scan))
    run.answer(.readSignIn, in: &world, as: isBroken ? .broken(.timedOut) : .done)
    #expect(run.state.problem == nil && run.state.signIn == nil)
    #expect(Autopilot.answer(run.state) == .wait)
    world.hub = hub
    run.answerAll(in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(run.begun.count { $0 == .readSignIn } == 2)
  }

  @Test("A person is asked when it matters")
  func person() {
    var world = world
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    #expect(!run.begun.contains(.readSignIn))
  }

  @Test(
    "The workers that were listed before the confirmation are listed again only if that is long ago",
    arguments: [0, 61])
  func workers(seconds: Int64) {
    var world = world
    var unattended = answers
    unattended.run.isUnattended = true
    var run = WizardRun(unattended)
    run.send(.begin(.automatic))
    run.answerAll(in: &world) { $0.kinds.contains(.createUnit) }
    run.clock.seconds += seconds
    run.answerAll(in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(run.begun.count { $0 == .listWorkers } == (seconds > 60 ? 2 : 1))
  }

  @Test("A complete session that is resumed tells what is left to do, if that can be known")
  func complete() {
    for isSignedIn in [true, false] {
      var world = world
      _ = WizardRun.unattended(answers, in: &world)
      if !isSignedIn { world.hub = nil }
      let changes = world.changes
      let run = WizardRun.unattended(Answers(), .resume(sessionID: nil), in: &world)
      #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
      #expect(run.state.deliverySteps.isEmpty != isSignedIn)
      #expect(world.changes == changes)
    }
  }
}
