import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("Kinds that may not be listed")
  struct OtherKindsTests {
    @Test("What is the same to say of several kinds is said once")
    func grouped() {
      let resources = ["roles", "widgets", "gadgets"].map {
        Resource(
          name: $0, kind: $0, apiVersions: [$0 == "roles" ? "rbac.authorization.k8s.io/v1" : "v1"])
      }
      func forbidden(_ name: String, _ place: String = "") -> Omission {
        Omission(
          what: name + place,
          why: #"Error from server (Forbidden): \#(name) is forbidden: User "x" cannot list …"#,
          isGap: true)
      }
      let rows = GroupedGaps.grouped(
        [
          forbidden("roles"), forbidden("widgets"), forbidden("widgets", " in shop"),
          Omission(what: "gadgets", why: "no answer within 30 s", isGap: true),
        ], of: resources)
      #expect(
        Set(rows.map { "\($0.what): \($0.why)" }) == [
          "roles.rbac.authorization.k8s.io, widgets: no right to list them",
          "widgets in shop: no right to list them", "gadgets: no answer within 30 s",
        ])
    }

    @Test("Of many namespaces, those are asked one by one that could be listed so, and no other")
    func oneByOne() throws {
      let wanted = "/namespaces/shop-prod/"
      let fault = Fault(.forbidden, path: "/api") {
        !["/api", "/apis", "/api/v1/namespaces", "/api/v1/namespaces/kube-system"].contains($0.path)
          && !$0.path.contains(wanted)
      }
      let cluster = try TestCluster("fleet", faults: [fault])
      let result = try cluster.scan().result
      #expect(result.workload(.deployment, "shop-prod", "shop-web") != nil)
      let asked = cluster.requested.filter { $0.hasSuffix("/helmreleases") }
      #expect(
        asked.filter { $0.contains("/namespaces/") } == [
          "/apis/helm.toolkit.fluxcd.io/v2/namespaces/shop-prod/helmreleases"
        ])
      let rows = result.gaps.filter { $0.why == "no right to list anything there" }
      #expect(rows.count == 1)
      let row = try #require(rows.first)
      #expect(row.what.hasPrefix("applications.argoproj.io, helmreleases."))
      #expect(row.what.hasSuffix(" in \(result.namespaces.count - 1) namespaces"))
    }
  }
}
