import Files
import Glibc
import SessionFormat
import Wizard

// The log says which generation was saved, so that a session file that is an earlier one, put in its
// place by a person, is told from the latest.

extension RunLog {
  /// Adds the line that a generation is durable. It comes after the records of what is in it, so
  /// that the end of a log tells it.
  package func write(savedGeneration number: Int, _ rest: String) {
    write("saved generation \(number), \(rest)")
  }

  /// The generation of the session that the newest of its logs saw saved last; `nil` if none tells.
  /// Reads the ends of the logs that are not older than the latest one that the session names.
  package static func lastGeneration(
    of session: Session, in root: StateRoot
  ) throws(StoreError) -> Int? {
    try explained("Whether its logs know a later state of \(session.id) cannot be told") {
      guard let logs = try root.existing(.logs) else { return nil }
      let names = try logs.names().filter(isName).sorted(by: LogHistory.isEarlier)
      let own = session.logFile?.split(separator: "/").last.map(String.init)
      for name in names.reversed() {
        if let own, isName(own), LogHistory.isEarlier(name, own) { break }
        if let found = try logs.lastGeneration(in: name, of: session.id) { return found }
      }
      return nil
    }
  }
}

extension Directory {
  fileprivate func lastGeneration(in name: String, of id: String) throws -> Int? {
    guard try isLog(name, of: id) else { return nil }
    // As a rule the first piece has it. What a run wrote after its last save is seldom long.
    var limit = 16 << 10
    while let bytes = try tail(of: name, limit: limit) {
      if let found = bytes.lastGeneration(of: id) { return found }
      guard bytes.count == limit, limit < LogHistory.sizeLimit else { return nil }
      limit *= 8
    }
    return nil
  }

  /// What begins a log names its session.
  private func isLog(_ name: String, of id: String) throws -> Bool {
    guard try status(of: name)?.kind == .regular else { return false }
    let head = try open(name, O_RDONLY).read(limit: 512)
    return head.split(separator: UInt8(ascii: "\n"))
      .contains { $0.elementsEqual("Session: \(id)".utf8) }
  }
}

extension [UInt8] {
  /// Of a log's lines: `2026-01-09T14:30:22Z ID saved generation 12, worker_connecting`.
  fileprivate func lastGeneration(of id: String) -> Int? {
    let mark = Array(" \(id) saved generation ".utf8)
    for line in split(separator: UInt8(ascii: "\n")).reversed() {
      let rest = line.dropFirst(20)
      guard rest.starts(with: mark) else { continue }
      let digits = rest.dropFirst(mark.count).prefix { (0x30...0x39).contains($0) }
      if let number = Int(String(decoding: digits, as: UTF8.self)) { return number }
    }
    return nil
  }
}
