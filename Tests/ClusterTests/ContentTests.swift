import Documents
import FoundationEssentials
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("The content of units")
  struct ContentTests {
    static let deployment = "/apis/apps/v1/namespaces/payment-prod/deployments/payment-api"

    /// Scanned once: these tests are about what comes after.
    static let proposals = Dictionary(
      uniqueKeysWithValues: Recording.names.map { name in
        (name, Result { Naming.propose(for: try TestCluster(name).scan().result.workloads) })
      })

    static func unit(_ slug: String, of recording: String = "kind-atk") throws -> UnitPlan {
      let proposal = try #require(try proposals[recording]?.get())
      return try #require(proposal.units.first { $0.slug == slug })
    }

    @Test(
      "A unit holds all its members, cleaned, as YAML to look at",
      arguments: [
        ("kind-atk", "payment-api"), ("kind-atk", "payment-gateway"), ("kind-atk", "payment-db"),
        ("kind-atk", "payment-agent"), ("fleet", "shop-web-prod"), ("fleet", "esc-labels"),
        ("fleet", "nightly-report"),
      ])
    func golden(recording: String, slug: String) throws {
      let cluster = try TestCluster(recording)
      let unit = try Self.unit(slug, of: recording)
      let content = try cluster.client().content(of: unit.members, context: "dev")
      try Golden.check(content.yaml, "\(recording)/\(slug).yaml")
      #expect(content.digest == SHA256.hex(of: content.yaml.utf8))
      #expect(content.sources.map(\.object) == unit.members)
    }

    @Test("Every member's version is kept, to tell later whether it changed")
    func sources() throws {
      let cluster = try TestCluster()
      let unit = try Self.unit("payment-db")
      let content = try cluster.client().content(of: unit.members, context: "dev")
      #expect(content.sources.map(\.resourceVersion) == ["257", "259"])
      #expect(content.sources.allSatisfy { $0.uid?.count == 36 })
      let again = try cluster.client().content(of: unit.members, context: "dev")
      #expect(again == content)
    }

    @Test("The content does not depend on what the server keeps for itself")
    func stableDigest() throws {
      let cluster = try TestCluster()
      let members = try Self.unit("payment-api").members
      let before = try cluster.client().content(of: members, context: "dev")
      try cluster.server.setResourceVersion("99999", at: Self.deployment)
      let after = try cluster.client().content(of: members, context: "dev")
      #expect(after.digest == before.digest)
      #expect(after.sources != before.sources)
      let changed = try cluster.server.object(at: Self.deployment)
        .replacing(#""replicas":2,"selector""#, with: #""replicas":5,"selector""#)
      try cluster.server.replaceObject(at: Self.deployment, with: changed)
      let other = try cluster.client().content(of: members, context: "dev")
      #expect(other.digest != before.digest)
    }

    @Test("A member that is gone fails the whole unit, and is named")
    func gone() throws {
      let cluster = try TestCluster()
      let members = try Self.unit("payment-api").members
      try cluster.server.removeObject(
        at: "/api/v1/namespaces/payment-prod/configmaps/payment-api-config")
      let failure = failure { () throws(ClusterFailure) in
        try cluster.client().content(of: members, context: "dev")
      }
      #expect(failure?.kind == .notFound)
      #expect(
        failure?.message == "ConfigMap payment-prod/payment-api-config of dev could not be read: "
          + #"Error from server (NotFound): configmaps "payment-api-config" not found. "#
          + "Scan the cluster again: it has changed.")
    }

    @Test("A member that may not be read fails the whole unit")
    func forbidden() throws {
      let cluster = try TestCluster()
      let members = try Self.unit("payment-api").members
      cluster.server.faults = [Fault(.forbidden, path: Self.deployment)]
      let failure = failure { () throws(ClusterFailure) in
        try cluster.client().content(of: members, context: "dev")
      }
      #expect(failure?.kind == .forbidden)
    }

    @Test(
      "A reference that would lead elsewhere, or to a Secret, is never followed",
      arguments: [
        ("v1", "Secret", "payment-prod", "payment-api-db"),
        ("v1", "ConfigMap", "payment-prod", "../secrets/payment-api-db"),
        ("v1", "ConfigMap", "payment-prod/secrets", "payment-api-db"),
        ("v1", "ConfigMap", "payment-prod", "%2e%2e"),
        ("v1/namespaces/payment-prod/secrets", "ConfigMap", "payment-prod", "payment-api-db"),
      ])
    func hostile(apiVersion: String, kind: String, namespace: String, name: String) throws {
      let cluster = try TestCluster()
      let reference = ObjectReference(
        apiVersion: apiVersion, kind: kind, namespace: namespace, name: name)
      let failure = failure { () throws(ClusterFailure) in
        try cluster.client().content(of: [reference], context: "dev")
      }
      #expect(failure?.kind == .notFound || failure?.kind == .notServed)
      #expect(cluster.requested.isEmpty)
    }

    @Test("An answer about another object is not taken for the one that was asked for")
    func anotherObject() throws {
      let cluster = try TestCluster()
      let reference = ObjectReference(
        apiVersion: "apps/v1", kind: "Deployment", namespace: "payment-prod", name: "payment-api")
      let other = try cluster.server.object(
        at: "/apis/apps/v1/namespaces/payment-prod/deployments/payment-worker")
      cluster.server.stream(at: Self.deployment) { _, write in
        let kind = #"{"kind":"Deployment","apiVersion":"apps/v1","#
        _ = write(Array((kind + other.dropFirst()).utf8)[...])
      }
      let failure = failure { () throws(ClusterFailure) in
        try cluster.client().content(of: [reference], context: "dev")
      }
      #expect(failure?.kind == .unreadable)
      #expect(failure?.message.contains("Deployment payment-prod/payment-worker") == true)
    }

    // MARK: Versions

    @Test("Later readings tell what is the same, changed, gone, made anew or unreadable")
    func versions() throws {
      let cluster = try TestCluster()
      let unit = try Self.unit("payment-api")
      let client = cluster.client()
      let sources = try client.content(of: unit.members, context: "dev").sources
      #expect(
        Set(client.currentVersions(of: sources, context: "dev").values) == [.same])

      let namespace = "/api/v1/namespaces/payment-prod"
      try cluster.server.setResourceVersion("99999", at: Self.deployment)
      try cluster.server.removeObject(at: "\(namespace)/configmaps/payment-api-config")
      let account = "\(namespace)/serviceaccounts/payment-api"
      let uid = try #require(sources.first { $0.object.kind == "ServiceAccount" }?.uid)
      try cluster.server.replaceObject(
        at: account,
        with: cluster.server.object(at: account).replacing(uid, with: "another"))
      cluster.server.faults = [Fault(.forbidden, path: "\(namespace)/services/")]

      let readings = client.currentVersions(of: sources, context: "dev")
      let byKind = Dictionary(uniqueKeysWithValues: readings.map { ($0.object.kind, $1) })
      #expect(byKind["Deployment"] == .changed(now: "99999"))
      #expect(byKind["ConfigMap"] == .gone)
      #expect(byKind["ServiceAccount"] == .changed(now: "217"))
      #expect(byKind["HorizontalPodAutoscaler"] == .same)
      guard case .unreadable(let reason) = byKind["Service"] else {
        Issue.record("the Service was read: \(byKind)")
        return
      }
      #expect(reason.hasPrefix("Error from server (Forbidden): services"))
      #expect(readings.count == unit.members.count)
    }

    /// So many ConfigMaps of one namespace.
    private func maps(_ count: Int) throws -> (TestCluster, [Operation.Source]) {
      let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
      let objects = (0..<count).map {
        #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"map-\#($0)","#
          + #""namespace":"many","uid":"uid-\#($0)","resourceVersion":"7"}}"#
      }
      let file = try sandbox.write(
        "[\(objects.joined(separator: ","))]", to: "objects.json")
      let sources = (0..<count).map {
        Operation.Source(
          object: ObjectReference(
            apiVersion: "v1", kind: "ConfigMap", namespace: "many", name: "map-\($0)"),
          uid: "uid-\($0)", resourceVersion: "7")
      }
      return (try TestCluster(objectsAt: file), sources)
    }

    private let mapsPath = "/api/v1/namespaces/many/configmaps"

    @Test("Many objects of one kind and namespace are read as one list, few one by one")
    func many() throws {
      for count in [ClusterClient.worthAList - 1, ClusterClient.worthAList] {
        let (cluster, sources) = try maps(count)
        try cluster.server.setResourceVersion("8", at: "\(mapsPath)/map-1")
        try cluster.server.removeObject(at: "\(mapsPath)/map-2")
        var wanted = sources
        wanted[3].uid = "another"
        let readings = cluster.client().currentVersions(of: wanted, context: "dev")
        for (number, source) in wanted.enumerated() {
          let expected: VersionReading? =
            switch number {
            case 1: .changed(now: "8")
            case 2: .gone
            case 3: .changed(now: "7")
            default: .same
            }
          #expect(readings[source] == expected, "\(number)")
        }
        let isList = count == ClusterClient.worthAList
        #expect(cluster.requested.count == (isList ? 1 : count))
      }
    }

    @Test("Who may not list reads one by one; a list that fails leaves them unread")
    func unlisted() throws {
      let (cluster, sources) = try maps(ClusterClient.worthAList)
      cluster.server.faults = [Fault(.forbidden, path: mapsPath + "?")]
      var readings = cluster.client().currentVersions(of: sources, context: "dev")
      #expect(Set(readings.values) == [.same] && readings.count == sources.count)
      cluster.server.faults = [Fault(.internalError, path: mapsPath)]
      readings = cluster.client().currentVersions(of: sources, context: "dev")
      #expect(
        readings.values.allSatisfy { if case .unreadable = $0 { true } else { false } })
      #expect(readings.count == sources.count)
    }

    @Test("A version that was not recorded is not taken for the same")
    func unrecorded() throws {
      let cluster = try TestCluster()
      let unit = try Self.unit("payment-agent")
      let sources = unit.members.map { Operation.Source(object: $0) }
      let readings = cluster.client().currentVersions(of: sources, context: "dev")
      #expect(
        Array(readings.values) == [.unreadable(reason: "its version was not recorded")])
    }
  }
}

/// Files to look at, beside the tests.
enum Golden {
  /// `MAP_IMPORT_GOLDEN=1` writes what was found instead; the test still fails then, so that
  /// somebody looks at it.
  static func check(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["MAP_IMPORT_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      Issue.record("wrote \(file.path); look at it", sourceLocation: sourceLocation)
      return
    }
    let expected = try String(contentsOf: file, encoding: .utf8)
    #expect(text == expected, sourceLocation: sourceLocation)
  }
}
