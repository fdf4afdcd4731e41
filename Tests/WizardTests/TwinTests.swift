import Testing

@testable import Wizard

@Suite("Two sessions begun in the same second on two machines, which have one id")
struct TwinTests {
  /// A run whose units were all made by another one after it had looked for them.
  private func late(_ rename: (String) -> String) -> (run: WizardRun, world: SimulatedWorld) {
    let (_, other) = Place.complete.arrive()
    var (run, world) = Place.confirming.arrive()
    run.send(.confirm)
    run.go(in: &world) { $0.kinds.contains(.createUnit) }
    #expect(world.units.isEmpty)
    let latest = world.latest
    world.units = other.units.mapValues { unit in
      var unit = unit
      (unit.session, unit.markedBy) = (latest, unit.markedBy.map(rename))
      return unit
    }
    run.settle(in: &world)
    return (run, world)
  }

  private func results(_ run: WizardRun) -> Set<Operation.Result?> {
    Set(run.state.session.operations.filter { $0.kind == .createUnit }.map(\.result))
  }

  @Test("What the other one made is not taken for what this one made, nor removed with it")
  func others() throws {
    var (run, world) = late {
      Operation.id(Operation.number(of: $0), lineage: "0b1c2d3e-0000-4000-8000-000000000000")
    }
    let units = world.units
    #expect(results(run) == [.unchanged] && !units.isEmpty)
    run.send(.undoImport)
    run.settle(in: &world)
    #expect(run.state.removal?.count(.removable) == 0)
    #expect(world.units == units && world.removals == [:])
    // With the same marks on them, they are its own.
    #expect(results(late { $0 }.run) == [.created])
  }

  @Test("Where the session is in ConfigHub, an operation notes the epoch that it was begun in")
  func epochs() {
    var reducer = Reducer(state: WizardState(now: Timestamp(seconds: 0)))
    reducer.state.session.lineage = "9f2c41d7-11aa-4bbb-8ccc-0123456789ab"
    let subject = Operation.Subject(.createUnit, "s/u")
    #expect(reducer.intend(subject)?.epoch == nil)
    reducer.state.session.sync = SyncState(space: "s", unit: "u", epoch: 4)
    let again = reducer.intend(subject)
    #expect(again?.epoch == 4 && again?.id == "op-0001-9f2c41d7")
    let next = reducer.intend(.init(.createUnit, "s/v"))
    #expect(next?.epoch == 4 && next?.id == "op-0002-9f2c41d7-e4")
  }

  @Test("An operation's id tells its lineage; one without is of any")
  func ids() {
    let (one, other) = (
      "9f2c41d7-11aa-4bbb-8ccc-0123456789ab", "9f2c41d8-11aa-4bbb-8ccc-0123456789ab"
    )
    #expect(Operation.id(3, lineage: one) == "op-0003-9f2c41d7")
    #expect(Operation.id(3, lineage: one, epoch: 4) == "op-0003-9f2c41d7-e4")
    #expect(Operation.id(12345, lineage: "") == "op-12345")
    #expect(["op-0003-9f2c41d7", "op-0003", "op-x", ""].map(Operation.number) == [3, 3, 0, 0])
    for (id, isOne) in [
      ("op-0003-9f2c41d7", true), ("op-0003-9f2c41d7-2", true), ("op-0003", true),
      ("op-0003-2", true), ("op-0003-9f2c41d8", false), ("op-0003-9f2c41d7-e4", true),
    ] {
      #expect(Operation.isOne(id, of: one) == isOne, "\(id)")
      #expect(Operation.isOne(id, of: other) == (isOne && !id.contains("d7") || !isOne), "\(id)")
    }
  }
}
