import FoundationEssentials
import TestWorld
import Testing

@Suite("When something is missing or wrong", .waiting)
struct TroubleTests {
  private func trouble(
    _ world: Import, _ arguments: [String] = ["--yes"] + Import.scope,
    environment: [String: String] = [:]
  ) throws -> (Int32, String) {
    let result = try world.run(arguments, environment: environment)
    #expect(result.stdout.isEmpty || result.status != 2)
    return (result.status, result.stderr)
  }

  @Test(
    "Who may not read the namespaces is told once that nothing pins the cluster, and in the report")
  func notPinned() throws {
    let forbidden = Fault(.forbidden, path: "/api/v1/namespaces") {
      ["/api/v1/namespaces", "/api/v1/namespaces/kube-system"].contains($0.path)
    }
    let world = try Import(kubectl: .real, faults: [forbidden])
    let report = "\(world.sandbox.directory)/report.md"
    let result = try world.run(["--yes", "-o", "json", "--report", report] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let words = "the UID of its namespace kube-system could not be read"
    #expect(result.stderr.components(separatedBy: words).count == 2, "\(result.stderr)")
    let cluster = try world.json(result)["cluster"]
    #expect(cluster?["uid"] == .null && cluster?["not_pinned"]?.string?.contains(words) == true)
    let text = try String(contentsOfFile: report, encoding: .utf8)
    #expect(text.components(separatedBy: words).count == 2)
  }

  @Test("Without a terminal and without --yes, it says which flags to use")
  func noTerminal() throws {
    let (status, sentence) = try trouble(Import(), [])
    #expect(status == 2)
    #expect(sentence.contains("--yes") && sentence.contains("--status"))
  }

  @Test(
    "Where too few files may be open, it is told what to raise, and where the one copy is",
    arguments: [9, 14, 20] + Array(24...28))
  func fewFiles(limit: Int) throws {
    let world = try Import()
    let words = [try Sandbox.product("map-import"), "--yes"] + Import.scope
    let result = try world.sandbox.run(
      "/bin/sh", ["-c", "ulimit -n \(limit); exec \"$@\"", "sh"] + words,
      environment: world.environment)
    #expect(result.status == 1)
    #expect(result.stderr.contains("`ulimit -n`"), "\(result.stderr)")
    let copies = result.stderr.components(separatedBy: "A copy").count - 1
    #expect(copies < 2, "\(result.stderr)")
  }

  @Test("kubectl missing")
  func noKubectl() throws {
    let (status, sentence) = try trouble(Import(kubectl: .absent))
    #expect(status == 1)
    #expect(sentence.contains("kubectl is not on PATH") && sentence.contains("--kubectl"))
  }

  @Test("cub missing")
  func noCub() throws {
    let world = try Import(cub: .absent)
    let (status, sentence) = try trouble(world)
    #expect(status == 1)
    #expect(sentence.contains("cub is not on PATH") && sentence.contains("--cub"))
    #expect(try world.run(["--status"]).stdout.contains("(4/7)"), "the choices are saved")
  }

  @Test("The cluster cannot be reached")
  func unreachable() throws {
    let (status, sentence) = try trouble(
      Import(kubectl: .real), ["--yes", "--context", "gone"] + Import.scope)
    #expect(status == 1)
    #expect(sentence.contains("refused"), "\(sentence)")
  }

  @Test("The context is not known")
  func unknownContext() throws {
    let (status, sentence) = try trouble(
      Import(kubectl: .real), ["--yes", "--context", "nope"] + Import.scope)
    #expect(status == 1)
    #expect(sentence.contains("nope"), "\(sentence)")
  }

  @Test("The cluster's credentials are refused: exit 4")
  func clusterSignIn() throws {
    let (status, sentence) = try trouble(
      Import(kubectl: .real), ["--yes", "--context", "nobody"] + Import.scope)
    #expect(status == 4, "\(sentence)")
  }

  @Test("One kind may not be read: the rest is imported, and the gap is named")
  func oneKindForbidden() throws {
    let forbidden = Fault(.forbidden, path: "/apis/apps/v1") { $0.path.hasSuffix("daemonsets") }
    let world = try Import(kubectl: .real, faults: [forbidden])
    let result = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(
      report["left_out"]?.array.contains { $0["what"]?.string?.contains("daemonsets") == true }
        == true, "\(report["left_out"] as Any)")
    #expect(report["results"]?.array.count == 11)
    #expect(forbidden.fired > 0)
  }

  @Test("A namespace that does not exist is named")
  func unknownNamespace() throws {
    let (status, sentence) = try trouble(
      Import(kubectl: .real), ["--yes", "-n", "payment-prd"])
    #expect(status == 1)
    #expect(sentence.contains("no namespace payment-prd"), "\(sentence)")
  }

  @Test("Not signed in: exit 4, and what was chosen is kept", arguments: ["b", "c", "d"])
  func signedOut(generation: String) throws {
    let world = try Import(generation: generation)
    let (status, sentence) = try trouble(world, environment: ["STAND_IN_SIGNED_OUT": "1"])
    #expect(status == 4, "\(sentence)")
    #expect(sentence.contains("cub auth login"), "\(sentence)")
    #expect(try world.run(["--status"]).stdout.contains("(4/7)"))
    #expect(try world.creations().isEmpty)
  }

  @Test("A session file cut in half is set aside, and its backup is used")
  func cutInHalf() throws {
    let world = try Import()
    _ = try world.run(["--yes"] + Import.scope)
    let sessions = world.sandbox.home + "/.confighub/sessions"
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: sessions + "/import-latest.json")
    let path = "\(sessions)/\(latest)"
    let whole = try Data(contentsOf: URL(filePath: path))
    try whole.prefix(whole.count / 2).write(to: URL(filePath: path))

    let status = try world.run(["--status"])
    #expect(status.status == 0)
    #expect(status.stdout.contains("Warning:"), "\(status.stdout)")
    let resumed = try world.run(["--yes", "--resume", "-o", "json"])
    #expect(resumed.status == 0, "\(resumed.stderr)")
    #expect(try !FileManager.default.contentsOfDirectory(atPath: sessions + "/corrupt").isEmpty)
    #expect(try world.creations().values.allSatisfy { $0 == 1 })
  }

