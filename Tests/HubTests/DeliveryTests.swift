import FoundationEssentials
import Testing
import Wizard

@testable import Hub

@Suite("Delivery by releases, and a worker inside the cluster")
struct DeliveryTests {
  @Test("Generation C: a server worker, its OCI target, the space's release target, a release")
  func releases() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    #expect(hub.createWorker("own", space: "apps", isServer: true).name == "done")
    let worker = try #require(try hub.workers(space: "apps").first)
    #expect(worker.isReady)
    #expect(hub.createReleaseTarget("oci", worker: "own", space: "apps").name == "done")
    let target = try #require(try hub.targets(space: "apps").first)
    #expect(target.takesReleases && target.workerID == worker.id && target.kubeContext == nil)
    // There already, and left alone.
    #expect(hub.createReleaseTarget("oci", worker: "own", space: "apps").name == "done")
    #expect(try hub.targets(space: "apps").count == 1)
    #expect(hub.publishRelease(of: "apps").name.hasPrefix("refused"))
    #expect(hub.setReleaseTarget("oci", space: "apps").name == "done")
    #expect(hub.publishRelease(of: "apps").name == "done")
    #expect(hub.setTarget(unit: "api", target: "oci", space: "apps").name == "done")
    let calls = try standIn.calls().map { $0.joined(separator: " ") }
    #expect(calls.contains { $0.hasPrefix("worker create") && $0.contains("--is-server-worker") })
    #expect(
      calls.contains { $0.contains("--provider=OCI --toolchain=Any") && $0.hasSuffix("oci {} own") }
    )
    #expect(calls.contains { $0.contains("--patch --release-target=apps/oci") })
  }

  @Test(
    "Today: a bare target that lets the worker's user in, the space's release target, a release")
  func releasesToday() throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    #expect(hub.createWorker("own", space: "apps", isServer: true).name == "done")
    let worker = try #require(try hub.workers(space: "apps").first)
    let user = try #require(worker.userID)
    #expect(try hub.targets(space: "apps").isEmpty)
    #expect(hub.createReleaseTarget("own-releases", worker: "own", space: "apps").name == "done")
    let target = try #require(try hub.targets(space: "apps").first)
    #expect(target.takesReleases && target.providerType.isEmpty && target.workerID == nil)
    #expect(!target.isReleaseTarget)
    #expect(hub.publishRelease(of: "apps").name.hasPrefix("refused"))
    #expect(hub.setTarget(unit: "api", target: target.slug, space: "apps").name == "done")
    #expect(hub.setReleaseTarget(target.slug, space: "apps").name == "done")
    #expect(try hub.targets(space: "apps").map(\.isReleaseTarget) == [true])
    #expect(hub.publishRelease(of: "apps").name == "done")
    #expect(try hub.units(space: "apps").first?.targetID == target.id)
    let calls = try standIn.calls().map { $0.joined(separator: " ") }
    let create = try #require(calls.first { $0.hasPrefix("target create") })
    #expect(create.contains("--permission=View:\(user) --permission=ViewChildren:\(user)"))
    #expect(!create.contains("--provider"))
  }

  @Test(
    "A unit that is removed is removed in one call, in every generation",
    arguments: StandIn.Generation.allCases)
  func removal(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    #expect(hub.deleteUnit("api", space: "apps").name == "done")
    #expect(try hub.units(space: "apps").isEmpty)
    #expect(try standIn.calls().count { $0.starts(with: ["unit", "delete"]) } == 1)
  }

  @Test("Generation B has none of it, and it is said in words that help")
  func older() throws {
    let standIn = try StandIn(.b, ["STAND_IN_WORKER": "dev"])
    let hub = standIn.client()
    try hub.prepareSpace()
    let outcomes = [
      hub.createWorker("own", space: "apps", isServer: true),
      hub.setReleaseTarget("oci", space: "apps"), hub.publishRelease(of: "apps"),
    ]
    for outcome in outcomes {
      guard case .refused(let failure) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(failure.message.contains("older generation"), "\(failure.message)")
      #expect(failure.message.contains("a newer cub"), "\(failure.message)")
    }
    #expect(try hub.workers(space: "apps").map(\.slug) == ["dev"])
  }

  @Test(
    "What was perhaps released is never called done",
    arguments: ["target create", "space update", "release publish"],
    [
      ("help", "refused unsupported"), ("lost-after", "unclear"), ("error500-after", "unclear"),
      ("garbage", "unclear"), ("network", "unclear"),
    ])
  func faults(command: String, fault: (kind: String, outcome: String)) throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createWorker("own", space: "apps", isServer: true).name == "done")
    if command != "target create" {
      #expect(hub.createReleaseTarget("oci", worker: "own", space: "apps").name == "done")
    }
    if command == "release publish" {
      #expect(hub.setReleaseTarget("oci", space: "apps").name == "done")
    }
    try standIn.plan((match: command, kind: fault.kind, nth: nil))
    let outcome =
      switch command {
      case "target create": hub.createReleaseTarget("oci", worker: "own", space: "apps")
      case "space update": hub.setReleaseTarget("oci", space: "apps")
      default: hub.publishRelease(of: "apps")
      }
    #expect(outcome.name == fault.outcome)
  }

  @Test(
    "A worker's manifests come without the secret, and with it only when asked for",
    arguments: StandIn.Generation.allCases)
  func manifests(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createWorker("dev", space: "apps").name == "done")
    let shown = try String(
      decoding: hub.workerManifest("dev", space: "apps", withSecret: false), as: UTF8.self)
    #expect(shown.contains("cluster-admin"))
    #expect(!shown.contains(StandIn.secret) && !shown.contains("kind: Secret"))
    let whole = try String(
      decoding: hub.workerManifest("dev", space: "apps", withSecret: true), as: UTF8.self)
    #expect(whole.contains(StandIn.secret))
  }

  @Test(
    "Manifests that are none are not taken for some",
    arguments: ["help", "garbage", "refuse", "network"])
  func noManifests(fault: String) throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createWorker("dev", space: "apps").name == "done")
    try standIn.plan((match: "worker install", kind: fault, nth: nil))
    #expect(throws: HubFailure.self) {
      try hub.workerManifest("dev", space: "apps", withSecret: true)
    }
  }
}
