import Documents
import ForeignText
import SessionFormat
import Wizard

/// The log of a run as it goes up: the content of a unit of the toolchain AppConfig/Text, whose front
/// matter is YAML.
package enum OutgoingLog {
  /// In bytes, of the log alone: its end is what tells why it ended.
  package static let sizeLimit = 1 << 20

  /// - Parameter people: whose addresses may be in it.
  package static func content(
    _ text: String, of id: String, lineage: String, people: Set<String>, home: String
  ) -> [UInt8] {
    let front = JSONValue.object([
      "configHub": .object([
        "configName": .string(SessionUnit.logSlug(of: id, lineage: lineage)),
        "configSchema": .string(SessionUnit.logSchema),
      ])
    ])
    var redactor = Redactor()
    let all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let lines = redactor.redacted(lines: all).map {
      Addresses.withoutAddresses(in: PortableSession.withoutHome($0, home), besides: people)
    }
    return Array("---\n\(front.yaml())---\n".utf8) + end(of: lines)
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

  /// What was written, without the front matter, as untrusted as anything that comes down. Text
  /// without one is taken as it is.
  package static func text(of content: [UInt8]) -> String {
    let text = String(decoding: content.suffix(2 * sizeLimit), as: UTF8.self)
    let marker = "---\n"
    guard text.hasPrefix(marker),
      let end = text.dropFirst(marker.count).firstRange(of: "\n\(marker)")
    else { return text }
    return String(text[end.upperBound...])
  }
}
