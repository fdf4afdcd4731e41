import Documents
import FoundationEssentials
import Glibc
import Subprocess
import TestWorld
import Testing
import Wizard

@testable import Hub

@Suite("Through the stand-in cub")
struct HappyPathTests {
  @Test("Who is signed in is told after the server agreed", arguments: StandIn.Generation.allCases)
  func signIn(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    var identity = HubIdentity(
      server: "https://hub.confighub.com", organization: "Acme Corp",
      organizationID: "org_01STANDIN", user: "user@example.com")
    if generation == .d { identity.cubVersion = "v0.8.12" }
    identity.deliversReleasesOnly = generation == .d
    identity.appliesUnits = generation == .b
    #expect(standIn.client().signIn() == .signedIn(identity))
  }

  @Test("A space is made once", arguments: StandIn.Generation.allCases)
  func spaces(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    #expect(try hub.unitsIfThere(space: "apps") == nil)
    guard
      case .done(let space) = hub.createSpace(SpacePlan(slug: "apps", labels: ["team": "payments"]))
    else {
      Issue.record("not created")
      return
    }
    #expect(space.slug == "apps")
    #expect(space.id != nil)
    #expect(try hub.unitsIfThere(space: "apps") == [])
    #expect(hub.createSpace(SpacePlan(slug: "apps")).name == "exists")
  }

  @Test("A unit comes back as it was stored", arguments: StandIn.Generation.allCases)
  func units(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(try hub.unit("api", space: "apps") == nil)
    #expect(try hub.units(space: "apps").isEmpty)

    let outcome = hub.createAPI("kind: A\n")
    #expect(try eventually { try !hub.units(space: "apps").contains(where: \.awaitsTriggers) })
    let created = try #require(try hub.unit("api", space: "apps"))
    guard case .done(let made) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(made.id == created.id && made.slug == "api")
    #expect(created.slug == "api")
    #expect(created.id != nil)
    // Triggers move the version of today's units by themselves.
    #expect(created.version == (generation == .d ? 4 : 1))
    #expect(created.content == Array("kind: A\n".utf8))
    #expect(created.digest == SHA256.hex(of: "kind: A\n".utf8))
    #expect(created.mark?.isSame(as: .example("kind: A\n")) == true)
    #expect(created.labels["app"] == "api")
    #expect(created.targetID == nil)
    #expect(hub.createAPI("kind: B\n").name == "exists")
    #expect(try hub.unit("api", space: "apps") == created)

    let update = hub.updateUnit(
      "api", space: "apps", labels: ["tier": "web"], mark: .example("kind: B\n"),
      content: Array("kind: B\n".utf8))
    #expect(update.name == "done")
    let updated = try #require(try hub.unit("api", space: "apps"))
    #expect(updated.content == Array("kind: B\n".utf8))
    #expect(updated.mark?.isSame(as: .example("kind: B\n")) == true)
    #expect(updated.labels["app"] == "api")
    #expect(updated.labels["tier"] == "web")
    let listed = try hub.units(space: "apps")
    #expect(listed.map(\.slug) == ["api"])
    #expect(listed.first?.digest == updated.digest)
    #expect(listed.first?.labels == updated.labels)
    #expect(listed.first?.content == nil)
  }

