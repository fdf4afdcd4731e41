import FoundationEssentials
import Glibc
import TestWorld
import Testing

/// What went wrong in the wizard before this one and takes the program itself to be seen; the rest
/// is in `DefectTests`.
@Suite("Defects of the wizard before, in whole runs", .waiting)
struct DefectRunTests {
  @Test("Each unit holds every member that was proposed, and one without members is refused")
  func allMembers() throws {
    let world = try Import()
    let result = try world.run(["--yes", "-o", "json", "--plan-out", "plan.json"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let proposed = try world.json(result)["proposal"]?["units"]?.array ?? []
    #expect(proposed.count == units.count)
    for unit in proposed {
      let slug = try #require(unit["slug"]?.string)
      let data = try world.sandbox.run(
        "cub", ["unit", "data", "--space", "payment-team", slug], environment: world.environment)
      let kinds = data.stdout.split(separator: "\n").count { $0.hasPrefix("kind: ") }
      #expect(kinds == unit["members"]?.array.count && kinds > 0, "\(slug)")
    }
    let plan = try world.sandbox.write(
      #"{"hub": "h", "app_space": "s", "units": [{"slug": "u", "labels": {}, "members": []}]}"#,
      to: "home/empty.json")
    let refused = try world.run(["--new", "--yes", "--plan", plan] + Import.scope)
    #expect(refused.status == 2)
    #expect(refused.stderr.contains("holds nothing"), "\(refused.stderr)")
  }

  @Test("What is not imported is told in every report, and what is not chosen by itself, too")
  func leftOut() throws {
    let world = try Import(kubectl: .real, case: "references-not-imported")
    let scope = ["--context", "kind-atk", "-n", "docs", "--app-space", "payment-team"]
    let text = try world.run(["--yes"] + scope).stdout
    let claim = "PersistentVolumeClaim docs/wiki-data"
    #expect(text.contains("Left out: \(claim): Deployment wiki needs it; it is not imported"))
    let json = try world.json(try world.run(["--new", "--dry-run", "--yes", "-o", "json"] + scope))
    #expect(json["left_out"]?.array.contains { $0["what"]?.string == claim } == true)

    let hook = try Import(kubectl: .real, case: "helm-hook-job")
    let refused = try hook.run(["--yes", "--context", "kind-atk", "-n", "shop"])
    #expect(refused.status == 1)
    #expect(refused.stderr.contains("Helm runs it as a hook"), "\(refused.stderr)")
  }

  @Test(
    "A path that is no UTF-8 is refused by the name of its variable",
    arguments: ["HOME", "KUBECONFIG"])
  func oddEnvironment(name: String) throws {
    let world = try Import()
    let script = try
      "export \(name)=\"$(printf '/tmp/caf\\351')\"; exec \(Sandbox.product("map-import")) --yes -A"
    let result = try world.sandbox.run("/bin/sh", ["-c", script], environment: world.environment)
    #expect(result.status == 2)
    #expect(result.stderr.contains("\(name) holds bytes that are no UTF-8"), "\(result.stderr)")
  }

  @Test("A local worker that ends at once is said to have ended, with its status, and never used")
  func workerEnds() throws {
    let world = try Import(generation: "c", worker: nil)
    try world.sandbox.write(#"[{"match":"worker run","kind":"refuse"}]"#, to: "faults.json")
    let terminal = try world.start(environment: [
      "STAND_IN_FAULTS": world.sandbox.directory + "/faults.json"
    ])
    try terminal.scan()
    try terminal.confirm()
    try terminal.create()
    try terminal.waitFor("Start here")
    terminal.send(.up, .up, .enter)
    try terminal.waitFor("Worker payment-team-worker ended: exit 1;")
    terminal.send("w")
    // The line is longer than the screen is wide.
    try terminal.waitFor("Failed: HTTP 400")
    terminal.send(.right, .right)
    try terminal.waitFor("as the fault plan has it")
    terminal.send("q", "q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(try world.run(["--status"]).stdout.contains("Worker connecting (5/7)"))
  }

  @Test("Nothing is written but below ~/.confighub, for its owner alone, whatever the umask")
  func files() throws {
    let world = try Import()
    let wrapper = try world.sandbox.write(
      "#!/bin/sh\numask 0\nexec \(Sandbox.product("map-import")) \"$@\"\n", to: "run",
      mode: 0o700)
    let result = try world.sandbox.run(
      wrapper, ["--yes"] + Import.scope, environment: world.environment)
    #expect(result.status == 0, "\(result.stderr)")
    let home = try FileManager.default.contentsOfDirectory(atPath: world.sandbox.home)
    #expect(home.sorted() == [".confighub", ".kube"])
    let temporary = world.sandbox.directory + "/tmp"
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary) == [])
    let root = world.sandbox.home + "/.confighub"
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    #expect(paths.count > 5)
    for path in paths {
      var information = stat()
      #expect(lstat("\(root)/\(path)", &information) == 0)
      if information.st_mode & S_IFMT == S_IFLNK { continue }
      #expect(information.st_mode & 0o077 == 0, "\(path) is open to others")
    }
  }

  @Test(
    "Whoever wants no colours gets none, and whoever has no terminal no drawing",
    arguments: [
      (["NO_COLOR": "1"], []), ([:], ["--no-color"]), (["TERM": "vt100"], []),
    ] as [([String: String], [String])])
  func noColours(environment: [String: String], flags: [String]) throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    let terminal = try world.start(["--demo"] + flags, environment: environment)
    try terminal.scan()
    #expect(!terminal.terminal.usesColor)
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)
    #expect(colours(in: terminal.transcript) == [])
    let coloured = try world.start(["--demo", "--new"])
    try coloured.waitFor("Which namespaces of")
    #expect(colours(in: coloured.transcript) != [], "the test can tell")
    coloured.send("q")
    _ = try coloured.waitForExit()
  }
}
