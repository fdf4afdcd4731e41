import Documents
import SessionFormat
import Wizard

/// Who may write a session now, as they said themselves: for people.
package struct SessionHolder: Hashable, Sendable {
  package var pid: Int?
  package var host: String?
  /// Of the machine's run, and of the process since then: together with `pid` they name one process
  /// for ever, see proc(5).
  package var bootID: String?
  package var startTime: String?
  package var since: Timestamp?
  package var program: String?

  package init(
    pid: Int? = nil, host: String? = nil, bootID: String? = nil, startTime: String? = nil,
    since: Timestamp? = nil, program: String? = nil
  ) {
    self.pid = pid
    self.host = host
    self.bootID = bootID
    self.startTime = startTime
    self.since = since
    self.program = program
  }

  /// `process 4711 on laptop since 2026-01-09 14:30 CET`, as far as known.
  package func sentence(in zone: Zone) -> String {
    let who = pid.map { "process \($0)" } ?? "another process"
    return who + (host.map { " on \($0)" } ?? "")
      + (since.map { " since \($0.minute(in: zone))" } ?? "")
  }

  /// For whoever does not know where the person is.
  package var sentence: String { sentence(in: .utc.marked) }

  init(_ bytes: [UInt8]) {
    let field = (try? JSONValue(parsing: bytes)).map(Field.init)
    pid = try? field?["pid"].integer()
    host = try? field?["host"].optionalText()
    bootID = try? field?["boot_id"].optionalText()
    startTime = try? field?["start_time"].optionalText()
    since = try? field?["since"].time()
    program = try? field?["program"].optionalText()
  }

  /// `pid`, `host`, `boot_id`, `start_time`, `since`, `program`, as far as known.
  package var json: JSONValue {
    let draft = Draft.object([
      "pid": .integer(pid), "host": .text(host), "boot_id": .text(bootID),
      "start_time": .text(startTime), "since": .text(since?.rfc3339), "program": .text(program),
    ])
    return draft.merged(over: nil)
  }
}
