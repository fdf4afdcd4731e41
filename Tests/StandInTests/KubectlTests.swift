import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite struct KubectlTests {
  private let standIn: StandIn

  init() throws { standIn = try StandIn() }

  private func recording(_ name: String) throws -> Data {
    let package = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return try Data(
      contentsOf: package.appending(path: "fixtures/recordings/kind-atk/\(name)"))
  }

  @Test("Every recorded answer comes back byte for byte, or as NotFound")
  func recorded() throws {
    struct Entry: Decodable {
      let path: String
      let user: String
      let status: Int
      let file: String
    }
    let index = try JSONDecoder().decode([Entry].self, from: recording("index.json"))
    let entries = index.filter { $0.user == "admin" && !$0.path.contains("?") }
    #expect(entries.count == 20)
    for entry in entries {
      let result = try standIn.kubectl("--context=kind-atk get --raw \(entry.path)")
      if entry.status == 200 {
        #expect(try result.output == recording(entry.file), "\(entry.path)")
      } else {
        #expect(result.exit == 1)
        #expect(result.output.isEmpty)
        #expect(
          result.error
            == "Error from server (NotFound): the server could not find the requested resource\n")
      }
    }
  }

  @Test("One context, whatever the order of the flags")
  func context() throws {
    let config = try standIn.kubectl("config view -o json").json
    #expect(config["current-context"]?.string == "kind-atk")
    #expect(config["clusters"]?[0]?["cluster"]?["server"]?.string == "https://127.0.0.1:6443")
    #expect(try standIn.kubectl("config current-context").text == "kind-atk\n")
    for line in [
      "get --raw=/version --kubeconfig=/x --context=kind-atk",
      "--kubeconfig=/x get --context kind-atk --raw /version",
    ] {
      #expect(try standIn.kubectl(line).exit == 0, "\(line)")
    }
    let wrong = try standIn.kubectl("--context=x get --raw /version")
    #expect(wrong.exit == 1)
    #expect(wrong.error == "error: context \"x\" does not exist\n")
  }

  @Test("A namespace's list holds only what is in it, and an unknown namespace nothing")
  func namespaced() throws {
    let list = try standIn.kubectl("get --raw /apis/apps/v1/namespaces/order-prod/deployments").json
    #expect(list["kind"]?.string == "DeploymentList")
    #expect(list["apiVersion"]?.string == "apps/v1")
    let namespaces = list["items"]?.array.map { $0["metadata"]?["namespace"]?.string }
    #expect(namespaces == Array(repeating: "order-prod", count: 5))
    let empty = try standIn.kubectl("get --raw /apis/apps/v1/namespaces/nowhere/deployments").json
    #expect(empty["items"] == .array([]))
  }

  @Test("A single object says what it is; one that is not there is named as kubectl names it")
  func single() throws {
    let path = "/apis/apps/v1/namespaces/payment-prod/deployments"
    let object = try standIn.kubectl("get --raw \(path)/payment-api").json
    #expect(object["kind"]?.string == "Deployment")
    #expect(object["apiVersion"]?.string == "apps/v1")
    #expect(object["metadata"]?["name"]?.string == "payment-api")
    let missing = try standIn.kubectl("get --raw \(path)/nothing")
    #expect(missing.exit == 1)
    #expect(
      missing.error == "Error from server (NotFound): deployments.apps \"nothing\" not found\n")
    let core = try standIn.kubectl("get --raw /api/v1/namespaces/nothing")
    #expect(core.error == "Error from server (NotFound): namespaces \"nothing\" not found\n")
  }

  @Test("Pages follow each other without a gap and say how much is left")
  func pages() throws {
    var names: [String?] = []
    var left: [Int?] = []
    var token: String? = ""
    while let next = token {
      let list = try standIn.kubectl(
        "get --raw /apis/apps/v1/deployments?limit=4&continue=\(next)"
      ).json
      names += list["items"]?.array.map { $0["metadata"]?["name"]?.string } ?? []
      left.append(list["metadata"]?["remainingItemCount"]?.int)
      token = list["metadata"]?["continue"]?.string
    }
    let whole = try standIn.kubectl("get --raw /apis/apps/v1/deployments").json["items"]?.array
    #expect(names == whole?.map { $0["metadata"]?["name"]?.string })
    #expect(left == [6, 2, nil])
  }

  @Test(
    "Labels choose as a server lets them choose",
    arguments: [
      ("app%3Dorder-api", ["order-api"]), ("app%3D%3Dorder-api,tier", []),
      ("app%20in%20(order-api,order-web)", ["order-api", "order-web"]),
      (
        "app,app%20notin%20(order-api),app!%3Dorder-web,app!%3Dorder-cart",
        ["debug-shell", "order-search"]
      ),
      ("!app", []), ("", ["debug-shell", "order-api", "order-cart", "order-search", "order-web"]),
    ])
  func selector(selector: String, names: [String]) throws {
    let path = "/apis/apps/v1/namespaces/order-prod/deployments?labelSelector=\(selector)"
    let list = try standIn.kubectl("get --raw \(path)").json
    let found = list["items"]?.array.compactMap { $0["metadata"]?["name"]?.string }
    #expect(found == names)
  }

  @Test("The first page begins with the list's metadata, for who decodes while it arrives")
  func order() throws {
    let text = try standIn.kubectl("get --raw /apis/apps/v1/deployments?limit=1").text
    #expect(text.hasPrefix(#"{"kind":"DeploymentList","apiVersion":"apps/v1","metadata":{"#))
  }

  @Test("A selector that says nothing is refused as a server refuses it")
  func badSelector() throws {
    let result = try standIn.kubectl("get --raw /api/v1/services?labelSelector=a%3D%3D%3Db")
    #expect(result.exit == 1 && result.output.isEmpty)
    #expect(
      result.error == "Error from server (BadRequest): unable to parse requirement: \"a===b\"\n")
  }

  @Test(
    "What it does not play it refuses",
    arguments: [
      "get pods", "delete namespace x", "get --raw /version -o yaml -x",
      "get --raw /api/v1/services?fieldSelector=a", "version",
    ])
  func refused(line: String) throws {
    let result = try standIn.kubectl(line)
    #expect(result.exit == 1)
    #expect(result.output.isEmpty)
    #expect(result.error.hasPrefix("error: "))
  }

  @Test("The versions are those of the stand-in and of the recorded server")
  func version() throws {
    let versions = try standIn.kubectl("version -o json").json
    #expect(
      versions["clientVersion"]?["gitVersion"]?.string == "v1.32.0-map-import-stand-in")
    #expect(versions["serverVersion"]?["platform"]?.string == "linux/amd64")
  }

  @Test("Its proxy passes on what was recorded, byte for byte, and refuses in the server's words")
  func proxy() throws {
    let socket = standIn.root + "/socket"
    let proxy = try standIn.start(
      "kubectl",
      [
        "--context=kind-atk", "proxy", "--unix-socket=\(socket)", "--reject-methods=^[^G]",
        "--accept-paths=^/apis?/",
      ])
    defer { _ = try? proxy.end() }
    #expect(eventually { access(socket, F_OK) == 0 })
    let list = try answer(to: "GET /apis/apps/v1/deployments?limit=0", on: socket)
    #expect(list.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
    let printed = try standIn.kubectl("get --raw /apis/apps/v1/deployments?limit=0").text
    #expect(list.hasSuffix("\r\n\r\n" + printed))
    let missing = try answer(to: "GET /api/v1/namespaces/nothing", on: socket)
    #expect(missing.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    #expect(missing.contains(#""message":"namespaces \"nothing\" not found""#))
    #expect(missing.contains(#""reason":"NotFound""#))
    for refused in ["POST /api/v1/namespaces", "GET /version"] {
      #expect(try answer(to: refused, on: socket).hasPrefix("HTTP/1.1 403 Forbidden\r\n"))
    }
    let none = try standIn.run(
      "kubectl", ["--context=kind-atk", "proxy", "--unix-socket=\(socket)"],
      ["STAND_IN_PROXY": "none"])
    #expect(none.exit == 1)
    #expect(none.error == "error: unknown command \"proxy\" for \"kubectl\"\n")
  }
}
