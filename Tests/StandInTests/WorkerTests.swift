import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite struct WorkerTests {
  private func condition(_ standIn: StandIn) throws -> String? {
    try standIn.cub("worker list --space s -o json").json[0]?["BridgeWorker"]?["Condition"]?.string
  }

  private func runWorker(_ standIn: StandIn) throws -> Running {
    let worker = try standIn.start("cub", ["worker", "run", "dev", "--space", "s"])
    #expect(eventually { worker.output().contains("Connected") })
    return worker
  }

  @Test("A worker's JSON holds its secrets, and what it prints while running does not")
  func secrets() throws {
    let standIn = try StandIn(["STAND_IN_SECRET": "canary-7"])
    try standIn.cub("space create s")
    let created = try standIn.cub("worker create dev --space s -o json").json
    #expect(created["Secret"]?.string == "canary-7")
    #expect(created["ClaimToken"]?.string == "claim-canary-7")
    #expect(created["Condition"]?.string == "Disconnected")
    let worker = try runWorker(standIn)
    #expect(try !worker.end().text.contains("canary-7"))
    #expect(try standIn.cub("auth get-token").text.contains("canary-7"))
    let log = try Data(contentsOf: URL(filePath: standIn.state + "/calls.log"))
    #expect(!String(decoding: log, as: UTF8.self).contains("canary-7"))
  }

  @Test("A running worker becomes ready after two polls, its target appears after one more")
  func lifeCycle() throws {
    let standIn = try StandIn(["STAND_IN_CONTEXT": "kind_x@y"])
    try standIn.cub("space create s")
    let worker = try runWorker(standIn)
    #expect(try standIn.cub("target list --space s -o json").json.array.isEmpty)
    #expect(try (0..<3).map { _ in try condition(standIn) } == ["NotReady", "NotReady", "Ready"])
    #expect(try standIn.cub("target list --space s -o json").json.array.isEmpty)
    let target = try standIn.cub("target list --space s -o json").json[0]
    #expect(target?["Target"]?["Slug"]?.string == "dev-kubernetes-yaml-kind_x-y")
    #expect(target?["Target"]?["ProviderType"]?.string == "Kubernetes")
    #expect(
      target?["Target"]?["Parameters"]?.string
        == #"{"KubeContext":"kind_x@y","WaitTimeout":"2m0s"}"#)
    #expect(
      target?["Target"]?["BridgeWorkerID"] == target?["BridgeWorker"]?["BridgeWorkerID"])
    #expect(try worker.end().exit == 128 + SIGTERM)
    #expect(try condition(standIn) == "Disconnected")
    #expect(try standIn.cub("target list --space s -o json").json.array.count == 1)
  }

  @Test("A worker that was killed but not yet reaped is disconnected all the same")
  func zombie() throws {
    let standIn = try StandIn(["STAND_IN_READY_AFTER": "0"])
    try standIn.cub("space create s")
    let worker = try runWorker(standIn)
    #expect(try condition(standIn) == "Ready")
    kill(worker.pid, SIGKILL)
    #expect(try eventually { try condition(standIn) == "Disconnected" })
    #expect(try worker.finish().exit == 128 + SIGKILL)
  }

  @Test("A running worker ends when its state is thrown away")
  func orphan() throws {
    let standIn = try StandIn()
    try standIn.cub("space create s")
    let worker = try runWorker(standIn)
    try FileManager.default.removeItem(atPath: standIn.state)
    #expect(try worker.finish().exit == 0)
  }

  @Test("A seeded worker is ready in every space, with its target")
  func seeded() throws {
    let standIn = try StandIn(["STAND_IN_WORKER": "dev"])
    try standIn.cub("space create s")
    #expect(try condition(standIn) == "Ready")
    let target = try standIn.cub("target list --space s -o json").json[0]?["Target"]
    #expect(target?["Slug"]?.string == "dev-kubernetes-yaml-kind-atk")
  }

  @Test("The manifests of a worker hold its secret only if asked, and make it cluster-admin")
  func install() throws {
    let standIn = try StandIn()
    try standIn.cub("space create s")
    #expect(try standIn.cub("worker install dev --space s --export").error.contains("HTTP 404"))
    try standIn.cub("worker create dev --space s")
    let bare = try standIn.cub("worker install dev --space s -t kubernetes --export").text
    #expect(bare.contains("name: cluster-admin"))
    #expect(!bare.contains("kind: Secret"))
    #expect(!bare.contains("stand-in-canary-secret"))
    let whole = try standIn.cub("worker install dev --space s --export --include-secret").text
    #expect(whole.contains("kind: Secret"))
    #expect(whole.contains("stand-in-canary-secret"))
  }

  @Test("Applied to the demo's cluster, a worker becomes ready and its target names no context")
  func inCluster() throws {
    let standIn = try StandIn()
    try standIn.cub("space create s")
    try standIn.cub("worker create dev --space s")
    let manifests = try standIn.cub("worker install dev --space s --export --include-secret")
    let applied = try standIn.kubectl("--context=kind-atk apply -f -", input: manifests.output)
    #expect(
      applied.text == """
        namespace/confighub created
        serviceaccount/confighub-worker created
        clusterrolebinding.rbac.authorization.k8s.io/confighub-worker created
        secret/confighub-worker-env created
        deployment.apps/confighub-worker created

        """)
    #expect(try (0..<3).map { _ in try condition(standIn) } == ["NotReady", "NotReady", "Ready"])
    try standIn.cub("target list --space s")
    let target = try standIn.cub("target list --space s -o json").json[0]?["Target"]
    #expect(target?["Slug"]?.string == "dev-kubernetes-yaml-cluster")
    #expect(target?["Parameters"]?.string == #"{"WaitTimeout":"2m0s"}"#)
  }

  @Test("With STAND_IN_APPLIED an exported worker counts as applied by another kubectl")
  func exportedElsewhere() throws {
    let standIn = try StandIn(["STAND_IN_APPLIED": "1", "STAND_IN_READY_AFTER": "0"])
    try standIn.cub("space create s")
    try standIn.cub("worker create dev --space s")
    try standIn.cub("worker install dev --space s --export")
    #expect(try condition(standIn) == "Disconnected")
    try standIn.cub("worker install dev --space s --export --include-secret")
    #expect(try condition(standIn) == "Ready")
  }
}

