import Dispatch
import Subprocess
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("A scan of a cluster that does not answer everything")
  struct ScanFailureTests {
    static let deployments = "/apis/apps/v1/deployments"

    static func acrossNamespaces(_ request: RecordedAPIServer.Request) -> Bool {
      !request.path.contains("/namespaces/") && !["/api", "/apis"].contains(request.path)
    }

    // MARK: Not at all

    @Test("A context that the kubeconfig does not have is named, and no server asked")
    func contextUnknown() throws {
      let cluster = try TestCluster()
      let failure = failure { () throws(ClusterFailure) in try cluster.scan(context: "nope") }
      #expect(failure?.kind == .contextUnknown)
      #expect(failure?.message.contains(#"error: context "nope" does not exist"#) == true)
      #expect(cluster.requested.isEmpty)
    }

    @Test("A server that refuses connections is unreachable")
    func unreachable() throws {
      let cluster = try TestCluster()
      let closed = try ClosedPort()
      try cluster.sandbox.writeKubeconfig([
        Kubeconfig.Context("dev", server: closed.url, credentials: .token("admin"))
      ])
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .unreachable)
      #expect(failure?.message.contains("127.0.0.1:\(closed.port) was refused") == true)
    }

    @Test("A server that goes away in the middle is unreachable")
    func goneAway() throws {
      let hang = Fault(.hang, path: Self.deployments)
      var cluster: TestCluster? = try TestCluster(faults: [hang])
      let (sandbox, client) = (cluster?.sandbox, cluster?.client())
      let kind = Mutex<ClusterFailure.Kind?>(nil)
      let partial = Mutex<ScanResult?>(nil)
      let ended = DispatchSemaphore(value: 0)
      DispatchQueue(label: "scan").async {
        let scope = ScanScope(context: "dev", allNamespaces: true)
        let failure = failure { () throws(ClusterFailure) in
          let result = try client?.scan(scope, at: TestCluster.moment) { _ in }.result
          partial.withLock { $0 = result }
        }
        kind.withLock { $0 = failure?.kind }
        ended.signal()
      }
      try hang.waitUntilFired()
      // The server stops when nobody holds it.
      cluster = nil
      ended.wait()
      withExtendedLifetime(sandbox) {}
      // Unless some of it was read by then.
      let gaps = partial.withLock { $0?.gaps }
      #expect(
        kind.withLock { $0 } == .unreachable || gaps?.contains { $0.what == "deployments" } == true)
    }

    @Test("Somebody unknown to the cluster has to sign in, and is told once")
    func unauthorized() throws {
      let cluster = try TestCluster(user: "nobody")
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .signInNeeded)
      #expect(cluster.requested == ["/api/v1/namespaces"])
    }

    @Test("Credentials that run out in the middle end the scan")
    func unauthorizedLater() throws {
      let fault = Fault(.unauthorized, path: "/api/v1/services")
      let cluster = try TestCluster(faults: [fault])
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .signInNeeded)
      #expect(failure?.message.hasPrefix("The services of dev could not be read: ") == true)
      #expect(fault.fired == 1)
    }

    @Test("Where no kind of workload may be read, the scan fails instead of finding nothing")
    func nothingAllowed() throws {
      let cluster = try TestCluster(user: "viewer")
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .forbidden)
      #expect(
        failure?.message.contains(
          #"User "viewer" cannot list resource "deployments" in API group "apps" at the cluster "#
            + "scope, and the namespaces cannot be listed: name those to read") == true)
    }

    // MARK: Rights

    @Test("One kind that may not be read is a gap, in kubectl's words; the others are read")
    func oneForbidden() throws {
      let fault = Fault(
        .forbidden, path: "/apis/apps/v1/", where: { $0.path.hasSuffix("/daemonsets") })
      let result = try TestCluster(faults: [fault]).scan().result
      #expect(result.workloads.count == 11)
      #expect(
        result.gaps == [
          Omission(
            what: "daemonsets",
            why:
              #"Error from server (Forbidden): daemonsets.apps is forbidden: User "admin" cannot "#
              + #"list resource "daemonsets" in API group "apps" at the cluster scope"#,
            isGap: true)
        ])
      #expect(fault.fired == 4)
    }

    @Test("A page to sign in at is no list, and is said to be one")
    func loginPage() throws {
      let cluster = try TestCluster()
      cluster.server.stream(at: "/api/v1/namespaces") { _, write in
        _ = write(Array("\n <!DOCTYPE html><html><body>Sign in</body></html>".utf8)[...])
      }
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .signInNeeded)
      #expect(failure?.message.contains("the answer is a web page") == true)
    }

    @Test("An answer that ends too early is asked for again, whatever kubectl calls that")
    func endedEarly() throws {
      let cluster = try TestCluster()
      let real = try Sandbox.find("kubectl")
      let mark = cluster.sandbox.directory + "/home/was-cut"
      try cluster.sandbox.write(
        """
        #!/bin/sh
        \(ScriptedKubectl.withoutProxy)
        case "$*" in *deployments*)
          if mkdir \(mark); then
            printf '{"kind":"DeploymentList","apiVersion":"apps/v1","items":[{"metadata":'
            echo "error: nobody knows these words" >&2
            exit 1
          fi;;
        esac
        exec \(real) "$@"

        """, to: "home/cutting", mode: 0o700)
      let client = ClusterClient(
        Kubectl(
          executable: cluster.sandbox.directory + "/home/cutting",
          kubeconfig: cluster.sandbox.kubeconfig, environment: cluster.sandbox.environment,
          timeout: 30, patience: Patience(limits: .quick)))
      let result = try client.scan(
        ScanScope(context: "dev", allNamespaces: true), at: TestCluster.moment
      ) { _ in }.result
      #expect(!result.isPartial)
      #expect(result.workloads.count == 12)
    }

    @Test("Who may read every namespace but not all at once gets the whole picture")
    func namespaceByNamespace() throws {
      let fault = Fault(
        .forbidden, path: "/api",
        where: {
          Self.acrossNamespaces($0) && $0.path != "/api/v1/namespaces"
        })
      let whole = try TestCluster().scan()
      let pieced = try TestCluster(faults: [fault]).scan()
      #expect(pieced.result == whole.result)
      #expect(fault.fired == 17)
    }

    @Test("Who may read some namespaces gets those, and is told of each of the others")
    func someNamespaces() throws {
      let fault = Fault(
        .forbidden, path: "/api",
        where: {
          $0.path != "/api/v1/namespaces" && $0.path != "/api/v1/namespaces/kube-system"
            && !["/api", "/apis"].contains($0.path)
            && !$0.path.contains("/namespaces/order-prod/")
        })
      let result = try TestCluster(faults: [fault]).scan().result
      #expect(result.workloads.count == 5)
      #expect(result.gaps.count == 26)
      #expect(
        result.gaps.map(\.what).filter { $0.hasPrefix("deployments") } == [
          "deployments in default", "deployments in payment-prod",
        ])
      #expect(
        result.gaps.first { $0.what == "deployments in payment-prod" }?.why
          .contains(#"in the namespace "payment-prod""#) == true)
    }

    @Test("A viewer of one namespace reads it without being able to list namespaces")
    func viewer() throws {
      let cluster = try TestCluster(user: "viewer", viewerNamespaces: ["order-prod"])
      let outcome = try cluster.scan("order-prod")
      #expect(outcome.result.workloads.count == 5)
      #expect(!outcome.result.isPartial)
      #expect(outcome.identity.uid == nil)
      let both = try cluster.scan("order-prod", "payment-prod").result
      #expect(both.workloads.count == 5)
      #expect(both.gaps.count == 13)
      #expect(both.gaps.filter { $0.what.hasSuffix(" in payment-prod") } == both.gaps)
    }

    // MARK: Versions

    @Test("What a cluster need not have is left out without a gap")
    func optionalNotServed() throws {
      let cluster = try TestCluster()
      for path in [
        "/apis/batch/v1beta1/cronjobs", "/apis/policy/v1beta1/poddisruptionbudgets",
        "/apis/autoscaling/v1/horizontalpodautoscalers",
      ] {
        cluster.server.removeList(at: path)
      }
      let result = try cluster.scan("order-prod", "payment-prod").result
      #expect(!result.isPartial)
      #expect(
        result.leftOut
          == ["cronjobs", "horizontalpodautoscalers", "poddisruptionbudgets"].map {
            Omission(what: $0, why: "this cluster does not have them", isGap: false)
          })
      #expect(cluster.count(of: "/apis/batch/v1/namespaces/order-prod/cronjobs") == 1)
      #expect(cluster.count(of: "/apis/batch/v1/namespaces/payment-prod/cronjobs") == 0)
    }

    @Test("The version that is served in one namespace is asked for in the next")
    func versionRemembered() throws {
      let cluster = try TestCluster()
      _ = try cluster.scan("order-prod", "payment-prod")
      let budgets = cluster.requested.filter { $0.hasSuffix("/poddisruptionbudgets") }
      #expect(
        budgets == [
          "/apis/policy/v1/namespaces/order-prod/poddisruptionbudgets",
          "/apis/policy/v1beta1/namespaces/order-prod/poddisruptionbudgets",
          "/apis/policy/v1beta1/namespaces/payment-prod/poddisruptionbudgets",
        ])
    }

    @Test("What every cluster has is a gap if it is not served")
    func notServed() throws {
      let cluster = try TestCluster()
      cluster.server.removeList(at: "/apis/apps/v1/statefulsets")
      let result = try cluster.scan().result
      #expect(result.gaps.map(\.what) == ["statefulsets"])
      #expect(result.workloads.count == 11)
    }

    // MARK: Trouble

    @Test("A list that expires while it is read is begun again, once")
    func expired() throws {
      let fault = Fault(.expired, path: Self.deployments, on: .first) {
        $0.parameters["continue"] != nil
      }
      let cluster = try TestCluster(faults: [fault])
      cluster.addDeployments(1_100)
      let result = try cluster.scan().result
      #expect(fault.fired == 1)
      #expect(!result.isPartial)
      #expect(result.workloads.filter { $0.key.kind == .deployment }.count == 1_100)
      #expect(cluster.count(of: Self.deployments) == 3)
    }

    @Test("A list whose pages always expire is read in one piece")
    func expiredAgain() throws {
      let fault = Fault(.expired, path: Self.deployments) { $0.parameters["continue"] != nil }
      let cluster = try TestCluster(faults: [fault])
      cluster.addDeployments(1_100)
      let result = try cluster.scan().result
      #expect(fault.fired == 1)
      #expect(!result.isPartial)
      #expect(result.workloads.filter { $0.key.kind == .deployment }.count == 1_100)
      #expect(cluster.count(of: Self.deployments) == 3)
    }

    @Test("A list that expires even so is a gap")
    func expiredEvenSo() throws {
      let fault = Fault(.expired, path: Self.deployments) { $0.parameters["limit"] != "500" }
      let cluster = try TestCluster(faults: [fault])
      cluster.addDeployments(1_100)
      let result = try cluster.scan().result
      #expect(fault.fired == 2)
      #expect(result.gaps.map(\.what) == ["deployments"])
      #expect(result.gaps.first?.why.hasPrefix("Error from server (Expired): ") == true)
    }

    @Test("A server in trouble is asked again")
    func internalErrorOnce() throws {
      let fault = Fault(.internalError, path: Self.deployments, on: .first)
      let cluster = try TestCluster(faults: [fault])
      let result = try cluster.scan().result
      #expect(fault.fired == 1)
      #expect(!result.isPartial)
      #expect(result.workloads.count == 12)
    }

    @Test("A server that stays in trouble over one kind leaves a gap, in kubectl's words")
    func internalError() throws {
      let fault = Fault(.internalError, path: Self.deployments)
      let cluster = try TestCluster(faults: [fault])
      let result = try cluster.scan().result
      #expect(fault.fired == 3)
      #expect(result.gaps.map(\.what) == ["deployments"])
      #expect(result.gaps.first?.why.hasPrefix("Error from server (InternalError): ") == true)
      #expect(result.workloads.count == 2)
    }

    @Test("A server that is always too busy for one kind leaves a gap")
    func tooManyRequests() throws {
      let fault = Fault(.tooManyRequests(retryAfter: 30), path: "/api/v1/configmaps")
      let result = try TestCluster(faults: [fault]).scan().result
      #expect(fault.fired == 2)
      #expect(
        result.gaps == [
          Omission(
            what: "configmaps",
            why: "the server answered 429 Too Many Requests; it was asked 2 times", isGap: true)
        ])
      #expect(result.workloads.count == 12)
    }

    @Test("A body that is cut off is a gap, not a shorter list", arguments: [0, 40, 5_000])
    func cutOff(after bytes: Int) throws {
      let fault = Fault(.cutBody(after: bytes), path: Self.deployments)
      let result = try TestCluster(faults: [fault]).scan().result
      // Asked for three times, and by libcurl once more each time that it had kept a connection.
      #expect((3...6).contains(fault.fired))
      #expect(result.gaps.map(\.what) == ["deployments"])
      #expect((2..<12).contains(result.workloads.count))
    }

    @Test("One kind that never comes is a gap once its time is over")
    func hang() throws {
      // A machine that is busy with something else needs the longer ones.
      for limit in [4, 30, 120] {
        let fault = Fault(.hang, path: "/api/v1/services")
        let result = try TestCluster(faults: [fault]).scan(timeout: Double(limit)).result
        if result.gaps.count != 1, limit < 120 { continue }
        #expect(fault.fired == 1)
        #expect(
          result.gaps == [
            Omission(what: "services", why: "no answer within \(limit) s", isGap: true)
          ])
        #expect(result.workloads.count == 12)
        break
      }
    }

    @Test("Cancelling does not wait for a server that hangs")
    func cancellation() throws {
      let fault = Fault(.hang, path: "/apis/")
      let cluster = try TestCluster(faults: [fault])
      let cancellation = Cancellation()
      let kind = Mutex<ClusterFailure.Kind?>(nil)
      let ended = DispatchSemaphore(value: 0)
      DispatchQueue(label: "scan").async {
        let scope = ScanScope(context: "dev", allNamespaces: true)
        let failure = failure { () throws(ClusterFailure) in
          try cluster.client(timeout: 600).scan(
            scope, cancellation: cancellation, at: TestCluster.moment
          ) { _ in }
        }
        kind.withLock { $0 = failure?.kind }
        ended.signal()
      }
      try fault.waitUntilFired()
      cancellation.cancel()
      ended.wait()
      #expect(kind.withLock { $0 } == .cancelled)
    }
  }
}
