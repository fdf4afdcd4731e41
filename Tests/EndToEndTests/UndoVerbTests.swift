import FoundationEssentials
import TestWorld
import Testing

@Suite("What `sessions undo` says, and what it leaves", .waiting)
struct UndoVerbTests {
  private let world: Import
  private let id: String

  init() throws {
    world = try Import()
    let result = try world.run(["--yes", "-o", "json"] + Import.scope)
    id = try #require(try world.json(result)["session_id"]?.string, "\(result.stderr)")
  }

  /// Every file below `.confighub`, with what it holds.
  private func files() throws -> [String: Data] {
    let root = world.sandbox.home + "/.confighub"
    var found: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: root) {
      let path = "\(root)/\(name)"
      var isDirectory = false
      if FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory), !isDirectory {
        found[name] = try Data(contentsOf: URL(filePath: path))
      }
    }
    return found
  }

  @Test("A dry run lists what would be removed, and changes nothing", arguments: [false, true])
  func dryRun(isArchived: Bool) throws {
    if isArchived { #expect(try world.run(["sessions", "archive", id]).status == 0) }
    let before = try files()
    let result = try world.run(["sessions", "undo", id, "--dry-run", "-o", "json"])
    #expect(result.status == 0, "\(result.stderr)")
    let report = try world.json(result)
    #expect(report["dry_run"] == .bool(true) && report["undone"] == .bool(false))
    #expect(report["removed"] == .array([]) && report["kept"] == .array([]))
    #expect(report["removable"]?.array.count == units.count)
    let text = try world.run(["sessions", "undo", id, "--dry-run"])
    #expect(text.stdout.contains("payment-api would be removed from payment-team"))
    #expect(text.stdout.hasSuffix("This is a dry run: nothing was removed.\n"), "\(text.stdout)")
    #expect(try files() == before)
    #expect(try world.units().count == units.count)
  }

  @Test("It is in the log, and in the list as undone; what stays is named, and the way back")
  func told() throws {
    let result = try world.run(["sessions", "undo", id, "--yes", "--cub-timeout", "20"])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stdout.contains("App Space payment-team stays: only units are removed."))
    #expect(
      result.stdout.hasSuffix(
        "The import is undone; `map-import --cub-timeout=20 --new` imports again.\n"),
      "\(result.stdout)")
    let logs = try files().filter { $0.key.hasPrefix("logs/tui-") }.values
      .map { String(decoding: $0, as: UTF8.self) }.joined()
    #expect(logs.contains("sessions undo\n"))
    #expect(logs.contains("removing \(units.count) units from payment-team: "), "\(logs)")
    let audit = try world.run(["sessions", "audit", id]).stdout
    #expect(
      audit.contains(" undo \(id) done: \(units.count) units removed from payment-team\n"),
      "\(audit)")
    let list = try world.run(["sessions", "list"]).stdout
    #expect(list.contains("Undone"), "\(list)")
    #expect(list.split(separator: "\n").count { $0.contains(id) } == 1, "\(list)")
    // It is over, so that what nobody names is begun anew beside it.
    let next = try world.run(["--resume", "--yes"])
    #expect(next.status == 1 && next.stderr.contains("was taken back"), "\(next.stderr)")
    #expect(try world.units() == [])
    let again = try world.run(["--yes", "-o", "json"] + Import.scope)
    #expect(again.status == 0, "\(again.stderr)")
    #expect(try world.json(again)["session_id"] != .string(id))
    #expect(try world.units().count == units.count)
  }
}
