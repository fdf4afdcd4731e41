import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("A whole application")
  struct WholeApplicationTests {
    @Test(
      "Whatever a cluster serves goes with who refers to it, or is named", arguments: [true, false])
    func members(atOnce: Bool) throws {
      let cluster = try TestCluster(case: "whole-application")
      cluster.server.discoversAtOnce = atOnce
      let result = try cluster.scan("shop").result
      func members(_ name: String) -> [String] {
        result.workloads.first { $0.key.name == name }?.belongings
          .map { "\($0.kind) \($0.name)" } ?? []
      }
      #expect(
        members("web") == [
          "Certificate web", "ConfigMap dashboards", "ConfigMap made", "DestinationRule web",
          "ExternalSecret web-db", "Gateway front", "HTTPRoute web", "Issuer ca",
          "PersistentVolumeClaim web-data", "PrometheusRule web-alerts", "Role web",
          "RoleBinding web", "SealedSecret web-api", "SecretStore vault", "Service web",
          "ServiceAccount web", "ServiceMonitor web", "VirtualService web",
        ])
      #expect(
        members("worker") == [
          "ClusterRole shop-worker", "ClusterRoleBinding shop-worker", "ConfigMap dashboards",
          "PodMonitor worker", "ScaledObject worker", "ServiceAccount worker",
          "TriggerAuthentication queue",
        ])
      #expect(members("db") == ["VerticalPodAutoscaler db"])
      #expect(
        result.workloads.first { $0.key.name == "web" }?.needed.map(\.words) == [
          "Secret shop/web-api", "Secret shop/web-db", "Secret shop/web-tls",
        ])
      #expect(
        result.objects.map {
          "\($0.reference.kind) \($0.reference.name), \(GoldenScanTests.word(for: $0.place)): \($0.why)"
        } == [
          "ConfigMap dashboards, claimed: both are labelled app.kubernetes.io/instance=shop",
          "ConfigMap flags, unclaimed, config: no workload refers to it",
          "ConfigMap leader, left out: it is the record of an election",
          "ConfigMap made, claimed: an ownerReference names Deployment web",
          "NetworkPolicy deny, unclaimed, policy: it is about the whole namespace, not about one "
            + "workload",
          "PersistentVolumeClaim data-db-0, left out: StatefulSet db made it of its template, and "
            + "makes it again",
          "PersistentVolumeClaim spare, unclaimed, config: no workload refers to it",
          "Pod bare, left out: it is a Pod that no controller made: a unit would not bring it back",
          "Prometheus k8s, unclaimed, operators: StatefulSet prometheus-k8s is made by it, and not "
            + "imported",
          "PrometheusRule web-alerts, claimed: both are labelled app.kubernetes.io/instance=shop",
          "ResourceQuota quota, unclaimed, policy: no workload refers to it",
          "Role unused, unclaimed, rbac: no workload refers to it",
          "RoleBinding people, unclaimed, rbac: no workload refers to it",
          "ServiceAccount prometheus, unclaimed, rbac: only what Prometheus k8s makes uses it: "
            + "StatefulSet prometheus-k8s",
          "Widget made, left out: WidgetSet/w made it, and makes it again",
          "Widget spare, unclaimed, crds: no workload refers to it",
        ])
      #expect(
        result.leftOut.map(\.what) == [
          "EndpointSlice, Event, Lease", "Pods and ReplicaSets of workloads", "Secrets",
          "cronjobs", "daemonsets", "horizontalpodautoscalers", "ingresses", "jobs",
          "poddisruptionbudgets",
          "ConfigMap kube-root-ca.crt, ServiceAccount default",
        ])
      #expect(
        cluster.requested.filter { $0.hasSuffix("/secrets") || $0.hasSuffix("/events") } == [])
    }

    @Test("Of kinds that are looked at for their metadata, nothing else is asked for")
    func metadataAlone() throws {
      let cluster = try TestCluster(case: "whole-application")
      _ = try cluster.scan("shop")
      func accepted(_ kind: String) -> Bool? {
        cluster.server.requests.first { $0.path.hasSuffix("/namespaces/shop/\(kind)") }
          .map { $0.accept.contains("as=PartialObjectMetadataList") }
      }
      #expect(accepted("widgets") == true)
      #expect(accepted("roles") == true)
      #expect(accepted("rolebindings") == false)
    }

    @Test("A member of any kind is read whole and cleaned, and its version is known later")
    func content() throws {
      let cluster = try TestCluster(case: "whole-application")
      let result = try cluster.scan("shop").result
      let web = try #require(result.workload(.deployment, "shop", "web"))
      // Another process, in which nothing was discovered yet.
      let client = cluster.client()
      let content = try client.content(of: [web.reference] + web.belongings, context: "dev")
      #expect(content.yaml.contains("kind: SealedSecret"))
      #expect(content.yaml.contains("key: AgB"))
      #expect(!content.yaml.contains("volumeName"))
      #expect(!content.yaml.contains("ownerReferences"))
      #expect(content.sources.count == web.belongings.count + 1)
      let readings = client.currentVersions(of: content.sources, context: "dev")
      #expect(readings.count == content.sources.count)
      #expect(readings.values.allSatisfy { $0 == .same })
    }

    @Test("A Secret is not read, whatever is asked for")
    func secret() throws {
      let cluster = try TestCluster(case: "whole-application")
      let secret = ObjectReference(
        apiVersion: "v1", kind: "Secret", namespace: "shop", name: "web-tls")
      let refused = failure { () throws(ClusterFailure) in
        try cluster.client().content(of: [secret], context: "dev")
      }
      #expect(refused != nil)
      #expect(cluster.requested.filter { $0.contains("secrets") } == [])
    }
  }
}
