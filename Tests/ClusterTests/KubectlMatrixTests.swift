import ForeignText
import FoundationEssentials
import Subprocess
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

/// The kubectls to try: the one on PATH, and those that MAP_IMPORT_KUBECTLS names, as paths with
/// colons between them.
enum Kubectls {
  /// A kubectl, and whether it is let have a proxy.
  struct Way: Sendable, CustomTestStringConvertible {
    var kubectl: String
    var isThroughProxy: Bool
    var testDescription: String { kubectl + (isThroughProxy ? ", proxy" : ", one by one") }
  }

  static let bothWays = all.flatMap { kubectl in
    [true, false].map { Way(kubectl: kubectl, isThroughProxy: $0) }
  }

  static let all: [String] = {
    let named = ProcessInfo.processInfo.environment["MAP_IMPORT_KUBECTLS"] ?? ""
    return ((try? [Sandbox.find("kubectl")]) ?? []) + named.split(separator: ":").map(String.init)
  }()
}

extension Programs {
  @Suite("Every kubectl does the same")
  struct KubectlMatrixTests {
    static let deployments = ScanFailureTests.deployments

    /// A fault, and what a scan of kind-atk comes to with it.
    struct Case: Sendable, CustomTestStringConvertible {
      var testDescription: String
      var faults: @Sendable () -> [Fault]
      /// How often the faults fire in all.
      var fired: Int
      /// How often more they may fire through a proxy: libcurl asks once more by itself where a
      /// connection that it has kept ends before the answer begins.
      var more = 0
      var workloads = 12
      /// What is missing, and how its reason begins.
      var gap: (what: String, why: String)?
      /// How the scan fails, and how its sentence begins.
      var failure: (kind: ClusterFailure.Kind, words: String)?
      /// The pauses, with the quick limits.
      var waits: [Double] = []
      var timeout = 30.0

      init(
        _ name: String, fired: Int, _ faults: @autoclosure @escaping @Sendable () -> [Fault],
        change: (inout Case) -> Void = { _ in }
      ) {
        self.testDescription = name
        self.faults = faults
        self.fired = fired
        change(&self)
      }
    }

    static let fiveQuick = Array(repeating: 0.01, count: 5)

    static let cases = [
      Case("no fault", fired: 0, []),
      Case("429 once, Retry-After 1", fired: 1, one(.tooManyRequests(retryAfter: 1), .first)) {
        $0.waits = [1]
      },
      Case("429 once", fired: 1, one(.tooManyRequests(retryAfter: nil), .first)) {
        $0.waits = [0.01]
      },
      Case("429 always, Retry-After 30", fired: 2, one(.tooManyRequests(retryAfter: 30))) {
        $0.waits = [1.5]
        $0.workloads = 2
        $0.gap = (
          "deployments", "the server answered 429 Too Many Requests; it was asked 2 times"
        )
      },
      Case("429 always", fired: 6, one(.tooManyRequests(retryAfter: nil))) {
        $0.waits = fiveQuick
        $0.workloads = 2
        $0.gap = ("deployments", "Error from server (TooManyRequests): the server has received")
      },
      Case("503 once, Retry-After 1", fired: 1, one(.unavailable(retryAfter: 1), .first)) {
        $0.waits = [1]
      },
      Case("503 once", fired: 1, one(.unavailable(retryAfter: nil), .first)) { $0.waits = [0.01] },
      Case("503 always", fired: 6, one(.unavailable(retryAfter: nil))) {
        $0.waits = fiveQuick
        $0.workloads = 2
        $0.gap = ("deployments", "Error from server (ServiceUnavailable): the server is currently")
      },
      Case("another leader", fired: 1, one(.leaderChanged, .first)) { $0.waits = [0.01] },
      Case("500 always", fired: 3, one(.internalError)) {
        $0.waits = [0.01, 0.01]
        $0.workloads = 2
        $0.gap = ("deployments", "Error from server (InternalError): Internal error occurred: etcd")
      },
      Case(
        "503 for the namespaces", fired: 6,
        [Fault(.unavailable(retryAfter: nil), path: "/api/v1/namespaces?")]
      ) {
        $0.waits = fiveQuick
        $0.failure = (
          .unreadable,
          "The namespaces of dev could not be read: Error from server (ServiceUnavailable): the "
            + "server is currently unable to handle the request; it was asked 6 times. "
        )
      },
      Case("not allowed", fired: 1, one(.forbidden) { !$0.path.contains("/namespaces/") }),
      Case("not served", fired: 1, one(.notServed)) {
        $0.workloads = 2
        $0.gap = ("deployments", "Error from server (NotFound): the server could not find the re")
      },
      Case("cut off", fired: 3, one(.cutBody(after: 40))) {
        $0.more = 3
        $0.waits = [0.01, 0.01]
        $0.workloads = 2
        $0.gap = ("deployments", "")
      },
      Case("no credentials", fired: 1, one(.unauthorized)) {
        $0.failure = (
          .signInNeeded, "The deployments of dev could not be read: error: You must be logged in"
        )
      },
      Case("no answer", fired: 1, one(.hang)) {
        $0.workloads = 2
        $0.gap = ("deployments", "no answer within 5 s")
        $0.timeout = 5
      },
    ]

    private static func one(
      _ effect: Fault.Effect, _ occurrence: Fault.Occurrence = .always,
      where condition: @escaping @Sendable (RecordedAPIServer.Request) -> Bool = { _ in true }
    ) -> [Fault] {
      [Fault(effect, path: deployments, on: occurrence, where: condition)]
    }

