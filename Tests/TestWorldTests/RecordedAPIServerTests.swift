import TestWorld
import Testing

/// A sandbox with a kubeconfig for one server and the two users that recordings know.
struct ClusterWorld {
  let sandbox: Sandbox
  let server: RecordedAPIServer

  init(
    _ recording: String = "kind-atk", viewerNamespaces: Set<String> = [], faults: [Fault] = []
  ) throws {
    sandbox = try Sandbox(cub: .absent)
    server = try RecordedAPIServer(
      recording: Recording.path(recording), viewerNamespaces: viewerNamespaces, faults: faults)
    try sandbox.writeKubeconfig([
      server.context("admin"), server.context("viewer", user: "viewer"),
      server.context("stranger", credentials: .token("nobody")),
    ])
  }

  /// What a real kubectl says to `get --raw`.
  func get(_ path: String, as context: String = "admin") throws -> ProgramResult {
    try sandbox.run("kubectl", ["--context=\(context)", "get", "--raw", path])
  }

  /// How often a path was asked for, without what kubectl asks by itself.
  func requests(to path: String) -> Int { server.requests.count { $0.path == path } }
}

private let deployments = "/apis/apps/v1/deployments"

@Suite("A recorded API server, asked by kubectl", .waiting)
struct RecordedAPIServerTests {
  @Test("Every recorded answer comes back byte for byte", arguments: Recording.names)
  func recorded(_ recording: String) throws {
    let world = try ClusterWorld(recording)
    for entry in try Recording.entries(in: Recording.path(recording)) {
      let body = try text(of: "\(Recording.path(recording))/\(entry.file)")
      let result = try world.get(entry.path, as: entry.user)
      if entry.status == 200 {
        #expect(result.stdout == body, "\(entry.path)")
        #expect(result.status == 0)
      } else {
        #expect(result.stdout == "")
        #expect(result.status == 1)
        let message = try #require(body.firstMatch(of: /"message":"((?:[^"\\]|\\.)*)"/)).output.1
        #expect(result.stderr.contains(message.replacing("\\\"", with: "\"")), "\(entry.path)")
      }
    }
  }

