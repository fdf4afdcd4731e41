import Testing

@testable import Hub

/// One test for each trap in what cub answers, whatever it was asked.
@Suite("Traps of cub: answers")
struct AnswerTraps {
  static let names = everyCall.map(\.command)

  /// What a call makes of a cub that always does the same.
  private func outcome(_ command: String, _ script: String) throws -> String {
    let program = try Script(script)
    let call = try #require(everyCall.first { $0.command == command })
    return call.make(HubClient(cub: program.path))
  }

  private func isSuccess(_ outcome: String) -> Bool { ["done", "read"].contains(outcome) }

  @Test("A removed command exits 0 and prints its group's help: never success", arguments: names)
  func removedCommand(command: String) throws {
    let outcome = try outcome(command, "cat <<'END'\n\(CubTextTests.help)\nEND")
    #expect(!isSuccess(outcome), "\(outcome)")
    #expect(outcome != "unclear", "nothing was done, and that is certain")
  }

  @Test("An unknown group exits 1: this cub cannot do it, and nothing was done", arguments: names)
  func removedGroup(command: String) throws {
    let outcome = try outcome(
      command, "echo 'Failed: unknown command \"x\" for \"cub\"' >&2; exit 1")
    #expect(
      ["refused unsupported", "failed unsupported", "unread"].contains(outcome), "\(outcome)")
  }

  @Test("Exit 0 without a word, or with one that is no answer, is no success", arguments: names)
  func nothingSaid(command: String) throws {
    for script in ["exit 0", "echo '<html>Sign in to the proxy</html>'"] {
      let outcome = try outcome(command, script)
      // Who is signed in where is not told by these; the server's word is.
      #expect(!isSuccess(outcome), "\(script): \(outcome)")
    }
  }

  @Test("Exit codes are only 0 and 1, so any other one is a failure too", arguments: names)
  func exitCodes(command: String) throws {
    for code in [1, 2, 3, 127, 255] {
      let outcome = try outcome(command, "echo '{\"Slug\":\"api\"}'; exit \(code)")
      #expect(!isSuccess(outcome), "\(code): \(outcome)")
    }
  }

  @Test("A cub that hangs is ended at its time limit; a change it made is then unclear")
  func timeLimit() throws {
    let standIn = try StandIn(.c)
    try standIn.client().prepareSpace()
    try standIn.plan((match: "unit", kind: "hang-after", nth: nil))
    let hub = standIn.client(timeout: 0.5)
    #expect(hub.createAPI().name == "unclear")
    let failure = #expect(throws: HubFailure.self) { try hub.units(space: "apps") }
    #expect(failure?.kind == .timedOut)
  }

  private func failure(_ script: String) throws -> HubFailure {
    let program = try Script(script)
    return try #require(
      #expect(throws: HubFailure.self) {
        try HubClient(cub: program.path).units(space: "apps")
      })
  }

  @Test("Errors come in red behind `Failed: `: shown without either")
  func escapeSequences() throws {
    let failure = try failure(
      #"printf '\033[31;1mFailed: \033[0mHTTP 400 for req 7c61: no \033]0;t\007way\r\n' >&2; exit 1"#
    )
    #expect(failure.reason == "HTTP 400 for req 7c61: no way")
    #expect(failure.message.unicodeScalars.allSatisfy { $0.value >= 0x20 })
  }

  @Test(
    "API errors read `HTTP <code> for req <id>: <message>`, and only the code tells what they are",
    arguments: [
      (400, HubFailure.Kind.refused), (401, .signInNeeded), (403, .forbidden), (404, .notFound),
      (408, .timedOut), (409, .conflict), (422, .refused), (500, .unreachable),
      (503, .unreachable),
    ])
  func apiErrors(code: Int, kind: HubFailure.Kind) throws {
    let failure = try failure("echo 'Failed: HTTP \(code) for req 7c61: words' >&2; exit 1")
    #expect(failure.kind == kind)
    #expect(failure.message.contains("HTTP \(code) for req 7c61: words"))
  }

  @Test("Version conflicts and taken names are both 409, and neither is success")
  func conflict() throws {
    let program = try Script(
      "echo 'Failed: HTTP 409 for req 7c61: data has changed since last read' >&2; exit 1")
    let hub = HubClient(cub: program.path)
    #expect(hub.createAPI().name == "exists")
    #expect(hub.setTarget(unit: "api", target: "t", space: "apps").name == "refused conflict")
    #expect(hub.deleteUnit("api", space: "apps").name == "refused conflict")
  }

  @Test("`already exists` is not success: what is there is read")
  func alreadyExists() throws {
    let program = try Script("echo 'Failed: unit api already exists' >&2; exit 1")
    #expect(HubClient(cub: program.path).createAPI().name == "exists")
  }

  @Test("A change that failed for some only (207) is unclear, so that it is read")
  func partialSuccess() throws {
    for words in [
      "HTTP 207 for req 7c61: bulk update partially failed: 1 succeeded, 1 failed",
      "bulk update partially failed: 1 succeeded, 1 failed",
    ] {
      let program = try Script("echo 'Failed: \(words)' >&2; exit 1")
      let hub = HubClient(cub: program.path)
      #expect(hub.setTarget(unit: "api", target: "t", space: "apps").name == "unclear")
    }
  }

  @Test("Notices of deprecated flags on stderr are no part of an answer, and no error's reason")
  func notices() throws {
    let notice = "echo 'Flag --json has been deprecated, use -o json' >&2"
    let program = try Script("\(notice); echo '[{\"Unit\":{\"Slug\":\"api\"}}]'")
    #expect(try HubClient(cub: program.path).units(space: "apps").map(\.slug) == ["api"])
    let failure = try failure("\(notice); echo 'Failed: HTTP 403 for req 1: no' >&2; exit 1")
    #expect(failure.reason == "HTTP 403 for req 1: no")
  }

  @Test("The API's error body behind exit 0 is neither an empty list nor an entity")
  func errorBody() throws {
    let program = try Script(#"echo '{"Code":"500","Message":"internal error"}'"#)
    let hub = HubClient(cub: program.path)
    #expect(hub.createAPI().name == "unclear")
    #expect(throws: HubFailure.self) { try hub.units(space: "apps") }
    #expect(throws: HubFailure.self) { try hub.unit("api", space: "apps") }
  }

  @Test(
    "`context get` reads cub's own files: it is no proof that the sign-in still holds",
    arguments: StandIn.Generation.allCases)
  func contextIsNoProof(generation: StandIn.Generation) throws {
    let standIn = try StandIn(generation)
    try standIn.plan(
      (match: "auth status", kind: "unauthorized", nth: nil),
      (match: "space list", kind: "unauthorized", nth: nil))
    #expect(!standIn.client().signIn().isSignedIn)
    #expect(try standIn.calls().contains { $0.starts(with: ["context", "get"]) })
  }

  @Test("Generation B has no `auth status`, so the server is reached by listing the spaces")
  func noAuthStatus() throws {
    let standIn = try StandIn(.b)
    #expect(standIn.client().signIn().isSignedIn)
    #expect(try standIn.calls().last?.starts(with: ["space", "list"]) == true)
  }
}
