import Testing
import Wizard

struct SavingTests {
  @Test("A burst of edits is one save")
  func burst() {
    var (run, world) = Place.select.arrive()
    for name in ["a", "ab", "abc"] { run.send(.setAppSpace(name)) }
    #expect(run.state.saving == .changed)
    #expect(run.kinds == [.autosave])
    let saves = world.saves
    run.settle(in: &world)
    #expect(world.saves == saves + 1)
    #expect(run.durable?.proposal?.appSpace == "abc")
    #expect(run.state.saving == .saved(at: run.clock))
  }

  @Test("An edit during a save is saved right after it, and never shown as saved before")
  func editDuringSave() {
    var (run, world) = Place.namespaces.arrive()
    run.send(.chooseContext("prod-east"))
    #expect(run.state.saving == .underWay)
    run.send(.setNamespaces(["order-prod"], chosen: true))
    run.answer(.save, in: &world)
    #expect(run.state.saving == .underWay)
    #expect(run.durable?.scope.namespaces == [])
    run.answer(.save, in: &world)
    #expect(run.durable?.scope.namespaces == ["order-prod"])
    #expect(run.state.saving == .saved(at: run.clock))
  }

  @Test("A save that an enter brings makes the one that was waited for unnecessary")
  func enterBeforeAutosave() {
    var (run, world) = Place.namespaces.arrive()
    run.send(.setNamespaces(["order-prod"], chosen: true))
    run.send(.goOn)
    run.saveAll(in: &world)
    let saves = world.saves
    run.answer(.autosave, .paused)
    #expect(!run.kinds.contains(.save))
    #expect(world.saves == saves)
  }

  @Test("What cannot be saved is said, kept in memory and tried again every five seconds")
  func retries() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("other"))
    run.answer(.autosave, .paused)
    for _ in 0..<3 {
      run.answer(.save, in: &world, as: .broken(.other))
      #expect(run.state.saving == .failed(reason: "saving broke."))
      #expect(run.kinds == [.saveRetry])
      run.answer(.saveRetry, .paused)
    }
    run.answer(.save, in: &world)
    #expect(run.durable?.proposal?.hub == "other")
    #expect(run.pending.isEmpty)
  }

  @Test("What a save was warned of is said, and the session counts as saved")
  func warning() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("other"))
    run.answer(.autosave, .paused)
    let generation = run.state.session.generation
    run.answer(.save, .saved(generation: generation + 1, warning: "Somebody else changed it."))
    #expect(run.state.notice == "Somebody else changed it.")
    #expect(run.state.saving == .saved(at: run.clock))
    #expect(run.state.session.generation == generation + 1)
    run.settle(in: &world)
  }

  @Test("r saves at once what could not be saved, and does not pile up waits")
  func retryNow() {
    var (run, world) = Place.review.arrive()
    run.send(.goOn)
    run.answer(.listSpaces, in: &world)
    for _ in 0..<5 {
      run.answer(.save, in: &world, as: .broken(.other))
      #expect(run.kinds == [.saveRetry])
      run.send(.retry)
      #expect(run.kinds == [.saveRetry, .save])
    }
    run.answer(.save, in: &world)
    run.answer(.saveRetry, .paused)
    #expect(run.pending.isEmpty)
  }

  @Test("Edits while nothing can be saved wait for the next try")
  func editsWhileFailing() {
    var (run, world) = Place.select.arrive()
    run.send(.setHub("one"))
    run.answer(.autosave, .paused)
    run.answer(.save, in: &world, as: .broken(.other))
    run.send(.setHub("two"))
    #expect(run.kinds == [.saveRetry])
    run.answer(.saveRetry, .paused)
    run.answer(.save, in: &world)
    #expect(run.durable?.proposal?.hub == "two")
    #expect(run.state.saving == .saved(at: run.clock))
  }

  @Test("Nothing is changed in ConfigHub while its intent cannot be saved")
  func intentFirst() {
    var (run, world) = Place.confirming.arrive()
    run.send(.confirm)
    for _ in 0..<3 {
      run.answer(.save, in: &world, as: .broken(.other))
      #expect(run.kinds == [.saveRetry])
      run.answer(.saveRetry, .paused)
    }
    #expect(world.changes == 0)
    run.answer(.save, in: &world)
    #expect(run.kinds == [.createSpace])
  }

  @Test("A dry run saves nothing, and has nothing to save")
  func dryRun() {
    var world = SimulatedWorld()
    var run = WizardRun(Answers(dryRun: true))
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.answer(.listSpaces, in: &world)
    run.send(.setHub("other"))
    #expect(run.pending.isEmpty)
    #expect(run.state.saving == .never)
    #expect(!run.begun.contains { [.load, .open, .save, .autosave].contains($0) })
    run.send(.leave)
    #expect(run.left == .init(.done))
  }

  // MARK: Waits

  @Test(
    "r again and again starts nothing twice",
    arguments: [
      Place.readingKubeconfig, .contexts, .namespaces, .askingHub, .signingIn, .confirming,
      .readingWorkers, .workers, .waiting, .targetLate, .bindingFailed, .verifying, .mismatch,
      .complete, .checking, .clusterChanged,
    ])
  func impatience(place: Place) {
    var (run, world) = place.arrive()
    for _ in 0..<4 { run.send(.retry) }
    #expect(Set(run.kinds).count == run.kinds.count, "\(run.kinds)")
    for _ in 0..<3 where !run.pending.isEmpty {
      run.answer(run.pending[0], in: &world)
      run.send(.retry)
    }
    #expect(Set(run.kinds).count == run.kinds.count, "\(run.kinds)")
  }

  @Test("What was cancelled by somebody else is shown like any other failure")
  func cancelledElsewhere() {
    var (run, world) = Place.askingHub.arrive()
    run.answer(.readSignIn, in: &world, as: .broken(.cancelled))
    #expect(run.state.problem?.kind == .cancelled)
    run.send(.retry)
    run.go(to: .connect, .creating, in: &world)
    run.saveAll(in: &world)
    run.answer(.createSpace, in: &world)
    run.saveAll(in: &world)
    run.answer(.prepareUnit, in: &world, as: .broken(.cancelled))
    run.go(in: &world) { !$0.state.isCreating }
    #expect(run.state.session.unitsCreated.count == 2)
    #expect(run.state.session.proposal?.units.count { run.state.failure(of: $0) != nil } == 1)
  }

  @Test("A sign-in that was stopped leaves the person where they can begin it again")
  func signInStopped() {
    var (run, world) = Place.loggingIn.arrive()
    run.answer(.signIn, in: &world, as: .broken(.cancelled))
    #expect(run.state.problem == nil)
    #expect(run.state.notice != nil)
    run.send(.goOn)
    #expect(run.kinds == [.signIn])
  }
}
