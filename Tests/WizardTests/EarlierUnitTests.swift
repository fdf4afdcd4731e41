import Testing

@testable import Wizard

/// The same workload under two names in ConfigHub: two sessions may have made them.
@Suite("What another session has imported")
struct EarlierUnitTests {
  private func session(_ id: String, _ units: [(String, String)]) -> Session {
    var session = Session(id: id, lineage: id, createdAt: Timestamp(seconds: 0))
    session.cluster = ClusterIdentity(context: "kind-atk", uid: "1")
    session.proposal = Proposal(
      hub: "h", appSpace: "team",
      units: units.map { name, slug in
        UnitPlan(id: deployment(name).unitKey, slug: slug, labels: [:], members: [deployment(name)])
      })
    session.operations = OperationList(
      units.enumerated().map { number, unit in
        Operation(
          id: "op-\(number)", kind: .createUnit, key: OperationKey(space: "team", name: unit.1),
          source: [.init(object: deployment(unit.0))], state: .done, result: .created)
      })
    return session
  }

  private func deployment(_ name: String) -> ObjectReference {
    ObjectReference(apiVersion: "apps/v1", kind: "Deployment", namespace: "prod", name: name)
  }

  @Test(
    "A workload that it has under another name is told; one under the same name is the same unit")
  func names() {
    let other = session("b", [("web", "web"), ("api", "old-api"), ("db", "db")])
    let own = session("a", [("web", "web"), ("api", "api"), ("cache", "cache")])
    #expect(
      own.unitsElsewhere(in: other) == [
        deployment("api").unitKey: EarlierUnit(session: "b", key: "team/old-api", isMade: true)
      ])
  }

  @Test("What was removed, left or never made is not there")
  func gone() {
    var other = session("b", [("web", "w"), ("api", "a"), ("db", "d")])
    other.operations[1].state = .skipped
    other.operations[2].state = .intent
    other.operations.append(
      Operation(id: "op-9", kind: .deleteUnit, key: "team/w", state: .done))
    let own = session("a", [("web", "web"), ("api", "api"), ("db", "db")])
    #expect(own.unitsElsewhere(in: other).isEmpty)
  }

  @Test("Only sessions of the same cluster and organisation are looked at")
  func places() {
    let own = session("a", [("web", "web")])
    var other = session("b", [("web", "w")])
    #expect(SessionHeader(other).mayHaveImported(whatIsIn: own))
    #expect(!SessionHeader(own).mayHaveImported(whatIsIn: own))
    other.cluster.uid = "2"
    #expect(!SessionHeader(other).mayHaveImported(whatIsIn: own))
    other.cluster.uid = nil
    #expect(SessionHeader(other).mayHaveImported(whatIsIn: own), "the same context, untold")
  }

  @Test(
    "Whoever is not asked is told before anything is created, and once", arguments: [true, false])
  func warned(isEarlier: Bool) throws {
    var world = SimulatedWorld()
    var run = WizardRun(
      Answers(
        namespaces: ["order-prod"], appSpace: "payment-team", workerMode: .skip,
        isUnattended: true))
    run.send(.begin(.automatic))
    run.answerAll(in: &world) { $0.state.step == .select }
    let unit = try #require(run.state.session.proposal?.units.first)
    if isEarlier {
      world.earlierUnits = [unit.id: EarlierUnit(session: "b", key: "old/unit", isMade: true)]
    }
    run.answerAll(in: &world) { $0.kinds.contains(.createSpace) }
    #expect(
      run.state.warnings.count { $0.contains("old/unit, by session b") } == (isEarlier ? 1 : 0))
    #expect(world.created.isEmpty)
  }
}
