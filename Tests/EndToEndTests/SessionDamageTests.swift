import FoundationEssentials
import TestWorld
import Testing

/// Session files of which something cannot be read, under the verbs that act on them.
@Suite("sessions VERB on damage", .waiting)
struct SessionDamageTests {
  private let world: Import
  private let id = "import-2026-01-09-143022"

  init() throws { world = try Import() }

  private var sessions: String { world.sandbox.home + "/.confighub/sessions" }

  private func verb(_ arguments: String...) throws -> ProgramResult {
    try world.run(["sessions"] + arguments)
  }

  private func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(sessions)/\(directory)").sorted()
  }

  /// A session of 70 units, all created, of whose operations the first 64 are in a file of their own.
  private func makeLarge() throws {
    let operations = (1...70).map {
      #"{"op":"op-\#($0)","kind":"unit.create","key":"payment-team/u-\#($0)","state":"done","#
        + #""result":"created"}"#
    }
    let text = seedSession.replacing(
      #""type":"#,
      with: #""session_id":"\#(id)","operations":[\#(operations.joined(separator: ","))],"type":"#)
    try world.sandbox.write(text, to: "copy.json")
    let taken = try verb("conflicts", "take", "\(world.sandbox.directory)/copy.json")
    try #require(taken.status == 0, "\(taken.stderr)")
  }

  private func part() throws -> String {
    try #require(try names(in: "scans").first { $0.hasPrefix(id) })
  }

  @Test("Without some of its operations a session is not exported and not undone, and that is said")
  func operations() throws {
    try makeLarge()
    #expect(try verb("export", id).status == 0)
    let part = try part()
    try world.sandbox.write("{", to: "home/.confighub/sessions/scans/\(part)")
    for result in [try verb("export", id), try verb("undo", id, "--yes")] {
      #expect(result.status == 1 && result.stdout.isEmpty, "\(result.stdout)")
      #expect(result.stderr.contains(part), "\(result.stderr)")
      #expect(result.stderr.contains("map-import sessions restore \(id)"), "\(result.stderr)")
    }
    #expect(try verb("show", id).stderr.contains("Operations cannot be read"))
    #expect(try world.calls().isEmpty)
  }

  @Test("An archived file that is damaged is named, with what brings the session back")
  func archived() throws {
    try makeLarge()
    #expect(try verb("archive", id).status == 0)
    let day = try #require(try names(in: "archive").first)
    let file = "archive/\(day)/\(id).json.gz"
    try world.sandbox.write("x", to: "home/.confighub/sessions/\(file)")
    for arguments in [
      ["sessions", "export", id], ["sessions", "undo", id, "--yes"], ["sessions", "show", id],
      ["--resume", id, "--yes"],
    ] {
      let result = try world.run(arguments)
      #expect(result.status == 1, "\(arguments): \(result.stderr)")
      #expect(result.stderr.contains(file), "\(arguments): \(result.stderr)")
      #expect(result.stderr.contains("map-import sessions restore \(id)"), "\(result.stderr)")
      #expect(!result.stderr.contains("There is no session"), "\(result.stderr)")
    }
  }

  @Test("What cannot be cleared keeps nothing else, and each that goes is in the audit log")
  func clear() throws {
    for number in [1, 3] {
      try world.sandbox.write("{", to: "home/.confighub/sessions/corrupt/\(id).\(number).json")
    }
    try FileManager.default.createDirectory(
      atPath: "\(sessions)/corrupt/\(id).2.json", withIntermediateDirectories: false)
    let cleared = try verb("conflicts", "clear", "--yes")
    #expect(cleared.status == 1)
    #expect(
      cleared.stdout
        == "corrupt/\(id).1.json is deleted.\ncorrupt/\(id).3.json is deleted.\n")
    #expect(cleared.stderr.contains("\(id).2.json"), "\(cleared.stderr)")
    #expect(try names(in: "corrupt") == ["\(id).2.json"])
    let audit = try verb("audit").stdout
    #expect(audit.contains("\(id).1.json deleted") && audit.contains("\(id).3.json deleted"))
    #expect(audit.contains("\(id).2.json failed"), "\(audit)")
  }

  @Test("That it is the only record of units is said before a session is deleted")
  func onlyRecord() throws {
    try makeLarge()
    let deleted = try verb("delete", id, "--yes")
    #expect(deleted.status == 0)
    let sentence = "the only record of 70 units in ConfigHub"
    #expect(deleted.stderr.contains(sentence), "\(deleted.stderr)")
    #expect(try verb("audit").stdout.contains(sentence))
  }
}
