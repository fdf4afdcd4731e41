import FoundationEssentials
import Glibc
import Subprocess
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("All reads through one kubectl")
  struct ProxyTests {
    private static let member = ObjectReference(
      apiVersion: "apps/v1", kind: "Deployment", namespace: "payment-prod", name: "payment-api")
    private static let path = "/apis/apps/v1/deployments"

    /// What the directory of the sockets' directories holds.
    private func leftovers(_ cluster: TestCluster) throws -> [String] {
      try FileManager.default.contentsOfDirectory(atPath: cluster.runtime).filter {
        $0.hasPrefix("map-import.")
      }
    }

    /// The running proxies of a cluster's kubectl.
    private func processes(_ cluster: TestCluster) throws -> [Int32] {
      try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap(Int32.init).filter {
        let words = try? Data(contentsOf: URL(filePath: "/proc/\($0)/cmdline"))
        return words.map { String(decoding: $0, as: UTF8.self) }?
          .contains("--unix-socket=\(cluster.runtime)/") == true
      }
    }

    @Test("Scans, identities and objects take one proxy, and nothing is left of it")
    func one() throws {
      let cluster = try TestCluster()
      let calls = Mutex<[[String]]>([])
      let proxies = KubectlProxies()
      let kubectl = cluster.kubectl(proxies: proxies) { command, _, _ in
        calls.withLock { $0.append(command.arguments) }
      }
      let client = ClusterClient(kubectl)
      _ = inParallel(
        (0..<8).map { _ in
          { @Sendable in (try? client.content(of: [Self.member], context: "dev"))?.yaml }
        }, atMost: 8
      ).map { #expect($0?.contains("payment-api") == true) }
      let result = try client.scan(
        ScanScope(context: "dev", allNamespaces: true), at: TestCluster.moment
      ) { _ in }.result
      #expect(result.workloads.count == 12 && result.gaps.isEmpty)
      let kinds = calls.withLock { $0.map { $0.contains("proxy") ? "proxy" : $0.last ?? "" } }
      #expect(kinds.count { $0 == "proxy" } == 1)
      #expect(kinds.count <= 2, "\(kinds)")
      #expect(try processes(cluster).count == 1)
      proxies.end()
      #expect(try processes(cluster).isEmpty)
      #expect(try leftovers(cluster).isEmpty)
      #expect(
        refusal { () throws(KubectlError) in
          try kubectl.get(Self.path, context: "dev", cancellation: nil)
        }?.reason == .cancelled)
    }

    @Test("It goes with the last one who could use it")
    func lastReference() throws {
      let cluster = try TestCluster()
      #expect(try cluster.client().namespaces(context: "dev").contains("order-prod"))
      #expect(try processes(cluster).isEmpty)
      #expect(try leftovers(cluster).isEmpty)
    }

    @Test("Nobody else reaches it, and it passes on nothing but what is read here")
    func guarded() throws {
      let cluster = try TestCluster()
      let proxies = KubectlProxies()
      _ = try cluster.kubectl(proxies: proxies).get(
        Self.path, context: "dev", cancellation: nil)
      let name = try #require(try leftovers(cluster).first)
      var status = stat()
      try #require(lstat("\(cluster.runtime)/\(name)", &status) == 0)
      #expect(status.st_mode == S_IFDIR | 0o700)
      let socket = "\(cluster.runtime)/\(name)/a"
      let before = cluster.requested.count
      for request in [
        "POST \(Self.path)", "DELETE \(Self.path)/x", "PATCH \(Self.path)/x", "HEAD \(Self.path)",
        "GET /api/v1/secrets", "GET /api/v1/namespaces/a/secrets/b", "GET /version", "GET /",
        "GET /api/v1/watch/secrets", "GET /api/v1/watch/pods", "GET /api/v1/nodes/a/proxy",
        "GET /apis/apps/v1/namespaces/a/deployments/b/status",
        "GET /api/v1/namespaces/a/services/b/proxy", "GET /api/v1/namespaces/a/pods/b/exec",
        "GET /api/v1/namespaces/a/services/../secrets",
      ] {
        let answer = try TestWorld.answer(to: request, on: socket)
        #expect(!answer.contains(" 200 OK") && !answer.isEmpty, "\(request): \(answer)")
      }
      #expect(cluster.requested.count == before)
      #expect(try answer(to: "GET \(Self.path)", on: socket).contains(" 200 OK"))
      withExtendedLifetime(proxies) {}
    }

    @Test("One that is killed in the middle is started again, and the list asked for again")
    func killed() throws {
      let hang = Fault(.stall(after: 40), path: Self.path, on: .first)
      let cluster = try TestCluster(faults: [hang])
      let killer = Mutex<[Int32]>([])
      _ = startThread {
        try? hang.waitUntilFired()
        let found = (try? processes(cluster)) ?? []
        for id in found { kill(id, SIGKILL) }
        killer.withLock { $0 = found }
      }
      let result = try cluster.scan().result
      #expect(killer.withLock { $0.count } == 1)
      #expect(result.workloads.count == 12)
      #expect(result.gaps.isEmpty)
    }

    @Test("Another cluster under the context's name is not read, however it is read")
    func otherCluster() throws {
      for hasProxy in [true, false] {
        let cluster = try TestCluster(hasProxy: hasProxy)
        let objects = try cluster.sandbox.write(
          #"[{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"kube-system","uid":"x"}}]"#,
          to: "other.json")
        let other = try RecordedAPIServer(objectsAt: objects)
        let client = ClusterClient(cluster.kubectl(proxies: KubectlProxies()))
        let uid = try client.uid(context: "dev")
        let content = try client.content(of: [Self.member], context: "dev")
        try cluster.sandbox.writeKubeconfig([other.context("dev", user: "admin")])
        if hasProxy {
          // What runs still leads where it led.
          #expect(try client.content(of: [Self.member], context: "dev") == content)
          for id in try processes(cluster) { kill(id, SIGKILL) }
        }
        let found = failure { () throws(ClusterFailure) in
          try client.content(of: [Self.member], context: "dev")
        }
        #expect(found?.kind == .anotherCluster, "\(found?.message ?? "none")")
        #expect(found?.message.contains(uid) == true)
        #expect(
          failure { () throws(ClusterFailure) in
            try client.apply(Array("kind: List".utf8), context: "dev")
          }?.kind == .anotherCluster)
        // Whoever points it back goes on.
        try cluster.sandbox.writeKubeconfig([cluster.server.context("dev", user: "admin")])
        #expect(try client.content(of: [Self.member], context: "dev") == content)
        // And whoever asks anew gets what is there.
        try cluster.sandbox.writeKubeconfig([other.context("dev", user: "admin")])
        client.forget("dev")
        #expect(try client.uid(context: "dev") != uid)
        withExtendedLifetime(other) {}
      }
    }

    @Test("One that always dies is a sentence in its own words")
    func dying() throws {
      let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
      // Serves, and ends with the first request.
      try sandbox.write(
        """
        #!/bin/sh
        for word; do case "$word" in --unix-socket=*) path="${word#*=}";; esac; done
        [ -n "$path" ] || exit 1
        echo start >> "$HOME/log"
        exec \(Sandbox.find("perl")) -MIO::Socket::UNIX -e '
        my $listener = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 8);
        while (my $connection = $listener->accept) { last if defined $connection->getc }
        die "fatal error: out of luck\\n"' "$path"

        """, to: "bin/kubectl", mode: 0o700)
      let kubectl = Kubectl(
        executable: "\(sandbox.bin)/kubectl", kubeconfig: nil, environment: sandbox.environment,
        timeout: 30, patience: Patience(limits: .quick))
      let failure = failure { () throws(ClusterFailure) in
        try ClusterClient(kubectl).namespaces(context: "x")
      }
      #expect(
        failure?.message
          == "The namespaces of x could not be read: kubectl proxy ended: fatal error: out of luck; "
          + "it was asked 3 times. Try again.")
    }

    @Test("What a run that was killed has left is removed by the next; what is in use is not")
    func stale() throws {
      let cluster = try TestCluster()
      let stale = "\(cluster.runtime)/map-import.gone42"
      try #require(mkdir(stale, 0o700) == 0)
      try Data().write(to: URL(filePath: "\(stale)/a"))
      let other = "\(cluster.runtime)/map-import.other1"
      try #require(mkdir(other, 0o755) == 0)
      let used = try SocketDirectory(in: [cluster.runtime])
      #expect(access(stale, F_OK) != 0)
      let next = try SocketDirectory(in: [cluster.runtime])
      #expect(used.path != next.path)
      #expect(access(used.path, F_OK) == 0)
      #expect(access(other, F_OK) == 0)
    }

    @Test("Where a path would be too long for a socket, or not ours, another place is taken")
    func places() throws {
      let cluster = try TestCluster()
      let long = cluster.runtime + "/" + String(repeating: "x", count: 90)
      try #require(mkdir(long, 0o700) == 0)
      #expect(
        try SocketDirectory(in: [long, cluster.runtime]).path.hasPrefix(cluster.runtime + "/map"))
      try #require(chmod(long, 0o755) == 0)
      for foreign in [long, "relative", "/nowhere", "/etc/passwd"] {
        #expect(SocketDirectory.places(["XDG_RUNTIME_DIR": foreign]) == ["/tmp"])
      }
      #expect(SocketDirectory.places([:]) == ["/tmp"])
    }

    @Test("Where there is no place for a socket, each read takes a kubectl, and that is said once")
    func nowhere() throws {
      let cluster = try TestCluster()
      let said = Mutex<[String]>([])
      let proxies = KubectlProxies(places: ["/nowhere"]) { words in
        said.withLock { $0.append(words) }
      }
      let client = ClusterClient(cluster.kubectl(proxies: proxies))
      for _ in 0..<2 { #expect(try client.uid(context: "dev").hasPrefix("cfc915b5")) }
      #expect(
        said.withLock { $0 } == [
          "kubectl proxy does not run for context dev (no directory can be made in /nowhere: No such "
            + "file or directory): each list and each object is read by a kubectl of its own, which "
            + "takes longer."
        ])
    }

    @Test("A kubectl that knows no proxy is tried once, and that is said once")
    func unknown() throws {
      let cluster = try TestCluster(hasProxy: false)
      let said = Mutex<[String]>([])
      let calls = Mutex<[String]>([])
      let proxies = KubectlProxies { words in said.withLock { $0.append(words) } }
      let kubectl = cluster.kubectl(proxies: proxies) { command, _, _ in
        calls.withLock { $0.append(command.arguments.contains("proxy") ? "proxy" : "get") }
      }
      for _ in 0..<3 { #expect(try ClusterClient(kubectl).uid(context: "dev").hasPrefix("cfc9")) }
      #expect(said.withLock { $0.count } == 1)
      #expect(
        said.withLock { $0.first?.contains(#"(error: unknown command "proxy" for "kubectl")"#) }
          == true)
      #expect(calls.withLock { $0 } == ["proxy", "get", "get", "get"])
    }

    @Test("A credential plugin runs once, and what it says when it fails is passed on")
    func plugin() throws {
      let cluster = try TestCluster()
      let plugin = try cluster.sandbox.writeCredentialPlugin("plugin", token: "admin")
      try cluster.sandbox.writeKubeconfig([
        cluster.server.context("dev", credentials: .plugin(plugin))
      ])
      #expect(try cluster.scan().result.workloads.count == 12)
      // There are kubectls that ask the server for its version first, by another one.
      #expect((1...2).contains(cluster.sandbox.runs(ofCredentialPlugin: "plugin").count))
      try cluster.sandbox.write(
        "#!/bin/sh\necho 'open the door with code 42' >&2\nexit 1\n", to: "bin/plugin", mode: 0o700)
      let failure = failure { () throws(ClusterFailure) in try cluster.scan() }
      #expect(failure?.kind == .signInNeeded)
      #expect(
        failure?.message.contains(
          "open the door with code 42 Unable to connect to the server: getting credentials: exec: ")
          == true, "\(failure?.message ?? "")")
    }

    @Test("Who was refused signs in, and the next read knows of it")
    func signIn() throws {
      let cluster = try TestCluster(user: "nobody")
      let kubectl = cluster.kubectl()
      func read() -> KubectlError? {
        refusal { () throws(KubectlError) in
          try kubectl.get(Self.path, context: "dev", cancellation: nil)
        }
      }
      #expect(read()?.reason == .signInNeeded)
      try cluster.sandbox.writeKubeconfig([cluster.server.context("dev")])
      #expect(read() == nil)
    }
  }
}