  @Test(
    "Content is stored byte for byte",
    arguments: StandIn.Generation.allCases,
    ["", "kind: A", "\n\nkind: A\n\n", "a: \"\u{1B}[0m \u{2028} é\"\r\n", "Usage:\n  cub unit\n"])
  func content(generation: StandIn.Generation, content: String) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI(content).name == "done")
    #expect(try hub.unit("api", space: "apps")?.content == Array(content.utf8))
  }

  @Test(
    "A worker that runs brings a target to bind, before 0.7",
    arguments: [StandIn.Generation.b, .c])
  func workers(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    let hub = standIn.client()
    try hub.prepareSpace()
    #expect(hub.createAPI().name == "done")
    #expect(try hub.workers(space: "apps").isEmpty)
    guard case .done(let made) = hub.createWorker("dev", space: "apps") else {
      Issue.record("not created")
      return
    }
    #expect(hub.createWorker("dev", space: "apps") == .done(made))
    #expect(
      try hub.workers(space: "apps")
        == [Worker(slug: "dev", id: made.id, condition: "Disconnected")])
    #expect(try hub.targets(space: "apps").isEmpty)

    let service = try Service(
      hub.workerRunCommand("dev", space: "apps"),
      loggedBy: Command("/bin/sh", ["-c", "exec cat >/dev/null"]))
    try standIn.awaitCall(["worker", "run"])
    #expect(try eventually { try hub.workers(space: "apps").first?.isReady == true })
    #expect(try eventually { try !hub.targets(space: "apps").isEmpty })
    let target = try #require(try hub.targets(space: "apps").first)
    #expect(target.providerType == "Kubernetes")
    #expect(target.workerID == made.id)
    #expect(target.kubeContext == "kind-atk")
    #expect(target.id != nil)

    let bound = hub.setTarget(unit: "api", target: target.slug, space: "apps")
    #expect(bound.name == "done")
    #expect(try hub.unit("api", space: "apps")?.targetID == target.id)
    #expect(try hub.units(space: "apps").first?.targetID == target.id)
    #expect(
      hub.setTarget(unit: "api", target: "other", space: "apps").name == "refused notFound")
    service.stop(grace: 5)
    #expect(try eventually { try hub.workers(space: "apps").first?.condition == "Disconnected" })
  }

  @Test("Every call but those of spaces names the space in one argument")
  func spaceFlag() throws {
    let standIn = try StandIn(.c)
    let hub = standIn.client()
    try hub.prepareSpace()
    _ = hub.createAPI()
    _ = try hub.unit("api", space: "apps")
    _ = try hub.units(space: "apps")
    _ = hub.createWorker("dev", space: "apps")
    _ = try hub.workers(space: "apps")
    _ = try hub.targets(space: "apps")
    _ = hub.setTarget(unit: "api", target: "t", space: "apps")
    // Which cub it is, is no matter of a space.
    let calls = try standIn.calls().filter { $0 != ["version"] }
    try #require(calls.count { !$0.contains("--wait=false") } == 9)
    for call in calls where call.first != "space" { #expect(call[2] == "--space=apps", "\(call)") }
    let create = try #require(calls.last { $0.starts(with: ["unit", "create"]) })
    let digest = SHA256.hex(of: "kind: A\n".utf8)
    #expect(
      create == [
        "unit", "create", "--space=apps", "--label=MapImportDigest=\(digest.prefix(32))",
        "--label=MapImportOperation=op-0003",
        "--label=MapImportSession=import-2026-01-09-143022", "--label=app=api",
        "--change-desc=map-import import-2026-01-09-143022 op-0003 sha256:\(digest)", "-o", "json",
        "api", "-",
      ])
  }

  @Test("Units can be created side by side", arguments: StandIn.Generation.allCases)
  func parallel(generation: StandIn.Generation) async throws {
    let standIn = try StandIn(generation)
    let preparing = standIn.client()
    try preparing.prepareSpace()
    let hub = standIn.client()
    let slugs = (1...8).map { "unit-\($0)" }
    let outcomes = await withTaskGroup(of: String.self, returning: [String].self) { group in
      for slug in slugs {
        group.addTask {
          hub.createUnit(
            slug, space: "apps", labels: [:], mark: .example(slug), content: Array(slug.utf8)
          ).name
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(outcomes == Array(repeating: "done", count: 8))
    #expect(try hub.units(space: "apps").map(\.slug).sorted() == slugs)
    for slug in slugs {
      #expect(try hub.unit(slug, space: "apps")?.content == Array(slug.utf8))
    }
  }
}
