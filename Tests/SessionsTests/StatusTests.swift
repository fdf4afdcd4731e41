import Documents
import Glibc
import Testing
import Wizard

@testable import SessionFormat
@testable import SessionStore

@Suite("The age of a session")
struct AgeTests {
  @Test(
    "is told in whole units, rounded down",
    arguments: [
      (0, "just now"), (59, "just now"), (60, "1 minute ago"), (119, "1 minute ago"),
      (120, "2 minutes ago"), (3599, "59 minutes ago"), (3600, "1 hour ago"),
      (7199, "1 hour ago"), (7200, "2 hours ago"), (86_399, "23 hours ago"),
      (86_400, "1 day ago"), (172_799, "1 day ago"), (172_800, "2 days ago"),
      (-1, "an unknown time ago"), (-86_400, "an unknown time ago"),
    ])
  func words(seconds: Int64, words: String) {
    let now = Timestamp(seconds: 1_767_969_022)
    let age = Age(since: Timestamp(seconds: now.seconds - seconds), at: now)
    #expect(age.words == words)
    #expect(age.seconds == (seconds < 0 ? nil : seconds))
  }

  @Test("counts as stale when more than 24 hours, or not known")
  func stale() {
    let now = Timestamp(seconds: 1_767_969_022)
    func isStale(_ seconds: Int64) -> Bool {
      Age(since: Timestamp(seconds: now.seconds - seconds), at: now).isStale
    }
    #expect(!isStale(0))
    #expect(!isStale(86_399))
    #expect(!isStale(86_400))
    #expect(isStale(86_401))
    #expect(isStale(-1))
    #expect(Age(since: nil, at: now).isStale)
  }
}

@Suite("What --status says")
struct StatusTests {
  private let home: TemporaryHome
  private let store: FileStore

  init() throws {
    home = try TemporaryHome()
    store = try home.store()
    try home.makeSessions()
  }

  private func put(_ text: String, as id: String = Sample.id) throws {
    try home.put(Array(text.utf8), as: "\(id).json")
    symlink("\(id).json", "\(home.sessions)/import-latest.json")
  }

