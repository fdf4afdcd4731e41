import Documents
import Files
import Glibc
import SessionFormat
import Wizard

/// What the logs of a session's runs tell about it; what a later line says counts.
package struct LogHistory {
  package private(set) var choice: SessionChoice?
  package var operations: [Operation] { joined.named }
  private var joined = JoinedOperations()
  /// The logs that name the session, oldest first, as `~/.confighub/logs/…`.
  package private(set) var logs: [String] = []
  /// What was left out of the choice, as sentences.
  package private(set) var warnings: [String] = []
  /// Records that could not be read.
  package private(set) var unreadable = 0

  /// No log is read beyond this many bytes from its end.
  static let sizeLimit = 64 * 1024 * 1024

  package init(of id: String, in root: StateRoot) throws {
    let directory: Directory
    do {
      directory = try root.open(.logs, .readOnly)
    } catch let error as CallError where error.code == ENOENT {
      return
    }
    for name in try directory.names().filter(RunLog.isName).sorted(by: Self.isEarlier) {
      guard let bytes = try RunLog.contents(of: name, in: root, limit: Self.sizeLimit) else {
        continue
      }
      if take(bytes, of: id) { logs.append(directory.path(of: name)) }
    }
  }

  /// By the time in the name and the number after it, as a number.
  static func isEarlier(_ a: String, _ b: String) -> Bool {
    (a.utf8.count, a) < (b.utf8.count, b) && a.prefix(28) == b.prefix(28)
      || a.prefix(28) < b.prefix(28)
  }

  /// False if the log is not about the session.
  private mutating func take(_ bytes: [UInt8], of id: String) -> Bool {
    let isNamed = Array("Session: \(id)".utf8)
    let ours = Array(" \(id) ".utf8)
    var found = false
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      if line.elementsEqual(isNamed) { found = true }
      // `2026-01-09T14:30:22Z ID RECORD {…}`
      let rest = line.dropFirst(20)
      guard rest.starts(with: ours) else { continue }
      found = true
      take(rest.dropFirst(ours.count))
    }
    return found
  }

  private mutating func take(_ message: ArraySlice<UInt8>) {
    for record in LogRecord.allCases {
      let mark = Array("\(record.rawValue) ".utf8)
      guard message.starts(with: mark + [UInt8(ascii: "{")]) else { continue }
      do {
        var warnings: [String] = []
        let json = try JSONValue(parsing: message.dropFirst(mark.count))
        let field = Field(try json.withoutRedacted(&warnings))
        switch record {
        case .choice:
          choice = try SessionChoice(field)
          self.warnings = warnings
        case .operation: joined.put(try Operation(field))
        }
      } catch {
        unreadable += 1
      }
    }
  }
}
