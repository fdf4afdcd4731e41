import Testing
import Wizard

/// The file with the workloads of the scan is gone: what is said of that is what happens.
struct LostScanTests {
  private static let places: [Place] = [
    .namespaces, .review, .select, .confirming, .stopped, .workers, .connecting, .waiting,
    .mismatch, .complete,
  ]

  private func resumed(
    _ place: Place, _ change: (inout Session) -> Void = { _ in }
  ) throws -> (run: WizardRun, world: SimulatedWorld, before: Session) {
    var (crashed, world) = place.arrive()
    crashed.settle(in: &world)
    let id = try #require(world.latest)
    world.sessions[id]?.scan?.workloads = []
    if var session = world.sessions[id] {
      change(&session)
      world.sessions[id] = session
    }
    world.startedListsUntilReady = 2
    world.listsUntilTarget = 1
    let before = try #require(world.sessions[id])
    var run = crashed.restarted(name: "without a scan at \(place)")
    run.send(.begin(.resume(sessionID: nil)))
    run.answer(.load, in: &world)
    run.answer(.open, in: &world)
    return (run, world, before)
  }

  @Test("A resume goes on where it was, or scans again, as the sentence says", arguments: places)
  func steps(place: Place) throws {
    var (run, world, before) = try resumed(place)
    #expect(
      (run.state.session.position == before.position) == before.goesOnWithoutScan
        || place == .namespaces)
    #expect((run.state.step == .scan) == !before.goesOnWithoutScan)
    let sentence = before.sentence(ofLostScan: "it is not there")
    #expect(sentence.contains("goes back to step 1") == (run.state.step == .scan))
    #expect(run.state.session.proposal?.units == before.proposal?.units)
    run.settle(in: &world)
    if place == .confirming {
      #expect(sentence.contains("unless you go back to step 2"))
      for _ in 0..<2 {
        run.send(.goBack)
        run.settle(in: &world)
      }
      #expect(run.state.session.position == Position(.review))
      run.send(.retry)
      run.settle(in: &world)
      #expect(run.state.session.scan?.workloads.isEmpty == false)
    }
    run.go(to: .complete, in: &world)
    run.settle(in: &world)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(
      run.state.session.scan?.workloads.isEmpty == before.goesOnWithoutScan || place == .confirming)
  }

  @Test("Where no unit is known either, it scans again at any step but the last")
  func noUnits() throws {
    let (run, _, before) = try resumed(.confirming) { $0.proposal?.units = [] }
    #expect(!before.goesOnWithoutScan && run.state.step == .scan)
  }

  @Test("Without workloads the units cannot be divided anew, so none is lost")
  func divided() throws {
    var (run, world, before) = try resumed(.confirming)
    run.settle(in: &world)
    run.send(.goBack)
    run.settle(in: &world)
    #expect(run.state.step == .select)
    run.send(.setLayout(.component))
    #expect(run.state.session.proposal?.units == before.proposal?.units)
    #expect(run.state.reply?.sentence.contains("are lost") == true)
  }
}
