import Glibc
import Testing
import Wizard

@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("The audit log")
struct AuditLogTests {
  private let home: TemporaryHome
  private let now: Timestamp

  init() throws {
    home = try TemporaryHome()
    now = try Sample.time("2026-01-20T12:00:00Z")
  }

  private var path: String { "\(home.logs)/audit.log" }

  @Test("has when, who, what, which session and what came of it, and only its owner reads it")
  func line() throws {
    let log = AuditLog(root: try home.root())
    #expect(log.write(.archive, Sample.id, "done", at: now) == nil)
    chmod(path, 0o644)
    #expect(log.write(.delete, "import-2026-01-10-000000", "done", at: now) == nil)
    let lines = try log.lines()
    let words = try #require(lines.first).split(separator: " ").map(String.init)
    #expect(words.count == 5 && lines.count == 2)
    #expect(words[0] == "2026-01-20T12:00:00Z")
    let user = getpwuid(geteuid()).map { String(cString: $0.pointee.pw_name) }
    #expect(words[1].hasPrefix("\(user ?? "")@") && words[1].split(separator: "@").count == 2)
    #expect(words[2...] == ["archive", Sample.id, "done"])
    #expect(home.mode(path) == 0o600)
    #expect(try log.lines(about: Sample.id) == [lines[0]])
  }

  @Test("No name and no reason can look like a line, a word or a command to the terminal")
  func forged() throws {
    let log = AuditLog(root: try home.root())
    let line = "2026-01-01T00:00:00Z root@host delete import-x done"
    for evil in ["x\n\(line)", "x\r\n\(line)", "x\u{2028}\(line)", "a b\tc", "\u{1b}[2J", ""] {
      #expect(log.write(.restore, evil, "failed: \(evil)", at: now) == nil)
    }
    let bytes = try home.bytes(path)
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    #expect(lines.count == 6)
    #expect(!bytes.contains(0x1b) && !bytes.contains(0x0d) && !bytes.contains(0x09))
    for line in lines {
      #expect(line.hasPrefix("2026-01-20T12:00:00Z "))
      let words = line.split(separator: " ")
      #expect(words.dropFirst(2).first == "restore")
      #expect(words.dropFirst(4).first == "failed:")
    }
    #expect(try log.lines(about: "import-x").isEmpty)
  }

  @Test("A secret in a reason is taken out")
  func secret() throws {
    let log = AuditLog(root: try home.root())
    #expect(log.write(.undo, Sample.id, "failed: access_token=CANARY-1 broke", at: now) == nil)
    #expect(try !log.lines().joined().contains("CANARY"))
  }

  @Test("A full one is kept as the one before, and no line is lost between many writers")
  func rotation() async throws {
    let log = AuditLog(root: try home.root(), limit: 4000)
    let now = now
    let failures = await withTaskGroup(of: [String].self) { group in
      for writer in 1...4 {
        group.addTask {
          (1...10).compactMap { log.write(.archive, "import-\(writer)-\($0)", "done", at: now) }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
    #expect(failures == [])
    #expect(try Set(log.lines().map { $0.split(separator: " ")[3] }).count == 40)
    while !home.exists("\(path).1") { _ = log.write(.archive, "import-more", "done", at: now) }
    let size = try #require(home.status(path)).st_size
    #expect(size > 0 && size < 4000)
    #expect(try #require(home.status("\(path).1")).st_size <= 4000)
    #expect(try log.lines().filter { !$0.contains("import-more") }.count == 40)
  }

  @Test("That it cannot be written is a sentence")
  func unwritable() throws {
    let log = AuditLog(root: try home.root())
    #expect(try log.lines().isEmpty)
    try home.make(directory: path)
    let failure = try #require(log.write(.archive, Sample.id, "done", at: now))
    #expect(failure.hasPrefix("archive of \(Sample.id) is not in the audit log: "))
    #expect(failure.hasSuffix("."))
  }
}