@Suite struct TargetTests {
  private func standIn(_ generation: String = "c") throws -> StandIn {
    let standIn = try StandIn(["STAND_IN_WORKER": "dev", "STAND_IN_GENERATION": generation])
    try standIn.cub("space create s")
    for slug in ["a", "b"] { try standIn.cub("unit create \(slug) - --space s") }
    return standIn
  }

  private let target = "dev-kubernetes-yaml-kind-atk"

  @Test("A unit with a target shows it, and the worker's secret with it")
  func bound() throws {
    let standIn = try standIn()
    let unit = try standIn.cub("unit set-target a \(target) --space s -o json").json
    let envelope = try standIn.cub("unit get a --space s -o json").json
    #expect(envelope["Target"]?["Slug"]?.string == target)
    #expect(envelope["Target"]?["TargetID"] == unit["TargetID"])
    #expect(envelope["BridgeWorker"]?["Secret"]?.string == "stand-in-canary-secret")
    try standIn.cub("unit set-target a - --space s")
    #expect(try standIn.cub("unit get a --space s -o json").json["Target"] == nil)
  }

  @Test("Several units at once: those that exist are bound, the others make it fail")
  func bulk() throws {
    let standIn = try standIn()
    #expect(try standIn.cub("unit set-target \(target) --space s --unit a,b").exit == 0)
    let partial = try standIn.cub("unit set-target - --space s --unit a,nowhere")
    #expect(partial.exit == 1)
    #expect(partial.error.contains("bulk update partially failed: 1 succeeded, 1 failed"))
    #expect(try standIn.cub("unit get a --space s -o json").json["Target"] == nil)
    #expect(try standIn.cub("unit get b --space s -o json").json["Target"] != nil)
  }

  @Test("A target that is not there is a 404")
  func missing() throws {
    let result = try standIn().cub("unit set-target a nowhere --space s")
    #expect(result.error.contains("HTTP 404"))
  }

  @Test("In generation B a unit with a target can be applied")
  func apply() throws {
    let standIn = try standIn("b")
    #expect(try standIn.cub("unit apply a --space s --wait").error.contains("has no target"))
    try standIn.cub("unit set-target a \(target) --space s")
    #expect(try standIn.cub("unit apply a --space s --wait").exit == 0)
    let envelope = try standIn.cub("unit get a --space s --json").json
    #expect(envelope["UnitStatus"]?["SyncStatus"]?.string == "InSync")
  }
}
