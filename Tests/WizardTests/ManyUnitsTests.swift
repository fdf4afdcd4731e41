import Testing

@testable import Wizard

@Suite("Many units at once")
struct ManyUnitsTests {
  /// A run at step 3, of which units each have a workload and a Service.
  private func select(_ count: Int = 4) -> (run: WizardRun, world: SimulatedWorld) {
    var world = SimulatedWorld(workloads: count)
    for index in world.workloads.indices {
      let key = world.workloads[index].key
      world.workloads[index].belongings = [
        ObjectReference(apiVersion: "v1", kind: "Service", namespace: key.namespace, name: key.name)
      ]
    }
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    return (run, world)
  }

  private func units(_ run: WizardRun) -> [UnitPlan] { run.state.session.proposal?.units ?? [] }

  /// That one undo leads back, and one redo to the same again.
  private func expectOneChange(_ run: inout WizardRun, from before: Session) {
    let after = run.state.session
    #expect(after.proposal != before.proposal)
    #expect(after.undo.count == before.undo.count + 1)
    run.send(.undo)
    #expect(run.state.session.proposal == before.proposal)
    #expect(run.state.session.selected == before.selected)
    run.send(.redo)
    #expect(run.state.session.proposal == after.proposal)
    #expect(run.state.session.selected == after.selected)
  }

  @Test("Left out at once, and taken back at once by u")
  func leftOut() {
    var (run, _) = select()
    let before = run.state.session
    let ids = units(run).map(\.id)
    run.send(.leaveOut(units: [ids[3], ids[0], ids[2]]))
    #expect(units(run).map(\.id) == [ids[1]])
    #expect(run.state.session.selected.map(\.key) == [ids[1]])
    #expect(run.state.notice?.hasPrefix("3 units left out") == true)
    expectOneChange(&run, from: before)
    run.send(.undo)
    run.send(.leaveOut(units: ids))
    #expect(run.state.notice?.hasPrefix("These are all units") == true)
    #expect(units(run).map(\.id) == ids)
  }

  @Test("Merged into one of them, into another, or under a new name", arguments: 0..<3)
  func merged(_ way: Int) throws {
    var (run, _) = select()
    let before = run.state.session
    let all = units(run)
    let sources = [all[0], all[2]]
    let name = [all[2].name, all[3].name, "together"][way]
    run.send(.merge(units: sources.map(\.id), into: name))
    let merged = try #require(units(run).first { $0.name == name })
    let held = (way == 1 ? sources + [all[3]] : sources).flatMap(\.members)
    #expect(Set(merged.members) == Set(held) && merged.members.count == held.count)
    #expect(units(run).count == all.count - (way == 1 ? 2 : 1))
    #expect(merged.labels == [all[2], all[3], all[0]][way].labels)
    #expect(run.state.session.selected == before.selected)
    expectOneChange(&run, from: before)
  }

  @Test("Where one is not there, or its name cannot be, nothing is merged")
  func notMerged() {
    var (run, _) = select()
    let before = run.state.session
    let ids = units(run).map(\.id)
    let unknown = WorkloadKey(kind: .job, namespace: "nowhere", name: "nothing")
    for (event, words) in [
      (Event.merge(units: [ids[0], unknown], into: "app1"), "no such unit"),
      (.merge(units: [ids[0], ids[1]], into: "a b"), "letters, digits"),
      (.merge(units: [], into: "app1"), "no such unit"),
      (.setLabels(units: [], "a=b"), "no such unit"),
      (.leaveOut(units: [unknown]), "no such unit"),
      (.takeBack(units: [ids[0]]), "not left out"),
    ] {
      run.send(event)
      #expect(run.state.notice?.contains(words) == true, "\(event): \(run.state.notice ?? "")")
      #expect(run.state.session == before)
    }
  }

  @Test("Labels are set on all, or taken away, and all others stay")
  func labels() {
    var (run, _) = select()
    let before = run.state.session
    let old = units(run)
    run.send(.setLabels(units: [old[1].id, old[3].id], "tier = web, variant=-"))
    for (number, unit) in units(run).enumerated() {
      var labels = old[number].labels
      if number == 1 || number == 3 {
        labels["tier"] = "web"
        labels["variant"] = nil
      }
      #expect(unit.labels == labels)
    }
    expectOneChange(&run, from: before)
    let changed = run.state.session
    for wrong in ["", "tier", "tier=", "a=1, a=-", "=-", "a=1, a=2"] {
      run.send(.setLabels(units: [old[1].id, old[3].id], wrong))
      #expect(run.state.session == changed, "\(wrong)")
    }
    run.send(.setLabels(units: [old[1].id, old[3].id], "tier=web"))
    #expect(run.state.notice == "They have these labels already.")
  }

