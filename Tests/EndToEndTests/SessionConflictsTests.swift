import FoundationEssentials
import TestWorld
import Testing

@Suite("sessions conflicts", .waiting)
struct SessionConflictsTests {
  private let world: Import
  private let id = "import-2026-01-09-143022"

  init() throws {
    world = try Import()
    for name in ["sessions/\(id).json", "sessions/conflicts/\(id).1.json"] {
      try world.sandbox.write(seedSession, to: "home/.confighub/\(name)")
    }
    try world.sandbox.write("{", to: "home/.confighub/sessions/corrupt/\(id).1.json")
  }

  private func conflicts(_ arguments: String...) throws -> ProgramResult {
    try world.run(["sessions", "conflicts"] + arguments)
  }

  private func names(in directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(
      atPath: world.sandbox.home + "/.confighub/sessions/" + directory)
  }

  @Test("lists what was put aside and why, and the doctor mentions it")
  func list() throws {
    let text = try conflicts()
    #expect(text.status == 0)
    let lines = text.stdout.split(separator: "\n")
    #expect(lines.first?.hasPrefix("conflicts/\(id).1.json  ") == true)
    #expect(lines.contains("  generation 0: 5/7 worker — connecting") || lines.count == 5)
    #expect(lines.last == "  cannot be used: it is not JSON")
    let json = try JSONDecoder().decode(
      [[String: JSON]].self, from: Data(conflicts("-o", "json").standardOutputBytes))
    #expect(json.map { $0["readable"] } == [.bool(true), .bool(false)])
    #expect(json.first?["step"] == .string("worker"))
    #expect(
      try world.run(["sessions", "doctor"]).stdout
        .contains("2 files put aside: map-import sessions conflicts shows what is there."))
  }

  @Test("takes one back, by either of its names, or by the path of a last copy")
  func take() throws {
    #expect(try conflicts("take", "nothing.json").status == 3)
    let twice = try conflicts("take", "\(id).1.json")
    #expect(twice.status == 2 && twice.stderr.contains("say conflicts/\(id).1.json or corrupt/"))
    #expect(try conflicts("take", "corrupt/\(id).1.json").status == 1)
    let taken = try conflicts("take", "conflicts/\(id).1.json")
    #expect(taken.status == 0 && taken.stdout.contains("saved as generation 1"), "\(taken.stderr)")
    #expect(try names(in: "conflicts") == [])

    let saved = world.sandbox.home + "/.confighub/sessions/\(id).json"
    try world.sandbox.write(
      String(decoding: Data(contentsOf: URL(filePath: saved)), as: UTF8.self), to: "rescued.json")
    let copy = try conflicts("take", world.sandbox.directory + "/rescued.json", "-o", "json")
    #expect(try world.json(copy)["generation"]?.int == 2)
    let audit = try world.run(["sessions", "audit"]).stdout
    #expect(audit.contains("conflicts \(id) conflicts/\(id).1.json taken back"), "\(audit)")
  }

  @Test("empties it when asked, and asks first")
  func clear() throws {
    let unasked = try conflicts("clear")
    #expect(unasked.status == 2 && unasked.stderr.contains("needs --yes"))
    let terminal = try world.start(["sessions", "conflicts", "clear"])
    try terminal.waitFor("Delete 2 files for good? [y/N]")
    terminal.send(.text("n"), .enter)
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(try conflicts("clear", "corrupt/\(id).1.json", "--yes").status == 0)
    #expect(try names(in: "corrupt") == [] && names(in: "conflicts").count == 1)
    #expect(try conflicts("clear", "--yes").stdout == "conflicts/\(id).1.json is deleted.\n")
    #expect(try conflicts().stdout == "Nothing was put aside.\n")
  }

  @Test(
    "Wrong usage is a sentence and exit 2",
    arguments: [["take"], ["take", "a", "b"], ["drop"], ["take", "a", "--yes"], ["--yes"]])
  func usage(arguments: [String]) throws {
    let result = try world.run(["sessions", "conflicts"] + arguments)
    #expect(result.status == 2 && result.stdout.isEmpty, "\(result.stderr)")
  }
}
