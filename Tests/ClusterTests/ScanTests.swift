import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("A scan")
  struct ScanTests {
    /// One line per workload, to be read at a glance.
    static func lines(_ result: ScanResult) -> [String] {
      result.workloads.map { workload in
        let key = workload.key
        let owner = workload.owner
        let by = [owner.tool.rawValue, owner.name, owner.namespace].compactMap(\.self)
        let belongings = workload.belongings.map { "\($0.kind)/\($0.name)" }
        return
          ([
            "\(workload.apiVersion) \(workload.reference.kind) \(key.namespace)/\(key.name):",
            by.joined(separator: "/") + (workload.reason.map { " (\($0))" } ?? ""),
          ] + belongings + workload.secrets.map { "Secret/\($0)!" }).joined(separator: " ")
      }
    }

    @Test("kind-atk has 12 workloads: Flux 8, Argo CD 3, native 1")
    func kindATK() throws {
      let cluster = try TestCluster()
      let outcome = try cluster.scan()
      let result = outcome.result
      #expect(result.owners == ["Flux": 8, "ArgoCD": 3, "Native": 1])
      #expect(result.namespaces == ["default", "order-prod", "payment-prod"])
      #expect(result.scannedAt == TestCluster.moment)
      #expect(
        outcome.identity
          == ClusterIdentity(
            context: "dev", server: cluster.server.url, uid: "cfc915b5-fdcd-4e74-84f9-1bed09447265")
      )
      #expect(
        Self.lines(result) == [
          "apps/v1 Deployment order-prod/debug-shell: Native",
          "apps/v1 Deployment order-prod/order-api: Flux/orders/flux-system Service/order-api",
          "apps/v1 Deployment order-prod/order-cart: ArgoCD/order-web/argocd Service/order-cart",
          "apps/v1 Deployment order-prod/order-search: ArgoCD/order-web/argocd Service/order-search",
          "apps/v1 Deployment order-prod/order-web: ArgoCD/order-web/argocd Service/order-web",
          "apps/v1 DaemonSet payment-prod/payment-agent: Flux/payments/flux-system",
          "apps/v1 Deployment payment-prod/payment-api: Flux/payments/flux-system "
            + "ConfigMap/payment-api-config HorizontalPodAutoscaler/payment-api "
            + "PodDisruptionBudget/payment-api Service/payment-api ServiceAccount/payment-api "
            + "Secret/payment-api-db!",
          "apps/v1 StatefulSet payment-prod/payment-db: Flux/payments/flux-system Service/payment-db",
          "apps/v1 Deployment payment-prod/payment-fraud: Flux/payments/flux-system "
            + "(1 of 2 replicas ready) ConfigMap/payment-fraud-config Service/payment-fraud "
            + "ServiceAccount/payment-fraud Secret/payment-fraud-db!",
          "apps/v1 Deployment payment-prod/payment-gateway: Flux/payments/flux-system "
            + "ConfigMap/payment-gateway-config Ingress/payment-gateway Service/payment-gateway "
            + "ServiceAccount/payment-gateway Secret/payment-gateway-db!",
          "apps/v1 Deployment payment-prod/payment-ledger: Flux/payments/flux-system "
            + "ConfigMap/payment-ledger-config Service/payment-ledger "
            + "ServiceAccount/payment-ledger Secret/payment-ledger-db!",
          "apps/v1 Deployment payment-prod/payment-worker: Flux/payments/flux-system "
            + "ConfigMap/payment-worker-config Service/payment-worker "
            + "ServiceAccount/payment-worker Secret/payment-worker-db!",
        ])
      #expect(
        result.leftOut.map { "\($0.what), \($0.why), \($0.isGap)" }
          == [
            "argocd", "flux-system", "kube-node-lease", "kube-public", "kube-system",
          ].map { "namespace \($0), a system namespace, read only if it is named, false" })
      #expect(
        result.objects == [
          FoundObject(
            ObjectReference(
              apiVersion: "v1", kind: "Service", namespace: "default", name: "kubernetes"),
            .leftOut, why: "the API server makes it"),
          FoundObject(
            ObjectReference(
              apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", namespace: "payment-prod",
              name: "default-deny"),
            .unclaimed(.policy), why: "it is about the whole namespace, not about one workload"),
        ])
    }

    @Test("kind-atk becomes twelve units, named after their apps, in payment-team")
    func proposal() throws {
      let proposal = Naming.propose(for: try TestCluster().scan().result.workloads)
      #expect(proposal.hub == "platform-team")
      #expect(proposal.appSpace == "payment-team")
      #expect(
        proposal.units.map(\.slug) == [
          "debug-shell", "order-api", "order-cart", "order-search", "order-web", "payment-agent",
          "payment-api", "payment-db", "payment-fraud", "payment-gateway", "payment-ledger",
          "payment-worker",
        ])
      let unit = proposal.units.first { $0.slug == "payment-api" }
      #expect(unit?.labels == ["app": "payment-api", "variant": "prod", "owner": "Flux"])
      #expect(
        unit?.members.map(\.kind) == [
          "ServiceAccount", "ConfigMap", "Deployment", "Service", "HorizontalPodAutoscaler",
          "PodDisruptionBudget",
        ])
    }

    @Test("fleet has every owner, a Deployment and a StatefulSet of one name, and old versions")
    func fleet() throws {
      let result = try TestCluster("fleet").scan().result
      #expect(
        Self.lines(result) == [
          "apps/v1 Deployment data-dev/esc-labels: Native",
          "batch/v1beta1 CronJob data-dev/hourly-sync: Flux/jobs/flux-system",
          "batch/v1beta1 CronJob data-dev/nightly-report: Native",
          "batch/v1 Job data-dev/one-off-migration: Native (it has not been started yet)",
          "apps/v1 Deployment legacy/child-of-operator: Controller/main (0 of 1 replicas created)",
          "apps/v1 Deployment legacy/not-ready: Native (0 of 3 replicas ready)",
          "apps/v1 Deployment legacy/same-name: Native",
          "apps/v1 StatefulSet legacy/same-name: Native",
          "apps/v1 Deployment platform/already-in: ConfigHub/already-in/platform-prod",
          "apps/v1 Deployment platform/kro-made: kro/web",
          "apps/v1 Deployment platform/tf-managed: Terraform",
          "apps/v1 Deployment platform/xp-claimed: Crossplane/db/platform",
          "apps/v1 StatefulSet shop-prod/cache: Flux/cache/flux-system",
          "apps/v1 Deployment shop-prod/shop-cart: Helm/shop/shop-prod "
            + "ConfigMap/shop-cart-config Service/shop-cart",
          "apps/v1 Deployment shop-prod/shop-web: Helm/shop/shop-prod ConfigMap/shop-web-config "
            + "HorizontalPodAutoscaler/shop-web Ingress/shop-web PodDisruptionBudget/shop-web "
            + "Service/shop-web",
          "apps/v1 Deployment shop-staging/shop-cart: ArgoCD/shop-staging",
          "apps/v1 Deployment shop-staging/shop-ns-app: ArgoCD/shop/team-a",
          "apps/v1 Deployment shop-staging/shop-web: ArgoCD/shop-staging",
        ])
      #expect(!result.isPartial)
      #expect(
        result.workload(.deployment, "shop-staging", "shop-web")?.owner.confidence == .low)
      let budget = result.workload(.deployment, "shop-prod", "shop-web")?.belongings.first {
        $0.kind == "PodDisruptionBudget"
      }
      #expect(budget?.apiVersion == "policy/v1beta1")
    }

    @Test("Secrets are never asked for", arguments: ["kind-atk", "fleet"])
    func secrets(recording: String) throws {
      let cluster = try TestCluster(recording)
      for workload in try cluster.scan().result.workloads {
        _ = try cluster.client().content(
          of: [workload.reference] + workload.belongings, context: "dev")
      }
      #expect(cluster.requested.count > 30)
      #expect(cluster.requested.filter { $0.contains("secrets") } == [])
    }

    @Test("Chosen namespaces are asked for one by one, and nothing else is")
    func chosenNamespaces() throws {
      let cluster = try TestCluster()
      let result = try cluster.scan("payment-prod").result
      #expect(result.namespaces == ["payment-prod"])
      #expect(result.workloads.count == 7)
      #expect(result.leftOut.isEmpty)
      #expect(result.objects.map(\.reference.words) == ["NetworkPolicy payment-prod/default-deny"])
      let others = cluster.requested.filter { !$0.contains("/namespaces/payment-prod/") }
      #expect(
        others.sorted() == [
          "/api", "/api/v1/namespaces", "/apis",
          "/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations",
        ])
    }

    @Test(
      "Three namespaces are one list of the cluster, and each one's own list where that is refused")
    func manyNamespaces() throws {
      let cluster = try TestCluster("fleet")
      let names = Array(try cluster.client().namespaces(context: "dev").suffix(4))
      func scan(_ cluster: TestCluster) throws -> ScanResult {
        let scope = ScanScope(context: "dev", namespaces: names)
        return try cluster.client().scan(scope, at: TestCluster.moment) { _ in }.result
      }
      let atOnce = try scan(cluster)
      #expect(!cluster.requested.contains { $0.contains("/namespaces/") && $0.hasSuffix("s") })
      #expect(Set(atOnce.workloads.map(\.key.namespace)).isSubset(of: names))
      let fault = Fault(.forbidden, path: "/api") {
        ScanFailureTests.acrossNamespaces($0) && $0.path != "/api/v1/namespaces"
          && !$0.path.contains("toolkit.fluxcd.io") && !$0.path.contains("argoproj.io")
      }
      let pieced = try scan(TestCluster("fleet", faults: [fault]))
      #expect(fault.fired > 10)
      #expect(!atOnce.workloads.isEmpty)
      #expect(atOnce.workloads == pieced.workloads)
      #expect(atOnce.namespaces == pieced.namespaces)
    }

    @Test("A namespace of the cluster's own is read if it is named")
    func systemNamespace() throws {
      let result = try TestCluster("fleet").scan("kube-system").result
      #expect(result.workloads.map(\.key.name) == ["node-agent"])
    }

    @Test("A named namespace that does not exist makes the scan partial")
    func missingNamespace() throws {
      let result = try TestCluster().scan("order-prod", "odrer-prod").result
      #expect(result.namespaces == ["order-prod"])
      #expect(result.gaps.map(\.what) == ["namespace odrer-prod"])
    }

    @Test("Excluded namespaces are left out, and it is said")
    func excluded() throws {
      let result = try TestCluster().scan(excluded: ["payment-prod"]).result
      #expect(result.workloads.count == 5)
      #expect(
        result.leftOut.contains(
          Omission(what: "namespace payment-prod", why: "excluded", isGap: false)))
      #expect(!result.isPartial)
    }

    @Test("Long lists come in pages, and their progress with them")
    func pages() throws {
      let cluster = try TestCluster()
      cluster.addDeployments(1_100)
      let progress = Mutex<[ScanProgress]>([])
      let result = try cluster.scan { step in progress.withLock { $0.append(step) } }.result
      #expect(result.workloads.filter { $0.key.kind == .deployment }.count == 1_100)
      let steps = progress.withLock { $0 }
      let deployments = steps.filter { $0.resource == "deployments" }
      #expect(deployments.map(\.read) == deployments.map(\.read).sorted())
      #expect(deployments.first?.total == 1_100)
      #expect(deployments.last == ScanProgress(resource: "deployments", read: 1_100, total: 1_100))
      // Every resource ends with all of it read.
      for resource in Resource.workloads + Resource.belongings {
        let last = steps.last { $0.resource == resource.name }
        #expect(last != nil && last?.read == last?.total)
      }
    }

    @Test("Several namespaces count together, and have no total before their end")
    func progressOfSeveral() throws {
      let progress = Mutex<[ScanProgress]>([])
      _ = try TestCluster().scan("order-prod", "payment-prod") { step in
        progress.withLock { $0.append(step) }
      }
      let steps = progress.withLock { $0 }.filter { $0.resource == "deployments" }
      #expect(steps.dropLast().allSatisfy { $0.total == nil })
      #expect(steps.last == ScanProgress(resource: "deployments", read: 10, total: 10))
    }
  }
}

extension TestCluster {
  /// Replaces the Deployments by that many small ones.
  func addDeployments(_ count: Int) {
    let objects = (0..<count).map { number in
      let name = "d\(number + 10_000)"
      return TestWorld.ClusterObject(
        namespace: "order-prod", name: name,
        json: #"{"metadata":{"name":"\#(name)","namespace":"order-prod"},"spec":{}}"#)
    }
    server.addList(
      at: "/apis/apps/v1/deployments", kind: "DeploymentList", apiVersion: "apps/v1",
      objects: objects)
  }
}
