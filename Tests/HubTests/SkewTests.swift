import Documents
import ForeignText
import Subprocess
import Testing
import Wizard

@testable import Hub

@Suite("A cub, a server and an organisation that differ from what was expected")
struct SkewTests {
  @Test("A server that is older than cub is warned of, and nothing stops")
  func olderServer() throws {
    let standIn = try StandIn(.d, ["STAND_IN_SERVER_VERSION": "v0.7.3"])
    guard case .signedIn(let identity) = standIn.client().signIn() else {
      Issue.record("not signed in")
      return
    }
    #expect(identity.versionWarning == "cub v0.8.12 is newer than server v0.7.3")
    #expect(identity.deliversReleasesOnly)
  }

  @Test("A cub that is too old is told so by any call, and a change is not called refused for sure")
  func olderCub() throws {
    let words =
      "cub v0.5.7 is too old for server v0.6.5: pre-1.0, a change in the second version number is "
      + "not backward compatible. Run 'cub upgrade' to update cub"
    let program = try Script("echo \"Failed: \(words)\" >&2; exit 1")
    let hub = HubClient(cub: program.path)
    let failure = #expect(throws: HubFailure.self) { try hub.units(space: "apps") }
    #expect(failure?.kind == .refused && failure?.message.contains("cub upgrade") == true)
    #expect(hub.createAPI().name == "unclear")
    // Only what begins so is about versions.
    let other = ForeignText("not authenticated. \(words)")
    #expect(CubErrorClassifier(other).kind == .signInNeeded)
  }

  @Test("What exists and is not shown may be there without one's being allowed to see it")
  func notToBeSeen() throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    try standIn.plan((match: "unit create", kind: "exists", nth: nil))
    guard case .exists(let reason) = hub.createAPI() else {
      Issue.record("not said to exist")
      return
    }
    #expect(reason.contains("without your being allowed to see it"), "\(reason)")
    #expect(try hub.unit("api", space: "apps") == nil)
  }

  @Test("Triggers that take longer than cub waits are not waited for")
  func slowTriggers() throws {
    let standIn = try StandIn(
      .d, ["STAND_IN_TRIGGERS_MS": "60000", "STAND_IN_TRIGGER_WAIT_MS": "1"])
    let hub = standIn.client()
    try hub.prepareSpace()
    guard case .done = hub.createAPI() else {
      Issue.record("not done")
      return
    }
    #expect(try hub.unit("api", space: "apps")?.content == Array("kind: A\n".utf8))
  }

  @Test("A change has longer than a read: cub waits for triggers itself")
  func limits() throws {
    let hub = HubClient(cub: "/nonexistent/cub")
    for path in [
      ["unit", "create"], ["unit", "update"], ["unit", "set-target"], ["target", "create"],
    ] {
      // Its 25 s, and as many requests as it looks for their end.
      #expect(try hub.limit(of: Call(path, "")) > 25 + 100 * 0.5)
    }
    #expect(try hub.limit(of: Call(["unit", "list"], "")) == 30)
  }

  @Test("Content that a trigger changed is told apart from what somebody wrote")
  func triggers() throws {
    let standIn = try StandIn(
      .d, ["STAND_IN_TRIGGERS_CHANGE_DATA": "1", "STAND_IN_TRIGGERS_MS": "0"])
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    func why(_ operation: String = "op-0003") throws -> String {
      let unit = try #require(try hub.unit("api", space: "apps"))
      let digest = SHA256.hex(of: "kind: A\n".utf8)
      #expect(unit.digest != digest)
      return hub.whyOtherContent(unit, space: "apps", operation: operation, digest: digest)
    }
    #expect(try why().contains("a trigger of the organisation changed it (revision 3: "))
    #expect(try why("op-0009") == "holds other content than intended")
    try standIn.plan((match: "revision list", kind: "network", nth: nil))
    #expect(try why().contains("a trigger of the organisation may have changed it"))
  }

  @Test("Content that somebody wrote over ours is told with their name")
  func somebody() throws {
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    var update = standIn.command(
      ["unit", "update", "--space", "apps", "--change-desc", "hotfix", "api", "-"])
    update.input = Array("kind: B\n".utf8)
    _ = try run(update)
    let unit = try #require(try hub.unit("api", space: "apps"))
    let why = hub.whyOtherContent(
      unit, space: "apps", operation: "op-0003", digest: SHA256.hex(of: "kind: A\n".utf8))
    #expect(why.contains("user@example.com changed it since (revision 3: hotfix)"), "\(why)")
  }
}
