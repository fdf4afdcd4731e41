import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("A plan, a report, and taking it all back", .waiting)
struct PlanTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("A proposal is written, edited by hand, given back, and imported as it says")
  func roundTrip() throws {
    let world = try Import()
    let path = world.sandbox.directory + "/plan.json"
    let dry = try world.run(["--dry-run", "--yes", "--plan-out", path] + Import.scope)
    #expect(dry.status == 0, "\(dry.stderr)")
    let plan = try text(path)
    #expect(plan.contains("\"payment-api\""))
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    try world.sandbox.write(
      plan.replacing("\"slug\" : \"payment-api\"", with: "\"slug\" : \"by-hand\"")
        .replacing("\"slug\": \"payment-api\"", with: "\"slug\": \"by-hand\""), to: "plan.json")
    let scope = ["-n", "payment-prod", "-n", "order-prod"]
    let result = try world.run(["--yes", "-o", "json", "--plan", path] + scope)
    #expect(result.status == 0, "\(result.stderr)")
    let made = try world.units()
    #expect(made.contains("by-hand") && !made.contains("payment-api"))
    #expect(made.count == units.count)
  }

  @Test(
    "A wrong plan is refused with its line and the reason: exit 2, and nothing is written",
    arguments: [
      ("{", "line 1: a name in quotes is expected"),
      ("{\n\"hub\": \"h\",\n\"app_space\": \"a b\",\n\"units\": []}", "line 3: \"app_space\""),
      ("{\n\"hub\": \"h\",\n\"app_space\": \"a\",\n\"units\": []}", "line 4: there is no unit"),
      ("{\n\"hub\": \"h\",\n\"slug\": \"a\"}", "line 3: \"slug\" is not known here"),
      ("{\"hub\": \"h\", \"hub\": \"i\"}", "\"hub\" is there twice"),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"units\": [\n{\"slug\": \"x\",\n\"members\": []}]}",
        "line 3: the unit x holds nothing"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"units\": [{\"slug\": \"x\", \"members\": [\n"
          + "{\"api_version\": \"v1\",\n\"kind\": \"Secret\", \"name\": \"s\"}]}]}",
        "line 3: Secrets are never imported"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"units\": [{\"slug\": \"x\", \"members\": [\n\n"
          + "{\"api_version\": \"apps/v1\", \"kind\": \"Deployment\", \"namespace\": \"payment-prod\", "
          + "\"name\": \"nobody\"}]}]}",
        "line 3: Deployment payment-prod/nobody is not among"
      ),
    ])
  func wrong(plan: (text: String, words: String)) throws {
    let world = try Import()
    let path = try world.sandbox.write(plan.text, to: "plan.json")
    let result = try world.run(
      ["--yes", "--plan", path, "-n", "payment-prod", "-n", "order-prod"])
    #expect(result.status == 2, "\(result.stderr)")
    #expect(result.stderr.contains(plan.words), "\(result.stderr)")
    #expect(try world.creations().isEmpty)
  }

  @Test("The report is a Markdown file that says what came of it and what to do next")
  func report() throws {
    let world = try Import()
    let path = world.sandbox.directory + "/report.md"
    let result = try world.run(["--yes", "--report", path] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try text(path)
    #expect(report.contains("| payment-api | created |"), "\(report)")
    #expect(report.contains("Verified: everything is as it was meant to be."))
    #expect(report.contains("flux suspend kustomization"), "\(report)")
    #expect(report.contains("--cascade=false"))
    #expect(!report.contains(world.sandbox.home))
  }

  @Test("What a session created is removed again, but not what somebody changed or had before")
  func undo() throws {
    let world = try Import()
    for arguments in [
      ["space", "create", "payment-team"],
      ["unit", "create", "--space", "payment-team", "mine", "-"],
    ] {
      _ = try world.sandbox.run(
        "cub", arguments, environment: world.environment, input: "kind: ConfigMap\n")
    }
    let first = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(first.status == 0, "\(first.stderr)")
    guard case .string(let id)? = try world.json(first)["session_id"] else {
      Issue.record("no session")
      return
    }
    _ = try world.sandbox.run(
      "cub", ["unit", "update", "--space", "payment-team", "order-api", "-"],
      environment: world.environment, input: "kind: Changed\n")
    let asked = try world.run(["sessions", "undo", id])
    #expect(asked.stderr.contains("payment-api would be removed from "), "\(asked.stderr)")
    #expect(asked.status == 2 && asked.stderr.contains("--yes"), "\(asked.stderr)")
    #expect(try world.units().count == units.count + 1)

    // A copy of the session is not the one that made them.
    let file = world.sandbox.directory + "/session.json"
    _ = try world.run(["sessions", "export", id, file])
    _ = try world.run(["sessions", "import", file])
    let copy = try world.run(["sessions", "undo", "\(id)-2", "--yes"])
    #expect(
      copy.stdout.contains(
        "payment-api stays: it carries the mark of session \(id), of which this one is a copy: undo "
          + "that one"), "\(copy.stdout) \(copy.stderr)")
    _ = try world.run(["sessions", "delete", "\(id)-2", "--yes"])

    let undone = try world.run(["sessions", "undo", id, "--yes", "-o", "json"])
    #expect(undone.status == 0, "\(undone.stderr)")
    let report = try world.json(undone)
    #expect(report["removed"]?.array.count == units.count - 1)
    #expect(report["kept"]?.array.map { $0["unit"] } == [.string("order-api")])
    #expect(try world.units() == ["mine", "order-api"])
    // Resumed, it makes nothing anew; undone once more, there is nothing left to do.
    _ = try world.run(["--resume", "--yes"])
    #expect(try world.units() == ["mine", "order-api"])
    let again = try world.run(["sessions", "undo", id, "--yes"])
    #expect(again.status == 0 && again.stdout.contains("nothing to remove"), "\(again.stdout)")
    #expect(try world.run(["sessions", "undo", "import-2020-01-01-000000", "--yes"]).status == 3)
  }

  @Test("On the last screen: the report as a file, and the import taken back after a yes")
  func lastScreen() throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    try terminal.confirm()
    try terminal.create()
    try terminal.deliver()
    terminal.send("m")
    try terminal.waitFor("The report is in map-import-import-")
    let files = try FileManager.default.contentsOfDirectory(atPath: world.sandbox.home)
    #expect(files.contains { $0.hasPrefix("map-import-import-") && $0.hasSuffix(".md") })
    terminal.send("X")
    try terminal.waitFor("Remove 12 units")
    terminal.send("y", .enter)
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.units() == [])
  }

  @Test("At step 3: merged, split, moved, labelled, previewed, each with a key")
  func arranged() throws {
    let world = try Import()
    let terminal = try world.start()
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send("p")
    try terminal.waitFor("As it will be written")
    terminal.send("G")
    try terminal.waitFor("- status:")
    terminal.send(.escape)
    try terminal.waitFor("Import as 12 units")
    terminal.send("m", "nowhere")
    try terminal.waitFor("type the name of another unit")
    terminal.send(.ctrl("u"), "order-api", .enter)
    try terminal.waitFor("Import as 11 units")
    terminal.send("u")
    try terminal.waitFor("Import as 12 units")
    terminal.send("L", ", tier", .enter)
    try terminal.waitFor("is not name=value")
    terminal.send("o")
    try terminal.waitFor("holds")
    terminal.send(.escape, "q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.creations().isEmpty)
  }
}
