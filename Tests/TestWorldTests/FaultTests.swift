import TestWorld
import Testing

private let deployments = "/apis/apps/v1/deployments"

@Suite("Faults of a recorded API server, seen by kubectl", .waiting)
struct FaultTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    var effect: Fault.Effect
    var message: String
    var testDescription: String { "\(effect)" }
  }

  static let refusals = [
    Refusal(
      effect: .unauthorized, message: "error: You must be logged in to the server (Unauthorized)"),
    Refusal(
      effect: .forbidden,
      message: """
        Error from server (Forbidden): deployments.apps is forbidden: User "admin" cannot list \
        resource "deployments" in API group "apps" at the cluster scope
        """),
    Refusal(
      effect: .notServed,
      message: "Error from server (NotFound): the server could not find the requested resource"),
    Refusal(
      effect: .expired,
      message: """
        Error from server (Expired): The provided continue parameter is too old to display a \
        consistent list result. You must start a new list without the continue parameter.
        """),
    Refusal(
      effect: .internalError,
      message: """
        Error from server (InternalError): Internal error occurred: etcdserver: request timed out
        """),
  ]

  @Test("A refusal is told once, and the next call is answered", arguments: refusals)
  func refusal(_ refusal: Refusal) throws {
    let fault = Fault(refusal.effect, path: deployments, on: .first)
    let world = try ClusterWorld(faults: [fault])
    let result = try world.get(deployments)
    #expect(result.stderr == refusal.message + "\n")
    #expect(result.stdout == "")
    #expect(result.status == 1)
    #expect(fault.fired == 1)
    #expect(try world.get(deployments).status == 0)
    #expect(fault.fired == 1)
  }

  @Test("When there are too many requests, a kubectl tries again by itself, or says so")
  func tooManyOnce() throws {
    let fault = Fault(.tooManyRequests(retryAfter: 0), path: deployments, on: .first)
    let world = try ClusterWorld(faults: [fault])
    let result = try world.get(deployments)
    #expect(fault.fired == 1)
    if result.status == 0 {
      #expect(world.requests(to: deployments) == 2)
    } else {
      #expect(result.stderr.hasPrefix("Error from server (TooManyRequests): "))
      #expect(world.requests(to: deployments) == 1)
    }
  }

  @Test("No kubectl tries again when the server does not say after how long")
  func putOff() throws {
    for (effect, reason) in [
      (Fault.Effect.tooManyRequests(retryAfter: nil), "TooManyRequests"),
      (.unavailable(retryAfter: nil), "ServiceUnavailable"),
    ] {
      let fault = Fault(effect, path: deployments)
      let world = try ClusterWorld(faults: [fault])
      let result = try world.get(deployments)
      #expect(result.stderr.hasPrefix("Error from server (\(reason)): "))
      #expect(result.status == 1)
      #expect(fault.fired == 1)
    }
  }

  @Test("A fault is for its path, its occurrence and its condition only")
  func matching() throws {
    let second = Fault(.internalError, path: deployments, on: .nth(2))
    let pages = Fault(.expired, path: deployments) { $0.parameters["continue"] != nil }
    let world = try ClusterWorld(faults: [second, pages])
    #expect(try world.get("/apis/apps/v1/statefulsets").status == 0)
    #expect(try world.get(deployments).status == 0)
    #expect(try world.get(deployments).stderr.contains("InternalError"))
    let page = try Listing(world.get("\(deployments)?limit=2").stdout)
    let token = try #require(page.metadata.continue)
    #expect(try world.get("\(deployments)?continue=\(token)").stderr.contains("(Expired)"))
    #expect(second.fired == 1)
    #expect(pages.fired == 1)
    world.server.faults = []
    #expect(try world.get("\(deployments)?continue=\(token)").status == 0)
  }

  @Test("A body that is cut short is an error, after what came of it")
  func cutBody() throws {
    let fault = Fault(.cutBody(after: 5000), path: deployments)
    let world = try ClusterWorld(faults: [fault])
    let result = try world.get(deployments)
    #expect(result.standardOutputBytes.count == 5000)
    #expect(result.stderr.contains("unexpected EOF"))
    #expect(result.status == 1)
    #expect(fault.fired == 1)
  }

  @Test("A streamed body is cut short, too")
  func cutStream() throws {
    let fault = Fault(.cutBody(after: 15), path: deployments)
    let world = try ClusterWorld(faults: [fault])
    world.server.stream(at: deployments) { _, write in
      while write(Array("0123456789".utf8)[...]) {}
    }
    let result = try world.get(deployments)
    #expect(result.stdout == "012345678901234")
    #expect(result.stderr.contains("unexpected EOF"))
  }

  @Test("A slow body comes whole, at its speed")
  func slowBody() throws {
    let fault = Fault(.slowBody(bytesPerSecond: 100_000), path: deployments)
    let world = try ClusterWorld(faults: [fault])
    let whole = try ClusterWorld().get(deployments).stdout
    let clock = ContinuousClock()
    let begin = clock.now
    let result = try world.get(deployments)
    #expect(result.stdout == whole)
    #expect(clock.now - begin >= .milliseconds(300))
    #expect(fault.fired == 1)
  }

  @Test("A delayed answer comes, later")
  func delay() throws {
    let fault = Fault(.delay(.milliseconds(300)), path: deployments)
    let world = try ClusterWorld(faults: [fault])
    let clock = ContinuousClock()
    let begin = clock.now
    #expect(try world.get(deployments).status == 0)
    #expect(clock.now - begin >= .milliseconds(300))
    #expect(fault.fired == 1)
  }

  @Test("A request hangs until it is released, and is then answered")
  func hang() throws {
    let fault = Fault(.hang, path: deployments)
    let world = try ClusterWorld(faults: [fault])
    let program = try world.sandbox.start(
      "kubectl", ["--context=admin", "get", "--raw", deployments])
    try fault.waitUntilFired()
    #expect(throws: WorldFailure.self) {
      try program.waitForOutput("items", timeout: .milliseconds(100))
    }
    fault.release()
    #expect(try program.waitForExit().status == 0)
  }

  @Test("A server that stops lets nobody wait: not those that hang, are delayed, or read slowly")
  func stop() throws {
    let effects: [Fault.Effect] = [.hang, .delay(.seconds(600)), .slowBody(bytesPerSecond: 10)]
    for effect in effects {
      let fault = Fault(effect, path: deployments)
      let world = try ClusterWorld(faults: [fault])
      let program = try world.sandbox.start(
        "kubectl", ["--context=admin", "get", "--raw", deployments])
      try fault.waitUntilFired()
      let clock = ContinuousClock()
      let begin = clock.now
      world.server.stop()
      #expect(clock.now - begin < patience, "somebody still waits")
      #expect(try program.waitForExit().status == 1)
    }
  }
}
