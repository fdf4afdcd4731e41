/// Takes secrets out of text before it is written anywhere: private keys in PEM, JSON web
/// tokens, bearer tokens, the user information of URLs, and the values of keys that are named
/// like a secret (`password=`, `"ClaimToken": "…"`, `CONFIGHUB_WORKER_SECRET: …`, `--token …`).
///
/// Works on bytes, so that no combining character hides an equals sign, and in linear time. It
/// remembers a private key that is not finished, because programs print one line at a time.
public struct Redactor: Sendable {
  public static let mark = "[redacted]"

  private var isInsideKey = false

  public init() {}

  public mutating func redacted(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var spans = pemSpans(bytes)
    spans += Self.urlSpans(bytes) + Self.tokenSpans(bytes) + Self.valueSpans(bytes)
    guard !spans.isEmpty else { return text }

    var result: [UInt8] = []
    var position = 0
    for span in spans.sorted(by: { $0.lowerBound < $1.lowerBound }) where !span.isEmpty {
      if span.lowerBound >= position {
        result += bytes[position..<span.lowerBound]
        result += Array(Self.mark.utf8)
      }
      position = max(position, span.upperBound)
    }
    result += bytes[position...]
    return String(decoding: result, as: UTF8.self)
  }

  private mutating func pemSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var start = isInsideKey ? 0 : bytes.firstRange(of: "-----BEGIN ", from: 0)?.lowerBound
    while let begun = start {
      let end = bytes.firstRange(of: "-----END ", from: begun)
      let close = end.map { bytes.firstRange(of: "-----", from: $0.upperBound) }
      isInsideKey = end == nil
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
      let isJSONWebToken =
        slice.starts(with: "eyJ".utf8) && slice.count >= 20 && slice.contains(UInt8(ascii: "."))
      if isJSONWebToken || (lowercased(previous) == "bearer" && slice.count >= 8) {
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
      let key = lowercased(bytes[word])
      guard secretKeys.contains(where: key.hasSuffix) else { continue }
      var index = word.upperBound
      func skip(_ characters: String) {
        while index < bytes.count, characters.utf8.contains(bytes[index]) { index += 1 }
      }
      skip("\\\"'")
      skip(" \t")
      let separator = index
      skip("=:")
      if index > separator {
        skip(" \t")
      } else if !key.hasPrefix("--") || bytes[index...].first == UInt8(ascii: "-") {
        continue
      }
      spans.append(value(in: bytes, at: index, isHeader: key.hasSuffix("authorization")))
    }
    return spans
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
    while index + wanted.count <= count {
      if self[index..<(index + wanted.count)].elementsEqual(wanted) {
        return index..<(index + wanted.count)
      }
      index += 1
    }
    return nil
  }
}
