import Documents
import Testing
import Wizard

@testable import Hub

/// One test for each trap in the things that cub's answers hold.
@Suite("Traps of cub: units, workers, targets")
struct EntityTraps {
  private func client(_ answer: String) throws -> (hub: HubClient, program: Script) {
    let program = try Script("cat <<'END'\n\(answer)\nEND")
    return (HubClient(cub: program.path), program)
  }

  @Test(
    "Lists come as envelopes, bare, wrapped or null, with nulls among them",
    arguments: [
      #"[{"Unit":{"Slug":"api"},"Target":null},null,{"Unit":null},{"Slug":"db"}]"#,
      #"{"items":[{"Unit":{"Slug":"api"}},{"Slug":"db"}]}"#,
      #"{"units":[{"Slug":"api"},{"Slug":"db"}]}"#,
    ])
  func lists(answer: String) throws {
    let (hub, program) = try client(answer)
    #expect(try hub.units(space: "apps").map(\.slug) == ["api", "db"])
    withExtendedLifetime(program) {}
    let (empty, other) = try client("null")
    #expect(try empty.units(space: "apps").isEmpty)
    withExtendedLifetime(other) {}
  }

  @Test(
    "A create prints the bare entity, a get and `target create` an envelope: both are read",
    arguments: [
      #"{"Slug":"api","UnitID":"u1","Version":3}"#,
      #"{"Unit":{"Slug":"api","UnitID":"u1","Version":3},"Space":null,"Error":null}"#,
    ])
  func bareOrNot(answer: String) throws {
    let (hub, program) = try client(answer)
    #expect(hub.createAPI() == .done(RemoteEntity(id: "u1", slug: "api", version: 3)))
    withExtendedLifetime(program) {}
  }

