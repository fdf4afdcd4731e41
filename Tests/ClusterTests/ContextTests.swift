import FoundationEssentials
import Synchronization
import TestWorld
import Testing
import Wizard

@testable import Cluster

extension Programs {
  @Suite("Contexts and identity")
  struct ContextTests {
    @Test("Contexts come with their server and user, sorted, and nothing is run or asked")
    func contexts() throws {
      let cluster = try TestCluster()
      let plugin = try cluster.sandbox.writeCredentialPlugin("get-token", token: "admin")
      try cluster.sandbox.writeKubeconfig(
        [
          cluster.server.context("prod"),
          cluster.server.context(
            "dev", credentials: .plugin(plugin, arguments: ["--region", "eu west", "it's", ""])),
        ], current: "prod")
      let (contexts, current) = try cluster.client().contexts()
      #expect(current == "prod")
      #expect(
        contexts == [
          KubeContext(
            name: "dev", cluster: "dev", server: cluster.server.url, user: "dev",
            credentialPlugin: "\(plugin) --region 'eu west' 'it'\\''s' ''"),
          KubeContext(name: "prod", cluster: "prod", server: cluster.server.url, user: "prod"),
        ])
      #expect(cluster.sandbox.runs(ofCredentialPlugin: "get-token").isEmpty)
      #expect(cluster.requested.isEmpty)
      // The plugin does work once the cluster is asked.
      #expect(try cluster.client().namespaces(context: "dev").contains("order-prod"))
      #expect(cluster.sandbox.runs(ofCredentialPlugin: "get-token").count == 1)
    }

    @Test("An empty kubeconfig, or none, has no contexts")
    func empty() throws {
      let sandbox = try Sandbox(kubectl: .real, cub: .absent)
      let client = ClusterClient(
        kubectl: "\(sandbox.bin)/kubectl", kubeconfig: nil, environment: sandbox.environment)
      #expect(try client.contexts().contexts == [])
      try sandbox.writeKubeconfig([])
      #expect(try client.contexts().contexts == [])
      #expect(try client.contexts().current == nil)
    }

    @Test("A kubeconfig that makes no sense is a failure in kubectl's words")
    func broken() throws {
      let sandbox = try Sandbox(kubectl: .real, cub: .absent)
      let path = try sandbox.write("{bad", to: "home/broken")
      let client = ClusterClient(
        kubectl: "\(sandbox.bin)/kubectl", kubeconfig: path, environment: sandbox.environment)
      let failure = failure { () throws(ClusterFailure) in try client.contexts() }
      #expect(failure?.kind == .programFailed)
      #expect(failure?.message.contains("error loading config file \"\(path)\"") == true)
    }

