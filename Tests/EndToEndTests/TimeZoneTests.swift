import FoundationEssentials
import TestWorld
import Testing

@Suite("The person's zone", .waiting)
struct TimeZoneTests {
  private let world: Import

  init() throws {
    world = try Import()
    try world.sandbox.write(
      seedSession, to: "home/.confighub/sessions/import-2026-01-09-143022.json")
  }

  /// As POSIX writes them, so that no table of zones has to be installed.
  @Test(
    "is that of the times in text, which name it; JSON and files have UTC",
    arguments: [
      ("EST5EDT,M3.2.0,M11.1.0", "2026-01-09 09:30 EST"),
      ("<+0530>-5:30", "2026-01-09 20:00 UTC+0530"),
      ("UTC0", "2026-01-09 14:30 UTC"), ("XYZ-3", "2026-01-09 17:30 XYZ"),
    ])
  func text(zone: String, moment: String) throws {
    let environment = ["TZ": zone]
    let status = try world.run(["--status"], environment: environment)
    #expect(status.stdout.hasPrefix("Last session: \(moment) ("), "\(status.stdout)")
    let show = try world.run(["sessions", "show"], environment: environment)
    #expect(show.stdout.contains("Last session: \(moment) ("), "\(show.stdout)")
    let json = try world.json(
      world.run(["sessions", "show", "-o", "json"], environment: environment))
    #expect(json["created_at"] == .string("2026-01-09T14:30:22Z"))
    #expect(json["last_activity_at"] == .string("2026-01-09T14:45:33Z"))
  }

  @Test("is that of the screen, too, and N there begins another session")
  func screen() throws {
    let terminal = try world.start(environment: ["TZ": "XYZ-3"])
    try terminal.waitFor("RESUME SESSION?")
    terminal.send("2")
    try terminal.waitFor("2026-01-09 17:30")
    terminal.send("R")
    try terminal.waitFor("saved ")
    terminal.send("2")
    try terminal.waitFor("SESSION STATE")
    terminal.send("N")
    try terminal.waitFor("Once more begins a new session and archives this one")
    terminal.send("N")
    try terminal.waitFor("Which namespaces of")
    try terminal.waitFor("saved ")
    terminal.send("q")
    #expect(try terminal.waitForExit() == .exited(0))
    let list = try world.run(["sessions", "list"])
    let rows = list.stdout.split(separator: "\n").map { $0.split(separator: "\t").prefix(2) }
    #expect(rows.map(\.last) == ["active", "archived"], "\(list.stdout)")
    #expect(rows.last?.first == "import-2026-01-09-143022")
  }

  @Test("H shows the address as a link and copies it, where the terminal can")
  func address() throws {
    let path = "home/.confighub/sessions/import-2026-01-09-143022.json"
    try world.sandbox.write(
      seedSession.replacing(
        #""type":"#, with: #""identity": {"server": "https://hub.example.com"}, "type":"#),
      to: path)
    for (term, isOffered) in [("xterm-256color", true), ("vt220", false)] {
      let terminal = try world.start(environment: ["TERM": term])
      try terminal.waitFor("RESUME SESSION?")
      terminal.send("2", "H")
      try terminal.waitFor("on https://hub.example.com.")
      if isOffered { try terminal.waitFor("The address is copied.") }
      try terminal.waitFor("a link", until: { $0.links.isEmpty != isOffered })
      let seen = terminal.terminal
      #expect(Set(seen.links) == (isOffered ? ["https://hub.example.com"] : []))
      let copied = seen.clipboard.flatMap { Data(base64Encoded: $0) }
      #expect(
        copied.map { String(decoding: $0, as: UTF8.self) }
          == (isOffered ? "https://hub.example.com" : nil))
      #expect(seen.unknownSequences == [])
      terminal.send("q")
      #expect(try terminal.waitForExit() == .exited(0))
    }
  }
}
