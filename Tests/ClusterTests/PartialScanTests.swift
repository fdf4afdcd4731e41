import Dispatch
import Subprocess
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("A scan that does not come to its end")
  struct PartialScanTests {
    static let deployments = ScanFailureTests.deployments

    @Test("A server that stops answering after half: what came is kept, and the rest is a gap")
    func stall() throws {
      let fault = Fault(.stall(after: 30_000), path: Self.deployments) {
        $0.parameters["continue"] != nil
      }
      let cluster = try TestCluster(faults: [fault])
      cluster.addDeployments(1_100)
      let result = try cluster.scan(timeout: 10).result
      #expect(fault.fired == 1)
      let read = result.workloads.count { $0.key.kind == .deployment }
      #expect((501..<1_100).contains(read))
      #expect(
        result.gaps == [
          Omission(
            what: "deployments", why: "no answer within 10 s; \(read) of 1100 were read",
            isGap: true)
        ])
    }

    @Test("A connection that is lost once is no gap, and nothing is found twice")
    func cutOnce() throws {
      let fault = Fault(.cutBody(after: 20_000), path: Self.deployments, on: .first)
      let cluster = try TestCluster(faults: [fault])
      cluster.addDeployments(600)
      let found = Mutex<[Workload]>([])
      let result = try cluster.client().scan(
        ScanScope(context: "dev", allNamespaces: true), at: TestCluster.moment
      ) { _ in
      } found: { workloads in
        found.withLock { $0 += workloads }
      }.result
      #expect(fault.fired == 1)
      #expect(!result.isPartial)
      #expect(result.workloads.count { $0.key.kind == .deployment } == 600)
      let keys = found.withLock { $0.map(\.key) }
      #expect(Set(keys).count == keys.count)
      #expect(Set(keys) == Set(result.workloads.map(\.key)))
    }

    @Test("Who stops a scan gets what was read by then, at once, and it does not look complete")
    func stopped() throws {
      let stall = Fault(.stall(after: 30_000), path: Self.deployments) {
        $0.parameters["continue"] != nil
      }
      let cluster = try TestCluster(faults: [stall])
      cluster.addDeployments(1_100)
      let cancellation = Cancellation()
      let ended = DispatchSemaphore(value: 0)
      let found = Monitored<Int>(0)
      let outcome = Mutex<ScanResult?>(nil)
      DispatchQueue(label: "scan").async {
        let result = try? cluster.client(timeout: 600).scan(
          ScanScope(context: "dev", allNamespaces: true), cancellation: cancellation,
          at: TestCluster.moment
        ) { _ in
        } found: { workloads in
          found.change { $0 += workloads.count }
        }.result
        outcome.withLock { $0 = result }
        ended.signal()
      }
      try stall.waitUntilFired()
      // The first page; more may be read, and not told yet.
      found.wait { $0 >= 500 }
      cancellation.cancel()
      ended.wait()
      let result = try #require(outcome.withLock { $0 })
      #expect(result.workloads.count >= 500)
      #expect(result.isPartial)
      let gap = result.gaps.first { $0.what == "deployments" }
      #expect(gap?.why.hasPrefix("stopped before everything was read; ") == true)
    }

    @Test("An object that makes no sense is a gap of its own; the others are found")
    func unreadable() throws {
      let cluster = try TestCluster()
      cluster.server.addList(
        at: Self.deployments, kind: "DeploymentList", apiVersion: "apps/v1",
        objects: [
          ClusterObject(
            namespace: "order-prod", name: "a",
            json: #"{"metadata":{"name":"a","namespace":"order-prod"},"spec":{"replicas":"x"}}"#),
          ClusterObject(
            namespace: "order-prod", name: "b",
            json: #"{"metadata":{"name":"b","namespace":"order-prod"},"spec":{}}"#),
        ])
      let result = try cluster.scan().result
      #expect(result.workload(.deployment, "order-prod", "b") != nil)
      #expect(
        result.gaps == [
          Omission(
            what: "one of the deployments", why: "it is not what a Deployment looks like",
            isGap: true)
        ])
    }

    @Test("A selector and kinds are passed on, and nothing else is read")
    func flags() throws {
      let cluster = try TestCluster()
      let scope = ScanScope(
        context: "dev", allNamespaces: true, selector: "app in (a,b),!c",
        kinds: [.deployment, .namespace], includesSystem: true)
      let result = try cluster.client().scan(scope, at: TestCluster.moment) { _ in }.result
      let lists = cluster.server.requests.filter { $0.path.hasPrefix("/apis/apps") }
      #expect(lists.map(\.path) == [Self.deployments])
      // kubectl writes a space as a query may have it.
      #expect(
        lists.first?.parameters["labelSelector"]?.replacing("+", with: " ") == "app in (a,b),!c")
      #expect(result.workload(.namespace, "", "kube-system") != nil)
      #expect(result.namespaces.contains("kube-system"))
      let namespaces = result.workloads.filter { $0.key.kind == .namespace }
      #expect(namespaces.allSatisfy { $0.reference.namespace == nil })
    }

    @Test("Who may not list the owners asks for each of them")
    func ownersOneByOne() throws {
      let lists = Fault(.forbidden, path: "/apis/") {
        ["kustomizations", "applications"].contains($0.path.split(separator: "/").last)
          && !$0.path.contains("/namespaces/")
      }
      let whole = try TestCluster().scan().result
      let pieced = try TestCluster(faults: [lists]).scan().result
      // Each is asked for as an owner, and as what is in the namespaces.
      #expect(lists.fired == 4)
      #expect(pieced.ownerObjects == whole.ownerObjects)
      #expect(whole.ownerObjects.count == 3)
    }
  }
}

/// A value that a test waits for.
private final class Monitored<Value: Sendable>: Sendable {
  private let value: Mutex<Value>

  init(_ value: Value) { self.value = Mutex(value) }

  func change(_ body: (inout Value) -> Void) { value.withLock { body(&$0) } }

  func wait(until isThere: (Value) -> Bool) {
    while !value.withLock({ isThere($0) }) { _ = Cancellation().wait(seconds: 0.01) }
  }
}
