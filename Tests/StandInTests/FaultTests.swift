import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite struct FaultTests {
  /// What a fault does to `unit create`, the first time.
  struct Effect: Sendable, CustomTestStringConvertible {
    let kind: String
    let creates: Bool
    let exit: Int32
    var output = ""
    var error = ""

    var testDescription: String { kind }
  }

  static let effects = [
    Effect(kind: "refuse", creates: false, exit: 1, error: "Failed: HTTP 400 for req "),
    Effect(kind: "forbid", creates: false, exit: 1, error: "Failed: HTTP 403 for req "),
    Effect(kind: "unauthorized", creates: false, exit: 1, error: "Failed: HTTP 401 for req "),
    Effect(kind: "expire", creates: false, exit: 1, error: "Failed: access token expired at "),
    Effect(kind: "exists", creates: false, exit: 1, error: "unit api already exists"),
    Effect(kind: "network", creates: false, exit: 1, error: "connection refused"),
    Effect(kind: "error500-before", creates: false, exit: 1, error: "Failed: HTTP 500 for req "),
    Effect(kind: "error500-after", creates: true, exit: 1, error: "Failed: HTTP 500 for req "),
    Effect(kind: "lost-after", creates: true, exit: 1, error: "connection reset by peer"),
    Effect(kind: "help", creates: false, exit: 0, output: "cub unit [command]"),
    Effect(kind: "garbage", creates: false, exit: 0, output: "<!DOCTYPE html>"),
    Effect(kind: "cut", creates: true, exit: 0, output: "\"ContentHash\""),
  ]

  private func standIn() throws -> StandIn {
    let standIn = try StandIn()
    try standIn.cub("space create s")
    return standIn
  }

  private func exists(_ standIn: StandIn) throws -> Bool {
    try standIn.cub("auth login")
    return try !standIn.cub("unit list --space s -o json").json.array.isEmpty
  }

  @Test("Each fault does what its name says", arguments: effects)
  func effect(_ effect: Effect) throws {
    let standIn = try standIn()
    let plan = try standIn.plan(#"[{"match":"unit create","kind":"\#(effect.kind)"}]"#)
    let result = try standIn.cub("unit create api - --space s -o json", plan)
    #expect(result.exit == effect.exit)
    #expect(result.text.contains(effect.output) || effect.output.isEmpty)
    #expect(result.error.contains(effect.error) || effect.error.isEmpty)
    #expect((try? result.json) == nil)
    #expect(try exists(standIn) == effect.creates)
    #expect(try standIn.fired()[0]["fired"]?.int == 1)
    let call = try #require(try standIn.calls().first { $0["fault"] != .null })
    #expect(call["fault"]?.string == effect.kind)
    #expect(call["exit"]?.int == Int(effect.exit))
  }

  @Test(
    "An expired sign-in stays expired until somebody signs in",
    arguments: ["unauthorized", "expire"])
  func expired(kind: String) throws {
    let standIn = try standIn()
    let plan = try standIn.plan(#"[{"match":"unit list","nth":1,"kind":"\#(kind)"}]"#)
    #expect(try standIn.cub("unit list", plan).exit == 1)
    #expect(try standIn.cub("unit list", plan).exit == 1)
    try standIn.cub("auth login", plan)
    #expect(try standIn.cub("unit list", plan).exit == 0)
  }

  @Test(
    "A call can hang before it does anything, or after",
    arguments: [("before", false), ("after", true)])
  func hang(when: String, creates: Bool) throws {
    let standIn = try standIn()
    let plan = try standIn.plan(#"[{"match":"unit create","kind":"hang-\#(when)"}]"#)
    let hanging = try standIn.start("cub", ["unit", "create", "api", "-", "--space", "s"], plan)
    #expect(
      try eventually { try standIn.calls().contains { $0["fault"]?.string == "hang-\(when)" } })
    #expect(kill(hanging.pid, 0) == 0)
    #expect(try exists(standIn) == creates)
    let result = try hanging.end(SIGKILL)
    #expect(result.exit == 128 + SIGKILL)
    #expect(result.output.isEmpty)
  }

  @Test("A fault can wait for a slug and for its turn; the record counts both")
  func selection() throws {
    let standIn = try standIn()
    let plan = try standIn.plan(
      """
      [{"match":"unit create","key":"b-x","nth":2,"kind":"refuse"},
       {"match":"unit","key":"a","kind":"forbid"},
       {"match":"unit creat","kind":"network"}]
      """)
    func create(_ slug: String) throws -> String {
      try standIn.cub("unit create \(slug) - --space s", plan).error
    }
    #expect(try create("b.x").isEmpty)
    #expect(try create("c").isEmpty)
    #expect(try create("b.x").contains("HTTP 400"))
    #expect(try create("b.x").contains("HTTP 409"))
    #expect(try create("a").contains("HTTP 403"))
    #expect(try standIn.cub("unit get a --space s", plan).error.contains("HTTP 403"))
    let fired = try standIn.fired()
    #expect(fired.map { $0["seen"]?.int } == [3, 2, 0])
    #expect(fired.map { $0["fired"]?.int } == [1, 2, 0])
    #expect(fired[0]["fault"]?["kind"]?.string == "refuse")
  }

  @Test("A flag that cub does not know is refused before any fault, and does not use it up")
  func parsing() throws {
    let standIn = try StandIn(["STAND_IN_GENERATION": "b"])
    let plan = try standIn.plan(#"[{"match":"space list","nth":1,"kind":"refuse"}]"#)
    #expect(try standIn.cub("space list -o json", plan).error.contains("unknown shorthand flag"))
    #expect(try standIn.cub("space list --json", plan).error.contains("HTTP 400"))
  }

  @Test("A plan that cannot be read fails loudly")
  func badPlan() throws {
    let standIn = try standIn()
    let plan = try standIn.plan(#"[{"match":"space list","kind":"explode"}]"#)
    let result = try standIn.cub("space list", plan)
    #expect(result.exit == 1)
    #expect(result.error.contains("cannot read the fault plan"))
  }

  @Test(
    "A caller that is map-import is killed, before or after the work",
    arguments: [("before", false), ("after", true)])
  func killParent(when: String, creates: Bool) throws {
    let standIn = try standIn()
    let caller = standIn.root + "/map-import"
    // Copied by another process: while this one holds a program open for writing, a process that
    // another test spawns could hold it too, and it could not be run (ETXTBSY, execve(2)).
    try Running(
      path: "/bin/cp", arguments: ["cp", "-L", "/bin/sh", caller], input: Data(),
      environment: [:], root: standIn.root
    ).finish()
    let plan = try standIn.plan(#"[{"match":"unit create","kind":"kill-parent-\#(when)"}]"#)
    let result = try call(standIn, by: caller, plan)
    #expect(result.exit == 128 + SIGKILL)
    #expect(!result.text.contains("survived"))
    #expect(try eventually { try standIn.calls().contains { $0["fault"] != .null } })
    #expect(try exists(standIn) == creates)
  }

  @Test("A caller that is not map-import is spared, and the fault does not count as fired")
  func spareParent() throws {
    let standIn = try standIn()
    let plan = try standIn.plan(#"[{"match":"unit create","kind":"kill-parent-before"}]"#)
    let result = try call(standIn, by: "/bin/sh", plan)
    #expect(result.exit == 0)
    #expect(result.text.hasSuffix("survived\n"))
    #expect(try exists(standIn))
    #expect(try standIn.fired()[0]["seen"]?.int == 1)
    #expect(try standIn.fired()[0]["fired"]?.int == 0)
  }

  /// A shell that calls the stand-in and says so if it lives on.
  private func call(
    _ standIn: StandIn, by path: String, _ plan: [String: String]
  ) throws -> StandIn.Result {
    let script = "\(try StandIn.executable()) cub unit create api - --space s; echo survived"
    return try Running(
      path: path, arguments: [path, "-c", script], input: Data(),
      environment: standIn.environment.merging(plan) { _, new in new }, root: standIn.root
    ).finish()
  }
}
