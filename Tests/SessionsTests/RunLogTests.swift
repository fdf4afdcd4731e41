import Glibc
import Synchronization
import Testing
import Wizard

@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("The log of a run")
struct RunLogTests {
  private let home: TemporaryHome
  private let now: Timestamp

  init() throws {
    home = try TemporaryHome()
    now = try Sample.time("2026-01-09T14:30:22Z")
  }

  private func log() throws -> RunLog {
    RunLog(root: try home.root(), sessionID: Sample.id, now: { [now] in now })
  }

  private func text(_ name: String = "tui-import-2026-01-09-143022.log") throws -> String {
    String(decoding: try home.bytes("\(home.logs)/\(name)"), as: UTF8.self)
  }

  @Test("has a header, and the time and the session before every line")
  func format() throws {
    let log = try log()
    log.section("STEP 1: scan")
    log.write("12 workloads found")
    log.write("kubectl said:\nline one\r\nline two")
    #expect(log.displayPath == "~/.confighub/logs/tui-import-2026-01-09-143022.log")
    #expect(log.failure == nil)
    let rule = String(repeating: "=", count: 80)
    #expect(
      try text() == """
        \(rule)
        ConfigHub Import TUI
        Started: 2026-01-09T14:30:22Z
        Session: import-2026-01-09-143022
        \(rule)

        --- STEP 1: scan ---
        2026-01-09T14:30:22Z import-2026-01-09-143022 12 workloads found
        2026-01-09T14:30:22Z import-2026-01-09-143022 kubectl said:
        2026-01-09T14:30:22Z import-2026-01-09-143022 line one
        2026-01-09T14:30:22Z import-2026-01-09-143022 line two

        """)
  }

  @Test("is another file for a second run in the same second")
  func collision() throws {
    let logs = [try log(), try log(), try log()]
    #expect(
      logs.map(\.displayPath) == [
        "~/.confighub/logs/tui-import-2026-01-09-143022.log",
        "~/.confighub/logs/tui-import-2026-01-09-143022-2.log",
        "~/.confighub/logs/tui-import-2026-01-09-143022-3.log",
      ])
    logs[1].write("second")
    #expect(try text("tui-import-2026-01-09-143022-2.log").contains(" second\n"))
    #expect(try !text().contains("second"))
  }

  @Test("never goes through a link that somebody prepared")
  func preparedLink() throws {
    try home.make(directory: home.logs)
    symlink("\(home.path)/victim", "\(home.logs)/tui-import-2026-01-09-143022.log")
    #expect(try log().displayPath?.hasSuffix("-2.log") == true)
    #expect(!home.exists("\(home.path)/victim"))
  }

  @Test("holds no control characters and no secrets")
  func escapedAndRedacted() throws {
    let log = try log()
    log.write("\u{1b}[2J\u{9b}1m\u{202e}\u{2028}x password=hunter2 \u{0}")
    log.section("\u{1b}]0;title\u{7}\nforged")
    log.write("-----BEGIN PRIVATE KEY-----")
    log.write("MIIEvQIBADANBgkqhkiG9w0BAQEFAASC")
    log.write("-----END PRIVATE KEY----- after")
    let written = try text()
    #expect(!written.contains("hunter2"))
    #expect(!written.contains("MIIEvQ"))
    #expect(written.contains(" after\n"))
    #expect(written.contains("--- ^[]0;title^G^Jforged ---\n"))
    for scalar in written.unicodeScalars where scalar != "\n" {
      #expect(
        ![.control, .format, .lineSeparator].contains(scalar.properties.generalCategory))
    }
  }

  @Test("that cannot be begun or goes wrong says so and stops nobody")
  func failure() throws {
    try home.write([], to: "\(home.path)/.confighub")
    let log = try log()
    log.write("lost")
    #expect(log.displayPath == nil)
    #expect(
      log.failure == "This run has no log: ~/.confighub is not a directory. "
        + "Move it away and start again.")
  }

  @Test("takes lines from many threads, each whole")
  func threads() async throws {
    let log = try log()
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<50 {
        group.addTask { log.write("\(number) " + String(repeating: "x", count: 5000)) }
      }
    }
    let lines = try text().split(separator: "\n").dropFirst(5)
    #expect(lines.count == 50)
    #expect(lines.allSatisfy { $0.utf8.count { $0 == UInt8(ascii: "x") } == 5000 })
  }

  @Test(
    "is found by its base name alone", arguments: ["", "~/.confighub/logs/", "/nowhere/", "../"])
  func found(prefix: String) throws {
    try log().write("hello")
    let root = try home.root()
    let path = "\(prefix)tui-import-2026-01-09-143022.log"
    let bytes = try #require(try RunLog.contents(of: path, in: root))
    #expect(String(decoding: bytes, as: UTF8.self).hasSuffix(" hello\n"))
    let end = try RunLog.contents(of: path, in: root, limit: 6)
    #expect(end == Array("hello\n".utf8))
  }

  @Test(
    "is not found under any other name",
    arguments: [
      "", "/etc/passwd", "../sessions/import-2026-01-09-143022.json", "tui-import-.log",
      "tui-import-2026-01-09-143022.log\n", "tui-import-2026-01-09-143022.log/..",
      "tui-import-2026-01-09-143022.log\u{0}", "x/tui-import-2026-01-09-143023.log", "/", "..",
      String(repeating: "x", count: 300),
    ])
  func notFound(path: String) throws {
    _ = try log()
    #expect(try RunLog.contents(of: path, in: home.root()) == nil)
  }

  @Test("is not read through a link, from a FIFO or from a directory", arguments: 0..<3)
  func strange(kind: Int) throws {
    try home.make(directory: home.logs)
    try home.write(Array("secret".utf8), to: "\(home.path)/victim")
    let path = "\(home.logs)/tui-import-2026-01-09-143022.log"
    switch kind {
    case 0: symlink("\(home.path)/victim", path)
    case 1: mkfifo(path, 0o600)
    default: try home.make(directory: path)
    }
    #expect(
      try RunLog.contents(of: "tui-import-2026-01-09-143022.log", in: home.root()) == nil)
  }
}
