import FoundationEssentials
import TestWorld
import Testing

/// What becomes of an import that was undone, if its file is lost or an older state of it comes back.
@Suite("What `sessions undo` removed stays removed", .waiting)
struct UndoneStaysTests {
  private let world: Import
  private let id: String
  /// The session's file from before it was undone.
  private let before: String

  init() throws {
    world = try Import(worker: nil)
    let result = try world.runToWorker(["-o", "json"] + Import.scope)
    id = try #require(try world.json(result)["session_id"]?.string, "\(result.stderr)")
    before = try String(
      contentsOfFile: world.sandbox.home + "/.confighub/sessions/\(id).json", encoding: .utf8)
  }

  private var sessions: String { world.sandbox.home + "/.confighub/sessions" }

  private func undo() throws {
    let result = try world.run(["sessions", "undo", id, "--yes"])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.units() == [])
  }

  private func resume() throws {
    let result = try world.runToWorker(["--resume", id])
    #expect(try world.units() == [], "\(result.stderr)")
    let created = try world.creations()
    #expect(created.values.allSatisfy { $0 == 1 }, "\(created)")
  }

  private func names(in directory: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: "\(sessions)/\(directory)"))?.sorted()
      ?? []
  }

  private func latest() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: sessions + "/import-latest.json")
  }

  @Test(
    "when a backup takes the place of a damaged file",
    arguments: [["restore", "ID"], ["doctor", "--fix"], []], [false, true])
  func backup(words: [String], isSavedAgain: Bool) throws {
    try undo()
    // Then the backup, too, knows of the removal, and the logs of the runs still do not.
    if isSavedAgain {
      let generation = try #require(
        names(in: "backups").compactMap { Int($0.split(separator: ".")[1]) }.max())
      let again = try world.run(["sessions", "restore", id, "--generation", "\(generation)"])
      #expect(again.status == 0, "\(again.stderr)")
    }
    try world.sandbox.write("", to: "home/.confighub/sessions/\(id).json")
    if !words.isEmpty {
      let words = words.map { $0 == "ID" ? id : $0 }
      let result = try world.run(["sessions"] + words)
      #expect(result.stderr == "")
    }
    try resume()
  }

  @Test("when the session is made anew from its logs")
  func logs() throws {
    try undo()
    for name in names(in: "backups") {
      try FileManager.default.removeItem(atPath: "\(sessions)/backups/\(name)")
    }
    try FileManager.default.removeItem(atPath: "\(sessions)/\(id).json")
    let result = try world.run(["sessions", "restore", id, "--from-log"])
    #expect(result.status == 0, "\(result.stderr)")
    try resume()
  }

  @Test("when a state from before is taken back")
  func conflict() throws {
    try undo()
    try world.sandbox.write(before, to: "home/.confighub/sessions/conflicts/\(id).1.json")
    let result = try world.run(["sessions", "conflicts", "take", "conflicts/\(id).1.json"])
    #expect(result.status == 0, "\(result.stderr)")
    try resume()
  }

  @Test("An undone session does not become the latest one")
  func pointer() throws {
    let result = try world.run(["--yes", "--new", "--worker-mode", "skip"] + Import.scope)
    #expect(result.status == 0, "\(result.stderr)")
    let latest = try latest()
    #expect(latest != "\(id).json")
    try undo()
    #expect(try self.latest() == latest)
  }

  @Test("An archived session is archived after it was undone, and nowhere else")
  func archived() throws {
    #expect(try world.run(["sessions", "archive", id]).status == 0)
    let day = try #require(names(in: "archive").first)
    try undo()
    #expect(names(in: "archive/\(day)") == ["\(id).json.gz"])
    #expect(!names(in: "").contains("\(id).json"))
    let list = try world.run(["sessions", "list"]).stdout
    #expect(list.split(separator: "\n").count { $0.contains(id) } == 1, "\(list)")
    #expect(try world.run(["sessions", "doctor"]).stdout == "All is well.\n")
    let again = try world.run(["sessions", "undo", id, "--yes"])
    #expect(again.stdout.contains("There is nothing to remove"), "\(again.stderr)")
    #expect(names(in: "archive/\(day)") == ["\(id).json.gz"])
  }

  @Test("An archived session that is resumed is no longer in the archive")
  func resumedFromArchive() throws {
    #expect(try world.run(["sessions", "archive", id]).status == 0)
    _ = try world.runToWorker(["--resume", id])
    #expect(names(in: "archive") == [])
    #expect(names(in: "").contains("\(id).json"))
    #expect(try latest() == "\(id).json")
  }

  @Test("A damaged file in the archive makes way for the backup")
  func damagedArchive() throws {
    #expect(try world.run(["sessions", "archive", id]).status == 0)
    let day = try #require(names(in: "archive").first)
    let path = "\(sessions)/archive/\(day)/\(id).json.gz"
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes.replaceSubrange(3000..<3016, with: Data(repeating: 0xff, count: 16))
    try bytes.write(to: URL(filePath: path))
    let restored = try world.run(["sessions", "restore", id])
    #expect(restored.status == 0, "\(restored.stderr)")
    #expect(names(in: "corrupt") == ["\(id).1.json.gz"])
    #expect(names(in: "archive") == [])
    let units = try world.units()
    _ = try world.runToWorker(["--resume", id])
    #expect(try world.units() == units)
    #expect(try world.creations().values.allSatisfy { $0 == 1 })
  }
}
