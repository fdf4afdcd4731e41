import Testing

@testable import Wizard

/// Another name, where ConfigHub has one already: no object is to be in two units of ours.
@Suite("No second unit for what is in one")
struct SecondUnitTests {
  private let answers = Answers(
    namespaces: ["order-prod", "payment-prod"], appSpace: "payment-team", workerMode: .skip,
    onConflict: .rename, isUnattended: true)

  /// A run at the confirmation whose first unit has that name in ConfigHub already.
  private func planned(
    _ answers: Answers, _ units: (UnitPlan, SimulatedWorld) -> [String: SimulatedWorld.Unit]
  ) throws -> (run: WizardRun, world: SimulatedWorld, unit: UnitPlan) {
    var world = SimulatedWorld()
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    if answers.run.isUnattended {
      run.answerAll(in: &world) { $0.state.step == .select }
    } else {
      run.go(to: .select, in: &world)
      run.settle(in: &world)
      run.send(.setAppSpace("payment-team"))
    }
    let unit = try #require(run.state.session.proposal?.units.first)
    world.spaces.insert("payment-team")
    for (slug, held) in units(unit, world) { world.units["payment-team/\(slug)"] = held }
    return (run, world, unit)
  }

  @Test("A unit that this session made, and a trigger changed, keeps its name")
  func ours() throws {
    var world = SimulatedWorld()
    var run = WizardRun(answers)
    run.send(.begin(.automatic))
    run.answerAll(in: &world) { $0.kinds.contains(.createUnit) }
    // Made, and changed by the organisation before anybody heard of it.
    run.answer(.createUnit, in: &world, as: .lostAfter)
    for key in world.units.keys { world.units[key]?.digest = "changed" }
    run.answerAll(in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(world.units.count == run.state.session.proposal?.units.count)
    let skipped = run.state.session.operations.filter { $0.state == .skipped }
    #expect(skipped.count == 1)
    #expect(skipped.first?.reason?.hasPrefix("It has our mark") == true)
  }

  @Test("Nor does a person give it another one, before the confirmation or after it")
  func byHand() throws {
    for isConfirmed in [false, true] {
      var (run, world) = Place.creating.arrive()
      run.answer(.createUnit, in: &world, as: .lostAfter)
      for key in world.units.keys { world.units[key]?.digest = "changed" }
      run.saveAll(in: &world)
      if isConfirmed {
        run.go(in: &world) { !$0.state.conflicts.isEmpty && $0.pending.isEmpty }
      } else {
        run = run.restarted()
        run.send(.begin(.resume(sessionID: nil)))
        run.settle(in: &world)
        #expect(run.state.undecidedCount == 1)
      }
      let units = try #require(run.state.session.proposal?.units)
      let unit = try #require(units.first { run.state.differs($0.id) })
      for event in [Event.resolve(unit: unit.id, .rename("another")), .resolveAll(.rename)] {
        run.send(event)
        #expect(run.state.notice?.contains("would be in two units") == true)
        #expect(run.state.session.proposal?.units == units)
      }
      run.send(.resolve(unit: unit.id, .skip))
      run.go(to: .worker, .choosing, in: &world)
      #expect(world.units.count == units.count)
    }
  }

  @Test("What an earlier run has put there under another name is found under it")
  func again() throws {
    for isUnattended in [true, false] {
      var answers = answers
      answers.run.isUnattended = isUnattended
      if !isUnattended { answers.onConflict = .ask }
      var (run, world, unit) = try planned(answers) { unit, world in
        [
          unit.slug: .init(digest: "theirs", id: "theirs"),
          "\(unit.slug)-2": .init(digest: "theirs, too", id: "theirs-2"),
          // Somebody has removed one between them.
          "\(unit.slug)-4": .init(digest: world.content(of: unit).digest, id: "ours"),
        ]
      }
      if isUnattended {
        run.answerAll(in: &world)
      } else {
        run.go(in: &world) { $0.state.canConfirm }
        run.send(.resolveAll(.rename))
        run.settle(in: &world)
        #expect(run.state.undecidedCount == 0)
        run.send(.confirm)
        run.go(to: .worker, .choosing, in: &world)
      }
      let found = run.state.session.proposal?.units.first { $0.id == unit.id }
      #expect(found?.slug == "\(unit.slug)-4")
      #expect(found.flatMap { run.state.operation(for: $0) }?.result == .unchanged)
      #expect(world.created.keys.allSatisfy { !$0.contains("\(unit.slug)-") })
    }
  }

  @Test("Beside the unit of an earlier import another one is made, and that is said")
  func earlier() throws {
    var (run, world, unit) = try planned(answers) { unit, _ in
      [unit.slug: .init(digest: "older", id: "older", markedBy: "op-0001", session: "earlier")]
    }
    run.answerAll(in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(world.created["unit payment-team/\(unit.slug)-2"] == 1)
    let said = run.state.warnings.filter { $0.contains("made by an earlier import") }
    #expect(said.count == 1 && said[0].contains("\(unit.slug)-2"))
  }
}
