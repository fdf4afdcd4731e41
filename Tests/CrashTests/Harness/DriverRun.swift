import Subprocess
import TestWorld

/// One run of SaveDriver under strace(1), and what it said.
struct DriverRun: Sendable {
  let home: Home
  let ending: Completion.Ending
  let lines: [Substring]
  /// What strace wrote.
  let trace: String

  /// - Parameter options: strace's.
  init(_ state: StartingState, _ options: [String], isControl: Bool = false) throws {
    home = try state.home.copy()
    let driver = [
      try Sandbox.product("SaveDriver"), home.path, state.session ?? "new", "\(state.saves)",
    ]
    let completion = try run(
      Command(
        try Sandbox.find("strace"), options + driver + (isControl ? ["--control"] : []),
        timeout: 180))
    ending = completion.ending
    lines = completion.outputText.unredacted.split(separator: "\n")
    trace = completion.errorText.unredacted
  }

  /// The session that it opened; `nil` if it did not come to that.
  var id: String? {
    lines.first { $0.hasPrefix("OPEN ") }.map { String($0.dropFirst("OPEN ".count)) }
  }

  /// What the last `ACK` said: the generation, and what is in it.
  var acknowledged: (generation: Int, content: String)? {
    guard let line = lines.last(where: { $0.hasPrefix("ACK ") }) else { return nil }
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count == 3, let generation = Int(words[1]) else { return nil }
    return (generation, String(words[2]))
  }

  /// Failures that it reported after the last `ACK`.
  var openFailures: Int {
    lines.reversed().prefix { !$0.hasPrefix("ACK ") }.filter { $0.hasPrefix("FAILED ") }.count
  }

  func has(_ word: String) -> Bool { lines.contains { $0.hasPrefix("\(word) ") } }

  var wasKilled: Bool { ending == .signalled(9) }

  /// All calls of a run that nothing happens to, from its first word on.
  static func calls(from state: StartingState, isControl: Bool = false) throws -> [Call] {
    let run = try DriverRun(state, [], isControl: isControl)
    guard run.ending == .exited(0), run.acknowledged != nil else {
      throw Trouble(
        "SaveDriver cannot be run under strace: \(run.ending) \(run.lines) "
          + String(run.trace.suffix(300)))
    }
    return Trace(run.trace, after: "BEGIN").calls
  }
}
