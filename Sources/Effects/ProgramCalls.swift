import ForeignText
import Subprocess
import Synchronization
import Wizard

/// The latest programs that this run has started and that have ended, without their secrets.
package final class ProgramCalls: Sendable {
  static let limit = 200

  private let state = Mutex(State())

  /// A function that is itself what a mutex holds is wrapped once more by every access.
  private struct State {
    var calls: [RunProgram] = []
    var cubCount = 0
    var log: (@Sendable (String) -> Void)?
  }

  package var all: [RunProgram] { state.withLock { $0.calls } }

  /// How often cub was run, whatever became of it.
  package var cubCount: Int { state.withLock { $0.cubCount } }

  /// Where each call is written down, too.
  func write(to log: @escaping @Sendable (String) -> Void) { state.withLock { $0.log = log } }

  func add(_ command: Command, isCub: Bool, _ ending: Completion.Ending?, seconds: Double) {
    let name = command.executable.split(separator: "/").last.map(String.init) ?? ""
    let words = redactedWords([name] + command.arguments).map(CommandLineText.quoted)
    let call = RunProgram(words: words, ending: ProgramCalls.words(ending, seconds))
    let log = state.withLock { state in
      state.calls.append(call)
      if isCub { state.cubCount += 1 }
      if state.calls.count > Self.limit {
        state.calls.removeFirst(state.calls.count - Self.limit)
      }
      return state.log
    }
    log?("ran \(words.joined(separator: " ")): \(call.ending)")
  }

  /// Writes a sentence about how they are run where they are written down.
  func note(_ sentence: String) {
    let log = state.withLock { $0.log }
    log?(sentence)
  }

  private static func words(_ ending: Completion.Ending?, _ seconds: Double) -> String {
    guard let ending else { return "started, and goes on" }
    return "\(ending.words), \(Int((seconds * 1000).rounded())) ms"
  }
}

extension Completion.Ending {
  /// For a person: how a program ended.
  package var words: String {
    switch self {
    case .exited(let status): "exit \(status)"
    case .signalled(let signal): "ended by signal \(signal)"
    case .timedOut: "ended, as it took too long"
    case .cancelled: "ended, as it was told to stop"
    case .outputTooLong: "ended, as it said too much"
    case .refused: "ended, as no more of it was wanted"
    }
  }
}
