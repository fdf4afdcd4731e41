import FoundationEssentials
import TestWorld
import Testing

@Suite("--status", .waiting)
struct StatusTests {
  /// Puts the seed's sample where sessions are, saved at that moment.
  private func world(updatedAt: String) throws -> Import {
    let world = try Import()
    try world.sandbox.write(
      seedSession.replacing("2026-01-09T14:45:33Z", with: updatedAt),
      to: "home/.confighub/sessions/import-2026-01-09-143022.json")
    try FileManager.default.createSymbolicLink(
      atPath: world.sandbox.home + "/.confighub/sessions/import-latest.json",
      withDestinationPath: "import-2026-01-09-143022.json")
    return world
  }

  private func moment(secondsAgo: Int) -> String {
    (Date() - TimeInterval(secondsAgo)).formatted(.iso8601)
  }

  @Test("No session: a sentence and exit 3")
  func none() throws {
    let result = try Import().run(["--status"])
    #expect(result.status == 3)
    #expect(result.stdout == "No previous session found.\n")
  }

  @Test("The seed's sample, byte for byte")
  func seed() throws {
    let result = try world(updatedAt: moment(secondsAgo: 2 * 3600 + 60)).run(["--status"])
    #expect(result.status == 0)
    #expect(
      result.stdout == """
        Last session: 2026-01-09 14:30 UTC (2 hours ago)
        Cluster: kind-atk
        Step: Worker connecting (5/7)
        Workloads: 12 detected, 2 selected, 2 imported
        ○ Not synced to ConfigHub (offline)

        """)
  }

  @Test("Older than 24 hours, it may be stale", arguments: [(23, false), (25, true)])
  func stale(hours: Int, isStale: Bool) throws {
    let world = try world(updatedAt: moment(secondsAgo: hours * 3600))
    let text = try world.run(["--status"])
    #expect(text.stdout.contains("Session may be stale") == isStale)
    let json = try world.json(world.run(["--status", "-o", "json"]))
    #expect(json["stale"] == .bool(isStale))
  }

  @Test("--context: the unfinished session of that cluster, though it is not the latest")
  func context() throws {
    let world = try world(updatedAt: moment(secondsAgo: 3600))
    try world.sandbox.write(
      seedSession.replacing("import-2026-01-09-143022", with: "import-2026-01-08-090000")
        .replacing("kind-atk", with: "gone"),
      to: "home/.confighub/sessions/import-2026-01-08-090000.json")
    for (context, status) in [("kind-atk", Int32(0)), ("gone", 0), ("nope", 3)] {
      let result = try world.run(["--status", "--context", context])
      #expect(result.status == status)
      #expect(
        result.stdout.contains(
          status == 0 ? "Cluster: \(context)\n" : "No previous session found."),
        "\(result.stdout)")
    }
  }

  @Test("As JSON, in the middle and complete")
  func json() throws {
    let world = try Import()
    _ = try world.runToWorker(Import.scope)
    let middle = try world.json(world.run(["--status", "-o", "json"]))
    #expect(middle["step"] == .string("worker"))
    #expect(middle["step_number"] == .number(5))
    #expect(middle["complete"] == .bool(false))
    #expect(middle["workloads"]?["imported"] == .number(12))
    _ = try world.run(["--yes", "--worker", "dev"])
    let complete = try world.json(world.run(["--status", "-o", "json"]))
    #expect(complete["complete"] == .bool(true))
    #expect(complete["steps_completed"]?.array.count == 7)
    #expect(try world.run(["--status"]).stdout.contains("✓ Complete — 12 units imported"))
  }

  @Test("It changes nothing and starts no program")
  func readOnly() throws {
    let world = try world(updatedAt: moment(secondsAgo: 60))
    for name in ["kubectl", "cub"] {
      try FileManager.default.removeItem(atPath: "\(world.sandbox.bin)/\(name)")
      try world.sandbox.write(
        "#!/bin/sh\ntouch \(world.sandbox.directory)/started\n", to: "bin/\(name)", mode: 0o755)
    }
    let before = try FileManager.default.subpathsOfDirectory(atPath: world.sandbox.home)
    #expect(try world.run(["--status"]).status == 0)
    #expect(try FileManager.default.subpathsOfDirectory(atPath: world.sandbox.home) == before)
    #expect(!FileManager.default.fileExists(atPath: world.sandbox.directory + "/started"))
  }
}
