import Testing
import Wizard

/// Units that failed and were gone on without are a later run's to try again.
struct RetryLaterTests {
  private let unattended = Answers(
    namespaces: ["order-prod", "payment-prod"], appSpace: "payment-team", onConflict: .skip,
    isUnattended: true)

  /// A session in which one unit failed and the person went on, to the step that is named.
  private func accepted(_ step: Step = .worker) -> (session: Session, world: SimulatedWorld) {
    var (run, world) = Place.unitFailed.arrive()
    world.workers["\(run.state.appSpace)/dev"] = .init(id: "worker", listsUntilReady: 0)
    run.send(.goOn)
    run.settle(in: &world)
    if step == .complete {
      run.go(in: &world) { $0.state.step == .verify && $0.pending.isEmpty }
      run.send(.goOn)
      run.settle(in: &world)
    } else {
      run.go(in: &world) { $0.state.step == step && $0.pending.isEmpty }
    }
    #expect(run.state.step == step)
    return (run.state.session, world)
  }

  private func failed(_ session: Session) -> [String] {
    session.operations.filter { $0.kind == .createUnit && $0.state == .failed }.map(\.key.text)
  }

  private func resumed(
    _ session: Session, _ world: inout SimulatedWorld, _ answers: Answers = Answers()
  ) -> WizardRun {
    var run = WizardRun(answers)
    run.clock = Timestamp(seconds: session.updatedAt.seconds + 60)
    run.send(.begin(.resume(sessionID: session.id)))
    run.settle(in: &world)
    return run
  }

  @Test(
    "A person who resumes is shown what failed and why, and nothing is written unasked",
    arguments: [Step.worker, .verify, .complete])
  func shown(step: Step) throws {
    var (session, world) = accepted(step)
    #expect(failed(session).count == 1)
    let changes = world.changes
    let run = resumed(session, &world)
    #expect(run.state.session.position == Position(.connect, .creating))
    #expect(run.state.hasFailures && run.state.failureCount == 1)
    let units = try #require(run.state.session.proposal?.units)
    #expect(units.compactMap { run.state.failure(of: $0) } == ["It is too big."])
    #expect(world.changes == changes)
  }

  @Test(
    "Tried again together or singly, each unit is created once, and the import is finished",
    arguments: [Step.worker, .complete], [true, false])
  func again(step: Step, together: Bool) throws {
    var (session, world) = accepted(step)
    var run = resumed(session, &world)
    let unit = try #require(
      run.state.session.proposal?.units.first { run.state.failure(of: $0) != nil })
    run.send(together ? .retry : .retryOne(unit: unit.id))
    run.settle(in: &world)
    #expect(failed(run.state.session) == [])
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 } && world.createdInVain == [])
    #expect(world.units.count == 3 && world.units.values.allSatisfy { $0.target != nil })
    session = run.state.session
    let next = resumed(session, &world)
    #expect(next.state.step == .complete, "nothing is left to offer")
  }

  @Test("Accepted once more, the failure stays, and the import goes on")
  func acceptedAgain() {
    var (session, world) = accepted()
    var run = resumed(session, &world)
    run.send(.goOn)
    run.settle(in: &world)
    #expect(run.state.session.position == Position(.worker, .choosing))
    #expect(failed(run.state.session).count == 1)
    session = run.state.session
  }

  /// A run with nobody there, from its start to its end.
  private func unattended(_ world: inout SimulatedWorld, failing slug: String? = nil) -> (
    WizardState.Leaving?, tries: Int
  ) {
    var run = WizardRun(unattended)
    var tries = 0
    run.send(.begin(.resume(sessionID: nil)))
    for _ in 0..<2000 {
      if let left = run.left { return (left, tries) }
      switch Autopilot.answer(run.state) {
      case .event(let event): run.send(event)
      case .stop(let leaving) where !run.state.isLeaving: run.send(.leaveNow(leaving))
      default:
        guard let effect = run.pending.first else { return (nil, tries) }
        if case .change(.createUnit(let unit, _, _, _)) = effect.work, unit.slug == slug {
          tries += 1
          run.send(.finished(effect.id, .changed(.refused("It is too big."))))
        } else {
          run.answer(effect, in: &world)
        }
      }
    }
    return (nil, tries)
  }

  @Test(
    "Without a person it is tried again by itself", arguments: [Step.worker, .verify, .complete])
  func unasked(step: Step) {
    var (_, world) = accepted(step)
    let (left, _) = unattended(&world)
    #expect(left?.exit == .done, "\(left?.reason ?? "")")
    #expect(world.created.values.allSatisfy { $0 == 1 } && world.createdInVain == [])
    #expect(world.units.count == 3 && world.units.values.allSatisfy { $0.target != nil })
  }

  @Test("Without a person it is tried once in each run, and the run says that it failed")
  func once() throws {
    var (session, world) = accepted()
    let slug = try #require(failed(session).first).split(separator: "/").last.map(String.init)
    for _ in 0..<2 {
      let (left, tries) = unattended(&world, failing: slug)
      #expect(left?.exit == .failed)
      #expect(tries == 1)
    }
    #expect(world.units.count == 2)
    session = try #require(world.latest.flatMap { world.sessions[$0] })
    #expect(failed(session).count == 1)
  }

  @Test("What was taken back by `sessions undo` is no failure to make good")
  func takenBack() {
    var (session, world) = accepted(.complete)
    for index in session.operations.indices where session.operations[index].kind == .createUnit {
      if session.operations[index].state == .done { session.operations[index].state = .skipped }
    }
    session.operations.append(
      Operation(id: "undo-1", kind: .deleteUnit, key: "payment-team/x", state: .done))
    world.units = [:]
    world.put(session)
    let run = resumed(session, &world)
    #expect(run.state.step == .complete)
    #expect(world.units.isEmpty)
  }

  @Test("A unit that this session made is known by its mark, whatever became of its operation")
  func mark() throws {
    var (session, world) = accepted()
    let key = try #require(failed(session).first)
    let operation = try #require(session.operations.last { $0.key.text == key })
    let unit = try #require(session.proposal?.units.first { key.hasSuffix("/\($0.slug)") })
    world.units[key] = .init(
      digest: world.content(of: unit).digest, id: "late", markedBy: operation.id)
    var run = resumed(session, &world)
    run.send(.retry)
    run.settle(in: &world)
    session = run.state.session
    let settled = try #require(
      session.operations.last { $0.key.text == key && $0.kind == .createUnit })
    #expect(settled.state == .done && settled.result == .created && settled.remoteID == "late")
  }
}