  @Test("A session that another map-import has open is not touched: exit 5")
  func held() throws {
    let world = try Import()
    let other = try world.start()
    try other.waitFor("Which namespaces of")
    let result = try world.run(["--resume", "--yes"] + Import.scope)
    #expect(result.status == 5, "\(result.stderr)")
    #expect(result.stderr.contains("\(other.processID)"), "\(result.stderr)")
    #expect(try world.run(["--status"]).stdout.contains("In use by"))
    let second = try world.start()
    try second.waitFor("It is open in another map-import")
    second.send("R")
    try second.waitFor("N begins anew")
    second.send("q")
    #expect(try second.waitForExit().status == 0)
    other.send("q")
    #expect(try other.waitForExit().status == 0)
  }

  @Test("A session that cannot be read at all is set aside, and a new one begins")
  func nothingLeft() throws {
    let world = try Import()
    let sessions = world.sandbox.home + "/.confighub/sessions"
    try world.sandbox.write(
      "{", to: "home/.confighub/sessions/import-2026-01-09-143022.json")
    let result = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stderr.contains("import-2026-01-09-143022"), "\(result.stderr)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: sessions + "/corrupt").count == 1)
  }

  @Test("A session edited by hand is asked about on a terminal, and not taken without one")
  func editedByHand() throws {
    let world = try Import()
    _ = try world.runToWorker(Import.scope)
    let latest = world.sandbox.home + "/.confighub/sessions/import-latest.json"
    let text = try String(contentsOfFile: latest, encoding: .utf8)
    let name = try FileManager.default.destinationOfSymbolicLink(atPath: latest)
    try world.sandbox.write(
      text.replacing("platform-team", with: "other-team"),
      to: "home/.confighub/sessions/\(name)")
    let (status, sentence) = try trouble(world, ["--yes"])
    #expect(status == 1)
    #expect(sentence.contains("edited by hand"), "\(sentence)")
    let terminal = try world.start()
    try terminal.waitFor("[R] takes it, [B] takes its backup")
    terminal.send("B")
    // The backup is the generation before, in which the last of the units were created.
    try terminal.waitFor("units of this session exist already")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try !String(contentsOfFile: latest, encoding: .utf8).contains("other-team"))
  }

  @Test(
    "Wrong usage is a sentence and exit 2",
    arguments: [
      ["--bogus"], ["extra"], ["-A", "-n", "x"], ["--resume", "--new"], ["--worker-mode", "fly"],
      ["--app-space", "-x"], ["--output", "yaml", "--status"], ["--namespace"], ["-o", "json"],
      ["--exclude", "x"],
    ])
  func usage(arguments: [String]) throws {
    let result = try Import().run(arguments)
    #expect(result.status == 2, "\(arguments)")
    #expect(result.stderr.hasPrefix("map-import: "))
    #expect(result.stdout.isEmpty)
  }
}
