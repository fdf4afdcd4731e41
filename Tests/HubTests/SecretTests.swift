import Testing
import Wizard

@testable import Hub

@Suite("Secrets")
struct SecretTests {
  @Test(
    "A worker's secret is in no value that comes out, however the call ends",
    arguments: StandIn.Generation.allCases,
    [nil, "cut", "garbage", "help", "error500-after", "lost-after", "refuse"])
  func canary(generation: StandIn.Generation, fault: String?) throws {
    let standIn = try StandIn(generation, ["STAND_IN_WORKER": "dev"])
    let hub = standIn.client()
    try hub.prepareSpace()
    _ = hub.createAPI()
    if generation == .d {
      #expect(hub.createReleaseTarget("own", worker: "dev", space: "apps").name == "done")
    }
    let target = try #require(try hub.targets(space: "apps").first)
    _ = hub.setTarget(unit: "api", target: target.slug, space: "apps")
    if let fault {
      try standIn.plan(
        (match: "worker", kind: fault, nth: nil), (match: "target", kind: fault, nth: nil),
        (match: "unit", kind: fault, nth: nil))
    }
    let values: [Any] = [
      Result { try hub.workers(space: "apps") }, Result { try hub.targets(space: "apps") },
      Result { try hub.unit("api", space: "apps") as Any },
      Result { try hub.units(space: "apps") },
      hub.createWorker("other", space: "apps"), hub.createWorker("dev", space: "apps"),
      hub.setTarget(unit: "api", target: target.slug, space: "apps"),
      hub.signIn(),
    ]
    var dumped = ""
    for value in values { dump(value, to: &dumped) }
    #expect(dumped.contains("dev") || fault != nil)
    #expect(!dumped.contains(StandIn.secret))
  }

  @Test("The stand-in does plant the canary where a worker is printed")
  func planted() throws {
    let standIn = try StandIn(.c, ["STAND_IN_WORKER": "dev"])
    let hub = standIn.client()
    try hub.prepareSpace()
    let call = try Call(["worker", "list"], "list", space: "apps")
    #expect(try hub.send(call, nil).outputText.unredacted.contains(StandIn.secret))
  }
}