    @Test("A provider of the time before credential plugins may start a program, too")
    func authProvider() throws {
      let sandbox = try Sandbox(kubectl: .real, cub: .absent)
      try sandbox.write(
        """
        {"apiVersion":"v1","kind":"Config","users":[{"name":"u","user":{"auth-provider":
         {"name":"gcp","config":{"cmd-path":"/usr/bin/gcloud","cmd-args":"config helper"}}}}],
         "contexts":[{"name":"c","context":{"cluster":"gone","user":"u"}}]}
        """, to: "home/.kube/config")
      let client = ClusterClient(
        kubectl: "\(sandbox.bin)/kubectl", kubeconfig: nil, environment: sandbox.environment)
      #expect(
        try client.contexts().contexts == [
          KubeContext(
            name: "c", cluster: "gone", user: "u", credentialPlugin: "/usr/bin/gcloud config helper"
          )
        ])
    }

    @Test("A kubectl that asks the server before each command has nothing to ask it with")
    func dispatcher() throws {
      let cluster = try TestCluster()
      let plugin = try cluster.sandbox.writeCredentialPlugin("get-token", token: "admin")
      try cluster.sandbox.writeKubeconfig(
        [cluster.server.context("dev", credentials: .plugin(plugin))], current: "dev")
      let real = try Sandbox.find("kubectl")
      let path = try cluster.sandbox.write(
        """
        #!/bin/sh
        for word; do
          case $word in --user=*) user=$word;; --context=*) context=$word;; esac
        done
        \(real) $user $context get --raw /version > /dev/null 2>&1 < /dev/null
        exec \(real) "$@"

        """, to: "home/dispatcher", mode: 0o700)
      let client = ClusterClient(
        kubectl: path, kubeconfig: cluster.sandbox.kubeconfig,
        environment: cluster.sandbox.environment)
      #expect(try client.contexts().contexts.map(\.credentialPlugin) == [plugin])
      #expect(cluster.sandbox.runs(ofCredentialPlugin: "get-token").isEmpty)
      #expect(try client.namespaces(context: "dev").contains("order-prod"))
    }

    @Test("The namespace of a context is known, where the kubeconfig says one")
    func ownNamespace() throws {
      let sandbox = try Sandbox(kubectl: .real, cub: .absent)
      try sandbox.write(
        """
        {"apiVersion":"v1","kind":"Config","contexts":[
         {"name":"a","context":{"cluster":"c","namespace":"shop"}},
         {"name":"b","context":{"cluster":"c","namespace":""}},
         {"name":"c","context":{"cluster":"c"}}]}
        """, to: "home/.kube/config")
      let client = ClusterClient(
        kubectl: "\(sandbox.bin)/kubectl", kubeconfig: nil, environment: sandbox.environment)
      #expect(try client.contexts().contexts.map(\.namespace) == ["shop", nil, nil])
    }

    @Test(
      "What a credential plugin says to a person is told while it waits, and when it did in vain",
      arguments: [true, false])
    func deviceCode(hasProxy: Bool) throws {
      let cluster = try TestCluster(hasProxy: hasProxy)
      let words =
        "To sign in, open the page https://login.example.com/device and enter the code QX7H-2KLM"
      let plugin = try cluster.sandbox.write(
        "#!/bin/sh\necho '\(words)' >&2\nexec \(try Sandbox.find("sleep")) 60\n", to: "home/device",
        mode: 0o700)
      try cluster.sandbox.writeKubeconfig([
        cluster.server.context("dev", credentials: .plugin(plugin))
      ])
      let told = Mutex<[ClusterWait]>([])
      let kubectl = Kubectl(
        executable: "\(cluster.sandbox.bin)/kubectl", kubeconfig: cluster.sandbox.kubeconfig,
        environment: cluster.sandbox.environment.merging(["XDG_RUNTIME_DIR": cluster.runtime]) {
          $1
        }, timeout: 10, tellSaid: { said in told.withLock { $0.append(.init(signInSays: said)) } })
      let failure = failure { () throws(ClusterFailure) in
        try ClusterClient(kubectl).namespaces(context: "dev")
      }
      kubectl.proxies.end()
      #expect(failure?.kind == .signInNeeded)
      #expect(failure?.message.contains(words) == true, "\(failure?.message ?? "")")
      let sentences = told.withLock { $0.map(\.sentence) }
      #expect(sentences.contains("What signs in to the cluster says: \(words)"))
    }

    @Test(
      "Of a plugin's arguments each secret is taken out as a whole, and its variables are named")
    func pluginSecrets() throws {
      let sandbox = try Sandbox(kubectl: .real, cub: .absent)
      try sandbox.write(
        """
        {"apiVersion":"v1","kind":"Config","users":[{"name":"u","user":{"exec":
         {"apiVersion":"client.authentication.k8s.io/v1","command":"/usr/bin/login","args":
          ["get-token","--password=correct horse \(Canary.secret)","--token","two \(Canary.secret)",
           "--header","X-Token: a \(Canary.secret)","-v","2"],
          "env":[{"name":"LD_PRELOAD","value":"\(Canary.secret)"}],
          "interactiveMode":"Never"}}}],
         "contexts":[{"name":"c","context":{"cluster":"gone","user":"u"}}]}
        """, to: "home/.kube/config")
      let client = ClusterClient(
        kubectl: "\(sandbox.bin)/kubectl", kubeconfig: nil, environment: sandbox.environment)
      let plugin = try #require(try client.contexts().contexts.first?.credentialPlugin)
      #expect(
        plugin == "LD_PRELOAD=[redacted] /usr/bin/login get-token '--password=[redacted]' "
          + "--token '[redacted]' --header 'X-Token: [redacted]' -v 2")
    }

    @Test("Namespaces are sorted, with the cluster's own among them")
    func namespaces() throws {
      let cluster = try TestCluster()
      #expect(
        try cluster.client().namespaces(context: "dev") == [
          "argocd", "default", "flux-system", "kube-node-lease", "kube-public", "kube-system",
          "order-prod", "payment-prod",
        ])
    }

    @Test("A credential plugin that fails means signing in")
    func pluginFails() throws {
      let cluster = try TestCluster()
      try cluster.sandbox.writeKubeconfig([
        cluster.server.context(
          "dev", credentials: .plugin("\(cluster.sandbox.bin)/nowhere"))
      ])
      let failure = failure { () throws(ClusterFailure) in
        try cluster.client().namespaces(context: "dev")
      }
      #expect(failure?.kind == .signInNeeded)
      #expect(failure?.message.contains("getting credentials") == true)
    }

    @Test("The kubeconfig that was read is not read again for the server's address")
    func readOnce() throws {
      let cluster = try TestCluster()
      let runs = Mutex(0)
      let client = ClusterClient(
        cluster.kubectl(observer: { command, _, _ in
          if command.arguments.contains("config") { runs.withLock { $0 += 1 } }
        }))
      _ = try client.contexts()
      #expect(client.identity(context: "dev").server == cluster.server.url)
      let scope = ScanScope(context: "dev", namespaces: ["order-prod"])
      let found = try client.scan(scope, at: TestCluster.moment) { _ in }
      #expect(found.identity.server == cluster.server.url)
      #expect(runs.withLock { $0 } == 1)
      // Whoever asks for the contexts wants them as they are now.
      try cluster.sandbox.writeKubeconfig([])
      #expect(try client.contexts().contexts == [])
      #expect(runs.withLock { $0 } == 2)
    }

    @Test("A cluster is known by the UID of kube-system, or its absence is explained")
    func identity() throws {
      let cluster = try TestCluster()
      let client = cluster.client()
      #expect(
        client.identity(context: "dev")
          == ClusterIdentity(
            context: "dev", server: cluster.server.url, uid: "cfc915b5-fdcd-4e74-84f9-1bed09447265")
      )
      cluster.server.faults = [Fault(.forbidden, path: "/api/v1/namespaces/kube-system")]
      #expect(
        client.identity(context: "dev")
          == ClusterIdentity(context: "dev", server: cluster.server.url))
      let failure = failure { () throws(ClusterFailure) in try client.uid(context: "dev") }
      #expect(failure?.kind == .forbidden)
      #expect(client.identity(context: "nope") == ClusterIdentity(context: "nope"))
    }
  }
}
