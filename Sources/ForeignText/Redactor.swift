/// Takes secrets out of text before it is written anywhere: private keys in PEM, tokens that are
/// known by their form, the user information of URLs, and what belongs to a name of a secret
/// (`password=`, `"ClaimToken": "…"`, `CONFIGHUB_WORKER_SECRET: …`, `--token …`).
///
/// Works on bytes, so that no combining character hides an equals sign, and in linear time. The end
/// of what it is given is the end of a line. It remembers what is not finished there, because
/// programs print one line at a time.
public struct Redactor: Sendable {
  public static let mark = "[redacted]"

  /// Bytes. What goes on for longer than the largest key is none: a beginning without an end takes
  /// no more than this with it.
  static let longestKey = 64 << 10

  /// How much of a private key that has begun may still come; 0 if none has.
  private var restOfKey = 0
  private var tokens = KnownTokens()
  private var values = SecretValues()
  private var rows = SecretRows()

  public init() {}

  /// Whether there is nothing in it that a secret could be told by, as in almost every name.
  static func isInnocent(_ text: String) -> Bool {
    text.utf8.count < shortestWebToken && text.utf8.allSatisfy(isWordByte)
  }

  static let shortestWebToken = 20

  public mutating func redacted(_ text: String) -> String {
    String(decoding: redacted(Array(text.utf8)), as: UTF8.self)
  }

  public mutating func redacted(_ bytes: [UInt8]) -> [UInt8] {
    let spans = spans(bytes)
    return spans.isEmpty
      ? bytes : Self.marked(bytes, spans.sorted { $0.lowerBound < $1.lowerBound })
  }

  /// Lines of one text, as many as before: what one of them is may be told by another.
  public mutating func redacted(lines: [String]) -> [String] {
    let text = Array(lines.joined(separator: "\n").utf8)
    let spans = spans(text).sorted { $0.lowerBound < $1.lowerBound }
    var next = spans.startIndex
    /// How far a span of the lines before goes.
    var reach = 0
    var start = 0
    return lines.map { line in
      let end = start + line.utf8.count
      defer { start = end + 1 }
      var inLine = reach > start ? [0..<(min(reach, end) - start)] : []
      while next < spans.endIndex, spans[next].lowerBound < end {
        let span = spans[next].clamped(to: start..<end)
        inLine.append((span.lowerBound - start)..<(span.upperBound - start))
        reach = max(reach, spans[next].upperBound)
        next += 1
      }
      return inLine.isEmpty
        ? line : String(decoding: Self.marked(Array(line.utf8), inLine), as: UTF8.self)
    }
  }

  /// - Parameter spans: in the order of their beginnings.
  private static func marked(_ bytes: [UInt8], _ spans: [Range<Int>]) -> [UInt8] {
    var result: [UInt8] = []
    var position = 0
    for span in spans where !span.isEmpty {
      if span.lowerBound >= position {
        result += bytes[position..<span.lowerBound]
        result += Array(Self.mark.utf8)
      }
      position = max(position, span.upperBound)
    }
    return result + bytes[position...]
  }

  private mutating func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans = Addresses.spans(bytes) + PasswordFiles.spans(bytes)
    let plain = PlainSigns(bytes)
    var found = pemSpans(plain.bytes) + tokens.spans(plain.bytes) + values.spans(plain)
    found += rows.spans(plain.bytes)
    // A user's name and password may be encoded apart from the URL, or with it.
    if !plain.isSame { found += Addresses.spans(plain.bytes) }
    spans += found.map(plain.original)
    // A text of several lines may stand in a string.
    if PlainSigns.hasLines(bytes) {
      let lines = PlainSigns(bytes, withLines: true)
      var values = SecretValues()
      spans += values.spans(lines).map(lines.original)
    }
    return spans
  }

  /// Of PEM, and of RFC 4716. What is encoded may have a plus for a blank.
  private static let beginnings = ["-----BEGIN ", "---- BEGIN ", "-----BEGIN+"]
  private static let ends = ["-----END ", "---- END ", "-----END+"]

  private mutating func pemSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    let goesOn = restOfKey > 0
    restOfKey = max(0, restOfKey - bytes.count)
    var start = goesOn ? 0 : bytes.firstRange(of: Self.beginnings, from: 0)?.lowerBound
    while let begun = start {
      let end = bytes.firstRange(of: Self.ends, from: begun)
      let close = end.map { bytes.firstRange(of: ["-----", "----"], from: $0.upperBound) }
      if end != nil { restOfKey = 0 } else if begun > 0 || !goesOn { restOfKey = Self.longestKey }
      let upper = close.map { $0?.upperBound ?? bytes.count } ?? bytes.count
      spans.append(begun..<upper)
      start = bytes.firstRange(of: Self.beginnings, from: upper)?.lowerBound
    }
    return spans
  }
}

extension UInt8 {
  /// - Parameter signs: ASCII, and several.
  @inline(__always) func isOne(of signs: StaticString) -> Bool {
    var sign = signs.utf8Start
    let end = sign + signs.utf8CodeUnitCount
    while sign < end {
      if sign.pointee == self { return true }
      sign += 1
    }
    return false
  }
}

extension Redactor {
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

  static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  static func isTokenByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte.isOne(of: "~+/=")
  }
}

extension ArraySlice<UInt8> {
  /// Where such a text begins in it.
  ///
  /// - Parameter text: ASCII, and not empty.
  func position(of text: StaticString) -> Int? {
    let (wanted, length) = (text.utf8Start, text.utf8CodeUnitCount)
    var index = startIndex
    while index + length <= endIndex {
      var count = 0
      while count < length, self[index + count] == wanted[count] { count += 1 }
      if count == length { return index }
      index += 1
    }
    return nil
  }
}

extension [UInt8] {
  /// Of the first of them; of those at one place, of the one named first.
  fileprivate func firstRange(of texts: [String], from start: Int) -> Range<Int>? {
    let found = texts.compactMap { firstRange(of: $0, from: start) }
    return found.min { $0.lowerBound < $1.lowerBound }
  }

  func firstRange(of text: String, from start: Int) -> Range<Int>? {
    let wanted = Array(text.utf8)
    var index = start
    while let found = self[index...].firstIndex(of: wanted[0]), found + wanted.count <= count {
      if self[found..<(found + wanted.count)].elementsEqual(wanted) {
        return found..<(found + wanted.count)
      }
      index = found + 1
    }
    return nil
  }
}
