import Testing
import Wizard

@Suite("The plan before the confirmation")
struct UnitPlanTests {
  /// Of five units two are there with other content, one with the same.
  private func planned(
    _ answers: Answers = Answers(), workloads: Int = 5
  ) -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld(workloads: workloads)
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    let units = run.state.session.proposal?.units ?? []
    world.spaces.insert(run.state.appSpace)
    for (index, unit) in units.prefix(3).enumerated() {
      world.units["\(run.state.appSpace)/\(unit.slug)"] = .init(
        digest: index == 2 ? world.content(of: unit).digest : "other", id: "theirs-\(index)")
    }
    run.send(.goOn)
    run.settle(in: &world)
    return (run, world)
  }

  private func unit(_ index: Int, _ run: WizardRun) throws -> UnitPlan {
    try #require(run.state.session.proposal?.units[index])
  }

  @Test("One list tells which units exist; only those are compared, and nothing is written")
  func kinds() throws {
    let (run, world) = planned()
    #expect(run.state.canConfirm)
    #expect(run.state.plan.words == "2 to create, 1 unchanged, 2 differ")
    #expect(run.begun.count { $0 == .listUnits } == 1)
    #expect(run.begun.count { $0 == .prepareUnit } == 3)
    #expect(world.changes == 0)
    #expect(run.state.undecidedCount == 2)
  }

  @Test("As many are compared at once as was asked for", arguments: [1, 2])
  func parallel(_ parallel: Int) {
    var (run, world) = planned(Answers(parallel: parallel))
    run.send(.retry)
    run.answer(.readSignIn, in: &world)
    run.saveAll(in: &world)
    run.answer(.listUnits, in: &world)
    var most = 0
    run.go(in: &world) { run in
      most = max(most, run.pending.count { $0.work.sort == .prepareUnit })
      return run.state.canConfirm
    }
    #expect(most == parallel)
    #expect(run.state.plan.words == "2 to create, 1 unchanged, 2 differ")
  }

  @Test("Nothing is confirmed before what differs is decided")
  func undecided() throws {
    var (run, _) = planned()
    run.send(.confirm)
    #expect(run.state.phase == .confirming)
    #expect(run.state.notice?.hasPrefix("2 units wait for a decision") == true)
    run.send(.resolve(unit: try unit(0, run).id, .skip))
    run.send(.confirm)
    #expect(run.state.notice?.hasSuffix(" waits for a decision on its row.") == true)
    #expect(run.state.phase == .confirming)
  }

  @Test("One is kept, one is replaced, and nothing is asked in the middle")
  func oneByOne() throws {
    var (run, world) = planned()
    let (kept, replaced) = (try unit(0, run), try unit(1, run))
    run.send(.resolve(unit: kept.id, .skip))
    run.send(.resolve(unit: replaced.id, .update))
    #expect(run.state.outlook(of: kept) == .differs(.skip))
    #expect(run.state.outlook(of: replaced) == .differs(.update))
    #expect(world.changes == 0)
    run.send(.confirm)
    run.go(to: .worker, .choosing, in: &world)
    let space = run.state.appSpace
    #expect(world.units["\(space)/\(kept.slug)"]?.digest == "other")
    #expect(
      world.units["\(space)/\(replaced.slug)"]?.digest == world.content(of: replaced).digest)
    #expect(run.state.operation(for: kept)?.state == .skipped)
    #expect(run.state.operation(for: replaced)?.result == .updated)
    #expect(run.state.session.createdCount == 4)
  }

  @Test("A decision that is taken back has to be made again, also by the run after")
  func takenBack() throws {
    var (before, world) = planned()
    let (first, second) = (try unit(0, before), try unit(1, before))
    before.send(.resolveAll(.skip))
    before.send(.undecide(unit: first.id))
    before.settle(in: &world)
    #expect(before.state.outlook(of: first) == .differs(nil))
    #expect(before.state.outlook(of: second) == .differs(.skip))
    var run = before.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.outlook(of: first) == .differs(nil))
    run.send(.undecide(unit: first.id))
    #expect(run.state.notice == "There is no decision here to take back.")
    run.send(.undecideAll)
    #expect(run.state.undecidedCount == 2)
    run.send(.confirm)
    #expect(run.state.phase == .confirming)
    run.send(.resolveAll(.skip))
    run.send(.confirm)
    run.send(.undecideAll)
    #expect(run.state.notice == "There is no decision here to take back.")
  }

  @Test("What was given another name says so at the end, also after a resume")
  func renamings() throws {
    var (run, world) = planned()
    let first = try unit(0, run)
    run.send(.resolveAll(.rename))
    #expect(run.state.session.renamings == [], "nothing is made yet")
    run.send(.confirm)
    run.go(to: .complete, in: &world)
    let sentences = run.state.session.renamings
    #expect(sentences.count == 2)
    #expect(sentences.first?.hasPrefix("Unit \(first.slug)-2 was to be \(first.slug),") == true)
    var next = run.restarted()
    next.send(.begin(.resume(sessionID: nil)))
    next.settle(in: &world)
    #expect(next.state.session.renamings == sentences)
    // Under its own name it is as it was to be.
    var (other, otherWorld) = planned()
    other.send(.resolve(unit: first.id, .rename("free")))
    other.settle(in: &otherWorld)
    #expect(other.state.session.proposal?.units[0].insteadOf == first.slug)
    otherWorld.units["\(other.state.appSpace)/free"] = .init(digest: "other", id: "theirs-5")
    other.send(.retry)
    other.settle(in: &otherWorld)
    other.send(.resolve(unit: first.id, .rename(first.slug)))
    #expect(other.state.session.proposal?.units[0].insteadOf == nil)
  }

  @Test("What was decided about a content holds after leaving, going back and a crash")
  func kept() throws {
    var (before, world) = planned()
    before.send(.resolve(unit: try unit(0, before).id, .skip))
    before.send(.resolve(unit: try unit(1, before).id, .update))
    before.settle(in: &world)
    var run = before.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    for _ in 0...1 {
      #expect(run.state.outlook(of: try unit(0, run)) == .differs(.skip))
      #expect(run.state.outlook(of: try unit(1, run)) == .differs(.update))
      run.send(.goBack)
      run.send(.goOn)
      run.settle(in: &world)
    }
    world.units["\(run.state.appSpace)/\(try unit(1, run).slug)"]?.digest = "newer"
    run = before.restarted(name: "later")
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.outlook(of: try unit(0, run)) == .differs(.skip))
    #expect(run.state.outlook(of: try unit(1, run)) == .differs(nil), "it was about other content")
  }

  @Test("A flag wins over what an earlier run decided; where nobody is there, that still holds")
  func flagAfterwards() throws {
    var (before, world) = planned()
    before.send(.resolve(unit: try unit(1, before).id, .update))
    before.settle(in: &world)
    for (policy, sorts) in [
      (ConflictPolicy.ask, [Decision.Sort.skip, .update]), (.skip, [.skip, .skip]),
    ] {
      var run = before.restarted(
        Answers(onConflict: policy, isUnattended: true), name: policy.rawValue)
      run.send(.begin(.resume(sessionID: nil)))
      run.settle(in: &world)
      #expect(run.state.step == .connect)
      for (index, sort) in sorts.enumerated() {
        #expect(run.state.outlook(of: try unit(index, run)) == .differs(sort))
      }
    }
  }

  @Test("That it goes on by itself is said of this step alone")
  func byItself() {
    var (run, world) = planned()
    run.send(.resolveAll(.skip))
    run.send(.confirm)
    run.send(.goOn)
    #expect(run.state.notice == "This goes on by itself as soon as it can.")
    run.go(to: .worker, .choosing, in: &world)
    #expect(run.state.notice == nil)
  }

  @Test("A run that dies after the confirmation replaces what it was to replace")
  func keptAfterConfirmation() throws {
    var (before, world) = planned()
    before.send(.resolveAll(.update))
    before.send(.confirm)
    before.saveAll(in: &world)
    var run = before.restarted()
    run.send(.begin(.resume(sessionID: nil)))
    run.settle(in: &world)
    #expect(run.state.phase == .confirming)
    #expect(run.state.undecidedCount == 0)
    #expect(run.state.outlook(of: try unit(0, run)) == .differs(.update))
  }

  @Test("A rename is compared with what the new name has, and then created")
  func rename() throws {
    var (run, world) = planned()
    let first = try unit(0, run)
    let other = try unit(1, run)
    run.send(.resolve(unit: first.id, .rename(other.slug)))
    #expect(run.state.notice?.contains("is the name of a unit already") == true)
    world.units["\(run.state.appSpace)/taken"] = .init(digest: "other", id: "theirs-4")
    run.send(.retry)
    run.settle(in: &world)
    run.send(.resolve(unit: first.id, .rename("taken")))
    run.settle(in: &world)
    #expect(run.state.plan.words == "2 to create, 1 unchanged, 2 differ")
    run.send(.resolve(unit: first.id, .rename("free")))
    run.settle(in: &world)
    #expect(run.state.plan.words == "3 to create, 1 unchanged, 1 differs")
    run.send(.resolve(unit: other.id, .skip))
    run.send(.confirm)
    run.go(to: .worker, .choosing, in: &world)
    #expect(world.created["unit \(run.state.appSpace)/free"] == 1)
  }

  @Test(
    "All that differ are decided at once",
    arguments: [Resolution.Sort.skip, .update, .rename])
  func all(_ sort: Resolution.Sort) throws {
    var (run, world) = planned()
    run.send(.resolveAll(sort))
    run.settle(in: &world)
    #expect(run.state.undecidedCount == 0)
    run.send(.confirm)
    run.go(to: .worker, .choosing, in: &world)
    let theirs = world.units.values.filter { $0.id.hasPrefix("theirs") }
    #expect(theirs.count { $0.digest == "other" } == (sort == .update ? 0 : 2))
    #expect(world.created.count == (sort == .rename ? 4 : 2))
    run.send(.resolveAll(sort))
    #expect(run.state.notice == "There is nothing left to decide.")
  }

  @Test(
    "What was said on the command line decides",
    arguments: [ConflictPolicy.skip, .update, .rename])
  func policy(_ policy: ConflictPolicy) {
    var (run, world) = planned(Answers(onConflict: policy))
    #expect(run.state.undecidedCount == 0)
    run.send(.confirm)
    run.go(to: .complete, in: &world)
    #expect(
      run.state.session.operations.count { $0.state == .skipped } == (policy == .skip ? 2 : 0))
    #expect(world.created.keys.count { $0.hasPrefix("unit ") } == (policy == .rename ? 4 : 2))
    #expect(world.createdInVain == [])
  }

  @Test("What was changed after the decision is not replaced unasked")
  func changedSince() throws {
    var (run, world) = planned()
    run.send(.resolveAll(.update))
    let first = try unit(0, run)
    world.units["\(run.state.appSpace)/\(first.slug)"]?.digest = "newer"
    run.send(.confirm)
    run.go(in: &world) { !$0.state.conflicts.isEmpty && $0.pending.isEmpty }
    #expect(run.state.conflicts.keys.map(\.self) == [first.id])
    #expect(world.units["\(run.state.appSpace)/\(first.slug)"]?.digest == "newer")
    run.send(.resolve(unit: first.id, .update))
    run.go(to: .worker, .choosing, in: &world)
    #expect(
      world.units["\(run.state.appSpace)/\(first.slug)"]?.digest
        == world.content(of: first).digest)
  }

  @Test("Somebody was faster: it is found out by the create, listed, and then decided")
  func race() throws {
    var (run, world) = planned()
    run.send(.resolveAll(.skip))
    let late = try unit(4, run)
    world.units["\(run.state.appSpace)/\(late.slug)"] = .init(digest: "other", id: "theirs-9")
    run.send(.confirm)
    run.go(in: &world) { !$0.state.conflicts.isEmpty && $0.pending.isEmpty }
    #expect(run.state.conflicts.keys.map(\.self) == [late.id])
    run.send(.resolve(unit: late.id, .skip))
    run.go(to: .worker, .choosing, in: &world)
    #expect(world.units["\(run.state.appSpace)/\(late.slug)"]?.digest == "other")
  }

  @Test("What was made and never written is told as ours, and finished")
  func unfinished() throws {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(in: &world) { $0.kinds.contains(.createUnit) && !$0.kinds.contains(.save) }
    guard
      case .change(.createUnit(let unit, let space, let operation, _))? =
        run.pending.first(where: { $0.work.sort == .createUnit })?.work
    else {
      Issue.record("nothing is created")
      return
    }
    world.units["\(space)/\(unit.slug)"] = .init(
      digest: SimulatedWorld.Unit.nothing, id: "half", markedBy: operation.id)
    var next = WizardRun.resumed(in: &world)
    next.settle(in: &world)
    #expect(next.state.outlook(of: unit) == .unfinished)
    #expect(next.state.plan.words == "2 to create, 1 ours and unfinished")
    next.send(.confirm)
    next.go(to: .complete, in: &world)
    #expect(world.units["\(space)/\(unit.slug)"]?.id == "half")
    #expect(world.units["\(space)/\(unit.slug)"]?.digest == world.content(of: unit).digest)
    #expect(next.state.operation(for: unit)?.result == .created)
  }

  @Test("What cannot be compared is told, and does not hinder the rest")
  func notCompared() throws {
    var (run, world) = planned()
    run.send(.retry)
    run.answer(.readSignIn, in: &world)
    run.saveAll(in: &world)
    run.answer(.listUnits, in: &world)
    run.answer(.prepareUnit, in: &world, as: .broken(.timedOut))
    run.settle(in: &world)
    #expect(run.state.canConfirm)
    #expect(run.state.plan.words == "2 to create, 1 unchanged, 1 differs, 1 not compared")
  }

  @Test("What differs can be looked at, line by line, before anything is written")
  func difference() throws {
    var (run, world) = planned()
    let first = try unit(0, run)
    run.send(.compare(unit: first.id))
    #expect(run.kinds == [.compare])
    run.settle(in: &world)
    #expect(run.state.preview?.differences?.map(\.sort) == [.onlyInConfigHub, .onlyHere])
    run.send(.closePreview)
    #expect(run.state.preview == nil)
    run.send(.compare(unit: try unit(4, run).id))
    #expect(run.state.notice?.contains("has no unit") == true)
    #expect(run.pending.isEmpty)
    #expect(world.changes == 0)
  }

  @Test("The App Spaces are asked for when step 3 begins, and a failure is no problem")
  func spaces() {
    for isSignedIn in [true, false] {
      var world = SimulatedWorld()
      world.spaces = ["b", "a"]
      if !isSignedIn { world.hub = nil }
      var run = WizardRun()
      run.send(.begin(.automatic))
      run.go(to: .select, in: &world)
      run.settle(in: &world)
      #expect(run.state.spaces == (isSignedIn ? ["a", "b"] : nil))
      #expect(run.state.problem == nil)
      #expect(run.state.session.position == Position(.select))
    }
  }
}
