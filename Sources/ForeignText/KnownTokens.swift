/// Finds secrets that are known by their form, whatever stands before them: JSON web tokens, what
/// follows `Bearer`, the tokens of well-known services, and keys and kubeconfigs in base64.
struct KnownTokens {
  /// What the text so far ended with.
  private var followsBearer = false
  private var isInBase64 = false

  /// The beginnings, and how much follows at least.
  private static let prefixes: [(text: [UInt8], length: Int)] =
    [
      "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "xoxa-",
      "xoxs-", "xapp-", "hvs.", "npm_", "dckr_pat_", "gldt-", "glrt-", "pypi-", "dop_v1_", "whsec_",
      "shpat_",
      "sha256~", "ya29.", "k8s-aws-v1.", "xoxe.", "xoxe-",
    ].map { (Array($0.utf8), 10) }
    + [
      "AKIA", "ASIA", "AIza", "sk_live_", "rk_live_", "sk-proj-", "sk-ant-", "sk_test_", "SG.",
      "AGE-SECRET-KEY-1",
    ].map { (Array($0.utf8), 16) }

  /// `-----BEGIN `, `apiVersion: `, `clusters:`, `kind: Config`, and the same in JSON.
  private static let base64Prefixes = [
    "LS0tLS1CRUdJTi", "YXBpVmVyc2lvbjog", "Y2x1c3RlcnM6", "a2luZDogQ29uZmln",
    "eyJhcGlWZXJzaW9u", "eyJraW5kIjoiQ29uZmln", "eyJhdXRocyI6", "ewogICJhcGlWZXJzaW9u",
  ].map { Array($0.utf8) }

  /// By their first letter.
  private static let mayBegin: [Bool] = {
    var letters = Array(repeating: false, count: 256)
    for text in prefixes.map(\.text) + base64Prefixes + [Array("sk-".utf8), Array("eyJ".utf8)] {
      letters[Int(text[0])] = true
    }
    return letters
  }()

  mutating func spans(_ bytes: [UInt8]) -> [Range<Int>] {
    var spans: [Range<Int>] = []
    var end = 0
    for word in bytes.indices.split(whereSeparator: { !Redactor.isTokenByte(bytes[$0]) }) {
      let slice = bytes[word]
      let goesOn =
        isInBase64 && isLineEnd(bytes[end..<slice.startIndex], isFirst: end == 0)
        && (slice.endIndex == bytes.count || bytes[slice.endIndex].isOne(of: "\r\n"))
        && slice.allSatisfy { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "~") }
        // Any word is base64; the next line of it hardly ever is one.
        && !slice.allSatisfy((UInt8(ascii: "a")...UInt8(ascii: "z")).contains)
      // Not what stands in the place of one.
      let isSecret =
        followsBearer && slice.count >= 8 && !slice.elementsEqual("redacted".utf8)
      let found = goesOn || isSecret ? slice.startIndex : begin(slice)
      if let found { spans.append(found..<slice.endIndex) }
      followsBearer = slice.count == 6 && SecretNames.lowercased(slice).elementsEqual("bearer".utf8)
      end = slice.endIndex
    }
    return spans
  }

  private func isLineEnd(_ gap: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
    gap.allSatisfy(Redactor.isSpace) && (isFirst || gap.contains(0x0A) || gap.contains(0x0D))
  }

  /// Where in the word a token begins.
  private mutating func begin(_ word: ArraySlice<UInt8>) -> Int? {
    isInBase64 = false
    guard word.count >= 12 else { return nil }
    let dot = word.lastIndex(of: UInt8(ascii: ".")) ?? 0
    let mayBegin = Self.mayBegin
    var isBoundary = true
    for index in word.indices {
      defer { isBoundary = !Self.isAlphanumeric(word[index]) && word[index] != UInt8(ascii: "_") }
      guard isBoundary, mayBegin[Int(word[index])] else { continue }
      let rest = word[index...]
      if Self.prefixes.contains(where: { text, length in
        rest.count >= text.count + length && rest.starts(with: text)
      }) {
        return index
      }
      if rest.starts(with: "sk-".utf8), rest.dropFirst(3).prefix(20).count == 20,
        rest.dropFirst(3).prefix(20).allSatisfy(Self.isAlphanumeric)
      {
        return index
      }
      if Self.base64Prefixes.contains(where: rest.starts) {
        isInBase64 = true
        return index
      }
      if rest.count >= Redactor.shortestWebToken, rest.starts(with: "eyJ".utf8),
        dot > index
      {
        return index
      }
    }
    return nil
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    Redactor.isWordByte(byte) && !byte.isOne(of: "_-.")
  }
}
