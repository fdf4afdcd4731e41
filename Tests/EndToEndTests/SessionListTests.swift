import FoundationEssentials
import TestWorld
import Testing

@Suite("sessions list", .waiting)
struct SessionListTests {
  private let world: Import

  init() throws { world = try Import() }

  private var directory: String { world.sandbox.home + "/.confighub/sessions" }

  private func moment(_ hoursAgo: Int) -> String {
    (Date() - TimeInterval(hoursAgo * 3600 + 60)).formatted(.iso8601)
  }

  /// A session as the seed prints it, changed last at that moment; `minute` makes its id.
  @discardableResult
  private func put(
    minute: Int, hoursAgo: Int, user: String = "user@example.com", name: String? = nil,
    step: String = "worker_connecting"
  ) throws -> String {
    let id = "import-2026-01-09-14\(minute)22"
    let named = name.map { #""name": "\#($0)", "type":"# } ?? #""type":"#
    try world.sandbox.write(
      seedSession.replacing("2026-01-09T14:45:33Z", with: moment(hoursAgo))
        .replacing("user@example.com", with: user).replacing(#""type":"#, with: named)
        .replacing("worker_connecting", with: step),
      to: "home/.confighub/sessions/\(id).json")
    return id
  }

  private func ids(_ arguments: String...) throws -> [String] {
    let result = try world.run(["sessions", "list"] + arguments)
    #expect(result.status == 0, "\(result.stderr)")
    return result.stdout.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
  }

  @Test("On a terminal it says all about each session, in 80 columns")
  func table() throws {
    try put(minute: 10, hoursAgo: 30)
    let id = try put(minute: 30, hoursAgo: 2, name: "The move of payment")
    try FileManager.default.createSymbolicLink(
      atPath: directory + "/import-latest.json", withDestinationPath: "\(id).json")
    try world.sandbox.write("{", to: "home/.confighub/sessions/import-2026-01-01-000000.json")
    let terminal = try world.start(["sessions", "list"])
    #expect(try terminal.waitForExit() == .exited(0))
    let expected = """
      SESSION                         STATUS                CHANGED
        STEP                          CLUSTER               FOUND/CHOSEN/IMPORTED
      import-2026-01-09-143022        active, latest        2 hours ago
        Worker connecting (5/7)       kind-atk              12/2/2
        Name: The move of payment
      import-2026-01-09-141022        abandoned             1 day ago
        Worker connecting (5/7)       kind-atk              12/2/2
      import-2026-01-01-000000        damaged
        cannot be used: it is not JSON
      """
    #expect(terminal.screen.filter { !$0.isEmpty }.joined(separator: "\n") == expected)
    let list = try JSONDecoder().decode(
      [[String: JSON]].self,
      from: Data(world.run(["sessions", "list", "-o", "json"]).standardOutputBytes))
    #expect(
      list[0]["state"] == .string("active") && list[0]["latest"] == .bool(true)
        && list[0]["step_number"] == .number(5))
    #expect(list[0]["path"] == .string("\(directory)/\(id).json"))
    #expect(list[0]["name"] == .string("The move of payment"))
    #expect(list[0]["last_activity_at"] == list[0]["updated_at"])
  }

  @Test("Elsewhere each session is one line, with tabs between and nothing cut")
  func lines() throws {
    let id = try put(minute: 30, hoursAgo: 2, name: "a\\tb")
    let result = try world.run(["sessions", "list"])
    let at = try #require(result.stdout.split(separator: "\n").first).split(
      separator: "\t", omittingEmptySubsequences: false)
    #expect(result.stdout.split(separator: "\n").count == 1)
    // A name with a tab is none, so that there is one less to look at.
    try #require(at.count == 11)
    #expect(at[9].isEmpty)
    #expect(
      at[..<7].map(String.init) == [
        id, "active", "Worker connecting (5/7)", "kind-atk", "12", "2", "2",
      ])
    #expect(at[8] == "user@example.com" && at[7].hasSuffix("Z"))
  }

  @Test("Flags choose by status, user and last activity, and then how many of them")
  func chosen() throws {
    let new = try put(minute: 30, hoursAgo: 2)
    let old = try put(minute: 20, hoursAgo: 50, user: "Other@example.com")
    let older = try put(minute: 10, hoursAgo: 100)
    #expect(try ids() == [new, old, older])
    #expect(try ids("--status", "abandoned") == [old, older])
    #expect(try ids("--status=active") == [new])
    #expect(try ids("--user", "other@EXAMPLE.com") == [old])
    #expect(try ids("--since", "3d") == [new, old])
    #expect(try ids("--since", "180m") == [new])
    #expect(try ids("--since", String(moment(75).prefix(10))) == [new, old])
    #expect(try ids("--since", moment(49)) == [new])
    #expect(try ids("--limit", "1") == [new])
    #expect(try ids("--offset", "1", "--limit", "1") == [old])
    #expect(try ids("--limit", "2", "--status", "abandoned", "--offset", "1") == [older])
    #expect(try ids("--offset", "3") == [])
    #expect(try world.run(["--status", "sessions"]).status == 3)
  }

  @Test("Who looks around in a session, or has it open, has not abandoned it")
  func activity() throws {
    let id = try put(minute: 30, hoursAgo: 30)
    func status() throws -> String? {
      try world.json(world.run(["--status", id, "-o", "json"]))["status"]?.string
    }
    #expect(try status() == "abandoned")
    let limit = ["MAP_IMPORT_ABANDONED_HOURS": "31"]
    let later = try world.run(["--status", id, "-o", "json"], environment: limit)
    #expect(try world.json(later)["status"]?.string == "active")
    #expect(
      try world.run(["sessions", "list"], environment: ["MAP_IMPORT_ABANDONED_HOURS": "0"]).status
        == 2)
    // The log that it names, written to just now.
    let path = "home/.confighub/sessions/\(id).json"
    let text = try String(contentsOfFile: "\(directory)/\(id).json", encoding: .utf8)
    try world.sandbox.write(
      text.replacing(
        #""type":"#, with: #""log_file": "/x/tui-import-2026-01-09-143022.log", "type":"#),
      to: path)
    #expect(try status() == "abandoned")
    try world.sandbox.write("left", to: "home/.confighub/logs/tui-import-2026-01-09-143022.log")
    #expect(try status() == "active")
    let shown = try world.run(["sessions", "show", id])
    #expect(shown.stdout.contains("Last activity: ") && shown.stdout.contains("(just now)"))
    let json = try world.json(world.run(["sessions", "show", id, "-o", "json"]))
    #expect(json["last_activity_at"] != json["updated_at"])
  }

  @Test("stats tells the average age, the oldest one, what is worked in, and warns of too much")
  func stats() throws {
    try put(minute: 30, hoursAgo: 0)
    let old = try put(minute: 20, hoursAgo: 50)
    let text = try world.run(["sessions", "stats", "--minutes", "90"])
    #expect(text.stderr == "")
    for line in [
      "Active:    1\n", "Abandoned: 1\n", "Worked in: 1 within 90 minutes\n",
      "Oldest:    2 days ago, \(old)\n", "Average:   1 day ago\n",
    ] {
      #expect(text.stdout.contains(line), "\(text.stdout)")
    }
    let warned = try world.run(
      ["sessions", "stats"], environment: ["MAP_IMPORT_WARN_SESSIONS": "1"])
    #expect(warned.status == 0)
    #expect(warned.stderr.contains("There are 2 sessions, more than 1 "), "\(warned.stderr)")
    try world.sandbox.write(
      String(repeating: "x", count: 1_100_000),
      to: "home/.confighub/logs/tui-import-2026-01-09-143022.log")
    let json = try world.json(
      world.run(["sessions", "stats", "-o", "json"], environment: ["MAP_IMPORT_WARN_MB": "1"]))
    #expect(json["warnings"]?[0]?.string?.contains("take 1 MB, more than 1 ") == true)
    #expect(json["oldest_session_id"] == .string(old))
    #expect(json["recent"] == .object(["minutes": .number(60), "sessions": .number(1)]))
  }

  @Test("A name is given at the start or later, shown everywhere, and taken away")
  func name() throws {
    let first = try world.runToWorker(
      ["--name", " Move of payment "] + Import.scope + ["-o", "json"])
    let object = try world.json(first)
    #expect(object["name"] == .string("Move of payment"))
    let id = try #require(object["session_id"]?.string)
    func shown(_ name: String) throws {
      #expect(try world.run(["--status"]).stdout.contains("\nName: \(name)\n"))
      #expect(try world.run(["sessions", "show"]).stdout.contains("\nName: \(name)\n"))
      for arguments in [["--status"], ["sessions", "show"]] {
        let json = try world.json(world.run(arguments + ["-o", "json"]))
        #expect(json["name"] == .string(name), "\(arguments)")
      }
      #expect(try world.run(["sessions", "list"]).stdout.contains("\t\(name)\t"))
    }
    try shown("Move of payment")
    let before = try world.json(world.run(["--status", "-o", "json"]))["updated_at"]
    let renamed = try world.run(["sessions", "name", id, "Tuesday"])
    #expect(renamed.stdout == "Session \(id) is called Tuesday.\n", "\(renamed.stderr)")
    try shown("Tuesday")
    #expect(try world.json(world.run(["--status", "-o", "json"]))["updated_at"] == before)
    // A name is the person's, and a resume without one leaves it alone.
    _ = try world.runToWorker(["--resume", id])
    try shown("Tuesday")
    for bad in [String(repeating: "x", count: 61), "a\u{1b}[31m", "a\nb"] {
      let refused = try world.run(["sessions", "name", id, bad])
      #expect(refused.status == 2)
      #expect(
        refused.stderr == "map-import: A session's name is one line of at most 60 characters.\n")
    }
    let terminal = try world.start()
    try terminal.waitFor("Name: Tuesday")
    terminal.send(.text("R"))
    try terminal.waitFor("saved")
    let held = try world.run(["sessions", "name", id, "Wednesday"])
    #expect(held.status == 5, "\(held.stderr)")
    // From the browser over the sessions, the one that is open.
    terminal.send(.text("S"))
    try terminal.waitFor("It is open here.")
    terminal.send(.text("e"))
    try terminal.waitFor("Name, or nothing: Tuesday")
    terminal.send(.ctrl("u"), .text("Wednesday"), .enter)
    try terminal.waitFor("The session is called Wednesday.")
    terminal.send(.text("q"), .text("q"))
    #expect(try terminal.waitForExit() == .exited(0))
    try shown("Wednesday")
    #expect(try world.run(["sessions", "name", id, ""]).status == 0)
    #expect(try world.json(world.run(["--status", "-o", "json"]))["name"] == .null)
    #expect(try world.run(["sessions", "audit", id]).stdout.contains(" name \(id) done: "))
    #expect(try world.run(["sessions", "archive", id]).status == 0)
    let archived = try world.run(["sessions", "name", id, "x"])
    #expect(archived.status == 1 && archived.stderr.contains("it is archived"))
  }
}
