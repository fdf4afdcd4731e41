import Documents
import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  /// A dry run against the cluster that an object comes from does not see what only this cluster
  /// takes: there it is an update.
  @Suite("What is written can be created in an empty namespace")
  struct EmptyNamespaceTests {
    /// What an API server refuses, or what would be another cluster's, in an object that is created.
    static func problem(_ object: JSONValue) -> String? {
      let metadata = object["metadata"]
      for field in [
        "resourceVersion", "uid", "selfLink", "generation", "creationTimestamp", "managedFields",
        "ownerReferences", "finalizers", "deletionTimestamp",
      ] where metadata?[field] != nil {
        return "metadata.\(field) is there"
      }
      if object["status"] != nil { return "status is there" }
      switch object["kind"]?.string {
      case "Job" where object["spec", "manualSelector"] != true:
        let labels = object["spec", "template", "metadata", "labels"]?.object ?? [:]
        if object["spec", "selector"] != nil { return "`selector` not auto-generated" }
        return labels.keys.first { $0.hasSuffix("controller-uid") || $0.hasSuffix("job-name") }
      case "Service":
        let address = object["spec", "clusterIP"]
        return address == nil || address == "None" ? nil : "the address is another's"
      case "PersistentVolumeClaim":
        let isChosen =
          metadata?["annotations"]?["pv.kubernetes.io/bound-by-controller"] != nil
          || object["spec", "volumeName"]?.string?.hasPrefix("pvc-") == true
        return isChosen ? "the volume is another claim's" : nil
      case "ServiceAccount":
        let secrets = (object["secrets"]?.array ?? []).compactMap { $0["name"]?.string }
        return secrets.first { $0.contains("-token-") }
      case "Deployment", "StatefulSet", "DaemonSet":
        let labels = object["spec", "template", "metadata", "labels"]?.object ?? [:]
        let wanted = object["spec", "selector", "matchLabels"]?.object ?? [:]
        return wanted.allSatisfy { labels[$0.key] == $0.value }
          ? nil : "`selector` does not match template `labels`"
      default: return nil
      }
    }

    private func check(_ cluster: TestCluster) throws -> Int {
      defer { withExtendedLifetime(cluster.server) {} }
      let result = try cluster.scan().result
      let proposal = Naming.propose(
        for: result.workloads.filter(\.isChoosable),
        unclaimed: result.objects.filter { if case .unclaimed = $0.place { true } else { false } })
      let members = proposal.units.flatMap(\.members)
      let client = cluster.client()
      let objects = try client.liveObjects(members, context: "dev", cancellation: nil)
      for (member, object) in zip(members, objects) {
        #expect(Self.problem(Cleaning.clean(object)) == nil, "\(member.text)")
      }
      return members.count
    }

    @Test("Of the recorded clusters", arguments: Recording.names)
    func recordings(name: String) throws {
      #expect(try check(TestCluster(name)) > 15)
    }

    @Test("Of the cases")
    func cases() throws {
      let directory = "\(Recording.packageRoot)/fixtures/cases"
      let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
      var count = 0
      for name in names.sorted() { count += try check(TestCluster(case: name)) }
      #expect(count > 50)
    }
  }
}
