import FoundationEssentials
import TestWorld
import Testing

@Suite("sessions VERB", .waiting)
struct SessionsVerbTests {
  private func verb(
    _ world: Import, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> ProgramResult {
    try world.run(["sessions"] + arguments, environment: environment)
  }

  private func objects(_ result: ProgramResult) throws -> [[String: JSON]] {
    try JSONDecoder().decode([[String: JSON]].self, from: Data(result.standardOutputBytes))
  }

  private func directory(_ world: Import) -> String { world.sandbox.home + "/.confighub/sessions" }

  /// A session as the seed prints it, changed last at that moment; `minute` makes its id.
  @discardableResult
  private func put(_ world: Import, minute: Int = 30, hoursAgo: Int = 2) throws -> String {
    let id = "import-2026-01-09-14\(minute)22"
    let moment = (Date() - TimeInterval(hoursAgo * 3600 + 60)).formatted(.iso8601)
    try world.sandbox.write(
      seedSession.replacing("2026-01-09T14:45:33Z", with: moment),
      to: "home/.confighub/sessions/\(id).json")
    return id
  }

  /// A whole import up to the worker; answers with its id.
  private func imported(_ world: Import) throws -> String {
    let result = try world.runToWorker(["-o", "json"] + Import.scope)
    return try #require(try world.json(result)["session_id"]?.string)
  }

  // MARK: Usage

  @Test("No sessions: every verb that looks says so and is content")
  func none() throws {
    let world = try Import()
    #expect(try verb(world, "list").stdout == "")
    #expect(try verb(world, "list").stderr == "map-import: No sessions.\n")
    #expect(try objects(verb(world, "list", "-o", "json")).isEmpty)
    #expect(try verb(world, "doctor").stdout == "All is well.\n")
    #expect(try verb(world, "prune", "--dry-run").stdout == "Nothing to archive or delete.\n")
    #expect(try verb(world, "stats").status == 0)
    #expect(
      try !FileManager.default.contentsOfDirectory(atPath: world.sandbox.home)
        .contains(".confighub"))
  }

  @Test(
    "Wrong usage is a sentence and exit 2",
    arguments: [
      ["sessions"], ["sessions", "frobnicate"], ["sessions", "archive"],
      ["sessions", "list", "more"], ["sessions", "list", "--fix"], ["--fix"],
      ["sessions", "list", "-n", "x"], ["sessions", "list", "--yes"],
      ["sessions", "prune", "--days", "0"], ["sessions", "prune", "--days", "a"],
      ["sessions", "prune", "--days", "3", "--all"], ["sessions", "list", "--force"], ["--all"],
      ["sessions", "restore", "x", "--generation", "one"],
      ["sessions", "restore", "x", "--generation", "1", "--from-log"],
      ["sessions", "show", ""], ["sessions", "name", "x"], ["sessions", "name", "", "x"],
      ["sessions", "list", "--status", "asleep"], ["sessions", "list", "--status"],
      ["sessions", "list", "--limit", "0"], ["sessions", "list", "--since", "soon"],
      ["sessions", "list", "--since", "2026-13-01"], ["sessions", "show", "--limit", "1"],
      ["--name", " "], ["--name", "one\ntwo"], ["--nam", "x"],
    ])
  func usage(arguments: [String]) throws {
    let result = try Import().run(arguments)
    #expect(result.status == 2)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.hasPrefix("map-import: ") && result.stderr.hasSuffix(".\n"))
  }

  @Test(
    "An id that is not there, or is none, is exit 3",
    arguments: ["show", "archive", "restore", "delete", "export"],
    ["import-2020-01-01-000000", "../../etc/passwd"])
  func unknown(name: String, id: String) throws {
    let world = try Import()
    try put(world)
    let result = try verb(world, name, id)
    #expect(result.status == 3, "\(result.stderr)")
    #expect(result.stdout.isEmpty && result.stderr.contains("no session \(id)"))
  }

