/// Lines of files with passwords: `host:port:database:user:password` of PostgreSQL, and hashes as in
/// `shadow` and `.htpasswd`, with which a password can be tried out.
enum PasswordFiles {
  /// What a hash begins with, between two dollar signs.
  private static let schemes = Set(
    ["1", "2a", "2b", "2y", "5", "6", "7", "y", "gy", "apr1", "argon2i", "argon2id", "scrypt"]
      .map { Array($0.utf8) })
  private static let shortestHash = 20

  static func spans(_ bytes: [UInt8]) -> [Range<Int>] { hashes(bytes) + entries(bytes) }

  private static func hashes(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var index = 0
    while let sign = bytes[index...].firstIndex(of: UInt8(ascii: "$")) {
      let scheme = bytes[(sign + 1)...].prefix(9).prefix(while: Redactor.isWordByte)
      index = scheme.endIndex
      guard index < bytes.count, bytes[index] == UInt8(ascii: "$"),
        schemes.contains(Array(scheme))
      else { continue }
      let hash = bytes[sign...].prefix { Redactor.isTokenByte($0) || $0.isOne(of: "$,") }
      index = hash.endIndex
      if hash.count >= shortestHash, hash[(scheme.endIndex + 1)...].contains(UInt8(ascii: "$")) {
        spans.append(sign..<index)
      }
    }
    return spans
  }

  private static func entries(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    for word in bytes.indices.split(whereSeparator: { isEnd(bytes[$0]) }) {
      let fields = bytes[word].split(
        separator: UInt8(ascii: ":"), maxSplits: 4, omittingEmptySubsequences: false)
      guard fields.count == 5, fields.allSatisfy({ !$0.isEmpty }),
        fields[1].elementsEqual("*".utf8)
          || (4...5).contains(fields[1].count) && fields[1].allSatisfy(SecretNames.isDigit),
        fields[0..<4].joined().allSatisfy({ Redactor.isWordByte($0) || $0 == UInt8(ascii: "*") }),
        // More fields have an address of IPv6 and its like.
        !fields[4].contains(UInt8(ascii: ":"))
      else { continue }
      spans.append(fields[4].startIndex..<fields[4].endIndex)
    }
    return spans
  }

  private static func isEnd(_ byte: UInt8) -> Bool {
    Redactor.isSpace(byte) || byte.isOne(of: "\"'<>")
  }
}
