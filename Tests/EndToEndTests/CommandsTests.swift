import FoundationEssentials
import Glibc
import TestWorld
import Testing

@Suite("What was run, and what is remembered", .waiting)
struct CommandsTests {
  @Test(
    "x shows the command that does the same; run, it does the same; no secret is in it or the log")
  func twin() throws {
    let world = try Import()
    let report = world.sandbox.home + "/r.md"
    let terminal = try world.start(["--parallel", "2", "--report", report])
    try terminal.scan()
    try terminal.confirm()
    terminal.send("x")
    try terminal.waitFor("What was chosen so far, without questions:")
    try terminal.waitFor("map-import --report=")
    try terminal.waitFor("--context kind-atk -A")
    try terminal.waitFor("--parallel 2")
    terminal.send("G")
    try terminal.waitFor("exit 0,")
    terminal.send(.escape)
    try terminal.waitFor("Everything that is about to be written")
    terminal.send("q")
    #expect(try terminal.waitForExit().status == 0)

    let logs = world.sandbox.home + "/.confighub/logs"
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: logs).first)
    let log = try String(contentsOfFile: "\(logs)/\(name)", encoding: .utf8)
    #expect(log.contains("ran kubectl --context=kind-atk") && log.contains(": exit 0, "))
    #expect(log.contains("ran cub "))

    let same = try world.run([
      "--new", "--yes", "--context", "kind-atk", "-n", "order-prod", "-n", "payment-prod",
      "--app-space", "payment-team", "--hub", "platform-team",
    ])
    #expect(same.status == 0, "\(same.stderr)")
    #expect(try world.units() == units)
  }

  @Test(
    "The order and columns of the list and the tab are remembered, for the demo apart; damage costs nothing"
  )
  func preferences() throws {
    let world = try Import()
    let file = world.sandbox.home + "/.confighub/map-import/preferences.json"
    func leaveAfter(_ keys: String...) throws {
      let terminal = try world.start(["--new"])
      try terminal.scan()
      for key in keys { terminal.send(.text(key)) }
      terminal.send("q")
      #expect(try terminal.waitForExit().status == 0)
    }
    try leaveAfter("b", "c")
    var information = stat()
    #expect(stat(file, &information) == 0)
    #expect(information.st_mode & 0o777 == 0o600)
    #expect(stat(world.sandbox.home + "/.confighub/map-import", &information) == 0)
    #expect(information.st_mode & 0o777 == 0o700)
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("\"namespace\""))

    let again = try world.start(["--new"])
    try again.scan()
    try again.waitFor("order-prod  5 workloads")
    try again.waitFor("IMAGES")
    again.send("1", "q")
    #expect(try again.waitForExit().status == 0)
    #expect(try String(contentsOfFile: file, encoding: .utf8).contains("\"Cluster\""))

    for damage in ["", "{", "[]", "{\"tab\": 7, \"grouping\": \"nobody\", \"connection\": 3}"] {
      try Data(damage.utf8).write(to: URL(filePath: file))
      let terminal = try world.start(["--new"])
      try terminal.waitFor("Which namespaces of")
      terminal.send("q")
      #expect(try terminal.waitForExit().status == 0)
      #expect(
        try String(contentsOfFile: file, encoding: .utf8).contains("\"grouping\""), "rewritten")
    }

    let demo = try world.start(["--demo"])
    try demo.waitFor("Which namespaces of")
    demo.send("q")
    #expect(try demo.waitForExit().status == 0)
    let own = world.sandbox.home + "/.confighub/demo/map-import/preferences.json"
    #expect(FileManager.default.fileExists(atPath: own))
  }
}