    @Test("A scan ends the same, whatever happens", arguments: Kubectls.bothWays, cases)
    func scan(way: Kubectls.Way, with trouble: Case) throws {
      let faults = trouble.faults()
      let cluster = try TestCluster(
        faults: faults, kubectl: way.kubectl, hasProxy: way.isThroughProxy)
      let waits = Mutex<[Double]>([])
      let result = Mutex<ScanResult?>(nil)
      let failure = failure { () throws(ClusterFailure) in
        let outcome = try cluster.scan(
          timeout: trouble.timeout, waiting: { wait in waits.withLock { $0.append(wait.seconds) } })
        result.withLock { $0 = outcome.result }
      }
      let fired = faults.reduce(0) { $0 + $1.fired }
      let more = way.isThroughProxy ? trouble.more : 0
      #expect((trouble.fired...trouble.fired + more).contains(fired))
      #expect(waits.withLock { $0 } == trouble.waits)
      #expect(failure?.kind == trouble.failure?.kind)
      if let words = trouble.failure?.words {
        #expect(failure?.message.hasPrefix(words) == true, "\(failure?.message ?? "")")
      } else {
        let found = result.withLock { $0 }
        #expect(found?.workloads.count == trouble.workloads)
        #expect(found?.gaps.map(\.what) == [trouble.gap?.what].compactMap(\.self))
        let why = found?.gaps.first?.why ?? ""
        #expect(why.hasPrefix(trouble.gap?.why ?? ""), "\(why)")
      }
    }

    @Test("A list that is put off in its middle goes on there", arguments: Kubectls.bothWays)
    func middle(way: Kubectls.Way) throws {
      let fault = Fault(.tooManyRequests(retryAfter: 1), path: Self.deployments, on: .first) {
        $0.parameters["continue"] != nil
      }
      let cluster = try TestCluster(
        faults: [fault], kubectl: way.kubectl, hasProxy: way.isThroughProxy)
      cluster.addDeployments(1_100)
      let result = try cluster.scan().result
      #expect(fault.fired == 1)
      #expect(result.workloads.count { $0.key.kind == .deployment } == 1_100)
      let pages = cluster.server.requests.filter { $0.path == Self.deployments }
      #expect(pages.count == 3)
      #expect(pages[0].parameters["continue"] == nil)
      #expect(pages[1].parameters["continue"] != nil)
      #expect(pages[1] == pages[2])
    }

    @Test("Objects and namespaces are asked for again, too", arguments: Kubectls.bothWays)
    func others(way: Kubectls.Way) throws {
      let path = "/api/v1/namespaces/kube-system"
      let one = Fault(.unavailable(retryAfter: nil), path: path, on: .first)
      let all = Fault(.tooManyRequests(retryAfter: 1), path: "/api/v1/namespaces?", on: .first)
      let cluster = try TestCluster(
        faults: [one, all], kubectl: way.kubectl, hasProxy: way.isThroughProxy)
      let waits = Mutex<[String]>([])
      let client = cluster.client { wait in waits.withLock { $0.append(wait.what) } }
      #expect(try client.uid(context: "dev") == "cfc915b5-fdcd-4e74-84f9-1bed09447265")
      #expect(try client.namespaces(context: "dev").contains("order-prod"))
      #expect(one.fired == 1 && all.fired == 1)
      #expect(waits.withLock { $0 } == ["Namespace kube-system", "namespaces"])
    }

    /// What each kubectl from 1.20 to 1.37 says, byte for byte, and what it means.
    static let words: [(effect: Fault.Effect, words: String, reason: KubectlError.Reason)] = [
      (
        .tooManyRequests(retryAfter: nil),
        "Error from server (TooManyRequests): the server has received too many requests and has "
          + "asked us to try again later", .busy
      ),
      (
        .unavailable(retryAfter: nil),
        "Error from server (ServiceUnavailable): the server is currently unable to handle the "
          + "request", .busy
      ),
      (.leaderChanged, "Error from server: etcdserver: leader changed", .busy),
      (
        .internalError,
        "Error from server (InternalError): Internal error occurred: etcdserver: request timed out",
        .trouble
      ),
      (
        .expired,
        "Error from server (Expired): The provided continue parameter is too old to display a "
          + "consistent list result. You must start a new list without the continue parameter.",
        .expired
      ),
      (.unauthorized, "error: You must be logged in to the server (Unauthorized)", .signInNeeded),
      (
        .notServed,
        "Error from server (NotFound): the server could not find the requested resource", .notServed
      ),
    ]

    @Test("Each says the same, and we know what it means", arguments: Kubectls.all)
    func verbatim(kubectl: String) throws {
      for (effect, words, reason) in Self.words {
        let fault = Fault(effect, path: Self.deployments)
        let cluster = try TestCluster(faults: [fault], kubectl: kubectl)
        let result = try cluster.sandbox.run(
          "kubectl", ["--context=dev", "get", "--raw", Self.deployments])
        #expect(result.stderr == words + "\n")
        #expect(result.status == 1)
        #expect(KubectlError(errorText: ForeignText(result.stderr)) == KubectlError(reason, words))
        let refusal = refusal { () throws(KubectlError) in
          try cluster.kubectl().get(Self.deployments, context: "dev", cancellation: nil)
        }
        #expect(refusal == KubectlError(reason, words), "through its proxy")
      }
    }
  }
}
