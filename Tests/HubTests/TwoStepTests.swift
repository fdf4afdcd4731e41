import Documents
import FoundationEssentials
import Testing
import Wizard

@testable import Hub

/// Today's cub writes in two requests: the unit or its labels, then the content.
@Suite("A write that ends between its two steps")
struct TwoStepTests {
  static let faults = [
    "between-401", "between-403", "between-409", "between-422", "between-500", "between-lost",
    "between-kill",
  ]

  @Test(
    "is never told as if nothing had been done, and leaves an empty unit of ours", arguments: faults
  )
  func create(fault: String) throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    try standIn.plan((match: "unit create", kind: fault, nth: 1))
    #expect(hub.createAPI().name == "unclear")
    _ = hub.signIn()
    try standIn.signInAgain()
    let left = try #require(try hub.unit("api", space: "apps"))
    #expect(left.content == [])
    #expect(left.mark?.isSame(as: .example("kind: A\n")) == true)
    // Another create says so, and an update is what finishes it.
    #expect(hub.createAPI().name == "exists")
    let finished = hub.updateUnit(
      "api", space: "apps", labels: ["app": "api"], mark: .example("kind: A\n"),
      content: Array("kind: A\n".utf8))
    #expect(finished.name == "done")
    #expect(try hub.unit("api", space: "apps")?.content == Array("kind: A\n".utf8))
  }

  @Test("of an update leaves the content as it was", arguments: faults)
  func update(fault: String) throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    try standIn.plan((match: "unit update", kind: fault, nth: 1))
    let outcome = hub.updateUnit(
      "api", space: "apps", labels: ["tier": "web"], mark: .example("kind: B\n"),
      content: Array("kind: B\n".utf8))
    #expect(outcome.name == "unclear")
    try standIn.signInAgain()
    let left = try #require(try hub.unit("api", space: "apps"))
    #expect(left.content == Array("kind: A\n".utf8))
    #expect(left.labels["tier"] == "web")
  }

  @Test("A cub that is too old for its server says so first")
  func versionSkew() throws {
    let standIn = try StandIn(.d, ["STAND_IN_SERVER_VERSION": "v0.9.2"])
    guard case .unknown(let reason) = standIn.client().signIn() else {
      Issue.record("taken for signed in or out")
      return
    }
    #expect(reason.hasPrefix("This cub is too old for its ConfigHub: cub v0.8.12 is too old"))
    #expect(reason.contains("cub upgrade"))
  }
}
