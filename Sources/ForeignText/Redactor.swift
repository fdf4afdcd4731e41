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
    var spans = pemSpans(bytes) + Self.urlSpans(bytes) + Self.loginSpans(bytes)
    let plain = PlainSigns(bytes)
    var found = tokens.spans(plain.bytes) + values.spans(plain)
    // A user's name and password may be encoded apart from the URL, or with it.
    if !plain.isSame { found += Self.urlSpans(plain.bytes) + Self.loginSpans(plain.bytes) }
    spans += found.map(plain.original)
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

  /// Of PEM, and of RFC 4716.
  private static let beginnings = ["-----BEGIN ", "---- BEGIN "]
  private static let ends = ["-----END ", "---- END "]

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

  /// `user:password` in `scheme://user:password@host`, also where the password has a slash in it.
  private static func urlSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var from = 0
    while let scheme = bytes.firstRange(of: "://", from: from) {
      let start = scheme.upperBound
      var end = bytes[start...].firstIndex { endsURL($0) || "/?#".utf8.contains($0) } ?? bytes.count
      if !bytes[start..<end].contains(UInt8(ascii: "@")),
        let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")),
        !bytes[(colon + 1)..<end].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      {
        // No port, so it is the beginning of a password.
        end = bytes[end...].firstIndex(where: endsURL) ?? bytes.count
      }
      if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) { spans.append(start..<at) }
      from = end
    }
    return spans
  }

  /// `password` in `user:password@host`.
  private static func loginSpans(_ bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.contains(UInt8(ascii: "@")) else { return [] }
    var spans: [Range<Int>] = []
    for word in bytes.indices.split(whereSeparator: { endsURL(bytes[$0]) || bytes[$0] == 0x28 }) {
      let word = bytes[word]
      guard let colon = word.firstIndex(of: UInt8(ascii: ":")),
        let at = word.lastIndex(of: UInt8(ascii: "@")), at > colon + 1, at + 1 < word.endIndex,
        isWordByte(word[at + 1]) || word[at + 1] == UInt8(ascii: "["),
        word[colon + 1] != UInt8(ascii: "/")
      else { continue }
      let cut = word[..<colon].lastIndex { !isWordByte($0) }
      let user = word[(cut.map { $0 + 1 } ?? word.startIndex)..<colon]
      guard user.contains(where: { !SecretNames.isDigit($0) }),
        // The digest of an image.
        !word[(at + 1)...].starts(with: "sha".utf8),
        !othersThanLogins.contains(SecretNames.lowercased(user))
      else { continue }
      spans.append((colon + 1)..<at)
    }
    return spans
  }

  /// After these comes an address.
  private static let othersThanLogins = Set(
    ["mailto", "email", "mail", "acct", "sip", "owner", "author"].map { Array($0.utf8) })

  private static func endsURL(_ byte: UInt8) -> Bool {
    isSpace(byte) || "\"'<>".utf8.contains(byte)
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
    isWordByte(byte) || "~+/=".utf8.contains(byte)
  }
}

extension [UInt8] {
  /// Of the first of them; of those at one place, of the one named first.
  fileprivate func firstRange(of texts: [String], from start: Int) -> Range<Int>? {
    let found = texts.compactMap { firstRange(of: $0, from: start) }
    return found.min { $0.lowerBound < $1.lowerBound }
  }

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
