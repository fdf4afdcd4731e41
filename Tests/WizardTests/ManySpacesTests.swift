import Testing

@testable import Wizard

/// An import by component into so many Spaces that nothing may look at all of them for each.
struct ManySpacesTests {
  /// A run without a terminal; where the Spaces are there already, they are only listed.
  private func looks(
    _ count: Int, areThere: Bool, _ mode: WorkerMode = .skip
  ) -> Int {
    var world = SimulatedWorld()
    world.workloads = (0..<count).map { number in
      Workload(
        key: WorkloadKey(kind: .deployment, namespace: "shop\(number)", name: "web"),
        apiVersion: "apps/v1", owner: .native, labels: ["app": "web\(number)"])
    }
    world.namespaces = world.workloads.map(\.key.namespace)
    let proposal = Naming.propose(for: world.workloads, layout: .component)
    #expect(proposal.spaceSlugs.count == count + 1)
    if areThere { world.spaces = Set(["payment-team"] + proposal.spaceSlugs.dropFirst()) }
    let run = WizardRun.unattended(
      Answers(
        namespaces: world.namespaces, appSpace: "payment-team", layout: .component,
        workerMode: mode),
      in: &world)
    #expect(run.left?.exit == .done, "\(run.left?.reason ?? "")")
    #expect(world.spaces.count == count + 1 && world.units.count == count)
    #expect(world.created.values.allSatisfy { $0 == 1 })
    #expect(world.releases == (mode == .skip ? 0 : count))
    return run.state.looksAtSpaces
  }

  @Test("Each Space is looked at a few times, however many there are", arguments: [false, true])
  func linear(areThere: Bool) {
    let (few, many) = (looks(20, areThere: areThere), looks(160, areThere: areThere))
    #expect(few > 20 && many < 10 * few, "\(few) and \(many)")
    #expect(many < 60 * 160)
  }

  @Test("So it is when a release of each is published", arguments: [false, true])
  func released(areThere: Bool) {
    let few = looks(20, areThere: areThere, .server)
    let many = looks(160, areThere: areThere, .server)
    #expect(many < 10 * few, "\(few) and \(many)")
    #expect(many < 60 * 160)
  }
}
