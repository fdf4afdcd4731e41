import Files
import ForeignText
import Glibc
import SessionFormat
import Synchronization
import TerminalText
import Wizard

/// The log of one run, in `~/.confighub/logs`: what happened, line by line, without secrets and
/// without control characters.
///
/// Safe from any thread. Nothing here fails towards the caller: a program must not stop because
/// it cannot write its diary. `failure` says that it could not.
package final class RunLog: Sendable {
  /// `~/.confighub/logs/tui-import-2026-01-09-143022.log`; `nil` if no log could be begun.
  package let displayPath: String?
  package let sessionID: String
  package let now: @Sendable () -> Timestamp
  private let state: Mutex<State>

  private struct State {
    package var file: OpenFile?
    package var failure: String?
    package var redactor = Redactor()
  }

  /// Begins a new file, named after the time; it belongs to the session of that id.
  package init(root: StateRoot, sessionID: String, now: @escaping @Sendable () -> Timestamp) {
    self.sessionID = sessionID
    self.now = now
    let started = now()
    do {
      let file = try Self.create(in: root.open(.logs, .writing), at: started)
      displayPath = file.path
      state = Mutex(State(file: file))
      write(raw: Self.header(started, sessionID))
    } catch {
      displayPath = nil
      state = Mutex(State(failure: StoreError("This run has no log", error).sentence))
    }
  }

  /// Why not everything is in the log, as a sentence; `nil` if everything is.
  package var failure: String? { state.withLock { $0.failure } }

  /// Adds a message; one of several lines becomes several lines of the log.
  package func write(_ message: String) {
    let prefix = "\(now().rfc3339) \(sessionID) "
    let redacted = state.withLock { $0.redactor.redacted(message) }
    let lines = redacted.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    write(raw: lines.map { prefix + Self.harmless(escaped(String($0))) + "\n" }.joined())
  }

  /// Begins a part of the log, as `--- NAME ---`.
  package func section(_ name: String) {
    write(raw: "\n--- \(escaped(name)) ---\n")
  }

  package func write(raw text: String) {
    state.withLock { state in
      do throws(CallError) {
        try state.file?.write(Array(text.utf8))
      } catch {
        if state.failure == nil {
          state.failure = StoreError("The log is not complete", error).sentence
        }
      }
    }
  }

  private static func create(in logs: Directory, at started: Timestamp) throws -> OpenFile {
    for number in 1...9999 {
      let name = "tui-import-\(started.stamp)\(number == 1 ? "" : "-\(number)").log"
      do throws(CallError) {
        let file = try logs.open(name, O_WRONLY | O_CREAT | O_EXCL | O_APPEND, mode: 0o600)
        try file.setMode(0o600)
        return file
      } catch {
        if error.code != EEXIST { throw error }
      }
    }
    throw Refusal("all names of this second are taken.")
  }

  private static func header(_ started: Timestamp, _ sessionID: String) -> String {
    let rule = String(repeating: "=", count: 80)
    return """
      \(rule)
      ConfigHub Import TUI
      Started: \(started.rfc3339)
      Session: \(sessionID)
      \(rule)

      """
  }

  /// The end of a log, at most `limit` bytes of it. Only the last part of `path` counts, and only
  /// if it is the name of a log: a session file may claim any path. `nil` if there is no such log.
  package static func contents(
    of path: String, in root: StateRoot, limit: Int = 1024 * 1024
  ) throws(StoreError) -> [UInt8]? {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard isName(name) else { return nil }
    do {
      return try root.open(.logs, .readOnly).tail(of: name, limit: limit)
    } catch let error as CallError where [ENOENT, ELOOP, ENXIO].contains(error.code) {
      return nil
    } catch {
      throw StoreError("The log \(name) cannot be read", error)
    }
  }

  /// Seconds since 1970; `nil` if there is no such log, or it is not ours. Of `path` the same counts.
  package static func lastWritten(_ path: String, in root: StateRoot) -> Int64? {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard isName(name), let status = try? root.existing(.logs)?.status(of: name),
      status.kind == .regular
    else { return nil }
    return Int64(status.modifiedSeconds)
  }

  /// `tui-import-YYYY-MM-DD-HHMMSS.log`, or with `-2` and so on.
  package static func isName(_ name: String) -> Bool {
    guard name.hasPrefix("tui-import-"), name.hasSuffix(".log") else { return false }
    return SessionID.isStamp(name.dropFirst("tui-import-".count).dropLast(".log".count))
  }
}