  @Test("cub rewrites slugs: the name that came back counts, not the one asked for")
  func rewrittenSlug() throws {
    let (hub, program) = try client(#"{"Slug":"api-2","UnitID":"u1"}"#)
    #expect(hub.createAPI() == .done(RemoteEntity(id: "u1", slug: "api-2")))
    #expect(try hub.unit("api", space: "apps")?.slug == "api-2")
    withExtendedLifetime(program) {}
    // The sentence only repeats our words, so it says nothing about the name.
    let (old, other) = try client("Successfully created unit api (u1)")
    #expect(old.createAPI() == .done(RemoteEntity(id: "u1", slug: nil)))
    withExtendedLifetime(other) {}
  }

  @Test("Content is base64 in the answer (B) or only to be had by `unit data` (C, D)")
  func content() throws {
    for generation in StandIn.Generation.allCases {
      let standIn = try StandIn(generation)
      let hub = standIn.client()
      try hub.prepareSpace()
      #expect(hub.createAPI("a: é\n").name == "done")
      #expect(try hub.unit("api", space: "apps")?.content == Array("a: é\n".utf8))
      let asked = try standIn.calls().contains { $0.starts(with: ["unit", "data"]) }
      #expect(asked == (generation != .b))
    }
  }

  @Test("Content that is no base64, or not what the digest says, is not believed")
  func damagedContent() throws {
    let (hub, program) = try client(#"{"Slug":"api","UnitID":"u1","Data":"a2lu*"}"#)
    #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }
    withExtendedLifetime(program) {}
    let digest = String(repeating: "0", count: 64)
    let other = try Script(
      """
      if [ "$2" = data ]; then echo "kind: A"; exit; fi
      echo '{"Slug":"api","UnitID":"u1","DataHash":"\(digest)"}'
      """)
    #expect(throws: HubFailure.self) {
      try HubClient(cub: other.path).unit("api", space: "apps")
    }
  }

  @Test("No target is null, missing, empty or the zero UUID")
  func noTarget() throws {
    let zero = "00000000-0000-0000-0000-000000000000"
    for target in [#","TargetID":null"#, "", #","TargetID":"""#, #","TargetID":"\#(zero)""#] {
      let (hub, program) = try client(#"[{"Unit":{"Slug":"api"\#(target)},"Target":null}]"#)
      #expect(try hub.units(space: "apps").first?.targetID == nil, "\(target)")
      withExtendedLifetime(program) {}
    }
  }

  @Test("A worker's JSON holds its Secret and ClaimToken: nothing of them comes out")
  func workerSecrets() throws {
    let answer = """
      [{"BridgeWorker":{"Slug":"dev","BridgeWorkerID":"w1","Condition":"Ready",
        "Secret":"canary-secret","ClaimToken":"canary-claim"},"Space":{"Slug":"apps"}}]
      """
    let (hub, program) = try client(answer)
    let workers = try hub.workers(space: "apps")
    #expect(workers == [Worker(slug: "dev", id: "w1", condition: "Ready")])
    var dumped = ""
    dump(workers, to: &dumped)
    // An answer that cannot be understood is not quoted either.
    dump(hub.createWorker("dev", space: "apps"), to: &dumped)
    dump(hub.createAPI(), to: &dumped)
    #expect(!dumped.contains("canary"))
    withExtendedLifetime(program) {}
  }

  @Test(
    "Of the conditions of a worker only `Ready` is ready",
    arguments: [
      ("Ready", true), ("NotReady", false), ("Unresponsive", false), ("Disconnected", false),
      ("Whatever", false), (nil, false),
    ])
  func conditions(condition: String?, isReady: Bool) throws {
    let field = condition.map { #""Condition":"\#($0)""# } ?? #""Condition":null"#
    let (hub, program) = try client(#"[{"BridgeWorker":{"Slug":"dev",\#(field)}}]"#)
    let worker = try #require(try hub.workers(space: "apps").first)
    #expect(worker.isReady == isReady)
    #expect(worker.condition == condition ?? "unknown")
    withExtendedLifetime(program) {}
  }

  @Test("`Parameters` of a target is JSON inside a string, or null, empty or no JSON at all")
  func parameters() throws {
    let (hub, program) = try client(
      #"""
      [{"Target":{"Slug":"a","Parameters":"{\"KubeContext\":\"kind-atk\",\"WaitTimeout\":\"2m0s\"}"}},
       {"Target":{"Slug":"b","Parameters":"{\"WaitTimeout\":\"2m0s\"}"}},
       {"Target":{"Slug":"c","Parameters":null}}, {"Target":{"Slug":"d","Parameters":""}},
       {"Target":{"Slug":"e","Parameters":"kind-atk"}}]
      """#)
    #expect(
      try hub.targets(space: "apps").map(\.kubeContext) == ["kind-atk", nil, nil, nil, nil])
    withExtendedLifetime(program) {}
  }

  @Test("A target is matched by provider, worker and context: its slug follows no rule")
  func matching() {
    var state = WizardState(now: Timestamp(seconds: 0))
    state.session.workerSlug = "dev"
    state.session.cluster.context = "kind-atk"
    state.workers = [
      Worker(slug: "dev", id: "w1", condition: "Ready"),
      Worker(slug: "other", id: "w2", condition: "Ready"),
    ]
    func target(_ slug: String, _ provider: String, _ worker: String?, _ context: String?) -> Target
    {
      Target(slug: slug, id: slug, providerType: provider, workerID: worker, kubeContext: context)
    }
    let misleading = [
      target("dev-kubernetes-yaml-kind-atk", "Kubernetes", "w2", "kind-atk"),
      target("dev-argocdrenderer-kind-atk", "ArgoCDRenderer", "w1", "kind-atk"),
      target("dev-kubernetes-yaml-kind-atk-2", "Kubernetes", "w1", "kind-other"),
      target("kind-atk", "Kubernetes", nil, "kind-atk"),
    ]
    state.targets = misleading
    #expect(state.matchingTarget == nil)
    state.targets = misleading + [target("zebra", "kubernetes", "w1", "kind-atk")]
    #expect(state.matchingTarget?.slug == "zebra")
  }
}
