import ForeignText
import SessionFormat

/// The log of a run as it goes up, beside its session. What the unit begins with in ConfigHub is not part
/// of it.
package enum OutgoingLog {
  /// In bytes: its end is what tells why it ended.
  package static let sizeLimit = 1 << 20

  /// - Parameter people: whose addresses may be in it.
  package static func content(_ text: String, people: Set<String>, home: String) -> [UInt8] {
    var redactor = Redactor()
    // A secret could hide behind the sequences of a terminal.
    let all = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { String(decoding: withoutSequences(Array($0)), as: UTF8.self) }
    let lines = redactor.redacted(lines: all).map {
      Addresses.withoutAddresses(in: PortableSession.withoutHome($0, home), besides: people)
    }
    return end(of: lines)
  }

  /// Whole lines, the last ones, each with its end.
  private static func end(of lines: [String]) -> [UInt8] {
    let lines = lines.last == "" ? lines.dropLast() : lines[...]
    var size = 0
    let kept = lines.reversed().prefix {
      size += $0.utf8.count + 1
      return size <= sizeLimit
    }
    return kept.reversed().flatMap { Array($0.utf8) + [UInt8(ascii: "\n")] }
  }

  /// What came down, as untrusted as anything that does.
  package static func text(of content: [UInt8]) -> String {
    String(decoding: content.suffix(2 * sizeLimit), as: UTF8.self)
  }
}