  @Test("for the session that the design prints, with its log, two hours later")
  func printedSample() throws {
    try put(Sample.linked)
    let report = try store.status(at: Sample.time("2026-01-09T16:45:33Z"))
    #expect(
      report.text == """
        Last session: 2026-01-09 14:30 UTC (2 hours ago)
        Cluster: kind-atk
        Step: Worker connecting (5/7)
        Workloads: 12 detected, 2 selected, 2 imported
        Log file: ~/.confighub/logs/tui-import-2026-01-09-143022.log
        ○ Not synced to ConfigHub (offline)

        """)
    let expected: JSONValue = [
      "session_id": "import-2026-01-09-143022", "name": .null,
      "last_activity_at": "2026-01-09T14:45:33Z",
      "path": .string("\(home.sessions)/import-2026-01-09-143022.json"),
      "cluster_context": "kind-atk", "step": "worker", "phase": "connecting", "step_number": 5,
      "steps_total": 7, "steps_completed": ["scan", "review", "select", "connect"],
      "status": "active", "complete": false, "stale": false, "age_seconds": 7200,
      "workloads": ["detected": 12, "selected": 2, "imported": 2],
      "log_file": "~/.confighub/logs/tui-import-2026-01-09-143022.log", "locked_by": .null,
      "synced": false, "sync": .null, "partial": false, "warnings": [],
    ]
    #expect(try JSONValue(parsing: report.json) == expected)
    #expect(report.json.last == UInt8(ascii: "\n"))
  }

  @Test("of an import that was being taken back: what is not known, and not that all is there")
  func removing() throws {
    var session = Sample.session()
    session.position = Position(.complete)
    session.stepsCompleted = Step.seven
    session.operations = [
      Operation(id: "op-1", kind: .createUnit, key: "s/u", state: .done, result: .created),
      Operation(id: "op-2", kind: .deleteUnit, key: "s/u"),
    ]
    let lock = try store.begin(at: session.updatedAt)
    session.id = lock.id
    #expect(lock.save(SessionDocument(session: session)) == .saved(generation: 1))
    lock.release()
    let report = try store.status(at: session.updatedAt)
    let lines = report.text.split(separator: "\n").map(String.init)
    #expect(lines.contains("Taking back: 1 removal with an unknown outcome"))
    #expect(
      lines.contains(
        "`map-import sessions undo \(lock.id)` finds out, and goes on with taking it back"))
    #expect(!report.text.contains("Complete —") && !report.text.contains("Its units are there"))
    #expect(
      try JSONValue(parsing: report.json)["warnings"]
        == ["Taking back: 1 removal with an unknown outcome"])
    #expect(try store.stats(at: session.updatedAt, recent: 0).unsettled == 1)
  }

  @Test("when there is no session")
  func none() throws {
    let report = try store.status(at: Timestamp(seconds: 0))
    #expect(!report.hasSession)
    #expect(report.text == "No previous session found.\n")
    #expect(
      try store.status("nope", at: Timestamp(seconds: 0)).text == "There is no session nope.\n")
    let expected: JSONValue = [
      "session_id": .null, "name": .null, "last_activity_at": .null, "path": .null,
      "cluster_context": .null, "step": .null, "phase": .null,
      "step_number": .null, "steps_total": 7, "steps_completed": [], "status": .null,
      "complete": false, "stale": false, "age_seconds": .null,
      "workloads": ["detected": 0, "selected": 0, "imported": 0], "log_file": .null,
      "locked_by": .null, "synced": false, "sync": .null, "partial": false, "warnings": [],
    ]
    #expect(try JSONValue(parsing: report.json) == expected)
  }

  @Test("leaves out what is not known")
  func sparse() throws {
    var session = Sample.session()
    session.cluster.context = ""
    let report = StatusReport(header: SessionHeader(session), at: session.updatedAt)
    #expect(
      report.text == """
        Last session: 2026-01-09 14:30 UTC (just now)
        Step: Scan cluster (1/7)
        ○ Not synced to ConfigHub (offline)

        """)
    session.scan = ScanResult(namespaces: [], detected: 12, owners: [:])
    session.position = Position(.review)
    session.sync = SyncState(space: "s", unit: "u", at: session.updatedAt)
    #expect(
      StatusReport(header: SessionHeader(session), at: session.updatedAt).text == """
        Last session: 2026-01-09 14:30 UTC (just now)
        Step: Review workloads (2/7)
        Workloads: 12 detected, 0 selected
        Last upload to ConfigHub: 2026-01-09 14:30 UTC (just now)
        ✓ Session synced

        """)
  }

  @Test("names what was not read, failed, not verified or undone, to a script, too")
  func facts() throws {
    var session = try SessionCodec.decode(Array(Sample.linked.utf8), named: Sample.id).document
      .session
    session.position = Position(.complete)
    session.stepsCompleted = Step.seven
    session.scan?.leftOut = [Omission(what: "jobs", why: "forbidden", isGap: true)]
    session.operations[0].state = .skipped
    session.report = Report(checks: [.init(subject: "x", verdict: .notVerified, detail: "")])
    func lines() -> [Substring] {
      StatusReport(header: SessionHeader(session), at: session.updatedAt).text.split(
        separator: "\n")
    }
    let facts = ["Partial scan: 1 not read", "Units: 1 skipped", "Checks: 1 not verified"]
    #expect(
      lines().dropFirst(2).prefix(4).map(String.init) == ["✓ Complete — 1 unit imported"] + facts)
    let json = try JSONValue(
      parsing: StatusReport(
        header: SessionHeader(session), warnings: ["w"], at: session.updatedAt
      ).json)
    #expect(json["warnings"] == .array((["w"] + facts).map(JSONValue.string)))
    #expect(json["partial"] == true)

    let key = session.operations[1].key
    session.operations.append(
      Wizard.Operation(id: "op-0003", kind: .deleteUnit, key: key, state: .intent))
    session.recordRemoval(of: key)
    #expect(
      lines().dropFirst(2).prefix(2).map(String.init) == [
        "Partial scan: 1 not read", "Undone: 1 of the units removed again",
      ])
  }

  @Test("when the import is complete")
  func complete() throws {
    var session = try SessionCodec.decode(Array(Sample.linked.utf8), named: Sample.id).document
      .session
    session.position = Position(.complete)
    session.stepsCompleted = Step.seven
    session.updatedAt = try Sample.time("2026-01-09T15:00:00Z")
    let now = try Sample.time("2026-01-09T16:00:00Z")
    #expect(
      StatusReport(header: SessionHeader(session), at: now).text == """
        Last import: 2026-01-09 15:00 UTC (1 hour ago)
        Cluster: kind-atk
        ✓ Complete — 2 units imported
        Log file: ~/.confighub/logs/tui-import-2026-01-09-143022.log
        What is left to do: `map-import --resume import-2026-01-09-143022` shows it
        ○ Not synced to ConfigHub (offline)
          Its units are there; only this record of them is on this machine alone. \
        `map-import sessions export import-2026-01-09-143022` takes it elsewhere.

        """)
    session.sync = SyncState(space: "s", unit: "u", at: session.updatedAt)
    session.operations.removeLast()
    session.stepsSkipped = [.worker, .targets]
    #expect(
      StatusReport(header: SessionHeader(session), at: now).text == """
        Last import: 2026-01-09 15:00 UTC (1 hour ago)
        Cluster: kind-atk
        ✓ Complete — 1 unit imported
        Left out: worker, targets
        Log file: ~/.confighub/logs/tui-import-2026-01-09-143022.log
        What is left to do: `map-import --resume import-2026-01-09-143022` shows it
        Last upload: 2026-01-09 15:00 UTC ✓

        """)
    #expect(
      try JSONValue(parsing: StatusReport(header: SessionHeader(session), at: now).json)["complete"]
        == true)
  }

  @Test("of what failed: why, and what tries it again")
  func failed() throws {
    var session = try SessionCodec.decode(Array(Sample.linked.utf8), named: Sample.id).document
      .session
    var target = Operation(
      id: "op-0009", kind: .createTarget, key: "payment-team/own-releases", state: .failed)
    target.reason = "HTTP 403."
    session.operations.append(target)
    session.position = Position(.targets, .waiting)
    let unfinished = StatusReport(header: SessionHeader(session), at: session.updatedAt).text
    #expect(unfinished.contains("Failed: target.create payment-team/own-releases: HTTP 403.\n"))
    #expect(unfinished.contains("`map-import --resume \(session.id)` goes on there\n"))
    session.position = Position(.complete)
    session.stepsCompleted = Step.seven
    session.operations[0].state = .failed
    session.operations[0].reason = "HTTP 500."
    let ended = StatusReport(header: SessionHeader(session), at: session.updatedAt).text
    #expect(ended.contains("! Ended — 1 unit imported, 1 not\n"), "\(ended)")
    #expect(ended.contains("` offers to try again what was not imported\n"))
  }

  @Test("when the session is older than 24 hours, and when it is from the future")
  func stale() throws {
    let session = Sample.session()
    let later = Timestamp(seconds: session.updatedAt.seconds + 86_401)
    let stale = StatusReport(header: SessionHeader(session), at: later)
    #expect(stale.text.hasSuffix("\nSession may be stale\n"))
    #expect(stale.text.contains("(1 day ago)"))
    #expect(try JSONValue(parsing: stale.json)["stale"] == true)

    let earlier = Timestamp(seconds: session.updatedAt.seconds - 1)
    let unknown = StatusReport(header: SessionHeader(session), at: earlier)
    #expect(unknown.text.contains("(an unknown time ago)"))
    #expect(try JSONValue(parsing: unknown.json)["age_seconds"] == .null)
  }

  @Test("while another process has the session open")
  func locked() throws {
    try put(Sample.linked)
    try home.put(
      Array(#"{"pid":4711,"host":"laptop","since":"2026-01-09T14:30:22Z","program":"p"}"#.utf8),
      as: "\(Sample.id).lock")
    let other = try OtherProcess(holding: "\(home.sessions)/\(Sample.id).lock")
    defer { other.leave() }
    let report = try store.status(at: Sample.time("2026-01-09T16:45:33Z"))
    #expect(
      report.text.hasSuffix("\nIn use by: process 4711 on laptop since 2026-01-09 14:30 UTC\n"))
    let expected: JSONValue = [
      "pid": 4711, "host": "laptop", "since": "2026-01-09T14:30:22Z", "program": "p",
    ]
    #expect(try JSONValue(parsing: report.json)["locked_by"] == expected)
  }

  @Test("when the file was edited by hand, is of a later version, or lies in the archive")
  func warnings() throws {
    var session = Sample.session()
    session.generation = 1
    let text = String(decoding: try Sample.bytes(session), as: UTF8.self)
    try put(text.replacing("kind-atk", with: "kind-ten"))
    let now = session.updatedAt
    #expect(
      try store.status(at: now).text.hasSuffix("\nWarning: The session file was edited by hand.\n"))

    try put(text.replacing("\"1.0\"", with: "\"2.0\""))
    #expect(try store.status(at: now).text.contains("by a later version (2.0)"))

    try put(text)
    try store.archive(session.id, at: now)
    #expect(
      try JSONValue(parsing: store.status(session.id, at: now).json)["warnings"]
        == ["The session was archived on 2026-01-09."])
  }

  @Test("holds nothing that a terminal would obey, and changes nothing on disk")
  func hostile() throws {
    let nasty = "\u{1b}]0;x\u{7}\u{9b}2J\u{202e}\r\nLast session: never"
    var session = Sample.session()
    session.cluster.context = nasty
    session.logFile = nasty
    session.hub = HubIdentity(organization: nasty, user: nasty)
    try put(String(decoding: try Sample.bytes(session), as: UTF8.self))
    try home.put(Array(#"{"host":"\u001b[2J"}"#.utf8), as: "\(Sample.id).lock")
    try home.make(directory: "\(home.sessions)/conflicts")
    let other = try OtherProcess(holding: "\(home.sessions)/\(Sample.id).lock")
    defer { other.leave() }
    let before = try home.snapshot()
    let text = try store.status(at: session.updatedAt).text
    #expect(try home.snapshot() == before)
    #expect(text.contains("on ^[[2J"))
    let lines = text.split(separator: "\n")
    #expect(lines.count == 6)
    for scalar in text.unicodeScalars where scalar != "\n" {
      #expect(![.control, .format].contains(scalar.properties.generalCategory))
    }
  }
}
