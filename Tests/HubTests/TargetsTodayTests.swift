import FoundationEssentials
import Subprocess
import Testing
import Wizard

@testable import Hub

@Suite("Targets of today's cub")
struct TargetsTodayTests {
  /// A space with two workers of ConfigHub's own, and the users that they are.
  private func prepare(_ standIn: StandIn) throws -> (HubClient, [String]) {
    let hub = standIn.client()
    try hub.prepareSpace()
    for slug in ["own", "other"] {
      #expect(hub.createWorker(slug, space: "apps", isServer: true).name == "done")
    }
    let workers = try hub.workers(space: "apps").sorted { $0.slug > $1.slug }
    return (hub, workers.compactMap(\.userID))
  }

  @Test("One that is there already lets its worker in, too, and keeps whom it let in before")
  func letsIn() throws {
    let standIn = try StandIn(.d)
    let (hub, users) = try prepare(standIn)
    #expect(hub.createReleaseTarget("releases", worker: "own", space: "apps").name == "done")
    #expect(try !standIn.calls().contains { $0.starts(with: ["target", "update"]) })
    var target = try #require(try hub.targets(space: "apps").first)
    #expect(target.pullers == Set(users.prefix(1)))
    #expect(!target.letsIn(Worker(slug: "other", condition: "", userID: users[1])))

    #expect(hub.createReleaseTarget("releases", worker: "other", space: "apps").name == "done")
    target = try #require(try hub.targets(space: "apps").first)
    #expect(target.pullers == Set(users))
    let update = try #require(
      try standIn.calls().first { $0.starts(with: ["target", "update"]) })
    #expect(update.contains("--patch") && update.contains("--permission=View:\(users[1])"))
    // Where it lets the worker in already, nothing is changed.
    #expect(hub.createReleaseTarget("releases", worker: "other", space: "apps").name == "done")
    #expect(try standIn.calls().count { $0.starts(with: ["target", "update"]) } == 1)
  }

  @Test(
    "Whoever may not be let in is not told to be",
    arguments: [("forbid", "refused forbidden"), ("lost-after", "unclear")])
  func notLetIn(kind: String, outcome: String) throws {
    let standIn = try StandIn(.d)
    let (hub, _) = try prepare(standIn)
    #expect(hub.createReleaseTarget("releases", worker: "own", space: "apps").name == "done")
    try standIn.plan((match: "target update", kind: kind, nth: nil))
    #expect(hub.createReleaseTarget("releases", worker: "other", space: "apps").name == outcome)
  }

  @Test("A release that holds what the latest one holds is there already")
  func again() throws {
    let standIn = try StandIn(.d)
    let (hub, _) = try prepare(standIn)
    #expect(hub.createAPI().name == "done")
    #expect(hub.createReleaseTarget("releases", worker: "own", space: "apps").name == "done")
    #expect(hub.setTarget(unit: "api", target: "releases", space: "apps").name == "done")
    #expect(hub.setReleaseTarget("releases", space: "apps").name == "done")
    for _ in 0..<2 { #expect(hub.publishRelease(of: "apps").name == "done") }
    let again = try run(standIn.command(["release", "publish", "apps"]))
    #expect(again.ending == .exited(1), "it is what real ones say")
  }

  @Test("What this cub does not know is told in its own words: it is no older generation")
  func unknown() throws {
    let standIn = try StandIn(.d)
    let (hub, _) = try prepare(standIn)
    _ = hub.signIn()
    try standIn.plan((match: "release publish", kind: "help", nth: nil))
    guard case .refused(let failure) = hub.publishRelease(of: "apps") else {
      Issue.record("not refused")
      return
    }
    #expect(!failure.message.contains("older generation"), "\(failure.message)")
  }

  @Test("A space that releases to a target of another space is read so, and its units bound to it")
  func elsewhere() throws {
    let standIn = try StandIn(.d)
    let (hub, _) = try prepare(standIn)
    #expect(hub.createAPI().name == "done")
    #expect(hub.createSpace(SpacePlan(slug: "clusters")).name == "done")
    #expect(hub.createWorker("pull", space: "clusters", isServer: true).name == "done")
    #expect(hub.createReleaseTarget("prod", worker: "pull", space: "clusters").name == "done")
    _ = try run(
      standIn.command(["space", "update", "apps", "--patch", "--release-target=clusters/prod"]))
    let target = try #require(try hub.targets(space: "apps").first)
    #expect(target.slug == "clusters/prod" && target.isReleaseTarget)
    #expect(hub.setTarget(unit: "api", target: target.slug, space: "apps").name == "done")
    #expect(try hub.unit("api", space: "apps")?.targetID == target.id)
  }

  @Test(
    "A Space of a component is made as one of its variants, where cub has components",
    arguments: [StandIn.Generation.c, .d])
  func variant(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    let space = SpacePlan(
      slug: "pay-prod", component: "Pay", variant: "prod", labels: ["Environment": "live"])
    #expect(hub.createSpace(space).name == "done")
    let call = try #require(try standIn.calls().last { $0.starts(with: ["space", "create"]) })
    #expect(call.contains("--label=Variant=prod") && call.contains("--label=Environment=live"))
    let flags = ["--component=pay", "--variant=prod", "--environment=live"]
    #expect(flags.allSatisfy(call.contains) == (generation == .d), "\(call)")
    #expect(call.contains("--label=Component=Pay") == (generation == .c), "\(call)")
    #expect(!call.contains { $0.hasPrefix("--region") })
  }

  @Test("A component is made once for all of its Spaces, at once or one after another")
  func component() throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    // One that was not made is made for the next of them.
    try standIn.plan((match: "component create", kind: "refuse", nth: 1))
    let first = SpacePlan(slug: "pay-0", component: "Pay", variant: "0")
    #expect(hub.createSpace(first).name.hasPrefix("refused"))
    let outcomes = inParallel(
      (0..<6).map { number in
        {
          let space = SpacePlan(slug: "pay-\(number)", component: "Pay", variant: "\(number)")
          return hub.createSpace(space).name
        }
      }, atMost: 3)
    #expect(outcomes == Array(repeating: "done", count: 6))
    #expect(try standIn.calls().count { $0.starts(with: ["component", "create"]) } == 2)
  }
}
