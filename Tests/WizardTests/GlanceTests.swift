import Testing

@testable import Wizard

@Suite("What is read to be shown beside a list")
struct GlanceTests {
  private func reviewed() -> (run: WizardRun, world: SimulatedWorld, objects: [ObjectReference]) {
    var world = SimulatedWorld(workloads: 3)
    var run = WizardRun()
    run.send(.begin(.automatic))
    run.go(to: .review, in: &world)
    run.settle(in: &world)
    return (run, world, (run.state.session.scan?.workloads ?? []).map(\.reference))
  }

  @Test("An object is read once, and takes no answer away")
  func once() {
    var (run, world, objects) = reviewed()
    run.send(.redo)
    let notice = run.state.notice
    #expect(notice != nil)
    run.send(.glance(at: .object(objects[0])))
    run.send(.glance(at: .object(objects[0])))
    #expect(run.kinds == [.glance] && run.state.notice == notice)
    run.answer(.glance, in: &world)
    #expect(run.state.glance?.content == .object(yaml: "kind: Deployment\n"))
    #expect(run.state.notice == notice && run.state.preview == nil && run.state.viewed == nil)
    run.send(.glance(at: .object(objects[0])))
    #expect(run.kinds == [])
  }

  @Test("The latest one counts: the one before is given up")
  func latest() throws {
    var (run, world, objects) = reviewed()
    run.send(.glance(at: .object(objects[0])))
    let old = try #require(run.pending.first)
    run.send(.glance(at: .object(objects[1])))
    #expect(run.begun.suffix(2).contains(.cancel) && run.kinds == [.glance])
    run.send(.finished(old.id, .object(yaml: "late")))
    #expect(run.state.glance?.content == .reading)
    run.answer(.glance, in: &world)
    #expect(run.state.glance?.subject == .object(objects[1]))
    #expect(run.state.glance?.content != .reading)
  }

  @Test("A failure is said there and nowhere else, and what was given up is asked for again")
  func failure() {
    var (run, _, objects) = reviewed()
    run.send(.glance(at: .object(objects[0])))
    run.answer(.glance, .failed(Failure(.other, "It is gone.")))
    #expect(run.state.glance?.content == .failed("It is gone."))
    #expect(run.state.problem == nil && run.state.notice == nil)
    #expect(!run.state.lacks(.object(objects[0])) && run.state.lacks(.object(objects[1])))
    run.send(.glance(at: .object(objects[1])))
    run.send(.retry)
    // While the cluster is read as a whole, nothing else is asked of it.
    #expect(!run.state.lacks(.object(objects[1])) && !run.state.lacks(.object(objects[2])))
    let before = run.begun.count
    run.send(.glance(at: .object(objects[2])))
    #expect(run.begun.count == before)
  }

  @Test("After another scan, what was read is read again")
  func again() {
    var (run, world, objects) = reviewed()
    run.send(.glance(at: .object(objects[0])))
    run.answer(.glance, in: &world)
    run.send(.retry)
    run.settle(in: &world)
    #expect(run.state.glance == nil && run.state.lacks(.object(objects[0])))
  }

  @Test("A unit is read as it is now: when it is changed, it is lacking")
  func unit() throws {
    var (run, world, _) = reviewed()
    run.go(to: .select, in: &world)
    run.settle(in: &world)
    let unit = try #require(run.state.session.proposal?.units.first)
    run.send(.glance(at: .unit(unit)))
    run.answer(.glance, in: &world)
    guard case .unit(let preview)? = run.state.glance?.content else {
      Issue.record("\(String(describing: run.state.glance))")
      return
    }
    #expect(preview.slug == unit.slug && run.state.preview == nil)
    run.send(.rename(unit: unit.id, slug: "other"))
    let renamed = try #require(run.state.session.proposal?.units.first { $0.id == unit.id })
    #expect(run.state.lacks(.unit(renamed)))
  }
}