  @Test("A namespaced list holds the items of that namespace")
  func namespaced() throws {
    let world = try ClusterWorld()
    let all = try Listing(world.get(deployments).stdout)
    let result = try world.get("/apis/apps/v1/namespaces/order-prod/deployments")
    let some = try Listing(result.stdout)
    #expect(some.kind == "DeploymentList")
    #expect(
      some.items.map(\.metadata.name) == [
        "debug-shell", "order-api", "order-cart", "order-search", "order-web",
      ])
    #expect(
      some.items.map(\.metadata.name)
        == all.items.filter { $0.metadata.namespace == "order-prod" }.map(\.metadata.name))
    let nowhere = try world.get("/apis/apps/v1/namespaces/no-such/deployments")
    #expect(try Listing(nowhere.stdout).items.isEmpty)
    #expect(nowhere.status == 0)
  }

  @Test("One object says its kind and version first, which its list leaves out")
  func single() throws {
    let world = try ClusterWorld()
    let path = "/apis/apps/v1/namespaces/order-prod/deployments/order-web"
    let result = try world.get(path)
    let start = #"{"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"order-web","#
    #expect(result.stdout.hasPrefix(start))
    #expect(result.stdout.hasSuffix("}}\n"))
    #expect(try world.get(deployments).stdout.contains(#"{"metadata":{"name":"order-web","#))
    let name = "/api/v1/namespaces/order-prod"
    #expect(try world.get(name).stdout.hasPrefix(#"{"kind":"Namespace","apiVersion":"v1","#))
    let application = "/apis/argoproj.io/v1alpha1/namespaces/argocd/applications/order-web"
    let kind = #"{"apiVersion":"argoproj.io/v1alpha1","kind":"Application","metadata":"#
    #expect(try world.get(application).stdout.hasPrefix(kind))
  }

  @Test("An object that is not there is named in the answer")
  func missing() throws {
    let world = try ClusterWorld()
    let object = try world.get("/apis/apps/v1/namespaces/order-prod/deployments/x")
    #expect(object.stderr == "Error from server (NotFound): deployments.apps \"x\" not found\n")
    #expect(object.stdout == "")
    #expect(object.status == 1)
    let core = try world.get("/api/v1/namespaces/order-prod/services/x")
    #expect(core.stderr == "Error from server (NotFound): services \"x\" not found\n")
  }

  @Test(
    "A path that is not served is told as kubectl tells it",
    arguments: [
      "/apis/batch/v1/cronjobs", "/apis/batch/v1/namespaces/order-prod/cronjobs",
      "/apis/no.such/v1/things", "/no/such/path",
    ])
  func notServed(_ path: String) throws {
    let result = try ClusterWorld().get(path)
    #expect(
      result.stderr
        == "Error from server (NotFound): the server could not find the requested resource\n")
    #expect(result.status == 1)
  }

  @Test("Pages come in order, count down, and hold the whole list", arguments: [1, 3, 4, 10, 11])
  func pages(limit: Int) throws {
    let world = try ClusterWorld()
    let whole = try Listing(world.get(deployments).stdout)
    var names: [String] = []
    var token: String?
    repeat {
      let path = "\(deployments)?limit=\(limit)" + (token.map { "&continue=\($0)" } ?? "")
      let text = try world.get(path).stdout
      let page = try Listing(text)
      names += page.items.map(\.metadata.name)
      let left = whole.items.count - names.count
      #expect(page.metadata.remainingItemCount == (left > 0 ? left : nil))
      #expect(page.items.count == min(limit, left + page.items.count))
      let items = try #require(text.firstRange(of: "\"items\""))
      if let token = page.metadata.continue {
        #expect(try #require(text.firstRange(of: token)).lowerBound < items.lowerBound)
      }
      token = page.metadata.continue
    } while token != nil
    #expect(names == whole.items.map(\.metadata.name))
  }

  @Test("The pages of one namespace hold that namespace")
  func namespacedPages() throws {
    let world = try ClusterWorld()
    let path = "/apis/apps/v1/namespaces/order-prod/deployments?limit=4"
    let first = try Listing(world.get(path).stdout)
    let token = try #require(first.metadata.continue)
    let second = try Listing(world.get("\(path)&continue=\(token)").stdout)
    #expect(
      first.items.map(\.metadata.name)
        == ["debug-shell", "order-api", "order-cart", "order-search"])
    #expect(second.items.map(\.metadata.name) == ["order-web"])
    #expect(second.metadata.continue == nil)
  }

  @Test("A token that never was one is a bad request")
  func badToken() throws {
    let result = try ClusterWorld().get("\(deployments)?limit=2&continue=nonsense")
    #expect(result.stderr == "Error from server (BadRequest): continue key is not valid\n")
  }

  @Test("A viewer is refused across the cluster and served where it has a right")
  func viewer() throws {
    let world = try ClusterWorld(viewerNamespaces: ["order-prod"])
    let all = try world.get("/apis/apps/v1/statefulsets", as: "viewer")
    #expect(
      all.stderr == """
        Error from server (Forbidden): statefulsets.apps is forbidden: User "viewer" cannot list \
        resource "statefulsets" in API group "apps" at the cluster scope

        """)
    let right = try world.get("/apis/apps/v1/namespaces/order-prod/deployments", as: "viewer")
    #expect(try Listing(right.stdout).items.count == 5)
    let other = try world.get("/apis/apps/v1/namespaces/payment-prod/deployments", as: "viewer")
    #expect(
      other.stderr == """
        Error from server (Forbidden): deployments.apps is forbidden: User "viewer" cannot list \
        resource "deployments" in API group "apps" in the namespace "payment-prod"

        """)
    let object = try world.get("/api/v1/namespaces/kube-system", as: "viewer")
    #expect(
      object.stderr == """
        Error from server (Forbidden): namespaces "kube-system" is forbidden: User "viewer" cannot \
        get resource "namespaces" in API group "" in the namespace "kube-system"

        """)
    world.server.viewerNamespaces = ["payment-prod"]
    let later = try world.get("/apis/apps/v1/namespaces/payment-prod/deployments", as: "viewer")
    #expect(later.status == 0)
  }

  @Test("Nobody with an unknown token is let in")
  func unauthorized() throws {
    let result = try ClusterWorld().get(deployments, as: "stranger")
    #expect(result.stderr == "error: You must be logged in to the server (Unauthorized)\n")
    #expect(result.stdout == "")
    #expect(result.status == 1)
  }

  @Test("A credential plugin is run, and its token counts")
  func credentialPlugin() throws {
    let world = try ClusterWorld()
    let plugin = try world.sandbox.writeCredentialPlugin("sign-in", token: "admin")
    try world.sandbox.writeKubeconfig([
      world.server.context("x", credentials: .plugin(plugin, arguments: ["--cluster", "a b"]))
    ])
    #expect(world.sandbox.runs(ofCredentialPlugin: "sign-in") == [])
    #expect(try world.get("/version", as: "x").status == 0)
    #expect(world.sandbox.runs(ofCredentialPlugin: "sign-in").first == "--cluster a b")
    #expect(world.server.requests.allSatisfy { $0.user == "admin" })
  }

  @Test("Requests are noted with who asked for what")
  func requests() throws {
    let world = try ClusterWorld()
    _ = try world.get("\(deployments)?limit=2", as: "viewer")
    let request = try world.server.waitForRequest { $0.path == deployments }
    #expect(request.method == "GET")
    #expect(request.user == "viewer")
    #expect(request.parameters == ["limit": "2"])
    #expect(world.requests(to: deployments) == 1)
  }

  @Test("The cluster can change between two calls")
  func changes() throws {
    let world = try ClusterWorld()
    let path = "/apis/apps/v1/namespaces/order-prod/deployments/order-web"
    try world.server.setResourceVersion("999", at: path)
    #expect(try world.get(path).stdout.contains(#""resourceVersion":"999""#))
    let changed = try world.server.object(at: path)
      .replacing(#""name":"order-web""#, with: #""name":"a-web""#)
    let added = "/apis/apps/v1/namespaces/order-prod/deployments/a-web"
    try world.server.replaceObject(at: added, with: changed)
    try world.server.removeObject(at: path)
    let list = try Listing(
      world.get("/apis/apps/v1/namespaces/order-prod/deployments").stdout)
    #expect(
      list.items.map(\.metadata.name) == [
        "a-web", "debug-shell", "order-api", "order-cart", "order-search",
      ])
    #expect(try world.get(path).stderr.contains("not found"))
    let whole = try world.get(added).stdout
    try world.server.replaceObject(at: added, with: whole)
    #expect(try world.get(added).stdout == whole)
    #expect(throws: WorldFailure.self) { try world.server.removeObject(at: path) }
    world.server.removeList(at: deployments)
    #expect(try world.get(deployments).stderr.contains("(NotFound)"))
  }

  @Test("Added and streamed lists are served like recorded ones")
  func madeUp() throws {
    let world = try ClusterWorld()
    world.server.addList(
      at: "/apis/apps/v1/deployments", kind: "DeploymentList", apiVersion: "apps/v1",
      objects: ["c", "a", "b"].map { name in
        ClusterObject(
          namespace: "n", name: name, json: #"{"metadata":{"name":"\#(name)","namespace":"n"}}"#)
      })
    let page = try Listing(world.get("\(deployments)?limit=2").stdout)
    #expect(page.items.map(\.metadata.name) == ["a", "b"])
    #expect(page.metadata.remainingItemCount == 1)
    world.server.stream(at: "/apis/apps/v1/statefulsets") { request, write in
      _ = write(Array("limit \(request.parameters["limit"] ?? "none")\n".utf8)[...])
      for number in 0..<1000 where !write(Array("\(number)\n".utf8)[...]) { return }
    }
    let streamed = try world.get("/apis/apps/v1/statefulsets?limit=7").stdout
    let expected = ["limit 7"] + (0..<1000).map { "\($0)" }
    #expect(streamed.split(separator: "\n").map(String.init) == expected)
  }

  @Test("A server that has stopped refuses, like a port that is closed")
  func refused() throws {
    let world = try ClusterWorld()
    world.server.stop()
    let stopped = try world.get(deployments)
    let place = "127.0.0.1:\(world.server.port)"
    let words = "was refused - did you specify the right host or port?\n"
    #expect(stopped.stderr == "The connection to the server \(place) \(words)")
    let closed = try ClosedPort()
    try world.sandbox.writeKubeconfig([
      Kubeconfig.Context("closed", server: closed.url, credentials: .token("admin"))
    ])
    let result = try world.get(deployments, as: "closed")
    #expect(result.stderr == "The connection to the server 127.0.0.1:\(closed.port) \(words)")
    #expect(try world.get(deployments, as: "x").stderr == "error: context \"x\" does not exist\n")
  }

  private func text(of file: String) throws -> String {
    let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    return try sandbox.run("/bin/cat", [file]).stdout
  }
}
