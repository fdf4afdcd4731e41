/// Takes secrets out of text before it is written anywhere: private keys in PEM, JSON web
/// tokens, bearer tokens, the user information of URLs, and the values of keys that are named
/// like a secret (`password=`, `"ClaimToken": "…"`, `CONFIGHUB_WORKER_SECRET: …`, `--token …`).
///
/// Works on bytes, so that no combining character hides an equals sign, and in linear time. It
/// remembers a private key that is not finished, because programs print one line at a time.
public struct Redactor: Sendable {
  public static let mark = "[redacted]"

  /// Bytes. What goes on for longer than the largest key is none: a beginning without an end takes
  /// no more than this with it.
  private static let longestKey = 64 << 10

  /// How much of a private key that has begun may still come; 0 if none has.
  private var restOfKey = 0

  public init() {}

  /// Whether there is nothing in it that a secret could be told by, as in almost every name.
  static func isInnocent(_ text: String) -> Bool {
    text.utf8.count < shortestWebToken && text.utf8.allSatisfy(isWordByte)
  }

  private static let shortestWebToken = 20

  public mutating func redacted(_ text: String) -> String {
    String(decoding: redacted(Array(text.utf8)), as: UTF8.self)
  }

  public mutating func redacted(_ bytes: [UInt8]) -> [UInt8] {
    var spans = pemSpans(bytes)
    spans += Self.urlSpans(bytes) + Self.tokenSpans(bytes) + Self.valueSpans(bytes)
    guard !spans.isEmpty else { return bytes }

    var result: [UInt8] = []
    var position = 0
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
      if span.lowerBound >= position {
        result += bytes[position..<span.lowerBound]
        result += Array(Self.mark.utf8)
      }
      position = max(position, span.upperBound)
    }
    return result + bytes[position...]
  }

  private mutating func pemSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    let goesOn = restOfKey > 0
    restOfKey = max(0, restOfKey - bytes.count)
    var start = goesOn ? 0 : bytes.firstRange(of: "-----BEGIN ", from: 0)?.lowerBound
    while let begun = start {
      let end = bytes.firstRange(of: "-----END ", from: begun)
      let close = end.map { bytes.firstRange(of: "-----", from: $0.upperBound) }
      if end != nil { restOfKey = 0 } else if begun > 0 || !goesOn { restOfKey = Self.longestKey }
      let upper = close.map { $0?.upperBound ?? bytes.count } ?? bytes.count
      spans.append(begun..<upper)
      start = bytes.firstRange(of: "-----BEGIN ", from: upper)?.lowerBound
    }
    return spans
  }

  /// `user:password` in `scheme://user:password@host`.
  private static func urlSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var from = 0
    while let scheme = bytes.firstRange(of: "://", from: from) {
      let start = scheme.upperBound
      let end = bytes[start...].firstIndex { isSpace($0) || "/?#\"'<>".utf8.contains($0) }
      let authority = start..<(end ?? bytes.count)
      if let at = bytes[authority].lastIndex(of: UInt8(ascii: "@")) { spans.append(start..<at) }
      from = authority.upperBound
    }
    return spans
  }

  /// JSON web tokens, and what follows `Bearer`.
  private static func tokenSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var previous: ArraySlice<UInt8> = []
    for word in bytes.indices.split(whereSeparator: { !isTokenByte(bytes[$0]) }) {
      let slice = bytes[word]
      // Not what stands in the place of one.
      let isSecret = slice.count >= 8 && !slice.elementsEqual("redacted".utf8)
      let isJSONWebToken =
        slice.starts(with: "eyJ".utf8) && slice.count >= shortestWebToken
        && slice.contains(UInt8(ascii: "."))
      if isJSONWebToken || (isSecret && lowercased(previous) == "bearer") {
        spans.append(slice.startIndex..<slice.endIndex)
      }
      previous = slice
    }
    return spans
  }

  /// Keys that end in one of these have a secret for a value.
  private static let secretKeys = [
    "password", "passwd", "passphrase", "pwd", "token", "secret", "apikey", "api-key", "api_key",
    "accesskey", "access-key", "access_key", "privatekey", "private-key", "private_key",
    "secretkey", "secret-key", "secret_key", "key-data", "credential", "credentials", "cookie",
    "authorization",
  ]

  private static func valueSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for word in bytes.indices.split(whereSeparator: { !isWordByte(bytes[$0]) }) {
      // What looks like a key inside a value is gone with it.
      if word.lowerBound < spans.last?.upperBound ?? 0 { continue }
      var index = word.upperBound
      func skip(_ characters: String) {
        while index < bytes.count, characters.utf8.contains(bytes[index]) { index += 1 }
      }
      skip("\\\"'")
      skip(" \t")
      let separator = index
      skip("=:")
      let isAssigned = index > separator
      // `--token VALUE` needs no sign between them.
      guard isAssigned || bytes[word].starts(with: "--".utf8) else { continue }
      if !isAssigned && bytes[index...].first == UInt8(ascii: "-") { continue }
      let key = lowercased(bytes[word])
      guard secretKeys.contains(where: key.hasSuffix) else { continue }
      if isAssigned {
        skip(" \t")
        if let next = valueOnNextLine(bytes, after: index) { index = next }
      }
      let isHeader = key.hasSuffix("authorization")
      if !isHeader, bytes[index...].starts(with: mark.utf8) { continue }
      let value = value(in: bytes, at: index, isHeader: isHeader)
      if !plainValues.contains(lowercased(bytes[value])) { spans.append(value) }
    }
    return spans
  }

  /// No secret, whatever its key is called.
  private static let plainValues = ["true", "false", "null"]

  /// Where the value is of a key that ends its line, unless what follows is a key, too.
  private static func valueOnNextLine(_ bytes: [UInt8], after end: Int) -> Int? {
    guard end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D,
      let start = bytes[end...].firstIndex(where: { !isSpace($0) })
    else { return nil }
    let word = bytes[start...].prefix { !isSpace($0) }
    return word.last == UInt8(ascii: ":") ? nil : start
  }

  /// The value that begins there, without its quotes.
  private static func value(in bytes: [UInt8], at start: Int, isHeader: Bool) -> Range<Int> {
    let isEscaped = bytes[start...].first == UInt8(ascii: "\\")
    let quote = start + (isEscaped ? 1 : 0)
    guard quote < bytes.count, "\"'".utf8.contains(bytes[quote]) else {
      let end = bytes[start...].firstIndex { byte in
        isHeader ? "\n\"'".utf8.contains(byte) : isSpace(byte) || ",;&}]".utf8.contains(byte)
      }
      return start..<(end ?? bytes.count)
    }
    var index = quote + 1
    while index < bytes.count {
      if bytes[index] == bytes[quote] {
        // A doubled quote is one inside the value, as in YAML and SQL.
        guard bytes[(index + 1)...].first == bytes[quote] else { break }
        index += 1
      } else if isEscaped && bytes[index] == UInt8(ascii: "\\") {
        break
      } else if bytes[index] == UInt8(ascii: "\\") {
        index += 1
      }
      index += 1
    }
    return (quote + 1)..<min(index, bytes.count)
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
      UInt8(ascii: "."):
      true
    default: false
    }
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || "~+/=".utf8.contains(byte)
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self).lowercased()
  }
}

extension [UInt8] {
  fileprivate func firstRange(of text: String, from start: Int) -> Range<Int>? {
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
