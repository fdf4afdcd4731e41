import Testing
import Wizard

@testable import Cluster

@Suite("Readiness")
struct ReadinessTests {
  static func reason(
    _ kind: WorkloadKind, generation: Int = 1, spec: String = "{}", status: String,
    deletionTimestamp: String? = nil
  ) throws -> String? {
    let deletion = deletionTimestamp.map { ",\"deletionTimestamp\":\"\($0)\"" } ?? ""
    let json = """
      {"metadata":{"name":"x","generation":\(generation)\(deletion)},
       "spec":\(spec),"status":\(status)}
      """
    return Readiness(kind, try decode(WorkloadObject.self, Array(json.utf8))).reason
  }

  static let whole = """
    "observedGeneration":1,"replicas":3,"updatedReplicas":3,"readyReplicas":3,"availableReplicas":3
    """

  @Test(
    "A Deployment is ready once all its replicas are the new ones, and available",
    arguments: [
      ("{\(whole)}", nil),
      (
        "{\(whole),\"conditions\":[{\"type\":\"Available\",\"status\":\"True\"},"
          + "{\"type\":\"Progressing\",\"status\":\"True\",\"reason\":\"NewReplicaSetAvailable\"}]}",
        nil
      ),
      ("{}", "0 of 3 replicas created"),
      ("{\"replicas\":3,\"updatedReplicas\":1}", "1 of 3 replicas updated"),
      ("{\"replicas\":4,\"updatedReplicas\":3}", "1 more replica than wanted"),
      ("{\"replicas\":5,\"updatedReplicas\":3}", "2 more replicas than wanted"),
      ("{\"replicas\":3,\"updatedReplicas\":3}", "0 of 3 replicas ready"),
      (
        "{\"replicas\":3,\"updatedReplicas\":3,\"readyReplicas\":3,\"availableReplicas\":2}",
        "2 of 3 replicas available"
      ),
      (
        "{\(whole),\"conditions\":[{\"type\":\"Available\",\"status\":\"False\",\"message\":\"why\"}]}",
        "it is not available: why"
      ),
      (
        "{\(whole),\"conditions\":[{\"type\":\"Progressing\",\"status\":\"False\","
          + "\"reason\":\"ProgressDeadlineExceeded\",\"message\":\"timed out\"}]}",
        "its rollout is stuck: timed out"
      ),
    ] as [(String, String?)])
  func deployment(status: String, reason: String?) throws {
    #expect(
      try Self.reason(.deployment, spec: "{\"replicas\":3}", status: status) == reason)
  }

  @Test(
    "The pods that are ready are counted for the kinds that keep some up",
    arguments: [
      (.deployment, "{\"replicas\":3}", "{\"readyReplicas\":1}", ReadyReplicas(ready: 1, of: 3)),
      (.deployment, "{}", "{}", ReadyReplicas(ready: 0, of: 1)),
      (.statefulSet, "{\"replicas\":0}", "{}", ReadyReplicas(ready: 0, of: 0)),
      (
        .daemonSet, "{}", "{\"desiredNumberScheduled\":5,\"numberReady\":4}",
        ReadyReplicas(ready: 4, of: 5)
      ),
      (.daemonSet, "{}", "{}", nil), (.job, "{}", "{\"readyReplicas\":1}", nil),
      (.cronJob, "{}", "{}", nil),
    ] as [(WorkloadKind, String, String, ReadyReplicas?)])
  func counts(
    _ kind: WorkloadKind, spec: String, status: String, _ counts: ReadyReplicas?
  ) throws {
    let json = """
      {"metadata":{"name":"x","creationTimestamp":"2026-01-09T14:30:22Z"},
       "spec":\(spec),"status":\(status)}
      """
    let object = try decode(WorkloadObject.self, Array(json.utf8))
    #expect(object.readyReplicas(kind) == counts)
    let resource = Resource.workloads.first { $0.kind == kind.rawValue }
    let found = resource.flatMap { FoundWorkload(object, $0, apiVersion: "apps/v1")?.workload }
    #expect(found?.replicas == counts)
    #expect(found?.created == Timestamp(rfc3339: "2026-01-09T14:30:22Z"))
  }

  @Test("Without a number of replicas, one is wanted; with zero, none")
  func replicas() throws {
    #expect(try Self.reason(.deployment, status: "{}") == "0 of 1 replicas created")
    #expect(try Self.reason(.deployment, spec: "{\"replicas\":0}", status: "{}") == nil)
    #expect(try Self.reason(.statefulSet, spec: "{\"replicas\":0}", status: "{}") == nil)
  }

  @Test(
    "A StatefulSet is ready once its replicas are, and its rollout or partition is done",
    arguments: [
      ("{\"replicas\":3}", "{\"replicas\":3,\"readyReplicas\":3}", nil),
      ("{\"replicas\":3}", "{\"replicas\":1}", "1 of 3 replicas created"),
      ("{\"replicas\":3}", "{\"replicas\":3,\"readyReplicas\":2}", "2 of 3 replicas ready"),
      (
        "{\"replicas\":1}", "{\"replicas\":2,\"readyReplicas\":2}", "1 more replica than wanted"
      ),
      (
        "{\"replicas\":1}",
        "{\"replicas\":1,\"readyReplicas\":1,\"currentRevision\":\"a\",\"updateRevision\":\"b\"}",
        "its rollout is under way"
      ),
      (
        "{\"replicas\":3,\"updateStrategy\":{\"rollingUpdate\":{\"partition\":1}}}",
        "{\"replicas\":3,\"readyReplicas\":3,\"updatedReplicas\":1,\"currentRevision\":\"a\","
          + "\"updateRevision\":\"b\"}", "1 of 2 replicas updated"
      ),
      (
        "{\"replicas\":3,\"updateStrategy\":{\"rollingUpdate\":{\"partition\":1}}}",
        "{\"replicas\":3,\"readyReplicas\":3,\"updatedReplicas\":2,\"currentRevision\":\"a\","
          + "\"updateRevision\":\"b\"}", nil
      ),
      ("{\"replicas\":3,\"updateStrategy\":{\"type\":\"OnDelete\"}}", "{}", nil),
    ] as [(String, String, String?)])
  func statefulSet(spec: String, status: String, reason: String?) throws {
    #expect(try Self.reason(.statefulSet, spec: spec, status: status) == reason)
  }

  @Test(
    "A DaemonSet is ready once it is on all its nodes, updated and available",
    arguments: [
      ("{}", "it has not been scheduled yet"),
      ("{\"desiredNumberScheduled\":0}", nil),
      ("{\"desiredNumberScheduled\":2,\"currentNumberScheduled\":1}", "1 of 2 nodes scheduled"),
      (
        "{\"desiredNumberScheduled\":2,\"currentNumberScheduled\":2,\"updatedNumberScheduled\":1}",
        "1 of 2 nodes updated"
      ),
      (
        "{\"desiredNumberScheduled\":2,\"currentNumberScheduled\":2,\"updatedNumberScheduled\":2,"
          + "\"numberAvailable\":1}", "1 of 2 nodes available"
      ),
      (
        "{\"desiredNumberScheduled\":2,\"currentNumberScheduled\":2,\"updatedNumberScheduled\":2,"
          + "\"numberAvailable\":2,\"numberReady\":0}", "0 of 2 nodes ready"
      ),
      (
        "{\"desiredNumberScheduled\":2,\"currentNumberScheduled\":2,\"updatedNumberScheduled\":2,"
          + "\"numberAvailable\":2,\"numberReady\":2}", nil
      ),
    ] as [(String, String?)])
  func daemonSet(status: String, reason: String?) throws {
    #expect(try Self.reason(.daemonSet, status: status) == reason)
  }

  @Test("A status about an older generation says nothing about this one")
  func generation() throws {
    for kind in [WorkloadKind.deployment, .statefulSet, .daemonSet] {
      #expect(
        try Self.reason(
          kind, generation: 2, spec: "{\"replicas\":3}",
          status: "{\(Self.whole),\"desiredNumberScheduled\":0}")
          == "its latest change has not been acted on yet")
    }
  }

  @Test("What is being deleted is not ready; a CronJob always is otherwise")
  func others() throws {
    #expect(
      try Self.reason(.cronJob, status: "{}", deletionTimestamp: "2026-01-09T14:00:00Z")
        == "is being deleted")
    #expect(try Self.reason(.cronJob, status: "{}") == nil)
  }
}
