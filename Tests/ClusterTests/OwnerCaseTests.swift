import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  /// Inputs of people whose tools mark objects in other ways than by their literal label.
  @Suite("Owners by the tools' own rules")
  struct OwnerCaseTests {
    @Test("What an Application lists as applied is its own, whatever label says so")
    func defaultLabel() throws {
      let result = try TestCluster(case: "argo-default-label").scan().result
      let api = try #require(result.workload(.deployment, "billing", "api"))
      #expect(
        api.owner
          == Owner(
            .argoCD, kind: "Application", name: "billing-api", namespace: "argocd",
            source: "status:Application"))
      #expect(api.otherOwners == [])
      #expect(result.ownerObjects.map(\.name) == ["billing-api"])
      #expect(result.ownerObjects.map(\.isAutomatic) == [true])
    }

    @Test("The id of an object without a namespace names its Application's destination")
    func clusterScoped() throws {
      let cluster = try TestCluster(case: "argo-cluster-scoped")
      defer { withExtendedLifetime(cluster) {} }
      var scope = ScanScope(context: "dev", namespaces: [], allNamespaces: true, excluded: [])
      scope.kinds = [.deployment, .namespace, .customResourceDefinition]
      let result = try cluster.client().scan(scope, at: TestCluster.moment) { _ in }.result
      let owners = result.workloads.filter { $0.key.name != "kube-system" }
        .map { "\($0.key.name) \($0.owner.tool.rawValue) \($0.owner.objectName)" }
      #expect(
        owners.sorted() == [
          "shop ArgoCD Application argocd/shop-base", "web ArgoCD Application argocd/shop",
          "widgets.shop.example.com ArgoCD Application argocd/shop-crds",
        ])
    }

    @Test("An Application of another namespace is one owner, by label and by id")
    func anyNamespace() throws {
      let result = try TestCluster(case: "argo-app-in-any-namespace").scan().result
      for name in ["both", "label"] {
        let workload = try #require(result.workload(.deployment, "shop", name))
        #expect(workload.owner.objectName == "Application team-a/web")
        #expect(workload.otherOwners == [])
      }
      #expect(result.ownerObjects.map(\.standing) == [.found])
    }

    @Test("A name that a label had to cut is no other owner")
    func truncated() throws {
      let result = try TestCluster(case: "argo-label-truncated").scan().result
      let backend = try #require(result.workload(.deployment, "checkout", "backend"))
      #expect(backend.owner.tool == .argoCD && backend.owner.confidence == .high)
      #expect(backend.otherOwners == [])
      #expect(result.ownerObjects.map(\.standing) == [.found])
    }

    @Test("An operator's workload is its ClusterServiceVersion's, which is no controller")
    func notController() throws {
      let result = try TestCluster(case: "owner-not-controller").scan().result
      let manager = try #require(
        result.workload(.deployment, "operators", "cert-operator-manager"))
      #expect(
        manager.owner
          == Owner(
            .olm, kind: "ClusterServiceVersion", name: "cert-operator.v1.2.3",
            namespace: "operators", source: "label:olm.owner", confidence: .medium))
      #expect(manager.otherOwners == [])
      #expect(manager.owner.tool.reverts && manager.isChoosable)
    }

    @Test("A Job that Helm ran as a hook is shown, and not chosen by itself")
    func helmHook() throws {
      let result = try TestCluster(case: "helm-hook-job").scan().result
      let job = try #require(result.workload(.job, "shop", "shop-db-migrate"))
      #expect(job.owner.tool == .helm && job.isChoosable)
      #expect(job.reservation == .helmHook && !job.isChosenByItself)
    }

    @Test("What an autoscaler scales is read without its replicas, unless somebody has stopped it")
    func autoscaled() throws {
      let cluster = try TestCluster(case: "autoscaled")
      let result = try cluster.scan().result
      let scalers = result.workloads.map { "\($0.key.name): \($0.autoscaler?.name ?? "none")" }
      #expect(scalers == ["queue: keda-hpa-queue", "stopped: stopped", "web: web"])
      let members = result.workloads.map(\.reference)
      let client = cluster.client()
      func content(_ scaled: Set<ObjectReference>?) throws -> UnitContent {
        try client.content(of: members, withoutReplicas: scaled, context: "dev")
      }
      let whole = try content(nil)
      #expect(whole.yaml.split(separator: "\n").count { $0.hasPrefix("  replicas: ") } == 3)
      let free = try content(Set(members))
      let left = free.yaml.split(separator: "\n").filter { $0.hasPrefix("  replicas: ") }
      #expect(left == ["  replicas: 0"])
      // Where the scan is lost, the autoscaler in the unit tells.
      let scaler = ObjectReference(
        apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", namespace: "shop",
        name: "web")
      for (scaled, count) in [(nil, 3), ([], 2)] as [(Set<ObjectReference>?, Int)] {
        let content = try client.content(
          of: members + [scaler], withoutReplicas: scaled, context: "dev")
        let lines = content.yaml.split(separator: "\n").filter { $0.hasPrefix("  replicas: ") }
        #expect(lines.count == count)
      }

      let path = "/apis/apps/v1/namespaces/shop/deployments/web"
      try cluster.server.replaceObject(
        at: path,
        with: try cluster.server.object(at: path).replacing(
          "\"replicas\":5", with: "\"replicas\":8"))
      #expect(try content(Set(members)).digest == free.digest)
      #expect(try content([]).digest != whole.digest)
    }

    @Test("What a workload refers to and nobody imports is known by name")
    func references() throws {
      let result = try TestCluster(case: "references-not-imported").scan().result
      #expect(
        result.needed { _ in true }.map { "\($0.what): \($0.why)" } == [
          "PersistentVolumeClaim docs/wiki-data: Deployment wiki needs it; it is not imported",
          "PriorityClass gold: Deployment wiki needs it; it is not imported",
          "RuntimeClass gvisor: Deployment wiki needs it; it is not imported",
          "SecretProviderClass docs/wiki-vault: Deployment wiki needs it; it is not imported",
        ])
      #expect(result.needed { _ in false }.isEmpty)
    }

    @Test("What Config Sync, the add-on manager, Fleet and kapp apply is theirs")
    func managedByOthers() throws {
      let result = try TestCluster(case: "managed-by-others").scan().result
      let owners = result.workloads.map {
        "\($0.key.name): \($0.owner.tool) \($0.owner.objectName)"
      }
      #expect(
        owners == [
          "audit: configSync RootSync config-management-system/root-sync",
          "dns-autoscaler: addonManager AddonManager", "gitjob: fleet Fleet default-fleet-demo",
          "kapped: kapp kapp",
        ])
      #expect(result.workloads.allSatisfy { $0.otherOwners.isEmpty && $0.owner.tool.reverts })
      #expect(result.ownerObjects == [])
    }
  }
}
