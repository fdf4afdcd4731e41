import Testing
import Wizard

@testable import Hub

@Suite("Calls that name many units")
struct ManyUnitsTests {
  private static let slugs = ["api", "db", "web"]

  private func standIn(
    _ generation: StandIn.Generation, _ settings: [String: String] = [:]
  ) throws -> (StandIn, HubClient) {
    let standIn = try StandIn(generation, settings)
    let hub = standIn.client()
    try hub.prepareSpace()
    for slug in ManyUnitsTests.slugs {
      let made = hub.createUnit(
        slug, space: "apps", labels: [:], mark: .example(slug), content: Array(slug.utf8))
      #expect(made.name == "done")
    }
    return (standIn, hub)
  }

  private func calls(_ words: [String], _ standIn: StandIn) throws -> Int {
    try standIn.calls().count { $0.starts(with: words) }
  }

  @Test("Three units are bound by one call of today's cub")
  func bind() throws {
    let (standIn, hub) = try standIn(.d)
    #expect(hub.createReleaseTarget("oci", worker: "w", space: "apps").name == "done")
    let id = try #require(try hub.targets(space: "apps").first?.id)
    #expect(hub.setTargets(ManyUnitsTests.slugs, target: "oci", space: "apps").name == "done")
    #expect(try hub.units(space: "apps").allSatisfy { $0.targetID == id })
    #expect(try calls(["unit", "set-target"], standIn) == 1)
  }

  @Test("Where one of them is not bound, nobody takes the rest for all")
  func partly() throws {
    let (standIn, hub) = try standIn(.d)
    defer { withExtendedLifetime(standIn) {} }
    #expect(hub.createReleaseTarget("oci", worker: "w", space: "apps").name == "done")
    let outcome = hub.setTargets(["api", "gone", "web"], target: "oci", space: "apps")
    #expect(outcome.name == "unclear")
    guard case .unclear(let words) = outcome else { return }
    #expect(words.contains("partially failed: 2 succeeded, 1 failed"))
    #expect(try hub.units(space: "apps").count { $0.targetID != nil } == 2)
  }

  @Test("A target that is not there refuses all")
  func noTarget() throws {
    let (standIn, hub) = try standIn(.d)
    defer { withExtendedLifetime(standIn) {} }
    let outcome = hub.setTargets(ManyUnitsTests.slugs, target: "other", space: "apps")
    #expect(outcome.name == "refused notFound")
  }

  @Test(
    "Three units are removed: by one call today, one by one before",
    arguments: [
      (StandIn.Generation.d, 1), (.c, 4), (.b, 4),
    ])
  func remove(generation: StandIn.Generation, count: Int) throws {
    let (standIn, hub) = try standIn(generation)
    #expect(hub.deleteUnits(ManyUnitsTests.slugs, space: "apps").name == "done")
    #expect(try hub.units(space: "apps").isEmpty)
    #expect(try calls(["unit", "delete"], standIn) == count)
  }

  @Test("Of a removal that cub refuses as a whole, and of one whose answer is lost")
  func notRemoved() throws {
    let (standIn, hub) = try standIn(.d)
    #expect(hub.deleteUnits(["api", "gone"], space: "apps").name == "refused notFound")
    #expect(try hub.units(space: "apps").count == 3)
    try standIn.plan((match: "unit delete", kind: "lost-after", nth: nil))
    #expect(hub.deleteUnits(ManyUnitsTests.slugs, space: "apps").name == "unclear")
    #expect(try hub.units(space: "apps").isEmpty)
  }

  @Test("cub is not waited for while triggers run, and an older one is asked once")
  func wait() throws {
    let (d, _) = try standIn(.d, ["STAND_IN_TRIGGERS_MS": "600000"])
    #expect(try calls(["unit", "create"], d) == 3)
    let (c, _) = try standIn(.c)
    #expect(try calls(["unit", "create"], c) == 4)
  }

  @Test("A release that is refused while triggers run is published when they are done")
  func triggers() throws {
    let (standIn, hub) = try standIn(.d, ["STAND_IN_TRIGGERS_MS": "1500"])
    #expect(hub.createReleaseTarget("oci", worker: "w", space: "apps").name == "done")
    #expect(hub.setTargets(ManyUnitsTests.slugs, target: "oci", space: "apps").name == "done")
    #expect(hub.setReleaseTarget("oci", space: "apps").name == "done")
    #expect(try hub.units(space: "apps").contains(where: \.awaitsTriggers))
    let outcome = hub.afterTriggers(of: "apps") { hub.publishRelease(of: "apps") }
    #expect(outcome.name == "done")
    #expect(try calls(["release", "publish"], standIn) == 2)
  }

  @Test("A release that is refused for another reason is refused")
  func refused() throws {
    let (standIn, hub) = try standIn(.d)
    try standIn.plan((match: "release publish", kind: "refuse", nth: nil))
    let outcome = hub.afterTriggers(of: "apps") { hub.publishRelease(of: "apps") }
    #expect(outcome.name == "refused refused")
    #expect(try calls(["release", "publish"], standIn) == 1)
  }

  @Test("What a list tells: what is empty, and what it holds")
  func list() throws {
    let (standIn, hub) = try standIn(.d)
    defer { withExtendedLifetime(standIn) {} }
    let made = hub.createUnit("none", space: "apps", labels: [:], mark: .example(""), content: [])
    #expect(made.name == "done")
    let units = try hub.units(space: "apps")
    #expect(units.filter(\.isEmpty).map(\.slug) == ["none"])
    #expect(try hub.unitsIfThere(space: "nowhere") == nil)
  }
}
