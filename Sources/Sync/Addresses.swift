import ForeignText

/// Addresses of people who are no part of a session: they leave with nothing that leaves.
package enum Addresses {
  /// The text with each of them as what stands for a secret, so that whoever reads it elsewhere takes
  /// it for none of a name.
  ///
  /// - Parameter people: whose addresses stay: who begun the session, and who is signed in.
  package static func withoutAddresses(in text: String, besides people: Set<String>) -> String {
    guard text.utf8.contains(UInt8(ascii: "@")), !people.contains(text) else { return text }
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var position = 0
    for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "@") && index >= position {
      guard let span = span(around: index, in: bytes, after: position),
        !people.contains(String(decoding: bytes[span], as: UTF8.self))
      else { continue }
      result += bytes[position..<span.lowerBound] + Array(Redactor.mark.utf8)
      position = span.upperBound
    }
    return position == 0
      ? text : String(decoding: result + bytes[position...], as: UTF8.self)
  }

  /// `nil` if it is none: `git@github.com:org/repo` is a place, `app@sha256:…` an image.
  private static func span(
    around at: Int, in bytes: [UInt8], after start: Int
  ) -> Range<Int>? {
    let name = bytes[start..<at].reversed().prefix { isOfName($0) }.count
    var host = bytes[(at + 1)...].prefix { isOfHost($0) }
    while host.last == UInt8(ascii: ".") || host.last == UInt8(ascii: "-") {
      host = host.dropLast()
    }
    guard name > 0, host.contains(UInt8(ascii: ".")),
      host.last.map({ !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) == true
    else { return nil }
    let next = host.endIndex < bytes.count ? bytes[host.endIndex] : 0
    let isPlace =
      next == UInt8(ascii: ":") || next == UInt8(ascii: "/")
      || bytes[..<(at - name)].suffix(2).elementsEqual("//".utf8)
    return isPlace ? nil : (at - name)..<host.endIndex
  }

  private static func isOfHost(_ byte: UInt8) -> Bool {
    isAlphanumeric(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte >= 0x80
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    isOfHost(byte) || "!#$%&*+_'".utf8.contains(byte)
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: false
    }
  }
}
