import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("Programs that print secrets", .waiting)
struct CanaryTests {
  /// Seconds; short only where they are waited out, and long enough to print before.
  private static func limit(_ ending: String) -> String { ending == "hangs" ? "5" : "120" }

  @Test("kubectl, however it ends", arguments: Canary.endings.map(\.name))
  func kubectl(ending: String) throws {
    let world = try CanaryWorld()
    try world.plant("kubectl", where: "*/deployments*", ending)
    let report = world.sandbox.home + "/report.md"
    let limit = Self.limit(ending)
    let scan = try world.run(
      ["--dry-run", "-o", "json", "--report", report, "--scan-timeout", limit] + Import.scope)
    #expect(world.hasFired())
    try world.plant("kubectl", where: "*/namespaces*", ending)
    let list = try world.run(["--plain", "--scan-timeout", limit], input: "1\n1\n\n")
    #expect(world.hasFired())
    try world.plant("kubectl", where: "*\\ proxy\\ *", ending)
    try world.run(["--new", "--dry-run", "-o", "json", "--scan-timeout", limit] + Import.scope)
    #expect(world.hasFired())
    if ending == "only complains" {
      #expect(scan.stdout.contains("[redacted]"), "\(scan.stdout)")
      #expect((list.stdout + list.stderr).contains("[redacted]"), "\(list.stdout)")
    }
    world.check(ending)
  }

  @Test("cub, however it ends", arguments: Canary.endings.map(\.name))
  func cub(ending: String) throws {
    let world = try CanaryWorld()
    try world.plant("cub", where: "*'unit create'*order-web*", ending)
    let report = world.sandbox.home + "/report.md"
    let result = try world.run(
      ["--yes", "-o", "json", "--report", report, "--cub-timeout", Self.limit(ending)]
        + Import.scope)
    #expect(world.hasFired())
    #expect(result.status == 1, "\(result.stderr)")
    if ["complains", "only complains"].contains(ending) {
      #expect(result.stdout.contains("[redacted]"), "\(result.stderr)")
    }
    world.check(ending)
  }

  @Test("cub while sessions are looked at and taken back")
  func verbs() throws {
    let world = try CanaryWorld()
    #expect(try world.run(["--yes"] + Import.scope).status == 0)
    let latest = try FileManager.default.destinationOfSymbolicLink(
      atPath: world.sandbox.home + "/.confighub/sessions/import-latest.json")
    let id = String(latest.split(separator: "/").last?.dropLast(5) ?? "")
    for pattern in ["*'auth status'*", "*'unit list'*", "*'unit delete'*"] {
      try world.plant("cub", where: pattern, "complains")
      let undo = try world.run(["sessions", "undo", id, "--yes"])
      #expect(world.hasFired(), "\(pattern): \(undo.stderr)")
      #expect((undo.stderr + undo.stdout).contains("[redacted]"), "\(pattern)")
    }
    for words in [
      ["show", id], ["show", id, "-o", "json"], ["list"], ["export", id], ["doctor"],
    ] {
      try world.run(["sessions"] + words)
    }
    try world.run(["--status"])
    world.check("sessions")
  }

  @Test("Both while a person looks on, and the credential plugin behind one of them")
  func wizard() throws {
    let world = try CanaryWorld()
    // As kubectl passes it on.
    try world.plant(
      "kubectl", where: "*/namespaces*",
      script: """
        (\(world.printing)
        ) >/dev/null
        echo 'Unable to connect to the server: getting credentials: token=\(Canary.secret)' >&2
        exit 1
        """)
    let terminal = try world.world.start(["--new"])
    // What the plugin says is shown while it is waited for, too.
    try terminal.waitFor("could not be read")
    try terminal.waitFor("[redacted]")
    #expect(world.hasFired())
    world.clear("kubectl")
    try world.plant("cub", where: "*'auth status'*", "complains")
    terminal.send("r")
    try terminal.waitFor("payment-prod")
    terminal.send(.enter)
    try terminal.waitFor("12 workloads, 12 chosen")
    terminal.send(.enter)
    try terminal.waitFor("Import as 12 units")
    terminal.send(.enter)
    #expect(eventually { world.hasFired() })
    try terminal.waitFor("[redacted]")
    terminal.send(.ctrl("c"))
    _ = try terminal.waitForExit()
    world.add(terminal)
    world.check("wizard")
  }

  @Test("A pager and an editor, who have the terminal for themselves: nothing of it stays")
  func person() throws {
    let world = try CanaryWorld()
    let program = try world.sandbox.write(
      "#!/bin/sh\n\(world.printing)\necho 'token=\(Canary.secret)' >\"$1\"; exit $STATUS\n",
      to: "bin/careless", mode: 0o700)
    for status in ["0", "1"] {
      let terminal = try world.sandbox.startOnTerminal(
        Sandbox.product("map-import"), ["--demo", "--new"],
        environment: ["PAGER": program, "EDITOR": program, "STATUS": status])
      try terminal.scan()
      terminal.send(.enter)
      try terminal.waitFor("payment-api")
      terminal.send("p")
      try terminal.waitFor("apiVersion: ")
      for keys: [Key] in [["|"], [.escape, "E"]] {
        // Keys that are typed before the wizard has the terminal again are nobody's.
        let before = terminal.terminal.alternateScreensTaken
        for key in keys { terminal.send(key) }
        #expect(eventually { world.hasFired() }, "\(keys)")
        try terminal.waitFor("the wizard again, and it alone") {
          $0.alternateScreensTaken > before && !$0.screen.contains { $0.contains(Canary.secret) }
        }
      }
      terminal.send(.ctrl("c"))
      _ = try terminal.waitForExit()
    }
    // The plan that was not taken stays for the person who wrote it; it is theirs.
    for name in try FileManager.default.contentsOfDirectory(
      atPath: world.sandbox.directory + "/tmp")
    where name.hasSuffix(".json") {
      unlink("\(world.sandbox.directory)/tmp/\(name)")
    }
    world.check("pager and editor")
  }
}
