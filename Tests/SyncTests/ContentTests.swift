import Documents
import SessionFormat
import Testing
import Wizard

@testable import Sync

/// What goes up, and what is made of what comes down.
@Suite("A session on its way")
struct ContentTests {
  private static let id = "import-2026-01-09-143022"
  private static let lineage = "7f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b"
  private static let slug = "\(id)-7f2c6f7e"
  private let here = ArrivedSession.Here(
    cluster: ClusterIdentity(context: "here", server: "https://here", uid: "uid"),
    hub: HubIdentity(server: "https://hub", organization: "acme", user: "bo@example.com"))

  private func session() -> Session {
    var session = Session(
      id: Self.id, lineage: Self.lineage, createdAt: Timestamp(seconds: 1_767_969_022))
    session.generation = 41
    session.cluster = ClusterIdentity(context: "there", server: "https://there", uid: "uid")
    session.scope = ScanScope(context: "there", namespaces: ["prod"])
    session.hub = HubIdentity(
      server: "https://hub", organization: "acme", user: "alex@example.com")
    session.begunBy = "alex@example.com"
    session.position = Position(.worker)
    session.stepsCompleted = [.scan, .review, .select, .connect]
    session.proposal = Proposal(hub: "h", appSpace: "s", units: [])
    session.operations = [
      Operation(
        id: "op-0001-7f2c6f7e-e1", kind: .createUnit, key: "s/api", state: .done, result: .created,
        epoch: 1)
    ]
    session.credentialPlugin = "/opt/plugin"
    session.logFile = "~/.confighub/logs/tui-import-2026-01-09-143022.log"
    session.logs = ["~/.confighub/logs/tui-import-2026-01-09-143022.log"]
    session.given.plan = "/home/alex/plan.yaml"
    session.workerStatus = "ready"
    session.sync = SyncState(space: "s", unit: Self.slug, revision: 3, epoch: 2, copy: "aa")
    return session
  }

  private func outgoing(_ session: Session) throws -> OutgoingSession {
    try OutgoingSession(SessionDocument(session: session), home: "/home/alex")
  }

  private func text(_ session: Session) throws -> String {
    String(decoding: try outgoing(session).content, as: UTF8.self)
  }

  private func changed(_ change: (inout JSONValue) -> Void) throws -> [UInt8] {
    var value = try JSONValue(parsing: try outgoing(session()).content)
    change(&value)
    return value.serialized(pretty: false)
  }