@Suite("What kubectl's proxy passes on")
struct ProxyAnswerTests {
  private static func answer(_ head: String, _ body: String) -> ProxyAnswer {
    var answer = ProxyAnswer()
    for line in head.split(separator: "\n") { answer.takeHeader("\(line)\r\n") }
    Array(body.utf8).withUnsafeBytes { answer.takeBody($0) }
    return answer
  }

  private static let text = "Content-Type: text/plain; charset=utf-8"

  @Test(
    "An answer that is no object of the server's has kubectl's words",
    arguments: [
      (400, "", "(BadRequest): the server rejected our request for an unknown reason"),
      (403, "no entry\n", "(Forbidden): no entry"),
      (404, "nothing", "(NotFound): the server could not find the requested resource"),
      (
        500, "a \"b\"\nc",
        "(InternalError): an error on the server (\"a \\\"b\\\"\\nc\") has prevented the request from "
          + "succeeding"
      ),
      (503, "x", "(ServiceUnavailable): the server is currently unable to handle the request"),
      (
        302, "x",
        ": the server responded with the status code 302 but did not return more information"
      ),
    ])
  func unexplained(status: Int, body: String, words: String) {
    let refusal = KubectlError(Self.answer("HTTP/1.1 \(status) X\n\(Self.text)\nServer: s", body))
    let begin = words.hasPrefix(":") ? "Error from server" : "Error from server "
    #expect(refusal.words == begin + words)
  }

