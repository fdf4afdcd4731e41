import FoundationEssentials
import Glibc
import TestWorld
import Testing

@testable import SessionFormat
@testable import SessionStore

/// Two programs at one home: one of them waits before one of its system calls until the other has
/// done everything that it has to do. That for each of the calls.
@Suite("What one program does in the middle of another")
struct MeanwhileTests {
  private struct Run {
    var home: TemporaryHome
    /// How many calls there were.
    var calls: Int
    var first: String
    /// What the one in the middle said; `nil` if it failed.
    var second: String?
  }

  private static let id = "import-2026-01-09-143023"

  private func run(
    _ first: String, meanwhile second: String, before call: Int, after words: String
  ) throws -> Run {
    let home = try TemporaryHome(isInMemory: true)
    let fighter = "\(try Sandbox.product("SessionFighter")) run \(home.path)"
    func run(_ program: String, _ arguments: [String]) throws -> (output: String, error: String) {
      let result = try ChildProgram(
        program, arguments, environment: ["PATH": "/usr/bin:/bin"]
      ).waitForExit(timeout: .seconds(60))
      guard result.ending == .exited(0) else {
        throw TraceFailure("before call \(call): \(result.stdout) \(result.stderr)")
      }
      return (result.stdout, result.stderr)
    }
    if !words.isEmpty { _ = try run("/bin/sh", ["-c", "\(fighter) \(words)"]) }
    let said = "\(home.base)/said"
    let command = "if \(fighter) \(second) > \(said).new 2>&1; then mv \(said).new \(said); fi"
    let result = try run(
      Sandbox.product("KillBefore"),
      ["\(call)", "--meanwhile", command]
        + "\(fighter) \(first)".split(separator: " ").map(String.init))
    let count = result.error.split(separator: "\n").last?.prefix { $0.isNumber } ?? ""
    return Run(
      home: home, calls: try #require(Int(count)), first: result.output,
      second: (try? home.bytes(said)).map { String(decoding: $0, as: UTF8.self) })
  }

  /// The last generation that was shown as saved.
  private func saved(_ output: String?) -> Int {
    (output ?? "").split(separator: "\n").compactMap { line in
      line.hasPrefix("saved ") ? Int(line.dropFirst(6)) : nil
    }.last ?? 0
  }

  @Test("Nothing that is saved while a damaged file is repaired is taken for the damaged one")
  func repair() throws {
    let damaged = "begin save save damage release"
    @Sendable func run(before call: Int) throws -> Run {
      try self.run(
        "repair", meanwhile: "readAndRepair save save release", before: call, after: damaged)
    }
    let calls = try run(before: 0).calls
    #expect(calls > 30)
    let busy = try inParallel(calls, from: 0, adding: +=) { index, busy in
      let result = try run(before: index + 1)
      let found = try #require(try result.home.store().read(Self.id).found, "call \(index + 1)")
      #expect(found.trust == .sound)
      #expect(
        found.document.session.generation >= max(1, saved(result.second)), "call \(index + 1)")
      #expect(
        try Self.readable(in: "corrupt", of: result.home) == [], "call \(index + 1)")
      if result.second == nil { busy += 1 }
    }
    print("meanwhile: \(calls) calls of a repair, \(busy) of them under the lock")
    #expect(busy > 5 && busy < calls - 5)
  }

  /// The files in a directory beside the sessions that are sessions.
  private static func readable(
    in directory: String, of home: TemporaryHome
  ) throws -> [String] {
    let path = "\(home.sessions)/\(directory)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter {
      (try? SessionCodec.decode(home.bytes("\(path)/\($0)"), named: id)) != nil
    }
  }

  @Test("Two first saves do not take the pointer from each other")
  func pointer() throws {
    @Sendable func run(before call: Int) throws -> Run {
      try self.run("begin save", meanwhile: "begin save release", before: call, after: "")
    }
    let calls = try run(before: 0).calls
    #expect(calls > 50)
    let done = try inParallel(calls, from: 0, adding: +=) { index, done in
      let result = try run(before: index + 1)
      done += 1
      // A save with a warning is a failure of the script.
      #expect(saved(result.first) == 1 && saved(result.second) == 1, "call \(index + 1)")
      let found = try result.home.store().read()
      #expect(found.found != nil && found.warnings == [], "call \(index + 1)")
    }
    #expect(done == calls)
  }
}