  @Test("Several members are moved at once, to a unit that is there or to a new one")
  func moved() throws {
    for name in ["app2", "entry"] {
      var (run, _) = select()
      run.send(
        .merge(
          units: units(run).filter { ["app0", "app1"].contains($0.slug) }.map(\.id), into: "app0"))
      let before = run.state.session
      let source = try #require(units(run).first { $0.slug == "app0" })
      let services = source.members.filter { $0.kind == "Service" }
      #expect(services.count == 2)
      run.send(.move(services, of: source.id, to: name))
      let target = try #require(units(run).first { $0.slug == name })
      #expect(Set(services).isSubset(of: target.members))
      #expect(try #require(units(run).first { $0.slug == "app0" }).members.count == 2)
      expectOneChange(&run, from: before)
    }
  }

  @Test("What is left out is listed as it was, and what was not chosen as it would be proposed")
  func listed() throws {
    var (run, world) = select()
    let all = units(run)
    #expect(run.state.leftOutUnits.isEmpty)
    run.send(.goBack)
    run.settle(in: &world)
    run.send(.setWorkloads([all[3].id], chosen: false))
    run.go(to: .select, in: &world)
    run.send(.rename(unit: all[1].id, slug: "renamed"))
    run.send(.merge(units: [all[0].id, all[1].id], into: "renamed"))
    let merged = try #require(units(run).first { $0.slug == "renamed" })
    run.send(.leaveOut(units: [merged.id]))
    let listed = run.state.leftOutUnits
    #expect(listed.first?.unit == merged)
    #expect(listed.map(\.unit.id) == [merged.id, all[3].id])
    #expect(listed.map(\.why) == ["left out here", "not chosen"])

    let before = run.state.session
    run.send(.takeBack(units: listed.map(\.unit.id)))
    #expect(units(run).map(\.id) == units(run).map(\.id).sorted())
    #expect(Set(units(run).map(\.members)) == Set([merged, all[2], all[3]].map(\.members)))
    #expect(run.state.session.selectedCount == 4)
    #expect(run.state.leftOutUnits.isEmpty)
    expectOneChange(&run, from: before)
    run.go(to: .complete, in: &world)
    #expect(run.state.session.unitsCreated.count == 3)
  }

  @Test("What comes back under a name that another unit has meanwhile gets a free one")
  func freeName() throws {
    var (run, _) = select()
    let all = units(run)
    run.send(.leaveOut(units: [all[0].id]))
    run.send(.rename(unit: all[1].id, slug: all[0].slug))
    run.send(.takeBack(units: [all[0].id]))
    #expect(units(run).first?.slug == "\(all[0].slug)-2")
    #expect(run.state.proposalProblems.isEmpty)
  }

  @Test("What no scan knows any more, or another unit holds by now, is not listed")
  func notListed() throws {
    var (run, world) = select()
    let all = units(run)
    run.send(.leaveOut(units: [all[0].id, all[1].id]))
    world.workloads.removeAll { $0.key == all[0].id }
    for _ in 0..<2 {
      run.send(.goBack)
      run.settle(in: &world)
    }
    run.go(to: .select, in: &world)
    #expect(run.state.leftOutUnits.map(\.unit.id) == [all[1].id])
  }

  @Test("Tens of thousands are changed in one pass each")
  func veryMany() throws {
    var state = select(2).run.state
    let first = try #require(state.session.proposal?.units.first)
    let before = (0..<20_000).map { number in
      let object = ObjectReference(
        apiVersion: "v1", kind: "Service", namespace: "shop", name: "s\(number)")
      return UnitPlan(
        id: object.unitKey, slug: "s\(number)", labels: first.labels, members: [object])
    }
    state.session.proposal?.units = before
    let odd = before.enumerated().filter { !$0.offset.isMultiple(of: 2) }.map(\.element.id)
    for event in [
      Event.setLabels(units: odd, "tier=web"), .leaveOut(units: odd),
      .merge(units: odd, into: "s0"),
    ] {
      (state, _) = reduce(state, event, at: state.now)
      #expect(state.session.proposal?.units != before)
      (state, _) = reduce(state, .undo, at: state.now)
      #expect(state.session.proposal?.units == before)
    }
  }
}
