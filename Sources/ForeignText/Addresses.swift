/// Finds secrets in addresses: the user information, and paths that let in whoever knows them.
enum Addresses {
  static func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    users(bytes) + logins(bytes) + webhooks(bytes) + ports(bytes) + oracles(bytes)
  }

  /// `user:password` in `scheme://user:password@host`, also where the password has a slash in it.
  private static func users(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var from = 0
    while let scheme = bytes.firstRange(of: "://", from: from) {
      let start = scheme.upperBound
      var end = bytes[start...].firstIndex { endsURL($0) || $0.isOne(of: "/?#") } ?? bytes.count
      if !bytes[start..<end].contains(UInt8(ascii: "@")),
        let colon = bytes[start..<end].firstIndex(of: UInt8(ascii: ":")),
        !bytes[(colon + 1)..<end].allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
      {
        // No port, so it is the beginning of a password.
        end = bytes[end...].firstIndex(where: endsURL) ?? bytes.count
        // With a blank in it, where quotes tell how far it goes.
        if end < bytes.count, bytes[end] == 0x20, !bytes[start..<end].contains(UInt8(ascii: "@")),
          let sign = quoteBefore(scheme.lowerBound, bytes)
        {
          let close = bytes[end...].firstIndex { $0 == sign || $0 == 0x0A }
          if let close, bytes[close] == sign { end = close }
        }
      }
      if let at = bytes[start..<end].lastIndex(of: UInt8(ascii: "@")) { spans.append(start..<at) }
      from = end
    }
    return spans
  }

  /// The quote that the address begins after.
  private static func quoteBefore(_ colon: Int, _ bytes: [UInt8]) -> UInt8? {
    let scheme = bytes[max(0, colon - 16)..<colon]
    let sign = scheme.last { !Redactor.isWordByte($0) && $0 != UInt8(ascii: "+") }
    return sign.flatMap { $0.isOne(of: "\"'`") ? $0 : nil }
  }

  /// What Go takes for a port where a password has a sign in it that ends the host:
  /// `invalid port ":password" after host`.
  private static func ports(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var from = 0
    while let found = bytes.firstRange(of: "invalid port ", from: from) {
      let first =
        bytes[found.upperBound...].firstIndex { !isQuote($0) && $0 != 0x3A } ?? bytes.count
      from = bytes[first...].firstRange(of: " after host".utf8)?.lowerBound ?? bytes.count
      let last = bytes[first..<from].lastIndex { !isQuote($0) } ?? first - 1
      if first <= last, from < bytes.count { spans.append(first..<(last + 1)) }
    }
    return spans
  }

  /// `jdbc:oracle:thin:user/password@host`.
  private static func oracles(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var from = 0
    while let found = bytes.firstRange(of: "jdbc:oracle:", from: from) {
      from = bytes[found.upperBound...].firstIndex(where: endsURL) ?? bytes.count
      let address = bytes[found.upperBound..<from]
      guard let slash = address.firstIndex(of: UInt8(ascii: "/")),
        let at = address.lastIndex(of: UInt8(ascii: "@")), slash + 1 < at,
        !address[..<slash].contains(UInt8(ascii: "@"))
      else { continue }
      spans.append((slash + 1)..<at)
    }
    return spans
  }

  /// `password` in `user:password@host`.
  private static func logins(_ bytes: [UInt8]) -> [Range<Int>] {
    guard bytes.contains(UInt8(ascii: "@")) else { return [] }
    var spans: [Range<Int>] = []
    for word in bytes.indices.split(whereSeparator: { endsURL(bytes[$0]) || bytes[$0] == 0x28 }) {
      let word = bytes[word]
      guard let colon = word.firstIndex(of: UInt8(ascii: ":")),
        let at = word.lastIndex(of: UInt8(ascii: "@")), at > colon + 1, at + 1 < word.endIndex,
        Redactor.isWordByte(word[at + 1]) || word[at + 1] == UInt8(ascii: "["),
        word[colon + 1] != UInt8(ascii: "/")
      else { continue }
      let cut = word[..<colon].lastIndex { !Redactor.isWordByte($0) }
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
    Redactor.isSpace(byte) || byte.isOne(of: "\"'<>")
  }

  // MARK: Webhooks

  /// What follows these in a path, if it looks like a secret.
  private static let hooks = Set(
    ["hooks", "webhook", "webhooks", "webhookb2", "workflows", "triggers"].map { Array($0.utf8) })

  /// Bytes, after the word that tells of it.
  private static let longestPath = 256

  /// Paths of webhooks: who knows one may send to it.
  private static func webhooks(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var index = 0
    while let slash = bytes[index...].firstIndex(of: UInt8(ascii: "/")) {
      let word = bytes[(slash + 1)...].prefix(while: Redactor.isWordByte)
      index = max(slash + 1, word.endIndex)
      guard word.endIndex < bytes.count, bytes[word.endIndex] == UInt8(ascii: "/") else {
        // Of a bot.
        if word.endIndex < bytes.count, bytes[word.endIndex] == UInt8(ascii: ":"),
          word.starts(with: "bot".utf8), word.count > 8,
          word.dropFirst(3).allSatisfy(SecretNames.isDigit)
        {
          let end = bytes[word.endIndex...].firstIndex { endsURL($0) || $0.isOne(of: "/?") }
          spans.append((word.startIndex + 3)..<(end ?? bytes.count))
        }
        continue
      }
      let isHook = hooks.contains(SecretNames.lowercased(word))
      guard isHook || word.elementsEqual("services".utf8) else { continue }
      let limit = min(bytes.count, word.endIndex + longestPath)
      let end =
        bytes[word.endIndex..<limit].firstIndex { endsURL($0) || $0.isOne(of: "?,)") } ?? limit
      let rest = bytes[(word.endIndex + 1)..<end]
      let parts = rest.split(separator: UInt8(ascii: "/"))
      let isSecret =
        isHook
        ? parts.contains { SecretValues.looksSecret($0) || $0.count >= 16 && !$0.contains(0x2E) }
        : parts.count == 3 && parts.allSatisfy { $0.count >= 8 }
          && parts[0].first == UInt8(ascii: "T") && parts[1].first == UInt8(ascii: "B")
      if isSecret { spans.append(rest.startIndex..<end) }
      index = max(index, isSecret ? end : word.endIndex)
    }
    return spans
  }
}
