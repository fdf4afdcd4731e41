import TestWorld
import Testing

/// Every way in which the power can go while sessions are saved, on a disk that keeps no more than
/// it must. What the program does is what it was seen to do.
@Suite("When the power goes", .waiting)
struct PowerLossTests {
  @Test("nothing that was shown as saved is lost", arguments: Scenario.all)
  func nothingIsLost(_ scenario: Scenario) throws {
    let states = try States(scenario.words, errors: scenario.errors)
    let outcomes = try states.outcomes(goingOn: true)
    report(scenario.testDescription, states, outcomes)
    #expect(states.points >= 20)
    #expect(outcomes.filter { $0.key != .recovered } == [:])
  }

  @Test("nothing is lost that the next program saved after one was killed, at any point of it")
  func killedBefore() throws {
    var points = 0
    var outcomes: [Recovery.Outcome: Int] = [:]
    var states = 0
    let all = try States.killed(["begin", "save", "save"])
    #expect(all.count >= 25)
    for killed in Sweep.sample(all, every: 4) {
      let next = try States(["readAndRepair", "save"], after: killed)
      points += 1
      states += next.all.count
      outcomes.merge(try next.outcomes(goingOn: false)) { $0 + $1 }
    }
    print("power loss, \(points) kills before: \(states) states, \(outcomes)")
    #expect(outcomes.filter { $0.key != .recovered } == [:])
  }

  @Test(
    "a program that leaves out a promise is found out",
    arguments: [Replay.Fault.noDirectorySync, .noFileSync])
  func control(_ fault: Replay.Fault) throws {
    // One save less: each file that is not synced doubles what may be left.
    let states = try States(Scenario.twoSaves.words, fault)
    let outcomes = try states.outcomes(goingOn: false, until: [.lost, .nothing])
    report(fault.rawValue, states, outcomes)
    #expect(outcomes[.lost, default: 0] > 0)
    #expect(outcomes[.nothing, default: 0] > 0)
  }

  @Test("a program that names a part before that is durable is found out")
  func undurableParts() throws {
    let states = try States(Scenario.threeSaves.words, .noPartsSync)
    let outcomes = try states.outcomes(goingOn: false, until: [.withoutScan])
    report(Replay.Fault.noPartsSync.rawValue, states, outcomes)
    #expect(outcomes[.withoutScan, default: 0] > 0)
  }

  @Test("a program that writes in place is found out")
  func inPlace() throws {
    let states = try States(["begin", "overwrite", "overwrite", "overwrite"])
    let outcomes = try states.outcomes(goingOn: false, until: [.nothing])
    report("in place", states, outcomes)
    #expect(outcomes[.nothing, default: 0] > 0)
  }

  @Test(
    "a program that renames from one directory to another is found out",
    arguments: [Scenario.editedArchiving, .editedUnarchiving])
  func nakedRename(_ scenario: Scenario) throws {
    let states = try States(scenario.words, .nakedRename)
    let outcomes = try states.outcomes(goingOn: false, until: [.lost])
    report("\(scenario.testDescription) by renaming", states, outcomes)
    #expect(outcomes[.lost, default: 0] > 0)
  }

  private func report(_ what: String, _ states: States, _ outcomes: [Recovery.Outcome: Int]) {
    let bad = outcomes.filter { $0.key != .recovered }.map { "\($0.value) \($0.key)" }.sorted()
    print(
      "power loss, \(what): \(states.points) points, \(states.all.count) states, "
        + (bad.isEmpty ? "nothing lost" : bad.joined(separator: ", ")))
  }
}
