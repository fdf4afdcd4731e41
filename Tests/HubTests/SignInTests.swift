import Subprocess
import Testing
import Wizard

@testable import Hub

@Suite("Signing in")
struct SignInTests {
  @Test("Without a session the person is asked to sign in", arguments: StandIn.Generation.allCases)
  func never(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation, ["STAND_IN_SIGNED_OUT": "1"])
    let hub = standIn.client()
    try expectSignedOut(hub.signIn())
    #expect(hub.createSpace(SpacePlan(slug: "apps")).name == "signInNeeded")
    _ = try run(hub.loginCommand)
    #expect(hub.signIn().name == "signedIn")
  }

  @Test(
    "A session that ended is noticed though cub still has its context",
    arguments: StandIn.Generation.allCases, ["unauthorized", "expire"])
  func expired(generation: StandIn.Generation, kind: String) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    #expect(hub.signIn().name == "signedIn")
    try standIn.plan(
      (match: "auth status", kind: kind, nth: nil), (match: "space list", kind: kind, nth: nil))
    try expectSignedOut(hub.signIn())
  }

  @Test(
    "A server that does not answer leaves it open",
    arguments: StandIn.Generation.allCases,
    ["network", "error500-before", "garbage", "forbid", "help"])
  func unknown(generation: StandIn.Generation, kind: String) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try standIn.plan(
      (match: "auth status", kind: kind, nth: nil), (match: "space list", kind: kind, nth: nil))
    #expect(hub.signIn().name == "unknown")
  }

  @Test("Where the context cannot be read, the sign-in still counts")
  func noContext() throws {
    let standIn = try StandIn(.c)
    try standIn.plan((match: "context get", kind: "help", nth: nil))
    #expect(standIn.client().signIn() == .signedIn(HubIdentity()))
  }

  @Test("A context that another terminal chooses does not split what was begun")
  func otherContext() throws {
    let standIn = try StandIn(.d)
    func organization(_ hub: HubClient) -> String? {
      guard case .signedIn(let who) = hub.signIn() else { return nil }
      return who.organizationID
    }
    func use(_ context: String) throws {
      #expect(try run(standIn.command(["context", "use", context])).ending == .exited(0))
    }
    let hub = standIn.client()
    let first = organization(hub)
    // Nothing was written yet: who looks again sees what is current.
    try use("elsewhere")
    #expect(organization(hub) == "org_elsewhere")
    try use("acme-corp")
    #expect(organization(hub) == first)
    try hub.prepareSpace()
    try use("elsewhere")
    guard case .done = hub.createSpace(SpacePlan(slug: "second")) else {
      Issue.record("The second space was not created.")
      return
    }
    #expect(organization(hub) == first)
    #expect(try Set(hub.spaces()).isSuperset(of: ["apps", "second"]))
    let other = standIn.client()
    #expect(organization(other) == "org_elsewhere")
    #expect(try other.spaces() == ["default"])
  }

  @Test("A cub without `auth status` is asked for its spaces", arguments: ["help"])
  func noStatus(kind: String) throws {
    let standIn = try StandIn(.c)
    try standIn.plan((match: "auth status", kind: kind, nth: nil))
    #expect(standIn.client().signIn().name == "signedIn")
    #expect(try standIn.calls().last == ["space", "list", "-o", "json"])
  }

  @Test("Signing in can be cancelled, and a missing cub is no proof of anything")
  func cancelled() throws {
    let standIn = try StandIn(.c)
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(standIn.client().signIn(cancellation: cancellation).name == "unknown")
    #expect(HubClient(cub: "/nonexistent/cub").signIn().name == "unknown")
  }

  @Test("Which cub it is, it is asked once a run, and not at all where `auth status` said it")
  func version() throws {
    for isSignedIn in [false, true] {
      let standIn = try StandIn(.d)
      let hub = standIn.client()
      if isSignedIn { #expect(hub.signIn().name == "signedIn") }
      try hub.prepareSpace()
      for _ in 1...3 { _ = try hub.targets(space: "apps") }
      #expect(hub.createReleaseTarget("t", worker: "w", space: "apps").name == "done")
      let asked = try standIn.calls().count { $0 == ["version"] }
      #expect(asked == (isSignedIn ? 0 : 1))
    }
  }

  private func expectSignedOut(_ signIn: SignIn) throws {
    guard case .signedOut(let reason) = signIn else {
      Issue.record("\(signIn)")
      return
    }
    #expect(reason.split(separator: "cub auth login", omittingEmptySubsequences: false).count == 2)
    #expect(!reason.contains("\u{1B}"))
    #expect(!reason.contains("Failed: "))
  }
}

extension SignIn {
  /// The case without what it carries.
  fileprivate var name: String {
    switch self {
    case .signedIn: "signedIn"
    case .signedOut: "signedOut"
    case .unknown: "unknown"
    }
  }
}
