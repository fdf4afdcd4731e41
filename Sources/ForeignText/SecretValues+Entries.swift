/// A name and its value beside each other: `name: DB_PASSWORD` and `value: …`, and their like.
extension SecretValues {
  /// Whether it is the value of the entry that was named.
  mutating func isValueOfEntry(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Bool {
    let word = bytes[name.range]
    let letters = SecretNames.lowercased(word.suffix(7))
    let isPlainValue = word.count == 5 && letters.elementsEqual("value".utf8)
    guard let entry = named else {
      // Before the name that would tell.
      return isPlainValue && opensEntry(name, bytes) && !isNumber(bytes, at: first)
    }
    let isValue =
      letters.suffix(5).elementsEqual("value".utf8) || letters.elementsEqual("default".utf8)
    if entry.reach == .encoded, !isEncoded(bytes, at: first) { return false }
    if entry.isBlock { return isValue }
    guard isValue else { return false }
    if isPlainValue { named = nil }
    return entry.line == lineNumber || entry.column == name.range.lowerBound - start
      || entry.line + 1 == lineNumber && isFirst(name, bytes)
  }

  /// Keeps the name of an entry if a secret is its value.
  mutating func readEntry(_ name: Name, _ bytes: [UInt8], valueAt first: Int) {
    let word = bytes[name.range]
    let letters = SecretNames.lowercased(word.suffix(4))
    readGenerator(name, bytes, valueAt: first)
    let isName = letters.elementsEqual("name".utf8) || letters.suffix(3).elementsEqual("key".utf8)
    let isPath = word.count == 4 && letters.elementsEqual("path".utf8)
    guard isName || isPath || letters.elementsEqual("type".utf8) else { return }
    let value = bytes[first..<end].drop { isBlank($0) || isQuote($0) || $0 == UInt8(ascii: "/") }
      .prefix(256)
    if isPath { return readPath(name, value.prefix { !isBlank($0) && !isQuote($0) }, bytes) }
    guard isName else {
      // As a store of parameters calls it.
      if value.starts(with: "SecureString".utf8) { keepEntry(name) }
      return
    }
    // Names in such a store are paths.
    let path = value.prefix { Redactor.isWordByte($0) || $0 == UInt8(ascii: "/") }
    let last = path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path
    let isSecret = SecretNames.contain(last) || SecretNames.isKeyInCapitals(last)
    if isSecret || word.count <= 4 || named?.key == Array(word) { named = nil }
    guard isSecret else { return }
    keepEntry(name)
    named?.key = Array(word)
    // `<entry key="password">`.
    if path.endIndex < end, isQuote(bytes[path.endIndex]), bytes[first - 1] == UInt8(ascii: "=") {
      takeText(ofTagWith: path.endIndex + 1, bytes)
    }
  }

  /// As the values of a Secret are.
  private func isEncoded(_ bytes: [UInt8], at first: Int) -> Bool {
    let value = bytes[first..<end].drop { isBlank($0) || isQuote($0) }
    return Self.looksEncoded(value.prefix(while: Redactor.isTokenByte))
  }

  mutating func keepEntry(_ name: Name) {
    named = Entry(column: name.range.lowerBound - start, line: lineNumber)
  }

  /// `STRIPE_KEY=…`, but for the path of a file.
  func isKeyOfSetting(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Bool {
    guard SecretNames.isKeyInCapitals(bytes[name.range]),
      bytes[first - 1] == UInt8(ascii: "=") || isFirst(name, bytes) || name.isQuoted(bytes)
    else { return false }
    let value = bytes[first..<end].drop { isBlank($0) || isQuote($0) }
    let path = value.prefix(256).prefix { !isBlank($0) && !isQuote($0) }
    return path.first != UInt8(ascii: "/") || !path.contains(UInt8(ascii: "."))
  }

  /// What lets in whoever shows it, in the query of a URL or in a form: the code and the verifier of
  /// OAuth, the answer of SAML, a ticket, a signature.
  private static let grants = Set(
    ["code_verifier", "samlresponse", "assertion", "client_assertion", "jwt", "id_token_hint"]
      .map { Array($0.utf8) })
  private static let grantsOfQueries = Set(
    ["code", "key", "ticket", "signature"].map { Array($0.utf8) })

  func isGrant(_ name: Name, _ bytes: [UInt8], valueAt first: Int) -> Bool {
    guard (3...16).contains(name.range.count) else { return false }
    let isInForm = bytes[first - 1] == UInt8(ascii: "=")
    guard isInForm || name.isQuoted(bytes) else { return false }
    let word = SecretNames.lowercased(bytes[name.range])
    if Self.grants.contains(word) {
      let value = bytes[first..<end].prefix(64).drop { isBlank($0) || isQuote($0) }
      let token = value.prefix(while: Redactor.isTokenByte)
      return token.count >= 8
        && (isInForm || token.endIndex == value.endIndex
          || isQuote(bytes[token.endIndex]))
    }
    guard isInForm, Self.grantsOfQueries.contains(word) else { return false }
    let value = bytes[first..<end].prefix(64).prefix(while: Redactor.isTokenByte)
    if value.count >= 16, word.elementsEqual("signature".utf8) { return true }
    let before = name.range.lowerBound > start ? bytes[name.range.lowerBound - 1] : 0x20
    let isFirst = !Redactor.isTokenByte(before) && bytes[value.endIndex..<end].first == 0x26
    // Not a number or a name, and not a path.
    let isLong =
      value.count >= 16 || value.count >= 8 && !value.contains { $0.isOne(of: "_-./") }
    return (before.isOne(of: "?&#") || isFirst) && isLong
      && value.contains { !SecretNames.isDigit($0) }
  }
}
