import FoundationEssentials
import TestWorld
import Testing

@Suite("A backup that a person copied over the session", .waiting)
struct EarlierStateRunTests {
  @Test("What it does not know is neither foreign nor created twice, and can be undone")
  func copied() throws {
    let world = try Import()
    let first = try world.runToWorker(Import.scope)
    #expect(try world.units() == units, "\(first.stderr)")
    let sessions = world.sandbox.home + "/.confighub/sessions"
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(sessions)/backups")
    let early = try #require(
      names.min { $0.utf8.count < $1.utf8.count || $0.utf8.count == $1.utf8.count && $0 < $1 })
    let id = String(early.prefix("import-YYYY-MM-DD-HHMMSS".count))
    let backup = try String(contentsOfFile: "\(sessions)/backups/\(early)", encoding: .utf8)
    #expect(backup.components(separatedBy: #""state": "done""#).count < units.count)
    try world.sandbox.write(backup, to: "home/.confighub/sessions/\(id).json")

    let second = try world.run(["--yes", "--resume", "-o", "json"])
    #expect(second.status == 0, "\(second.stderr)")
    #expect(second.stderr.contains("is an earlier state of the session"), "\(second.stderr)")
    let results = try world.json(second)["results"]?.array ?? []
    #expect(results.count == units.count)
    #expect(results.allSatisfy { $0["result"] == .string("created") }, "\(results)")
    let created = try world.creations().filter { $0.key.hasPrefix("unit ") }
    #expect(created.count == units.count && created.values.allSatisfy { $0 == 1 }, "\(created)")
    let undone = try world.run(["sessions", "undo", id, "--yes", "-o", "json"])
    #expect(try world.json(undone)["removed"]?.array.count == units.count, "\(undone.stdout)")
  }
}
