import TestWorld
import Testing
import Wizard

@testable import Logs
@testable import SessionFormat
@testable import SessionStore

@Suite("The log of a worker")
struct WorkerLogTests {
  private let home: TemporaryHome
  private let started: Timestamp
  private static let name = "worker-dev-2026-01-09-143022"

  init() throws {
    home = try TemporaryHome()
    started = try Sample.time("2026-01-09T14:30:22Z")
  }

  private func log(limit: Int = WorkerLog.sizeLimit) throws -> WorkerLog {
    WorkerLog("dev", in: try home.root(), started: started, sizeLimit: limit)
  }

  private func text(_ name: String = name + ".log") throws -> String {
    String(decoding: try home.bytes("\(home.logs)/\(name)"), as: UTF8.self)
  }

  private func read() throws -> (name: String, text: String)? {
    try WorkerLog.contents(of: "dev", in: home.root()).map {
      ($0.name, String(decoding: $0.bytes, as: UTF8.self))
    }
  }

  @Test("holds what the worker says, without secrets and in whatever pieces it comes")
  func canaries() throws {
    var log = try log()
    for byte in Array(("starts\n" + Canary.text + "\u{1B}[2Jgoes on").utf8) {
      #expect(log.write([byte]) == nil)
    }
    #expect(try !text().contains("goes on"))
    #expect(log.finish() == nil)
    let written = try text()
    #expect(written.hasPrefix("starts\n") && written.hasSuffix("goes on\n"))
    #expect(written.contains("[redacted]") && !written.contains(Canary.secret))
    #expect(!written.utf8.contains(0x1B))
    #expect(try read()?.text == written)
    #expect(home.mode("\(home.logs)/\(Self.name).log") == 0o600)
  }

  @Test("is begun anew at its limit, with one older file beside it, and read as one")
  func rotation() throws {
    var log = try log(limit: 1000)
    for number in 1...1000 { #expect(log.write(Array("line \(number)\n".utf8)[...]) == nil) }
    #expect(try Files.list(home.logs) == ["\(Self.name).log", "\(Self.name).old.log"])
    let (old, latest) = (try text(Self.name + ".old.log"), try text())
    #expect((1000..<1010).contains(old.utf8.count) && latest.utf8.count < 1010)
    #expect(latest.hasSuffix("line 1000\n"))
    let whole = try #require(try read())
    #expect(whole.name == Self.name + ".log" && whole.text == old + latest)
    #expect(RunLog.stamp(Self.name + ".old.log") == "2026-01-09-143022")
    // One that was tidied up is made again.
    try Files.remove("\(home.logs)/\(Self.name).log")
    #expect(log.write(Array("again\n".utf8)[...]) == nil)
    #expect(try text() == "again\n")
    try home.write(Array(latest.utf8), to: "\(home.logs)/\(Self.name).log")
    // Another run of the logger goes on where this one was.
    var other = try self.log(limit: 1000)
    #expect(other.write(Array("later\n".utf8)[...]) == nil)
    #expect(try text() == latest + "later\n")
  }

  @Test("says once that it cannot be written, and what is missing when it can")
  func unwritable() throws {
    try home.make(directory: "\(home.path)/.confighub")
    try home.write([], to: home.logs)
    var log = try log()
    let said = log.write(Array("lost\n".utf8)[...]) ?? ""
    #expect(said.hasPrefix("Not everything that worker dev says is kept: "), "\(said)")
    #expect(log.write(Array("lost, too\n".utf8)[...]) == nil)
    try Files.remove(home.logs)
    #expect(log.write(Array("kept\n".utf8)[...]) == nil)
    let lines = try text().split(separator: "\n")
    #expect(lines.count == 2 && lines.last == "kept")
    #expect(lines.first?.hasPrefix("[map-import: 15 bytes are missing here: ") == true, "\(lines)")
  }

  @Test("is told when there is none")
  func none() throws { #expect(try read() == nil) }

  @Test(
    "takes a flood in time and with what memory it has", arguments: ["x", "a=b ", "x\n", "\u{0}"])
  func flood(pattern: String) throws {
    var log = try log(limit: 100_000)
    let piece = Array(String(repeating: pattern, count: 65536 / pattern.utf8.count).utf8)
    for _ in 0..<3 { #expect(log.write(piece[...]) == nil) }
    #expect(log.finish() == nil)
    for name in try Files.list(home.logs) {
      // One write more than the limit at the most; an escape is longer than what it stands for.
      #expect(try text(name).utf8.count <= 100_000 + 4 * piece.count)
    }
  }
}
