import TestWorld
import Testing

/// Counted from what the API server was asked for.
@Suite("What the verification asks the cluster for", .waiting)
struct VerificationRunTests {
  /// So many Deployments, each with a ConfigMap.
  private static let count = 30

  private static var objects: String {
    let objects = (0..<count).flatMap { number in
      [
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web\(number)",\
        "namespace":"shop","uid":"d-\(number)","resourceVersion":"10"},"spec":{"selector":\
        {"matchLabels":{"app":"web\(number)"}},"template":{"metadata":{"labels":\
        {"app":"web\(number)"}},"spec":{"containers":[{"name":"c","image":"example.com/web:1",\
        "envFrom":[{"configMapRef":{"name":"web\(number)"}}]}]}}}}
        """,
        """
        {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"web\(number)",\
        "namespace":"shop","uid":"c-\(number)","resourceVersion":"11"},"data":{"a":"b"}}
        """,
      ]
    }
    return "[\(objects.joined(separator: ","))]"
  }

  @Test("One list for each kind and namespace, however many units there are, and no object alone")
  func lists() throws {
    let world = try Import(kubectl: .real, objects: Self.objects)
    let arguments = ["-n", "shop", "--app-space", "payment-team"]
    let first = try world.runToWorker(arguments)
    #expect(first.status != 0, "\(first.stdout)")
    #expect(try world.units().count == Self.count)
    // What is left is to bind the units and to verify them.
    let before = try world.server.requests.count
    let result = try world.run(["--yes", "--resume", "-o", "json"])
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect((report["checks"]?.array.count ?? 0) > Self.count)
    let paths = try world.server.requests[before...].map(\.path).filter { $0.contains("/shop") }
    #expect(
      paths.sorted() == [
        "/api/v1/namespaces/shop/configmaps", "/apis/apps/v1/namespaces/shop/deployments",
      ])
  }
}
