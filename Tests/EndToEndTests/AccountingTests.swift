import FoundationEssentials
import TestWorld
import Testing

/// Nothing in a namespace that was read is passed over without a word.
@Suite("What becomes of every object", .waiting)
struct AccountingTests {
  private static func words(_ object: JSON?) -> String {
    let words = ["kind", "namespace", "name"].map { object?[$0]?.string ?? "" }
    return "\(words[0]) \(words[1])/\(words[2])"
  }

  /// What a dry run tells: members of units, and what is left out, both by kind and name.
  private func account(
    _ world: Import, _ arguments: [String]
  ) throws -> (members: [String], leftOut: [String], report: [String: JSON]) {
    let result = try world.run(["--dry-run", "--yes", "-o", "json"] + arguments)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    let members = (report["proposal"]?["units"]?.array ?? []).flatMap { $0["members"]?.array ?? [] }
    let leftOut = (report["left_out"]?.array ?? []).compactMap { $0["object"] }
    #expect((report["left_out"]?.array ?? []).allSatisfy { $0["why"]?.string?.isEmpty == false })
    return (members.map(Self.words), leftOut.map(Self.words), report)
  }

  @Test(
    "Of the recorded clusters, each object is in one unit, or left out for a reason",
    arguments: Recording.names, [[], ["--unclaimed", "units"]])
  func recordings(recording: String, flags: [String]) throws {
    let world = try Import(kubectl: .real, recording: recording)
    let (members, leftOut, report) = try account(world, ["-A"] + flags)
    let namespaces = Set((report["namespaces"]?.array ?? []).compactMap(\.string))
    var all: Set<String> = []
    let directory = Recording.path(recording)
    for entry in try Recording.entries(in: directory)
    where entry.user == "admin" && entry.status == 200 {
      let data = try Data(contentsOf: URL(filePath: "\(directory)/\(entry.file)"))
      let list = try JSONDecoder().decode(JSON.self, from: data)
      guard let kind = list["kind"]?.string, kind.hasSuffix("List") else { continue }
      for item in list["items"]?.array ?? [] {
        guard let namespace = item["metadata"]?["namespace"]?.string,
          namespaces.contains(namespace)
        else { continue }
        let name = item["metadata"]?["name"]?.string ?? ""
        all.insert("\(kind.dropLast("List".count)) \(namespace)/\(name)")
      }
    }
    #expect(all.count > 20)
    #expect(members.count == Set(members).count)
    #expect(Set(members).isDisjoint(with: leftOut))
    #expect(Set(members + leftOut) == all)
    #expect(leftOut.count == Set(leftOut).count)
    let isUnit = members.contains("NetworkPolicy payment-prod/default-deny")
    #expect(isUnit == (recording == "kind-atk" && !flags.isEmpty))
  }

  @Test("So is each of a whole application, and every report says it")
  func wholeApplication() throws {
    let world = try Import(kubectl: .real, case: "whole-application")
    let scope = ["--context", "kind-atk", "-n", "shop", "--app-space", "shop-team"]
    let (members, leftOut, report) = try account(world, scope)
    let data = try Data(contentsOf: URL(filePath: Recording.casePath("whole-application")))
    let objects = try JSONDecoder().decode([JSON].self, from: data)
    // Told of by kind, or by the name that they have in every namespace.
    let byRule: Set = ["Secret", "Event", "EndpointSlice", "Lease"]
    let everywhere: Set = ["ConfigMap shop/kube-root-ca.crt", "ServiceAccount shop/default"]
    let all = Set(
      objects.filter { !byRule.contains($0["kind"]?.string ?? "") }.compactMap { object in
        object["metadata"]?["namespace"].map { _ in
          "\(object["kind"]?.string ?? "") shop/\(object["metadata"]?["name"]?.string ?? "")"
        }
      }
    ).subtracting(everywhere)
    let ofCluster: Set = ["ClusterRole /shop-worker", "ClusterRoleBinding /shop-worker"]
    #expect(Set(members + leftOut) == all.union(ofCluster))
    #expect(Set(members).isDisjoint(with: leftOut))
    let rows = (report["left_out"]?.array ?? []).compactMap { $0["what"]?.string }
    #expect(rows.contains("Secrets"))
    #expect(rows.contains("EndpointSlice, Event, Lease"))
    #expect(rows.contains("ConfigMap kube-root-ca.crt, ServiceAccount default"))
    let why = (report["proposal"]?["units"]?.array ?? []).flatMap { $0["members"]?.array ?? [] }
      .first { $0["kind"]?.string == "PrometheusRule" }?["why"]?.string
    #expect(why == "both are labelled app.kubernetes.io/instance=shop")

    let text = try world.run(["--dry-run", "--yes"] + scope).stdout
    #expect(
      text.contains("Left out: ConfigMap shop/flags, PersistentVolumeClaim shop/spare,"), "\(text)")
    let (units, left, _) = try account(world, scope + ["--unclaimed", "units"])
    #expect(units.count > members.count)
    #expect(
      left == [
        "StatefulSet shop/prometheus-k8s", "ConfigMap shop/leader",
        "PersistentVolumeClaim shop/data-db-0", "Pod shop/bare", "Widget shop/made",
      ])
  }

  @Test("All of it is imported, and read back")
  func imported() throws {
    let world = try Import(kubectl: .real, case: "whole-application")
    let scope = ["--context", "kind-atk", "-n", "shop", "--app-space", "shop-team"]
    let result = try world.run(["--yes", "-o", "json", "--unclaimed", "units"] + scope)
    let report = try world.json(result)
    #expect(
      (report["results"]?.array ?? []).allSatisfy { $0["result"]?.string == "created" },
      "\(result.stdout)")
    #expect((report["results"]?.array ?? []).count == 8)
    let data = try world.sandbox.run(
      "cub", ["unit", "data", "--space", "shop-team", "shop-crds"], environment: world.environment)
    #expect(data.stdout.contains("kind: Widget"))
  }
}
