import ForeignText
import Testing

@testable import Cluster

@Suite("What kubectl means")
struct RefusalTests {
  @Test(
    "kubectl's words tell why it failed",
    arguments: [
      (
        "Error from server (Forbidden): deployments.apps is forbidden: User \"viewer\" cannot list "
          + "resource \"deployments\" in API group \"apps\" at the cluster scope", .forbidden
      ),
      ("Error from server (Forbidden): unknown", .forbidden),
      (
        "Error from server (NotFound): the server could not find the requested resource", .notServed
      ),
      ("Error from server (NotFound): deployments.apps \"x\" not found", .notFound),
      ("Error from server (Expired): The provided continue parameter is too old", .expired),
      ("Error from server (Gone): gone", .expired),
      ("Error from server (TooManyRequests): slow down", .busy),
      ("Error from server (InternalError): an error on the server (\"unknown\") has …", .trouble),
      (
        "Error from server (InternalError): an error on the server (\"<html>\\n<head><title>502 Bad "
          + "Gateway</title></head>\\n</html>\") has prevented the request from succeeding", .busy
      ),
      ("Error from server: etcdserver: leader changed", .busy),
      ("Error from server (Unknown): etcdserver: leader changed", .busy),
      ("Error from server: no reason given", .trouble),
      ("Error from server (TooManyRequests): storage is (re)initializing", .busy),
      (
        "Error from server (ServerTimeout): The list operation against namespaces could not be "
          + "completed at this time, please try again.", .busy
      ),
      (
        "Error from server (Timeout): the server was unable to return a response in the time "
          + "allotted, but may still be processing the request", .busy
      ),
      ("Error from server (ServiceUnavailable): nope", .busy),
      ("Error from server (Timeout): etcd timeout", .busy),
      ("Error from server (BadRequest): continue key is not valid", .unreadable),
      ("error: You must be logged in to the server (Unauthorized)", .signInNeeded),
      (
        "error: You must be logged in to the server (the server has asked for the client to "
          + "provide credentials)", .signInNeeded
      ),
      ("Error from server (Unauthorized): Unauthorized", .signInNeeded),
      (
        "Unable to connect to the server: getting credentials: exec: executable aws not found",
        .signInNeeded
      ),
      (
        "E1121 05:38:00.123456   12345 memcache.go:265] couldn't get current server API group "
          + "list: the server has asked for the client to provide credentials", .signInNeeded
      ),
      (
        "The connection to the server 127.0.0.1:1 was refused - did you specify the right host or "
          + "port?", .unreachable
      ),
      ("Unable to connect to the server: EOF", .unreachable),
      (
        "Unable to connect to the server: x509: certificate signed by unknown authority",
        .unreachable
      ),
      ("Unable to connect to the server: dial tcp 10.0.0.1:443: i/o timeout", .unreachable),
      ("error: dial tcp 10.0.0.1:443: i/o timeout", .unreachable),
      (
        "E1121 05:38:00.123456   12345 memcache.go:265] couldn't get current server API group "
          + "list: Get \"https://x/api\": EOF", .unreachable
      ),
      ("error: context \"x\" does not exist", .contextUnknown),
      (
        "Error in configuration: context was not found for specified context: x", .contextUnknown
      ),
      ("error: unexpected EOF", .cutOff),
      (
        "Unable to connect to the server: http2: server sent GOAWAY and closed the connection; "
          + "LastStreamID=3, ErrCode=NO_ERROR, debug=\"\"", .cutOff
      ),
      ("error: stream error: stream ID 5; INTERNAL_ERROR; received from peer", .cutOff),
      ("Unable to connect to the server: http2: client connection lost", .cutOff),
      ("error: read tcp 127.0.0.1:1->127.0.0.1:2: read: connection reset by peer", .cutOff),
      ("Error from server: etcdserver: request timed out", .trouble),
      ("Error from server (Forbidden): stream error: INTERNAL_ERROR", .forbidden),
      ("Segmentation fault", .programFailed),
      ("", .programFailed),
    ] as [(String, KubectlError.Reason)])
  func reason(errorText: String, reason: KubectlError.Reason) {
    #expect(KubectlError(errorText: ForeignText(errorText + "\n")).reason == reason)
  }

  @Test("What the server says about an object is not taken for kubectl's own words")
  func quoting() {
    let words = "Error from server (NotFound): configmaps \"dial tcp i/o timeout\" not found"
    #expect(KubectlError(errorText: ForeignText(words)).reason == .notFound)
    let forbidden =
      "Error from server (Forbidden): error: You must be logged in to the server (Unauthorized)"
    #expect(KubectlError(errorText: ForeignText(forbidden)).reason == .forbidden)
  }

  @Test("kubectl's own words are kept, in one line and without its log")
  func words() {
    let text = """
      W1121 05:38:00.000000   12345 loader.go:221] Config not found: /nope
      Warning: v1 ComponentStatus is deprecated in v1.19+
      Error from server (Forbidden): a
      \u{1b}[31mb

      """
    #expect(
      KubectlError(errorText: ForeignText(text)).words == "Error from server (Forbidden): a b")
    let log =
      "E1121 05:38:00.123456   12345 memcache.go:265] dial tcp 1.2.3.4:443: no route to host"
    #expect(KubectlError(errorText: ForeignText(log + "\n")).words == log)
    #expect(KubectlError(errorText: ForeignText("")).words == "it failed without saying why")
  }

  @Test("A failure says what failed, why in kubectl's words, and what to do next")
  func sentence() {
    let refusal = KubectlError(errorText: ForeignText("error: context \"x\" does not exist\n"))
    #expect(
      ClusterFailure("The namespaces of x could not be read", refusal)
        == ClusterFailure(
          .contextUnknown,
          "The namespaces of x could not be read: error: context \"x\" does not exist. "
            + "Choose one of the kubeconfig's contexts."))
    let asked = KubectlError(
      errorText: ForeignText("The connection to the server y was refused - really?"))
    #expect(
      ClusterFailure("It failed", asked).message.hasPrefix(
        "It failed: The connection to the server y was refused - really? Check "))
  }
}

@Suite("Paths of the API")
struct PathTests {
  @Test("Parts of a path are percent-encoded")
  func encoding() {
    #expect(
      APIPath("deployments", of: "apps/v1", namespace: "a b", name: "x?y#é\n")?.text
        == "/apis/apps/v1/namespaces/a%20b/deployments/x%3Fy%23%C3%A9%0A")
    #expect(
      APIPath("namespaces", of: "v1", query: [("limit", "5"), ("continue", "a+/=&b")])?.text
        == "/api/v1/namespaces?limit=5&continue=a%2B%2F%3D%26b")
  }

  @Test(
    "A name that would lead somewhere else is no name",
    arguments: ["", ".", "..", "a/b", "../../secrets", "%2e%2e", "a%2Fb"])
  func traversal(name: String) {
    #expect(APIPath("configmaps", of: "v1", namespace: "a", name: name) == nil)
    #expect(APIPath("configmaps", of: "v1", namespace: name, name: "a") == nil)
  }
}
