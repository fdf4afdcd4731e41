import Documents
import FoundationEssentials
import Subprocess
import Testing
import Wizard

@testable import Hub

@Suite("When cub fails")
struct FaultTests {
  /// How the stand-in misbehaves, what a change makes of it, and whether it was made.
  typealias ChangeFault = (kind: String, outcome: String, isDone: Bool)

  static let changeFaults: [ChangeFault] = [
    ("refuse", "refused refused", false), ("forbid", "refused forbidden", false),
    ("help", "refused unsupported", false), ("exists", "exists", false),
    ("unauthorized", "signInNeeded", false), ("expire", "signInNeeded", false),
    ("network", "unclear", false), ("error500-before", "unclear", false),
    ("garbage", "unclear", false), ("error500-after", "unclear", true),
    ("lost-after", "unclear", true), ("cut", "unclear", true),
  ]

  @Test(
    "A unit that was perhaps created is never called done or refused",
    arguments: StandIn.Generation.allCases, changeFaults)
  func change(generation: StandIn.Generation, fault: ChangeFault) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    try standIn.plan((match: "unit create", kind: fault.kind, nth: nil))
    #expect(hub.createAPI().name == fault.outcome)
    try standIn.plan()
    if fault.outcome == "signInNeeded" { _ = try run(hub.loginCommand) }
    #expect(try (hub.unit("api", space: "apps") != nil) == fault.isDone)
  }

  @Test(
    "The other changes are judged alike",
    arguments: ["space create", "unit update", "unit set-target", "worker create"],
    [("cut", "unclear"), ("help", "refused unsupported"), ("lost-after", "unclear")])
  func otherChanges(command: String, fault: (kind: String, outcome: String)) throws {
    let standIn = try StandIn(.c, ["STAND_IN_WORKER": "dev"])
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    let target = try #require(try hub.targets(space: "apps").first)
    try standIn.plan((match: command, kind: fault.kind, nth: nil))
    let outcome =
      switch command {
      case "space create": hub.createSpace(SpacePlan(slug: "other"))
      case "worker create": hub.createWorker("other", space: "apps")
      case "unit set-target": hub.setTarget(unit: "api", target: target.slug, space: "apps")
      default:
        hub.updateUnit(
          "api", space: "apps", labels: [:], mark: .example("b"), content: Array("b".utf8))
      }
    #expect(outcome.name == fault.outcome)
  }

  @Test("Somebody else's change in between is a conflict, not a taken name")
  func conflict() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    try standIn.plan((match: "unit update", kind: "exists", nth: nil))
    let outcome = hub.updateUnit(
      "api", space: "apps", labels: [:], mark: .example("b"), content: Array("b".utf8))
    #expect(outcome.name == "refused conflict")
  }

  typealias ReadFault = (kind: String, failure: HubFailure.Kind)

  static let readFaults: [ReadFault] = [
    ("refuse", .refused), ("forbid", .forbidden), ("unauthorized", .signInNeeded),
    ("expire", .signInNeeded), ("error500-before", .unreachable), ("network", .unreachable),
    ("garbage", .unreadable), ("cut", .unreadable), ("help", .unsupported),
  ]

  @Test(
    "What could not be read is never taken for absent or empty",
    arguments: StandIn.Generation.allCases, readFaults)
  func read(generation: StandIn.Generation, fault: ReadFault) throws {
    let reads: [(command: String, read: (HubClient) throws -> Void)] = [
      ("unit get", { _ = try $0.unit("api", space: "apps") }),
      ("unit list", { _ = try $0.units(space: "apps") }),
      ("unit list", { _ = try $0.unitsIfThere(space: "apps") }),
      ("space list", { _ = try $0.spaces() }),
      ("worker list", { _ = try $0.workers(space: "apps") }),
      ("target list", { _ = try $0.targets(space: "apps") }),
    ]
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    for (command, read) in reads {
      try standIn.plan((match: command, kind: fault.kind, nth: nil))
      let failure = #expect(throws: HubFailure.self) { try read(hub) }
      #expect(failure?.kind == fault.failure, "\(command): \(failure?.message ?? "")")
      if failure?.kind == .signInNeeded { _ = try run(hub.loginCommand) }
    }
  }

  @Test(
    "Content that did not arrive whole is no content",
    arguments: readFaults.filter { $0.kind != "help" })
  func contentFaults(fault: ReadFault) throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    try standIn.plan((match: "unit data", kind: fault.kind, nth: nil))
    let failure = #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }
    #expect(failure?.kind == fault.failure)
  }

  @Test("A cub that cannot show content leaves it unknown")
  func noContent() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    try standIn.plan((match: "unit data", kind: "help", nth: nil))
    let unit = try #require(try hub.unit("api", space: "apps"))
    #expect(unit.content == nil)
    #expect(unit.digest == nil)
  }

  @Test("A missing space does not make its unit absent", arguments: StandIn.Generation.allCases)
  func missingSpace(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    let failure = #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }
    #expect(failure?.kind == .notFound)
    #expect(hub.createAPI().name == "refused notFound")
  }

  @Test("Names that are none never reach cub")
  func badNames() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    #expect(hub.createSpace(SpacePlan(slug: "-x")).name == "refused refused")
    #expect(hub.createWorker("a b", space: "apps").name == "refused refused")
    #expect(hub.setTarget(unit: "api", target: "-", space: "apps").name == "refused refused")
    #expect(throws: HubFailure.self) { try hub.units(space: "") }
    #expect(throws: HubFailure.self) { try hub.unit("https://x", space: "apps") }
    #expect(throws: HubFailure.self) { try hub.workerRunCommand("--space", space: "apps") }
    #expect(try standIn.calls().isEmpty)
  }
}
