import Testing
import Wizard

struct LeavingTests {
  @Test("What does not end within five seconds is left as an intent, which the next run settles")
  func unfinished() {
    var (run, world) = Place.creating.arrive()
    run.send(.leaveNow(.init(.signal(15))))
    run.saveAll(in: &world)
    #expect(run.left == nil, "a unit is still being created")
    run.answer(.leaving, in: &world)
    #expect(run.left == .init(.signal(15)))
    #expect(run.durable?.operations.contains { $0.state == .intent } == true)
  }

  @Test("A save that does not end in time is not called saved")
  func saveHangs() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("other"))
    run.send(.leaveNow(.init(.done)))
    #expect(run.kinds.contains(.save))
    run.answer(.leaving, in: &world)
    #expect(run.left?.exit == .failed)
    if case .failed = run.state.saving {} else { Issue.record("\(run.state.saving)") }
  }

  @Test(
    "Leaving from anywhere comes to an end, with everything saved", arguments: Place.allCases)
  func everywhere(place: Place) {
    var (run, world) = place.arrive()
    run.send(.leaveNow(.init(.interrupted)))
    let writing = run.pending.map(\.work).filter { $0 != .pause(.leaving) }
    #expect(writing.allSatisfy { $0.changesOutside }, "only what is being written is waited for")
    run.settle(in: &world)
    let expected: ExitReason = place == .left || place == .leaving ? .done : .interrupted
    #expect(run.left == .init(expected))
    if case .saved = run.state.saving {} else { #expect(run.durable == nil) }
    #expect(world.createdInVain.count == (place == .conflict ? 1 : 0))
  }

  @Test("q leaves at once where nothing is being written")
  func atOnce() {
    var (run, _) = Place.review.arrive()
    run.send(.leave)
    #expect(run.left == .init(.done))
    #expect(run.pending.isEmpty)
  }

  @Test("q asks while something is written; asked again it waits, saves and leaves")
  func asks() {
    var (run, world) = Place.creating.arrive()
    run.send(.leave)
    #expect(run.state.isAskedToLeave)
    #expect(run.left == nil)
    run.send(.leave)
    #expect(!run.state.isAskedToLeave)
    #expect(run.kinds == [.createUnit], "what only reads is given up")
    run.answer(.createUnit, in: &world)
    #expect(run.left == nil)
    #expect(run.kinds == [.save], "what came of it is saved, and no other unit begun")
    run.answer(.save, in: &world)
    #expect(run.left == .init(.done))
    #expect(run.durable?.unitsCreated.count == 1)
  }

  @Test("Whoever stays goes on as if nothing had been asked")
  func stays() {
    var (run, world) = Place.askedToLeave.arrive()
    run.send(.stay)
    #expect(!run.state.isAskedToLeave)
    run.go(to: .complete, in: &world)
    #expect(run.state.session.unitsCreated.count == 3)
  }

  @Test("An edit that waits to be saved is saved on the way out")
  func edit() {
    var (run, world) = Place.select.arrive()
    run.send(.setAppSpace("other-team"))
    #expect(run.state.saving == .changed)
    run.send(.leaveNow(.init(.done)))
    #expect(run.kinds == [.save])
    run.answer(.save, in: &world)
    #expect(run.left == .init(.done))
    #expect(run.durable?.proposal?.appSpace == "other-team")
  }

  @Test("Intents that were not begun when the person left stay intents")
  func intents() {
    var (run, world) = Place.creating.arrive()
    run.answer(.prepareUnit, in: &world)
    #expect(run.kinds.contains(.save))
    run.send(.leaveNow(.init(.done)))
    run.settle(in: &world)
    #expect(world.units.count == 1)
    let states = run.durable?.operations.filter { $0.kind == .createUnit }.map(\.state)
    #expect(states == [.done, .intent])
  }

  @Test("Whoever leaves begins nothing more, whatever still comes in")
  func nothingMore() {
    var (run, world) = Place.startingWorker.arrive()
    run.send(.leaveNow(.init(.done)))
    // The next key ends what was said before.
    run.send(.goOn)
    for event: Event in [.goOn, .skip, .retry, .cancel, .stay, .chooseWorker(.skip)] {
      let before = run.state
      run.send(event)
      #expect(run.state == before)
    }
    run.answer(.startWorker, in: &world, as: .lostAfter)
    #expect(!run.kinds.contains(.listWorkers))
    run.settle(in: &world)
    #expect(run.left == .init(.done))
  }

  @Test("After leaving, late results are nobody's business")
  func late() {
    var (run, world) = Place.connecting.arrive()
    let poll = run.pending
    #expect(!poll.isEmpty)
    run.send(.leaveNow(.init(.done)))
    run.settle(in: &world)
    let before = run.state
    for effect in poll { run.send(.finished(effect.id, .paused)) }
    run.send(.workerEnded(slug: "here", reason: "exit status 1"))
    run.send(.workerNotLogged(reason: "No space left on device."))
    #expect(run.state == before)
  }

  @Test("A worker's output that is not kept is said now, and once more at the end")
  func notLogged() {
    var (run, _) = Place.connecting.arrive()
    for _ in 0..<2 { run.send(.workerNotLogged(reason: "The disk is full.")) }
    #expect(run.state.notice == "The disk is full." && run.state.problem == nil)
    #expect(run.state.warnings == ["The disk is full."])
  }

  @Test("Leaving gives up a sign-in under way")
  func signingIn() {
    var (run, _) = Place.loggingIn.arrive()
    #expect(run.kinds == [.signIn])
    run.send(.leave)
    #expect(run.begun.last == .cancel)
    #expect(run.left == .init(.done))
  }

  // MARK: When saving fails

  @Test("Whoever leaves while nothing can be saved is told so, after a last try")
  func unsaved() {
    var (run, world) = Place.select.arrive()
    run.send(.goOn)
    run.answer(.save, in: &world, as: .broken(.other))
    #expect(run.state.saving == .failed(reason: "saving broke."))
    run.send(.leave)
    #expect(run.kinds == [.save])
    run.answer(.save, in: &world, as: .broken(.other))
    #expect(run.left == .init(.failed, reason: "saving broke."))
  }

  @Test("A last try that succeeds makes it a good leave")
  func savedAtLast() {
    var (run, world) = Place.select.arrive()
    run.send(.goOn)
    run.answer(.save, in: &world, as: .broken(.other))
    run.send(.leave)
    run.answer(.save, in: &world)
    #expect(run.left == .init(.done))
    #expect(run.durable?.position.step == .connect)
  }

  @Test("The code of a signal is kept when the last save fails")
  func signal() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("other"))
    run.send(.leaveNow(.init(.signal(15))))
    run.answer(.save, in: &world, as: .broken(.other))
    #expect(run.left == .init(.signal(15), reason: "saving broke."))
  }

  @Test("A session that somebody else holds is left with 5, and not written again")
  func held() {
    var (run, world) = Place.select.arrive()
    run.send(.goOn)
    run.answer(.save, in: &world, as: .broken(.held))
    #expect(run.left == .init(.sessionHeld, reason: "saving broke."))
    #expect(run.pending.isEmpty)
  }

  @Test("A session found held on the way out turns 0 into 5")
  func heldWhileLeaving() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("other"))
    run.send(.leave)
    run.answer(.save, in: &world, as: .broken(.held))
    #expect(run.left == .init(.sessionHeld, reason: "saving broke."))
  }

  @Test("A session found held while a unit is created waits for that unit")
  func heldWhileCreating() {
    var (run, world) = Place.creating.arrive()
    run.answer(.prepareUnit, in: &world)
    run.answer(.save, in: &world, as: .broken(.held))
    #expect(run.left == nil)
    run.answer(.createUnit, in: &world)
    run.answer(.save, in: &world, as: .broken(.held))
    #expect(run.left?.exit == .sessionHeld)
  }
}