  @Test("A head after another one counts alone")
  func heads() {
    let answer = Self.answer("HTTP/1.1 100 Continue\nRetry-After: 3\nHTTP/1.1 503 Busy\n", "")
    #expect(answer.status == 503)
    #expect(KubectlError(answer).retryAfter == nil)
  }

  @Test("What the proxy says of itself is known from what a server says")
  func own() {
    let head = "HTTP/1.1 500 Internal Server Error\n\(Self.text)\nX-Content-Type-Options: nosniff"
    #expect(Self.answer(head, "EOF\n").ownReason == "EOF")
    #expect(Self.answer(head + "\nAudit-Id: 1", "EOF\n").ownReason == nil)
    #expect(Self.answer("HTTP/1.1 403 Forbidden\n\(Self.text)", "EOF\n").ownReason == nil)
  }

  @Test("What a plugin said stands before the reason, once")
  func failures() {
    var words = ProxyWords()
    let log = "E1128 01:34:43.214730    7491 proxy_server.go:144] Error while proxying request: "
    words.take(Array("please log in\n\(log)getting credentials: exec: no\n\n\(log)EOF\n".utf8)[...])
    let first = words.takeFailure("getting credentials: exec: no").map {
      KubectlError(errorText: $0)
    }
    #expect(
      first?.words
        == "please log in Unable to connect to the server: getting credentials: exec: no")
    #expect(first?.reason == .signInNeeded)
    #expect(words.takeFailure("getting credentials: exec: no") == nil)
    let second = words.takeFailure("EOF").map { KubectlError(errorText: $0) }
    #expect(second?.words == "Unable to connect to the server: EOF")
    words.take(Array("\(log)dial tcp 127.0.0.1:1: connect: connection refused\n".utf8)[...])
    let refused = words.takeFailure("dial tcp 127.0.0.1:1: connect: connection refused")
    #expect(
      refused.map { KubectlError(errorText: $0).words }
        == "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or "
        + "port?")
  }
}
