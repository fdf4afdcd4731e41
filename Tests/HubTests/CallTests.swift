import ForeignText
import Testing
import Wizard

@testable import Hub

@Suite("What is put on cub's command line")
struct CallTests {
  @Test(
    "A name that ConfigHub would not take, or cub would take for something else, is refused",
    arguments: [
      "", "-", "-rf", "--space", "a-", "_a", "a b", "a/b", "../a", "https://x", "é", "a\n", "a\0b",
      "*", String(repeating: "a", count: 129),
    ])
  func badSlugs(slug: String) {
    #expect(throws: HubFailure.self) { try Call(["unit", "get"], "read", slugs: [slug]) }
    #expect(throws: HubFailure.self) { try Call(["unit", "list"], "list", space: slug) }
  }

  @Test(
    "Names by ConfigHub's rule are taken",
    arguments: ["a", "A9", "payment-api_2", "v1.2", String(repeating: "a", count: 128)])
  func goodSlugs(slug: String) throws { _ = try Call(["unit", "get"], "read", slugs: [slug]) }

  @Test(
    "A label that cub would split or misread is refused",
    arguments: [
      ("app", "a,b"), ("app", "a=b"), ("app", "\"a"), ("app", "a\nb"), ("a=b", "c"), ("", "a"),
      ("a,b", "c"), ("team", "é"), ("my key", "a"), ("app", ""), ("app", "-"), ("app", " a"),
      ("note", "100% fine *"), ("app", String(repeating: "a", count: 129)), ("/app", "a"),
    ])
  func badLabels(label: (String, String)) {
    #expect(throws: HubFailure.self) {
      try Call(["space", "create"], "create", labels: [label.0: label.1])
    }
  }

  @Test("Every value stands in one argument with its flag")
  func arguments() throws {
    var call = try Call(
      ["unit", "create"], "create unit api", space: "apps", slugs: ["api"],
      labels: ["owner": "Flux", "app": "api --space x"])
    call.optionalFlags = ["--change-desc=D"]
    call.operands.append("-")
    #expect(
      CubDialect().arguments(for: call) == [
        "unit", "create", "--space=apps", "--label=app=api --space x", "--label=owner=Flux",
        "--change-desc=D", "-o", "json", "api", "-",
      ])
  }

  @Test("What this cub does not know is left out from then on")
  func learning() throws {
    var create = try Call(["unit", "create"], "create", space: "apps", slugs: ["api"])
    create.optionalFlags = ["--change-desc=D"]
    let list = try Call(["unit", "list"], "list", space: "apps")
    var dialect = CubDialect()
    dialect.learn("-o", in: create)
    #expect(dialect.arguments(for: list) == ["unit", "list", "--space=apps", "--json"])
    dialect.learn("--change-desc", in: create)
    #expect(
      dialect.arguments(for: create) == ["unit", "create", "--space=apps", "--json", "api"])
    dialect.learn("--json", in: create)
    #expect(dialect.arguments(for: create) == ["unit", "create", "--space=apps", "api"])
    #expect(dialect.arguments(for: list) == ["unit", "list", "--space=apps", "--json"])
  }

  @Test("The unknown flag is read from pflag's sentence")
  func unknownFlag() {
    #expect(CubDialect.unknownFlag(in: ForeignText("unknown flag: --json")) == "--json")
    #expect(CubDialect.unknownFlag(in: ForeignText("unknown shorthand flag: 'o' in -o")) == "-o")
    #expect(
      CubDialect.unknownFlag(in: ForeignText("HTTP 400 for req 1: unknown flag: --json")) == nil)
  }

  @Test("Our mark comes back from the labels it was written to")
  func mark() {
    let digest = String(repeating: "0123456789abcdef", count: 4)
    let mark = UnitMark(session: "import-2026-01-09-143022", operation: "op-0003", digest: digest)
    #expect(
      mark.labels == [
        "MapImportSession": "import-2026-01-09-143022", "MapImportOperation": "op-0003",
        "MapImportDigest": String(digest.prefix(32)),
      ])
    #expect(mark.labels.allSatisfy { LabelText.problem(key: $0.key, value: $0.value) == nil })
    #expect(
      mark.changeDescription == "map-import import-2026-01-09-143022 op-0003 sha256:\(digest)")
    let unit = RemoteUnit(slug: "api", labels: mark.labels.merging(["app": "api"]) { a, _ in a })
    #expect(unit.mark?.isSame(as: mark) == true)
    var other = mark
    other.operation = "op-0004"
    #expect(unit.mark?.isSame(as: other) == false)
    #expect(RemoteUnit(slug: "api", labels: ["MapImportSession": "x"]).mark == nil)
  }
}
