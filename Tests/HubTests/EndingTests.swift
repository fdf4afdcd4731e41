import Dispatch
import Documents
import FoundationEssentials
import Glibc
import Subprocess
import Testing

@testable import Hub

@Suite("However cub ends")
struct EndingTests {
  @Test("A call that takes too long is given up", arguments: ["hang-before", "hang-after"])
  func timeout(kind: String) throws {
    let standIn = try StandIn(.c)
    try standIn.client().prepareSpace()
    try standIn.plan((match: "unit", kind: kind, nth: nil))
    let hub = standIn.client(timeout: 0.5)
    #expect(hub.createAPI().name == "unclear")
    let failure = #expect(throws: HubFailure.self) { try hub.units(space: "apps") }
    #expect(failure?.kind == .timedOut)
    #expect(failure?.message.contains("within 1 s.") == true)
  }

  @Test("Cancelling a change that was made leaves it to be read")
  func cancelled() throws {
    // An older one is called twice, as it does not know every flag.
    let standIn = try StandIn(.d)
    let hub = standIn.client()
    try hub.prepareSpace()
    try standIn.plan((match: "unit create", kind: "hang-after", nth: nil))
    let cancellation = Cancellation()
    DispatchQueue.global().async {
      try? standIn.awaitCall(["unit", "create"])
      cancellation.cancel()
    }
    #expect(hub.createAPI(cancellation: cancellation).name == "unclear")
    #expect(try hub.unit("api", space: "apps")?.mark?.operation == "op-0003")
    let failure = #expect(throws: HubFailure.self) {
      try hub.unit("api", space: "apps", cancellation: cancellation)
    }
    #expect(failure?.kind == .cancelled)
  }

  @Test(
    "A program that is no cub never succeeds",
    arguments: [
      ("exit 0", "unclear", HubFailure.Kind.unreadable), ("exit 1", "unclear", .programFailed),
      ("echo '{}'", "unclear", .unreadable), ("echo null", "unclear", .unreadable),
      ("echo '{}'; exit 1", "unclear", .programFailed),
      ("echo Successfully created", "unclear", .unreadable),
      ("echo '{\"Unit\":null}'", "unclear", .unreadable),
      ("kill -9 $$", "unclear", .programFailed),
      ("echo 'unknown flag: --space' >&2; exit 1", "refused unsupported", .unsupported),
    ])
  func noCub(script: String, outcome: String, kind: HubFailure.Kind) throws {
    let program = try Script(script)
    let hub = HubClient(cub: program.path)
    #expect(hub.createAPI().name == outcome)
    let failure = #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }
    #expect(failure?.kind == kind)
  }

  @Test("An entity without an id is no proof that it was made")
  func noID() throws {
    let program = try Script("echo '{\"Slug\":\"api\"}'")
    #expect(HubClient(cub: program.path).createAPI().name == "unclear")
  }

  @Test("A cub that cannot be started did nothing")
  func missing() {
    let hub = HubClient(cub: "/nonexistent/cub")
    #expect(hub.createAPI().name == "refused programFailed")
    let failure = #expect(throws: HubFailure.self) { try hub.units(space: "apps") }
    #expect(failure?.kind == .programFailed)
    #expect(failure?.message.contains("/nonexistent/cub") == true)
  }

  @Test("A cub that prints no JSON at all is believed by its sentence, but not about the name")
  func sentence() throws {
    let program = try Script(
      """
      for argument; do case "$argument" in
        -o) echo "Failed: unknown shorthand flag: 'o' in -o" >&2; exit 1 ;;
        --json) echo "Failed: unknown flag: --json" >&2; exit 1 ;;
        --change-desc=*) echo "Failed: unknown flag: --change-desc" >&2; exit 1 ;;
      esac; done
      echo "Successfully created unit api (5e1b-77)"
      """)
    let hub = HubClient(cub: program.path)
    #expect(hub.createAPI() == .done(RemoteEntity(id: "5e1b-77")))
  }

  @Test("A last newline that only cub printed is no part of the content")
  func lastNewline() throws {
    let digest = SHA256.hex(of: "kind: A".utf8)
    let program = try Script(
      """
      if [ "$2" = data ]; then echo "kind: A"; exit; fi
      echo '{"Unit":{"Slug":"api","UnitID":"u1","DataHash":"\(digest)"}}'
      """)
    let unit = try HubClient(cub: program.path).unit("api", space: "apps")
    #expect(unit?.content == Array("kind: A".utf8))
    #expect(unit?.digest == digest)
  }

  @Test("Without a digest to compare, content is believed unless it is a web page")
  func noDigest() throws {
    let program = try Script(
      """
      case "$2$4" in
        data*page) echo '<html><body>Sign in</body></html>' ;;
        data*) echo "kind: A" ;;
        *) echo '{"Unit":{"Slug":"api","UnitID":"u1","DataHash":"1f2e"}}' ;;
      esac
      """)
    let hub = HubClient(cub: program.path)
    #expect(try hub.unit("api", space: "apps")?.content == Array("kind: A\n".utf8))
    let failure = #expect(throws: HubFailure.self) { try hub.unit("page", space: "apps") }
    #expect(failure?.kind == .unreadable)
  }
}

/// A program of a few lines, gone with its value.
final class Script: Sendable {
  let path = FileManager.default.temporaryDirectory.path + "/cub-\(UUID().uuidString)"

  init(_ lines: String) throws {
    // Written by another process: while we had it open, a child that is just being started by
    // another test would have it too, and nobody could run it (ETXTBSY in execve(2)).
    let write = Command(
      "/bin/sh", ["-c", "cat >\"$0\" && chmod 700 \"$0\"", path],
      input: Array("#!/bin/sh\n\(lines)\n".utf8))
    try #require(try run(write).succeeded)
  }

  deinit { unlink(path) }
}
