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

  private func scale(_ world: Import, from old: Int, to new: Int) throws {
    let path = "/apis/apps/v1/namespaces/shop/deployments/web"
    let json = try world.server.object(at: path)
    try world.server.replaceObject(
      at: path,
      with: json.replacing("\"replicas\":\(old)", with: "\"replicas\":\(new)")
        .replacing("\"resourceVersion\":\"10\"", with: "\"resourceVersion\":\"20\""))
  }

  @Test("What an autoscaler has changed is no change: not for another import, nor for verifying")
  func autoscaled() throws {
    let scope = ["--context", "kind-atk", "-n", "shop", "--app-space", "payment-team"]
    let world = try Import(kubectl: .real, case: "autoscaled")
    let first = try world.json(try world.run(["--yes", "-o", "json"] + scope))
    #expect(first["verified"] == .bool(true))
    #expect(first["proposal"]?["replicas"]?.string == "autoscaler")
    try scale(world, from: 5, to: 8)
    let again = try world.json(try world.run(["--new", "--yes", "-o", "json"] + scope))
    let words = again["results"]?.array.compactMap { $0["result"]?.string }
    #expect(words == ["unchanged", "unchanged", "unchanged"])

    let other = try Import(kubectl: .real, case: "autoscaled")
    let terminal = try other.start(["--replicas", "unit"] + scope)
    try terminal.waitFor("3 workloads, 3 chosen")
    terminal.send(.enter)
    try terminal.waitFor("Replicas of 3: as they are now")
    terminal.send(.enter)
    try terminal.create()
    try terminal.waitFor("Which worker connects")
    try terminal.waitFor("Ready")
    try scale(other, from: 5, to: 8)
    terminal.send(.enter)
    try terminal.waitFor("Complete: 3 units imported")
    try terminal.waitFor("Everything is as it was meant to be.")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
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
        "{\"hub\": \"h\", \"app_space\": \"a\",\n\"layout\": \"by-colour\", \"units\": []}",
        "line 2: \"layout\" is app-space or component, not \"by-colour\""
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\",\n\"unit_contents\": 1, \"units\": []}",
        "line 2: \"unit_contents\" is not a text"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\",\n\"replicas\": \"3\", \"units\": []}",
        "line 2: \"replicas\" is autoscaler or unit, not \"3\""
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"units\": [\n{\"slug\": \"x\", \"space\": \"b\"}]}",
        "line 2: \"space\" goes with \"layout\": \"component\" alone"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"layout\": \"component\", \"units\": [\n{\"slug\": "
          + "\"x\", \"members\": []}]}",
        "line 2: \"space\" is missing"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"layout\": \"component\", \"units\": [\n{\"slug\": "
          + "\"x\",\n\"space\": \"a b\"}]}",
        "line 3: \"space\" \"a b\" is no name"
      ),
      (
        "{\"hub\": \"h\", \"app_space\": \"a\", \"layout\": \"component\", \"units\": [\n{\"slug\": "
          + "\"x\", \"space\": \"b\", \"members\": [{\"api_version\": \"v1\", \"kind\": \"Service\", "
          + "\"name\": \"s\"}]},\n{\"slug\": \"X\", \"space\": \"b\"}]}",
        "line 3: the unit b/X is there already, from line 2 on"
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

  @Test("The flags of a layout are said in the plan, and the plan says them when it is given back")
  func layout() throws {
    let world = try Import()
    let (path, again) = (
      world.sandbox.directory + "/plan.json", world.sandbox.directory + "/again.json"
    )
    let scope = ["-n", "payment-prod", "-n", "order-prod"]
    let dry = try world.run(
      ["--dry-run", "-o", "json", "--plan-out", path, "--layout", "component"]
        + ["--units", "resource"] + Import.scope)
    #expect(dry.status == 0, "\(dry.stderr)")
    let proposal = try #require(try world.json(dry)["proposal"])
    #expect(proposal["layout"] == .string("component"))
    #expect(proposal["unit_contents"] == .string("resource"))
    #expect(proposal["app_space"] == .string("payment-team"))
    let units = try #require(proposal["units"]?.array)
    #expect(units.allSatisfy { $0["members"]?.array.count == 1 })
    #expect(!units.contains { $0["space"] == .string("payment-team") })

    let plan = try text(path)
    #expect(plan.contains("\"layout\"") && plan.contains("\"space\""))
    let back = try world.run(
      ["--dry-run", "-o", "json", "--plan", path, "--plan-out", again] + scope)
    #expect(back.status == 0, "\(back.stderr)")
    #expect(try world.json(back)["proposal"] == proposal)
    #expect(try text(again) == plan)
    for flag in [["--layout", "component"], ["--units", "app"]] {
      let result = try world.run(["--dry-run", "-o", "json", "--plan", path] + flag + scope)
      #expect(result.status == 2)
      #expect(result.stderr.contains("\(flag[0]) does not go with --plan"), "\(result.stderr)")
    }
    let wrong = try world.run(["--yes", "--layout", "by-colour"] + scope)
    #expect(wrong.status == 2)
    #expect(wrong.stderr.contains("--layout is one of app-space, component, not \"by-colour\""))
    // Nothing of it is said in a plan without them.
    _ = try world.run(["--dry-run", "-o", "json", "--plan-out", path] + Import.scope)
    let usual = try text(path)
    #expect(!usual.contains("layout") && !usual.contains("\"space\""))
  }

  @Test(
    "A layout chosen in the wizard is what the next session proposes, but not without questions")
  func remembered() throws {
    let world = try Import()
    var terminal = try world.start()
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Layout: one App Space")
    terminal.send("gjj", .enter)
    try terminal.waitFor("Layout: one Space per component and variant")
    terminal.send("j ")
    try terminal.waitFor("Units: one per object")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    terminal = try world.start(["--new"])
    try terminal.scan()
    terminal.send(.enter)
    try terminal.waitFor("Layout: one Space per component and variant")
    try terminal.waitFor("Units: one per object")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    let dry = try world.run(["--dry-run", "-o", "json"] + Import.scope)
    #expect(try world.json(dry)["proposal"]?["layout"] == .string("app-space"))
    #expect(try world.json(dry)["proposal"]?["unit_contents"] == .string("app"))
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
    // Enter alone removes nothing.
    terminal.send(.enter)
    try terminal.waitFor("Complete: 12 units imported")
    #expect(try world.units().count == 12)
    terminal.send("X")
    try terminal.waitFor("Remove 12 units")
    terminal.send(.down, .enter)
    try terminal.waitFor("Undone: 12 units removed")
    #expect(try world.units() == [])
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.run(["sessions", "list"]).stdout.contains("Undone"))
    #expect(
      try world.run(["sessions", "audit"]).stdout.contains(
        " done: 12 units removed from payment-team"))
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
    try terminal.waitFor("None is called that.")
    terminal.send(.ctrl("u"), "order-api", .enter)
    try terminal.waitFor("Import as 11 units")
    terminal.send("u")
    try terminal.waitFor("Import as 12 units")
    terminal.send("L", ", tier", .enter)
    try terminal.waitFor("is not name=value")
    // What cannot be taken stays to be mended, or is left as it was.
    terminal.send(.escape)
    try terminal.waitFor("enter go on")
    terminal.send("o")
    try terminal.waitFor("holds")
    terminal.send(.escape, "a")
    try terminal.waitFor("Import as 12 units, 12 marked")
    terminal.send(.home, .escape, " ")
    terminal.send(.end, " ")
    try terminal.waitFor("Import as 12 units, 1 marked")
    terminal.send("d")
    try terminal.waitFor("left out; u takes that back")
    terminal.send("D")
    try terminal.waitFor("left out here")
    terminal.send(.enter)
    try terminal.waitFor("taken back")
    terminal.send(.escape)
    try terminal.waitFor("Import as 12 units")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.creations().isEmpty)
  }
}
