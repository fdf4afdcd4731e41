import FoundationEssentials
import TestWorld
import Testing

@Suite("The status of a session", .waiting)
struct SessionStatusTests {
  private let world: Import

  init() throws { world = try Import() }

  private func put(_ id: String, _ text: String) throws {
    try world.sandbox.write(text, to: "home/.confighub/sessions/\(id).json")
  }

  @Test("is one word, the same in list, show, --status and stats")
  func everywhere() throws {
    let complete = seedSession.replacing(#""worker_connecting""#, with: #""complete""#)
      .replacing(
        #""connect"]"#, with: #""connect", "worker", "targets", "verify"]"#)
    let undone = complete.replacing(
      #""type":"#,
      with: #""operations": [{"op": "op-1", "kind": "unit.delete", "key": "payment-team/x","#
        + #" "state": "done"}], "type":"#)
    let expected = [
      "import-2026-01-09-143022": "active", "import-2026-01-09-143122": "complete",
      "import-2026-01-09-143222": "undone", "import-2026-01-09-143322": "archived",
      "import-2026-01-09-143422": "damaged", "import-2026-01-09-143522": "abandoned",
    ]
    for (id, status) in expected {
      switch status {
      case "active":
        let now = Date().formatted(.iso8601)
        try put(id, seedSession.replacing("2026-01-09T14:45:33Z", with: now))
      case "abandoned": try put(id, seedSession)
      case "undone": try put(id, undone)
      case "damaged": try put(id, "{")
      default: try put(id, complete)
      }
    }
    #expect(
      try world.run(["sessions", "archive", "import-2026-01-09-143322"]).status == 0)

    let list = try JSONDecoder().decode(
      [[String: JSON]].self,
      from: Data(world.run(["sessions", "list", "-o", "json"]).standardOutputBytes))
    #expect(list.count == expected.count)
    let text = try world.run(["sessions", "list"]).stdout.split(separator: "\n")
    for entry in list {
      let id = try #require(entry["session_id"]?.string)
      let status = try #require(expected[id])
      #expect(entry["state"]?.string == status, "\(id)")
      let line = text.first { $0.hasPrefix(id) }
      #expect(line?.hasPrefix("\(id)\t\(status)\t") == true, "\(line ?? "")")
      if status == "damaged" { continue }
      let shown = try world.run(["sessions", "show", id])
      #expect(shown.stdout.contains("Status: \(status)\n"), "\(shown.stdout)")
      for arguments in [["sessions", "show", id], ["--status", id]] {
        let json = try world.json(world.run(arguments + ["-o", "json"]))
        #expect(json["status"]?.string == status, "\(arguments)")
      }
    }
    let stats = try world.json(world.run(["sessions", "stats", "-o", "json"]))
    for status in expected.values { #expect(stats[status]?.int == 1, "\(status)") }
  }

  @Test("names commands with --demo where the session is the demo's, and what a resume would do")
  func demo() throws {
    let environment = ["STAND_IN_DELAY_MS": "0"]
    let run = try world.run(["--demo", "--yes", "-A"], environment: environment)
    #expect(run.status == 0, "\(run.stderr)")
    try FileManager.default.removeItem(
      atPath: world.sandbox.home + "/.confighub/demo/sessions/scans")
    let shown = try world.run(["--demo", "sessions", "show"])
    #expect(shown.stderr.contains("`map-import --demo --dry-run` scans"), "\(shown.stderr)")
    #expect(!(shown.stdout + shown.stderr).contains("`map-import --r"), "\(shown.stdout)")
  }
}