  private func reason(_ content: [UInt8], slug: String = slug) -> String? {
    do {
      _ = try ArrivedSession(content, slug: slug)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("It arrives as it left, but for what belongs to one machine")
  func roundTrip() throws {
    let session = session()
    let sent = try outgoing(session)
    let arrived = try ArrivedSession(sent.content, slug: sent.slug)
    #expect(sent.slug == Self.slug && !sent.isScanLeftOut && !arrived.isScanLeftOut)
    #expect(arrived.digest == sent.digest && arrived.epoch == 2)
    #expect(
      arrived.mark
        == SharedMark(lineage: Self.lineage, generation: 41, digest: sent.digest, copy: "aa"))
    var expected = session
    expected.cluster = here.cluster
    expected.scope.context = "here"
    expected.hub = here.hub
    (expected.credentialPlugin, expected.logFile, expected.sync) = (nil, nil, nil)
    (expected.given.plan, expected.workerStatus, expected.logs) = (nil, nil, [])
    #expect(try arrived.taken(here: here).session == expected)
    #expect(try outgoing(expected).digest == sent.digest)
  }

  @Test("Saves, clocks and machines do not change the digest; what a person does, does")
  func digests() throws {
    let before = try outgoing(session()).digest
    var same = session()
    same.generation = 99
    same.updatedAt = Timestamp(seconds: 9_999)
    same.sync?.revision = 77
    same.cluster.server = "https://elsewhere"
    same.logs = []
    #expect(try outgoing(same).digest == before)
    var other = session()
    other.selected = [.init(key: .init(kind: .deployment, namespace: "a", name: "b"), owner: "")]
    #expect(try outgoing(other).digest != before)
    other = session()
    other.operations[0].state = .failed
    #expect(try outgoing(other).digest != before)
  }

  @Test("Neither secrets, nor paths, nor addresses of others go up")
  func canaries() throws {
    var session = session()
    session.operations.append(
      Operation(
        id: "op-0002", kind: .createUnit, key: "s/web", state: .failed,
        reason: "password=hunter2 at /home/alex/x, ask carol@corp.example.com, "
          + "see git@github.com:acme/app and app@sha256:0a and alex@example.com"))
    session.cluster.server = "https://admin:hunter3@there"
    let text = try text(session)
    for canary in [
      "hunter2", "hunter3", "/home/alex", "carol@", "/opt/plugin", "tui-import", "plan.yaml",
    ] {
      #expect(!text.contains(canary), "\(canary) is in it")
    }
    for kept in [
      "git@github.com:acme/app", "app@sha256:0a", "alex@example.com", "ask [redacted],",
    ] {
      #expect(text.contains(kept), "\(kept) is not in it")
    }
  }

  @Test("A scan that is too long stays here, and the choices go by their names")
  func scan() throws {
    var session = session()
    let keys = (0..<6000).map {
      WorkloadKey(kind: .deployment, namespace: "prod", name: "workload-\($0)")
    }
    session.scan = ScanResult(
      namespaces: ["prod"],
      workloads: keys.map {
        Workload(
          key: $0, apiVersion: "apps/v1", owner: Owner(.native), isReady: true,
          labels: ["app": "a-name-of-some-length"])
      })
    session.selected = keys.prefix(3).map { .init(key: $0, owner: "Native") }
    let sent = try outgoing(session)
    #expect(sent.isScanLeftOut && sent.content.count < OutgoingSession.scanLimit)
    let arrived = try ArrivedSession(sent.content, slug: sent.slug)
    #expect(arrived.isScanLeftOut)
    let taken = try arrived.taken(here: here).session
    #expect(taken.scan?.workloads == [] && taken.scan?.detected == 6000)
    #expect(Set(taken.selected.map(\.key)) == Set(keys.prefix(3)))
    session.scan = session.scan.map {
      ScanResult(namespaces: $0.namespaces, workloads: Array($0.workloads.prefix(10)))
    }
    #expect(try !outgoing(session).isScanLeftOut)
  }

  @Test("Another cluster and another organisation are refused, and what cannot be told, too")
  func places() throws {
    let arrived = try ArrivedSession(try outgoing(session()).content, slug: Self.slug)
    var other = here
    other.cluster.uid = "another"
    #expect(throws: InvalidSession.self) { try arrived.taken(here: other) }
    other.cluster.uid = nil
    #expect(throws: InvalidSession.self) { try arrived.taken(here: other) }
    other = here
    other.hub.organization = "evil"
    #expect(throws: InvalidSession.self) { try arrived.taken(here: other) }
  }

  @Test("What is no session of that name, or a hostile one, is refused with a sentence")
  func hostile() throws {
    #expect(reason([]) == "it is empty")
    #expect(reason(Array("{".utf8)) == "it is not JSON")
    #expect(reason(Array(repeating: UInt8(ascii: "["), count: 100_000)) != nil)
    #expect(reason(Array(#"{"session":{},"session":{}}"#.utf8)) != nil)
    let content = try outgoing(session()).content
    #expect(reason(content) == nil)
    #expect(reason(content, slug: "import-2026-01-09-143023-7f2c6f7e") != nil)
    #expect(reason(content, slug: "import-2026-01-09-143022-8f2c6f7e") != nil)
    #expect(reason(Array(content.dropLast(3))) != nil)
    let changes: [(inout JSONValue) -> Void] = [
      { $0["configHub", "configName"] = "import-2026-01-09-143022-ffffffff" },
      { $0["configHub", "configSchema"] = "Something" }, { $0["session"] = nil },
      { $0["session", "lineage"] = "8f2c6f7e-9f0e-4f0a-8a3c-0d5b8f1f2a3b" },
      { $0["session", "session_id"] = "../../x" }, { $0["session", "version"] = "2.0" },
      { $0["session", "generation"] = .integer(.max) }, { $0["session", "generation"] = -1 },
      { $0["session", "steps_completed"] = ["verify"] },
      { $0["session", "sync"] = ["epoch": .integer(.max)] },
      { $0["session", "sync"] = ["copy": 7] },
      { $0["session", "operations"] = [["op": "a"]] },
      { $0["session", "scan_result"] = ["scan_file": "x"] },
      {
        $0["session", "scan_result"] = [
          "namespaces": [], "scan_file": .string(String(repeating: "a", count: 64)),
        ]
      },
      { $0["session", "operations", "x"] = 1 },
    ]
    for (number, change) in changes.enumerated() {
      #expect(reason(try changed(change)) != nil, "change \(number) is taken")
    }
  }

  @Test("It can choose no path, no program, no context and no server")
  func chooses() throws {
    let content = try changed {
      $0["session", "log_file"] = "/etc/passwd"
      $0["session", "logs"] = ["../../etc/passwd"]
      $0["session", "identity", "credential_plugin"] = "/bin/evil"
      $0["session", "identity", "server"] = "https://evil"
      $0["session", "identity", "cluster_server"] = "https://evil"
      $0["session", "cluster_context"] = "evil"
      $0["session", "scope", "context"] = "evil"
      $0["session", "answers", "plan"] = "/evil"
      $0["session", "confighub", "user"] = "evil"
      $0["session", "confighub", "worker_status"] = "evil"
      $0["session", "sync"] = ["space": "evil", "unit": "evil", "epoch": 3]
    }
    let taken = try ArrivedSession(content, slug: Self.slug).taken(here: here)
    let text = String(decoding: taken.json.serialized(pretty: false), as: UTF8.self)
    #expect(!text.contains("evil") && !text.contains("passwd"))
  }
}
