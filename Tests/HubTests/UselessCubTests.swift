import TestWorld
import Testing

@testable import Hub

/// What `--cub` names may be anything.
@Suite("A program that is no cub")
struct UselessCubTests {
  private func reason(_ script: String) throws -> (reason: String, program: String) {
    let sandbox = try Sandbox(kubectl: .absent, cub: .absent)
    let program = try sandbox.write("#!/bin/sh\n\(script)\n", to: "bin/no-cub", mode: 0o700)
    guard case .unknown(let reason) = HubClient(cub: program).signIn() else {
      Issue.record("it was taken for a cub")
      return ("", program)
    }
    return (reason, program)
  }

  @Test(
    "is named with what was called, what it printed, how it ended, and what to try",
    arguments: [
      ("exit 1", "auth status", "printed nothing and ended with exit code 1"),
      ("exit 7", "auth status", "printed nothing and ended with exit code 7"),
      ("echo hello; exit 1", "auth status", "printed no reason and ended with exit code 1"),
      ("exit 0", "space list", "printed nothing and ended as if all were well"),
      (
        "echo '<html><body>Sign in</body></html>'", "space list",
        "printed a web page and ended as if all were well"
      ),
      (
        "echo '<!doctype html>'; exit 1", "auth status",
        "printed a web page and ended with exit code 1"
      ),
    ])
  func useless(script: String, call: String, what: String) throws {
    let (reason, program) = try reason(script)
    #expect(reason.contains("`\(program) \(call)` \(what)."), "\(reason)")
    #expect(
      reason.hasSuffix(
        "See with `\(program) version` whether it is ConfigHub's cub; --cub names another one."))
  }

  @Test("that says why it failed is quoted, and nothing is advised")
  func words() throws {
    let (reason, _) = try reason("echo no such disk >&2; exit 1")
    #expect(reason == "Could not check the sign-in: no such disk.")
  }
}
