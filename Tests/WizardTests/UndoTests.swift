import Testing
import Wizard

@Suite("Choices taken back")
struct UndoTests {
  @Test("Workloads: undone, redone, and what was undone is lost with the next choice")
  func workloads() {
    var (run, _) = Place.review.arrive()
    let all = run.state.session.selected
    let key = all[0].key
    run.send(.setWorkloads([key], chosen: false))
    #expect(run.state.session.selected == Array(all.dropFirst()))
    run.send(.undo)
    #expect(run.state.session.selected == all)
    run.send(.redo)
    #expect(run.state.session.selected == Array(all.dropFirst()))
    run.send(.undo)
    run.send(.setWorkloads([all[1].key], chosen: false))
    run.send(.redo)
    #expect(run.state.notice == "There is nothing to redo.")
    #expect(!run.state.isSelected(all[1].key))
  }

  @Test("Workloads are taken back by name, wherever a scan in between has put them")
  func afterAnotherScan() {
    var (run, world) = Place.review.arrive()
    let last = world.workloads[2].key
    run.send(.setWorkloads([last], chosen: false))
    world.workloads.remove(at: 1)
    run.send(.retry)
    run.settle(in: &world)
    #expect(!run.state.isSelected(last))
    run.send(.undo)
    #expect(run.state.session.selected.map(\.key) == world.workloads.map(\.key))
  }

  @Test("Names, the App Space and units left out come back as they were")
  func proposal() throws {
    var (run, _) = Place.select.arrive()
    let before = try #require(run.state.session.proposal)
    let selected = run.state.session.selected
    let unit = before.units[1]
    run.send(.setAppSpace("elsewhere"))
    run.send(.setHub("other"))
    run.send(.rename(unit: unit.id, slug: "renamed"))
    run.send(.leaveOut(units: [unit.id]))
    let after = run.state.session
    #expect(after.proposal?.units.contains { $0.id == unit.id } == false)
    for _ in 0..<4 { run.send(.undo) }
    #expect(run.state.session.proposal == before)
    #expect(run.state.session.selected == selected)
    for _ in 0..<4 { run.send(.redo) }
    #expect(run.state.session.proposal == after.proposal)
    #expect(run.state.session.selected == after.selected)
  }

  @Test("A choice of another step is named, not taken back unseen")
  func otherStep() {
    var (run, world) = Place.review.arrive()
    run.send(.setWorkloads([run.state.session.selected[0].key], chosen: false))
    run.send(.goOn)
    run.saveAll(in: &world)
    let selected = run.state.session.selected
    run.send(.undo)
    #expect(run.state.notice == "That choice was made in step 2, review: go back there to undo it.")
    #expect(run.state.session.selected == selected)
  }

  @Test("A resumed session remembers what can be taken back")
  func acrossResume() throws {
    var (run, world) = Place.select.arrive()
    let before = try #require(run.state.session.proposal)
    run.send(.setAppSpace("elsewhere"))
    run.send(.leave)
    run.settle(in: &world)
    var next = WizardRun()
    next.send(.begin(.resume(sessionID: nil)))
    next.settle(in: &world)
    #expect(next.state.session.proposal?.appSpace == "elsewhere")
    next.send(.undo)
    #expect(next.state.session.proposal == before)
  }

  @Test("After something was written, nothing is taken back")
  func written() {
    var (run, _) = Place.creating.arrive()
    let session = run.state.session
    run.send(.undo)
    #expect(run.state.session == session)
    #expect(run.state.notice != nil)
  }

  @Test("No more than a hundred choices are kept")
  func bounded() {
    var (run, _) = Place.select.arrive()
    for number in 0..<150 { run.send(.setHub("hub-\(number)")) }
    #expect(run.state.session.undo.count == 100)
  }
}
