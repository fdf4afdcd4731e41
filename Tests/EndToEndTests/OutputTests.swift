import FoundationEssentials
import TestWorld
import Testing

@Suite("A result that cannot be written", .waiting)
struct OutputTests {
  private let world: Import
  private let id = "import-2026-01-09-143022"

  init() throws {
    world = try Import()
    try world.sandbox.write(seedSession, to: "home/.confighub/sessions/\(id).json")
  }

  /// With what a shell makes of standard output.
  private func run(_ arguments: [String], to output: String) throws -> ProgramResult {
    let words = (try [Sandbox.product("map-import")] + arguments).map { "'\($0)'" }
    return try world.sandbox.run(
      "/bin/sh", ["-c", "\(words.joined(separator: " ")) \(output)"],
      environment: world.environment)
  }

  @Test(
    "is said on stderr, with exit status 1",
    arguments: [
      ["--version"], ["--help"], ["completions", "bash"], ["--status"], ["--status", "-o", "json"],
      ["sessions", "list"], ["sessions", "show", "-o", "json"], ["sessions", "--help"],
      ["sessions", "export", "import-2026-01-09-143022"],
      ["--yes", "--dry-run", "-o", "json"] + Import.scope,
    ])
  func full(arguments: [String]) throws {
    let result = try run(arguments, to: ">/dev/full")
    #expect(result.status == 1, "\(result.stderr)")
    #expect(
      result.stderr.contains(
        "map-import: The output could not be written: No space left on device."),
      "\(result.stderr)")
  }

  @Test("is not in the audit log as exported")
  func audit() throws {
    _ = try run(["sessions", "export", id], to: ">/dev/full")
    #expect(try run(["sessions", "audit"], to: "").stdout == "The audit log tells of nothing.\n")
    _ = try run(["sessions", "export", id], to: ">/dev/null")
    #expect(try run(["sessions", "audit"], to: "").stdout.contains("done, to the standard output"))
  }

  @Test("because nobody reads it any more is no error to speak of")
  func closed() throws {
    // More than a pipe holds, and nobody at its other end.
    let large = seedSession.replacing(
      "\"hub\"", with: "\"note\": \"\(String(repeating: "x", count: 300_000))\", \"hub\"")
    try world.sandbox.write(large, to: "home/.confighub/sessions/\(id).json")
    let result = try run(["sessions", "export", id], to: "| /bin/true")
    #expect(result.status == 0 && result.stderr.isEmpty, "\(result.stderr)")
  }
}