  @Test("Help names the verbs, wherever --help stands")
  func help() throws {
    let world = try Import()
    let text = try verb(world, "--help").stdout
    for name in [
      "list", "show", "archive", "restore", "delete", "export", "import", "prune", "stats",
      "doctor", "conflicts", "undo", "audit", "name",
    ] {
      #expect(text.contains("\n  \(name)"))
    }
    #expect(try verb(world, "list", "--help").stdout == text)
    #expect(try world.run(["--help"]).stdout.contains("sessions VERB"))
  }

  // MARK: Looking

  @Test("A hostile name cannot reach the terminal through the list")
  func escaped() throws {
    let world = try Import()
    try world.sandbox.write(
      seedSession.replacing("kind-atk", with: "\\u001b]0;x\\u0007\\u202eevil"),
      to: "home/.confighub/sessions/import-2026-01-09-143022.json")
    for name in ["list", "show"] {
      let result = try verb(world, name)
      #expect(result.status == 0)
      #expect(
        !result.stdout.unicodeScalars.contains { ["\u{1b}", "\u{7}", "\u{202e}"].contains($0) })
      #expect(result.stdout.contains("^[]0;x"))
    }
  }

  @Test("Looking needs no other program and changes nothing, in the demo, too")
  func readOnly() throws {
    let world = try Import(kubectl: .absent, cub: .absent)
    try put(world)
    let before = try FileManager.default.subpathsOfDirectory(atPath: world.sandbox.home)
    for name in ["list", "show", "stats", "doctor"] { _ = try verb(world, name) }
    #expect(try FileManager.default.subpathsOfDirectory(atPath: world.sandbox.home) == before)
    #expect(try verb(world, "list", "--demo").stderr == "map-import: No sessions.\n")
    #expect(try world.run(["--demo", "sessions", "list"]).stderr == "map-import: No sessions.\n")
  }

  @Test("show tells steps, history, operations, logs and backups; as JSON the document itself")
  func show() throws {
    let world = try Import()
    let id = try imported(world)
    let text = try verb(world, "show").stdout
    for part in [
      "Session: \(id)", "Step: Start worker (5/7)",
      "Steps completed: scan, review, select, connect", "History:", "Operations:",
      "unit.create payment-team/order-web: created", "Logs:", "Backups:",
      "File: ~/.confighub/sessions/\(id).json",
    ] {
      #expect(text.contains(part), "\(part) is missing in:\n\(text)")
    }
    let json = try world.json(verb(world, "show", id, "-o", "json"))
    #expect(json["session_id"] == .string(id) && json["type"] == .string("import"))
    #expect(json["path"] == .string("\(directory(world))/\(id).json"))
    #expect(json["backups"]?.array.isEmpty == false)
    #expect(json["age_seconds"] != nil && json["operations"]?.array.isEmpty == false)
  }

  // MARK: Putting away

  @Test("Archived and restored, a session is the latest again")
  func archiveAndRestore() throws {
    let world = try Import()
    let other = try put(world, minute: 10, hoursAgo: 30)
    let id = try put(world)
    let file = "\(directory(world))/\(id).json"
    let before = try world.json(verb(world, "show", id, "-o", "json"))["selections"]
    #expect(try verb(world, "archive", id).status == 0)
    #expect(!FileManager.default.fileExists(atPath: file))
    #expect(try verb(world, "archive", id).status == 1)
    let list = try objects(verb(world, "list", "-o", "json"))
    #expect(list.map { $0["session_id"]?.string } == [other, id])
    #expect(list[1]["state"] == .string("archived"))
    #expect(try verb(world, "restore", id).status == 0)
    #expect(try world.json(verb(world, "show", id, "-o", "json"))["selections"] == before)
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(try world.json(world.run(["--status", "-o", "json"]))["session_id"] == .string(id))
  }

  @Test("Deleting asks on a terminal, and needs --yes without one")
  func delete() throws {
    let world = try Import()
    let id = try put(world)
    let file = "\(directory(world))/\(id).json"
    let refused = try verb(world, "delete", id)
    #expect(refused.status == 2 && refused.stderr.contains("--yes"))
    for (answer, isThere) in [("", true), ("y", false)] {
      let terminal = try world.start(["sessions", "delete", id])
      try terminal.waitFor("Delete session \(id) for good? [y/N]")
      terminal.send(.text(answer), .enter)
      #expect(try terminal.waitForExit() == .exited(0))
      #expect(FileManager.default.fileExists(atPath: file) == isThere)
    }
    try put(world)
    #expect(try verb(world, "delete", id, "--yes").stdout == "Session \(id) is deleted.\n")
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test("A change of unknown outcome is only forgotten with --yes, and said so")
  func unsettled() throws {
    let world = try Import()
    let id = try put(world)
    let file = "\(directory(world))/\(id).json"
    let operation = #"{"op":"op-0001","kind":"unit.create","key":"a/b","state":"intent"}"#
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try world.sandbox.write(
      text.replacing(#""type":"#, with: #""operations": [\#(operation)], "type":"#),
      to: "home/.confighub/sessions/\(id).json")
    let refused = try verb(world, "delete", id)
    #expect(refused.status == 2 && refused.stderr.contains("1 change"), "\(refused.stderr)")
    let doctor = try verb(world, "doctor")
    #expect(doctor.status == 1 && doctor.stdout.contains("unknown outcome"))
    let deleted = try verb(world, "delete", id, "--yes")
    #expect(deleted.status == 0 && deleted.stderr.contains("1 change"))
  }

  @Test(
    "A session that another map-import holds is left alone: exit 5",
    arguments: [["archive"], ["delete", "--yes"], ["restore"], ["restore", "--from-log"]])
  func held(arguments: [String]) throws {
    let world = try Import()
    let terminal = try world.start(["--new"])
    try terminal.waitFor("saved")
    let list = try objects(verb(world, "list", "-o", "json"))
    let id = try #require(list.first?["session_id"]?.string)
    #expect(list.first?["locked_by"]?["pid"] != nil)
    #expect(try verb(world, "list").stdout.contains("held by process"))
    let result = try world.run(["sessions", arguments[0], id] + arguments.dropFirst())
    #expect(result.status == 5, "\(result.stderr)")
    #expect(FileManager.default.fileExists(atPath: "\(directory(world))/\(id).json"))
    terminal.kill()
    _ = try terminal.waitForExit()
  }

  // MARK: Bringing back

  @Test("An earlier generation is resumed to the end, and nothing is created twice")
  func generation() throws {
    let world = try Import()
    let id = try imported(world)
    let json = try world.json(verb(world, "show", id, "-o", "json"))
    let oldest = try #require(json["backups"]?.array.compactMap { $0["generation"] }.last)
    let number = try #require(oldest.integer)
    let restored = try verb(world, "restore", id, "--generation", "\(number)")
    #expect(restored.status == 0, "\(restored.stderr)")
    #expect(try verb(world, "restore", id).status == 2)
    #expect(try verb(world, "restore", id, "--generation", "99999").status == 3)
    let result = try world.run(["--resume", id, "--yes", "-o", "json", "--worker", "dev"])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.creations().values.allSatisfy { $0 == 1 })
    #expect(try world.units() == units)
  }

  @Test("With the sessions lost, the log brings one back, and nothing is created twice")
  func fromLog() throws {
    let world = try Import()
    let id = try imported(world)
    let before = try world.json(verb(world, "show", id, "-o", "json"))
    try FileManager.default.removeItem(atPath: directory(world))
    #expect(try verb(world, "restore", id).status == 3)
    let restored = try verb(world, "restore", id, "--from-log")
    #expect(restored.status == 0, "\(restored.stderr)")
    let after = try world.json(verb(world, "show", id, "-o", "json"))
    #expect(after["lineage"] == before["lineage"])
    #expect(after["step"] == .string("connect_confirming"))
    #expect(after["operations"]?.array.count == before["operations"]?.array.count)
    #expect(after["identity"] == before["identity"])
    let result = try world.run(["--resume", id, "--yes", "-o", "json", "--worker", "dev"])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.json(result)["verified"] == .bool(true), "\(result.stdout)")
    let created = try world.creations()
    // The units, the App Space and the target.
    #expect(created.count == units.count + 2 && created.values.allSatisfy { $0 == 1 }, "\(created)")
  }

  // MARK: Elsewhere

  @Test("Exported here and imported there, and here again under another id")
  func portable() throws {
    let world = try Import()
    let id = try imported(world)
    let file = world.sandbox.directory + "/session.json"
    #expect(try verb(world, "export", id, file).status == 0)
    #expect(try verb(world, "export", id, file).status == 1, "it must not be overwritten")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(!text.contains(world.sandbox.home))
    #expect(text.contains("\"tail\""))
    #expect(try verb(world, "export", id).stdout.contains("\"map-import-session\""))

    let again = try verb(world, "import", file)
    #expect(again.stdout.contains("\(id)-2") && again.stdout.contains("left as it is"))
    let there = try Import()
    let imported = try there.sandbox.run(
      Sandbox.product("map-import"), ["sessions", "import", "-"], input: text)
    #expect(imported.status == 0, "\(imported.stderr)")
    let shown = try there.json(verb(there, "show", "-o", "json"))
    #expect(shown["session_id"] == .string(id))
    #expect(shown["operations"]?.array.count == units.count + 1)
    try there.sandbox.write(text.replacing("payment-api", with: "payment-apu"), to: "bad.json")
    let bad = try verb(there, "import", there.sandbox.directory + "/bad.json")
    #expect(bad.status == 1 && bad.stderr.contains("digest"))
    #expect(try verb(there, "import", "/dev/zero").status == 1)
  }

  // MARK: Care

  @Test("prune lists what it would do, and then does exactly that")
  func prune() throws {
    let world = try Import()
    try put(world, minute: 10, hoursAgo: 24 * 8)
    try put(world, minute: 11, hoursAgo: 24 * 2)
    try put(world)
    let planned = try verb(world, "prune", "--dry-run")
    #expect(
      planned.stdout
        == "would archive import-2026-01-09-141022: not changed for 8 days\n")
    #expect(
      try objects(verb(world, "list", "-o", "json")).count { $0["state"] == .string("archived") }
        == 0)
    let limit = ["MAP_IMPORT_ARCHIVE_DAYS": "1"]
    #expect(
      try verb(world, "prune", environment: limit).stdout == """
        archived import-2026-01-09-141022: not changed for 8 days
        archived import-2026-01-09-141122: not changed for 2 days

        """)
    let json = try world.json(verb(world, "stats", "-o", "json"))
    #expect(json["archived"] == .number(2) && json["active"] == .number(1))
  }

  @Test("prune --days takes another age; with --all it asks, and --force names what it throws away")
  func pruneMore() throws {
    let world = try Import()
    let old = try put(world, minute: 10, hoursAgo: 24 * 3)
    let unsettled = try put(world, minute: 11, hoursAgo: 24 * 2)
    let latest = try put(world)
    let path = "\(directory(world))/\(unsettled).json"
    let operation = #"{"op":"op-0001","kind":"unit.create","key":"a/b","state":"intent"}"#
    try world.sandbox.write(
      String(contentsOfFile: path, encoding: .utf8)
        .replacing(#""type":"#, with: #""operations": [\#(operation)], "type":"#),
      to: "home/.confighub/sessions/\(unsettled).json")
    #expect(try verb(world, "prune").stdout == "Nothing to archive or delete.\n")
    #expect(
      try verb(world, "prune", "--days", "2").stdout
        == "archived \(old): not changed for 3 days\n")

    let refused = try verb(world, "prune", "--all")
    #expect(refused.status == 2 && refused.stderr.contains("sessions prune needs --yes"))
    #expect(refused.stderr.contains("would delete \(latest)"))
    #expect(try objects(verb(world, "list", "-o", "json")).count == 3)
    let dry = try world.json(verb(world, "prune", "--all", "--dry-run", "-o", "json"))
    let actions = try #require(dry["actions"]?.array)
    try #require(actions.map { $0["session_id"]?.string } == [latest, unsettled, old])
    #expect(actions.map { $0["unsettled"]?.integer } == [0, 1, 0])
    #expect(actions[1]["kept"]?.string?.contains("--force") == true)
    #expect(actions.allSatisfy { $0["done"] == .bool(false) })

    let terminal = try world.start(["sessions", "prune", "--all"])
    try terminal.waitFor("Delete 2 sessions for good? [y/N]")
    terminal.send(.text("n"), .enter)
    #expect(try terminal.waitForExit() == .exited(0))
    #expect(try objects(verb(world, "list", "-o", "json")).count == 3)

    let all = try verb(world, "prune", "--all", "--yes")
    #expect(all.status == 0 && all.stdout.contains("kept \(unsettled): it has 1 change of unknown"))
    let forced = try verb(world, "prune", "--all", "--force", "--yes")
    #expect(forced.stdout.hasPrefix("deleted \(unsettled): "), "\(forced.stdout)")
    #expect(forced.stdout.contains("it had 1 change of unknown outcome"))
    #expect(try verb(world, "list").stderr == "map-import: No sessions.\n")
    #expect(try verb(world, "audit", unsettled).stdout.contains("delete \(unsettled) done: "))
  }

  @Test("Every verb that changes a session leaves a line in the audit log")
  func audit() throws {
    let world = try Import()
    #expect(try verb(world, "audit").stdout == "The audit log tells of nothing.\n")
    let id = try put(world)
    let file = world.sandbox.directory + "/session.json"
    for arguments in [
      ["archive", id], ["archive", id], ["restore", id], ["export", id, file], ["import", file],
      ["delete", id, "--yes"], ["archive", "x\n2026-01-01T00:00:00Z a@b delete y done"],
    ] {
      _ = try world.run(["sessions"] + arguments)
    }
    let lines = try verb(world, "audit").stdout.split(separator: "\n").map {
      $0.split(separator: " ", maxSplits: 4).dropFirst(2).map(String.init)
    }
    try #require(lines.allSatisfy { $0.count == 3 })
    #expect(lines.map { $0[0] } == ["archive", "archive", "restore", "export", "import", "delete"])
    #expect(lines.map { $0[1] } == [id, id, id, id, "\(id)-2", id])
    #expect(lines.map { $0[2].hasPrefix("done") } == [true, false, true, true, true, true])
    #expect(try verb(world, "show").stdout.contains(" import \(id)-2 done, from "))
    let log = world.sandbox.home + "/.confighub/logs/audit.log"
    let mode = try FileManager.default.attributesOfItem(atPath: log)[.posixPermissions]
    #expect(mode as? Int == 0o600)

    try FileManager.default.removeItem(atPath: log)
    try FileManager.default.createDirectory(atPath: log, withIntermediateDirectories: false)
    let unwritten = try verb(world, "archive", "\(id)-2")
    #expect(unwritten.status == 0 && unwritten.stderr.contains("is not in the audit log"))
  }

  @Test(
    "What a start archives is said on stderr, on plain lines, in the run's log and the audit log")
  func saidAtTheStart() throws {
    let world = try Import()
    let old = try put(world, minute: 10, hoursAgo: 24 * 8)
    try put(world)
    let said = "1 old session is archived (\(old))."
    let result = try world.run(["--yes", "-o", "json", "--new"] + Import.scope)
    #expect(result.stderr.contains("map-import: \(said)"), "\(result.stderr)")
    let log = try #require(
      try world.json(world.run(["--status", "-o", "json"]))["log_file"]?.string)
    let text = try String(
      contentsOfFile: log.replacing("~", with: world.sandbox.home), encoding: .utf8)
    #expect(text.contains("archived \(old): not changed for 8 days"))
    #expect(try verb(world, "audit", old).stdout.contains(" archive \(old) done: not changed"))

    let older = try put(world, minute: 11, hoursAgo: 24 * 9)
    let plain = try world.sandbox.run(
      Sandbox.product("map-import"), ["--plain"], environment: world.environment, input: "q\n")
    #expect(plain.stdout.contains("1 old session is archived (\(older))."), "\(plain.stdout)")
  }

  @Test("A clean-up that fails at the start is shown")
  func failedAtTheStart() throws {
    let world = try Import()
    try put(world)
    try world.sandbox.write("", to: "home/.confighub/sessions/archive")
    let plain = try world.sandbox.run(
      Sandbox.product("map-import"), ["--plain"], environment: world.environment, input: "q\n")
    #expect(
      plain.stdout.contains("The old sessions could not be looked through"), "\(plain.stdout)")
    #expect(plain.stdout.contains("resume, new, delete"))
  }

  @Test("The limits can be set; a bad one is a sentence and exit 2")
  func limits() throws {
    let world = try Import()
    try put(world)
    let stale = "Session may be stale"
    #expect(try !world.run(["--status"]).stdout.contains(stale))
    let one = ["MAP_IMPORT_STALE_HOURS": "1"]
    #expect(try world.run(["--status"], environment: one).stdout.contains(stale))
    let terminal = try world.start(environment: one)
    try terminal.waitFor(stale)
    terminal.kill()
    _ = try terminal.waitForExit()
    try put(world, minute: 10, hoursAgo: 3)
    try put(world, minute: 11, hoursAgo: 4)
    let keep = ["MAP_IMPORT_KEEP_SESSIONS": "1"]
    #expect(
      try verb(world, "prune", "--dry-run", environment: keep).stdout.split(separator: "\n").count
        == 3)
    for name in [
      "STALE_HOURS", "ARCHIVE_DAYS", "KEEP_SESSIONS", "DELETE_DAYS", "KEEP_ARCHIVED", "LOG_DAYS",
      "LOG_MB",
    ] {
      for value in ["0", "-1", "x", "1.5", "99999999999999999999"] {
        let result = try world.run(["--status"], environment: ["MAP_IMPORT_\(name)": value])
        #expect(result.status == 2)
        #expect(result.stderr.contains("MAP_IMPORT_\(name) is a whole number"))
      }
    }
  }

  @Test("The doctor repairs what it can, and its exit status says whether all is well")
  func doctor() throws {
    let world = try Import()
    let id = try imported(world)
    #expect(try verb(world, "doctor").status == 0)
    try world.sandbox.write("{", to: "home/.confighub/sessions/\(id).json", mode: 0o644)
    let found = try verb(world, "doctor")
    #expect(found.status == 1)
    #expect(found.stdout.contains("mode 644") && found.stdout.contains("--fix repairs 2"))
    let fixed = try verb(world, "doctor", "--fix")
    #expect(fixed.status == 0, "\(fixed.stdout)")
    #expect(
      try verb(world, "doctor").stdout
        == "All is well.\n1 file put aside: map-import sessions conflicts shows what is there.\n")
    #expect(try world.json(verb(world, "show", "-o", "json"))["session_id"] == .string(id))
  }
}

extension JSON {
  fileprivate var integer: Int? { if case .number(let number) = self { Int(number) } else { nil } }
}
