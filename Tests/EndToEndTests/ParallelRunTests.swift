import FoundationEssentials
import TestWorld
import Testing

/// Counted from what the stand-ins say of each call, so that the machine's speed does not matter.
@Suite("--parallel N", .waiting)
struct ParallelRunTests {
  private func run(
    _ parallel: Int, gathering command: String? = nil
  ) throws -> [CallSpan] {
    let world = try Import(kubectl: .standIn)
    let result = try world.run(
      ["--yes", "--parallel", "\(parallel)"] + Import.scope,
      environment: ["STAND_IN_GATHER": command.map { "\($0)=\(parallel)" }].compactMapValues { $0 })
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.units() == units)
    return try world.spans()
  }

  @Test("Eight units are created at once, and no more programs run than the manual says")
  func eight() throws {
    let calls = try run(8, gathering: "unit create")
    #expect(calls.filter { $0.command == "unit create" }.mostAtOnce == 8)
    #expect(calls.count { $0.command == "unit set-target" } == 1)
    #expect(calls.filter { $0.program == "cub" }.mostAtOnce == 8)
    #expect(calls.filter { $0.program == "kubectl" }.mostAtOnce <= 8 * 4)
  }

  @Test("One is one: no change begins before the one before it has ended")
  func one() throws {
    let calls = try run(1)
    let changes = calls.filter {
      ["space create", "unit create", "unit set-target"].contains($0.command)
    }
    #expect(changes.count == 14)
    #expect(changes.mostAtOnce == 1)
    // Nothing is asked beside a change either; only before and after them is it.
    let first = try #require(changes.map(\.began).min())
    let last = try #require(changes.map(\.ended).max())
    let meanwhile = calls.filter { $0.program == "cub" && $0.began >= first && $0.ended <= last }
    #expect(meanwhile.mostAtOnce == 1)
  }

  @Test(
    "Where the system gives fewer threads, or none, fewer do the work, and all of it is done",
    arguments: ["1..2", "3..30"])
  func noThreads(refused: String) throws {
    let world = try Import(kubectl: .standIn)
    let result = try world.sandbox.run(
      Sandbox.find("strace"),
      [
        "-f", "-qq", "-o", "/dev/null", "--seccomp-bpf", "-e", "trace=clone3", "-e",
        "inject=clone3:error=EAGAIN:when=\(refused)", Sandbox.product("map-import"), "--yes",
        "--parallel", "8",
      ] + Import.scope, environment: world.environment, timeout: .seconds(120))
    #expect(result.status == 0, "\(result.stderr)")
    #expect(try world.units() == units)
  }
}

/// When a stand-in ran, in nanoseconds.
private struct CallSpan {
  var program: String
  /// `unit create`
  var command: String
  var began: Double
  var ended: Double
}

extension [CallSpan] {
  /// The most that were under way at one moment.
  fileprivate var mostAtOnce: Int {
    var count = 0
    var most = 0
    let edges = flatMap { [($0.began, 1), ($0.ended, -1)] }.sorted { $0 < $1 }
    for (_, change) in edges {
      count += change
      most = Swift.max(most, count)
    }
    return most
  }
}

extension Import {
  fileprivate func spans() throws -> [CallSpan] {
    let text = try String(contentsOfFile: sandbox.standInState + "/calls.log", encoding: .utf8)
    return try text.split(separator: "\n").map { line in
      let call = try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
      return CallSpan(
        program: try #require(call["program"]?.string),
        command: (call["argv"]?.array ?? []).prefix(2).compactMap(\.string)
          .joined(separator: " "),
        began: try moment("began", of: call), ended: try moment("ended", of: call))
    }
  }

  private func moment(_ name: String, of call: JSON) throws -> Double {
    let moment: Double? = if case .number(let moment) = call[name] { moment } else { nil }
    return try #require(moment)
  }
}
