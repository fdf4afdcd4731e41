import ForeignText
import Testing

@testable import Hub

@Suite("What cub's words mean")
struct ComplaintTests {
  typealias Example = (words: String, kind: HubFailure.Kind)

  static let certain: [Example] = [
    ("HTTP 400 for req 7c61: invalid Slug", .refused),
    ("HTTP 422 for req 7c61: Data is not YAML", .refused),
    ("HTTP 429 for req 7c61: too many requests", .refused),
    ("HTTP 403 for req 7c61: you may not create units in this space", .forbidden),
    ("HTTP 404 for req 7c61: space does not exist", .notFound),
    ("HTTP 409 for req 7c61: data has changed since last read", .conflict),
    ("HTTP 400 for req 7c61: unit with slug api already exists", .conflict),
    ("unit api already exists", .conflict),
    ("HTTP 401 for req 7c61: who are you", .signInNeeded),
    ("authentication problem. Try logging in (again). Detailed message: expired. ", .signInNeeded),
    (
      "you must be authenticated to execute this command. Log in with the command: cub auth login",
      .signInNeeded
    ),
    ("not authenticated: no access token found for context \"x\".", .signInNeeded),
    ("not authenticated: access token expired at 2026-07-01T10:00:00Z.", .signInNeeded),
    ("token has expired", .signInNeeded),
    ("unknown flag: --change-desc", .unsupported),
    ("unknown shorthand flag: 'o' in -o", .unsupported),
    ("unknown command \"gitops\" for \"cub\"", .unsupported),
    ("space \"apps\" not found in any space", .notFound),
    ("target dev not found in space 5e1b", .notFound),
    ("invalid label; expected key=value: a=b=c", .refused),
    (
      "creating a single entity needs a space: pass --space <space> (the context's default space "
        + "is no longer used)", .refused
    ),
  ]

  static let uncertain: [Example] = [
    ("HTTP 500 for req 7c61: internal error", .unreachable),
    ("HTTP 503 for req 7c61: unit already exists, token expired", .unreachable),
    ("HTTP 408 for req 7c61: request timeout", .timedOut),
    (
      "Post \"https://hub.confighub.com/api/unit\": dial tcp 10.0.0.1:443: connection refused",
      .unreachable
    ),
    ("Post \"https://hub.confighub.com/api/unit\": EOF", .unreachable),
    ("read tcp 10.0.0.2:5010: connection reset by peer", .unreachable),
    ("dial tcp: lookup hub.confighub.com: no such host", .unreachable),
    (
      "failed to reach server https://hub.confighub.com to verify authentication: timeout",
      .unreachable
    ),
    ("no response body from server for req 7c61", .unreachable),
    ("triggers on unit api did not finish within 2m0s", .programFailed),
    ("something new went wrong", .programFailed),
    ("unit api has been created, its triggers are still running", .programFailed),
    ("triggers didn't execute on unit api", .programFailed),
    ("while waiting for triggers: function accepts no unit, not found", .programFailed),
    ("context \"x\" not found", .programFailed),
    ("HTTP 4 for req 7c61: half an answer", .programFailed),
  ]

  @Test("Words that mean a change was certainly not made", arguments: certain)
  func certainly(_ example: Example) {
    let complaint = CubErrorClassifier(ForeignText(example.words))
    #expect(complaint.kind == example.kind)
    #expect(complaint.nothingWasDone)
  }

  @Test("Words after which only reading tells", arguments: uncertain)
  func perhaps(_ example: Example) {
    let complaint = CubErrorClassifier(ForeignText(example.words))
    #expect(complaint.kind == example.kind)
    #expect(!complaint.nothingWasDone)
  }

  @Test(
    "A unit is absent when cub or the server says so of this unit",
    arguments: [
      "unit api not found in space 5e1b", "unit \"api\" not found in space 5e1b",
      "HTTP 404 for req 7c61: not found", "HTTP 404 for req 7c61: Unit not found",
    ])
  func absent(words: String) {
    #expect(CubErrorClassifier.saysAbsent(ForeignText(words), .unit, "api"))
  }

  @Test(
    "Nothing else proves that a unit is absent",
    arguments: [
      "unit api-2 not found in space 5e1b", "space \"apps\" not found in any space",
      "space apps not found", "HTTP 404 for req 7c61: space not found", "context \"x\" not found",
      "exec: \"cub\": executable file not found in $PATH", "HTTP 403 for req 7c61: not found",
      "HTTP 500 for req 7c61: unit api not found", "",
    ])
  func notAbsent(words: String) {
    #expect(!CubErrorClassifier.saysAbsent(ForeignText(words), .unit, "api"))
  }

  @Test("A space is absent when cub says so")
  func spaceAbsent() {
    #expect(
      CubErrorClassifier.saysAbsent(
        ForeignText("space \"apps\" not found in any space"), .space, "apps"))
    #expect(
      CubErrorClassifier.saysAbsent(
        ForeignText("HTTP 404 for req 7c61: space not found"), .space, "apps"))
    #expect(!CubErrorClassifier.saysAbsent(ForeignText("space apps-2 not found"), .space, "apps"))
  }
}
